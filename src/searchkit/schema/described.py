"""Fields as JSON or YAML values, and how two of them differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from searchkit.dataclasses import MISSING, fields
from searchkit.errors import SchemaError
from searchkit.schema.fields import Bool, Date, Field, Keyword, Number, Stored, Text
from searchkit.schema.word_filters import WordFilter

__all__ = ["TYPES", "check_options", "field_differences", "field_from_dict", "field_to_dict"]

TYPES: dict[str, type[Field]] = {
    "text": Text,
    "keyword": Keyword,
    "date": Date,
    "number": Number,
    "bool": Bool,
    "stored": Stored,
}


def field_to_dict(field: Field) -> dict[str, Any]:
    """A field as JSON values; `field_from_dict` is its inverse."""
    kind = next(name for name, kind in TYPES.items() if kind is type(field))
    options: dict[str, Any] = {option.name: getattr(field, option.name) for option in fields(field)}
    if "filters" in options:
        names = [one.name for one in options.pop("filters")]
        options |= {"filters": names} if names else {}
    return {"type": kind, **options}


def field_differences(name: str, held: Field, given: Field) -> list[str]:
    """How a field that was given differs from the one in the index."""
    if type(held) is not type(given):
        return [f"field {name!r} is {held} in the index, {given} was given"]
    mine, theirs = field_to_dict(held), field_to_dict(given)
    return [
        f"field {name!r}: {option} is {_shown(mine, option)} in the index, {_shown(theirs, option)} was given"
        for option in {**mine, **theirs}
        if mine.get(option) != theirs.get(option)
    ]


def _shown(options: Mapping[str, object], option: str) -> str:
    value = options.get(option, [])
    return ", ".join(value) or "none" if isinstance(value, list) else repr(value)


def field_from_dict(name: str, entry: object) -> Field:
    """A field from JSON or YAML values: options by name with its `type`, or the bare type."""
    options: dict[str, Any] = dict(entry) if isinstance(entry, Mapping) else {"type": entry}
    kind = TYPES.get(str(options.pop("type", None)))
    if kind is None:
        raise SchemaError(f"field {name!r}: its type is one of {', '.join(TYPES)}")
    check_options(name, options, kind)
    if kind is Text and "weight" in options:
        options["weight"] = float(options["weight"])
    try:
        return kind(**options)
    except SchemaError as error:
        raise SchemaError(f"field {name!r}: {error}") from None


def check_options(name: str, options: Mapping[str, object], kind: type[Field]) -> None:
    """Raises `SchemaError` for an option that a type of field does not have, or a value that it cannot have."""
    known = {field.name: field for field in fields(kind)}
    for option, value in options.items():
        if option not in known:
            raise SchemaError(f"field {name!r}: unknown option {option!r}; it takes {', '.join(known) or 'none'}")
        default = known[option].default
        if default is not MISSING and not _fits(value, default):
            raise SchemaError(f"field {name!r}: option {option!r} cannot be {value!r}")


def _fits(value: object, default: object) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list | tuple) and all(isinstance(one, str | WordFilter) for one in value)
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return value is None or isinstance(value, str)
