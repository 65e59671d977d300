"""A schema from a dataclass: the types of its fields say what they are, `Annotated` says it exactly."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from searchkit.errors import SchemaError
from searchkit.schema.fields import Bool, Date, Field, Keyword, Number, Stored, Text
from searchkit.schema.schema import Schema

__all__ = ["schema_of"]

_PLAIN: dict[object, Field] = {str: Text(), datetime: Date(), int: Number(), float: Number(), bool: Bool()}
_DATE = "date"


def schema_of(cls: type, *, key: str = "id", date: str | None = None, timezone: str = "UTC") -> Schema:
    """The schema that a dataclass describes:

        @dataclass
        class Post:
            id: str
            title: Annotated[str, Text(weight=3)]
            body: str
            posted: datetime
            tags: list[str]

    `Annotated` with a field type is that type. Else `str` is Text, `datetime` and `date` Date, `int` and `float`
    Number, `bool` Bool, a `Literal` of strings Keyword, a list, tuple or set of strings Keyword(many=True), and all
    the rest Stored. `X | None` counts as X.

    key: the name of the key field. date: the primary date field; by default the one named "date", else the only one
    there is, else none. timezone: as in `Schema`.

    Raises `SchemaError` where `cls` is no dataclass, its annotations can't be resolved, or the schema makes no sense.
    """
    if not dataclasses.is_dataclass(cls) or not isinstance(cls, type):
        raise SchemaError(f"{cls!r} is not a dataclass")
    try:
        hints = get_type_hints(cls, include_extras=True)
    except (NameError, TypeError) as error:
        raise SchemaError(f"the annotations of {cls.__name__} cannot be resolved: {error}") from None
    fields = {field.name: _field_of(hints[field.name]) for field in dataclasses.fields(cls) if field.name != key}
    return Schema(fields, key, date or _primary_date(fields), timezone)


def _primary_date(fields: dict[str, Field]) -> str | None:
    dates = [name for name, field in fields.items() if isinstance(field, Date)]
    if _DATE in dates:
        return _DATE
    return dates[0] if len(dates) == 1 else None


def _field_of(hint: Any) -> Field:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(arguments[1:]) or _field_of(arguments[0])
    if origin in (Union, types.UnionType):
        present = {_field_of(argument) for argument in arguments if argument is not type(None)}
        return present.pop() if len(present) == 1 else Stored()
    if origin is Literal:
        return Keyword() if all(isinstance(value, str) for value in arguments) else Stored()
    if isinstance(origin, type) and _collects_strings(origin, arguments):
        return Keyword(many=True)
    return Date() if hint is date else _PLAIN.get(hint, Stored())


def _annotated(notes: tuple[Any, ...]) -> Field | None:
    for note in notes:
        if isinstance(note, Field):
            return note
        if isinstance(note, type) and issubclass(note, Field):
            made: Field = note()
            return made
    return None


def _collects_strings(origin: type, arguments: tuple[Any, ...]) -> bool:
    of_strings = bool(arguments) and all(argument in (str, ...) for argument in arguments)
    return of_strings and issubclass(origin, Collection) and not issubclass(origin, Mapping)
