"""A schema: which fields an index has, and of what type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from searchkit.dataclasses import dataclass, fields, replace
from searchkit.errors import SchemaError, SchemaMismatch
from searchkit.schema.described import TYPES, check_options, field_differences, field_from_dict, field_to_dict
from searchkit.schema.fields import Date, Field, Keyword, Stored, Text
from searchkit.schema.word_filters import WordFilter

__all__ = ["ARTICLE", "K1", "B", "Schema"]

K1, B = 1.4, 0.6
"""The parameters of BM25 that an index has by default."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TEXT_FIELDS = 8


@dataclass(frozen=True)
class Schema:
    """The fields of an index.

    fields: name → type, in order; text fields become zones in this order. Names are lower case ASCII words. The
        field named by `key` is implicit and must not be listed.
    key: the name of the field that identifies a document.
    date: the name of the primary date field, by which segments are sorted, or None where there is none.
    timezone: an IANA zone name, in which dates of queries are read, and dates of documents that name no offset.
    k1, b: the parameters of BM25: how soon further occurrences of a word stop counting (from 0.01 to 100), and how much
        long documents are held back (from 0 to 1).

    Raises `SchemaError` where that makes no sense.
    """

    fields: Mapping[str, Field]
    key: str = "id"
    date: str | None = None
    timezone: str = "UTC"
    k1: float = K1
    b: float = B

    def __post_init__(self) -> None:
        if not isinstance(self.fields, Mapping):
            raise SchemaError(f"fields is a mapping of names to types, not {self.fields!r}")
        for option in ("key", "date", "timezone"):
            value = getattr(self, option)
            if not isinstance(value, str) and not (option == "date" and value is None):
                raise SchemaError(f"{option} is a str, not {value!r}")
        object.__setattr__(self, "fields", dict(self.fields))
        for name, field in self.fields.items():
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                raise SchemaError(f"field name {name!r}: use lower case ASCII letters, digits and _, a letter first")
            if name == self.key:
                raise SchemaError(f"field {name!r} is the key and must not be listed")
            if not isinstance(field, tuple(TYPES.values())):
                raise SchemaError(f"field {name!r}: {field!r} is not a field type{_hint(field)}")
            check_options(name, {option.name: getattr(field, option.name) for option in fields(field)}, type(field))
            if isinstance(field, Text) and not 0.0 <= field.weight <= 1000.0:
                raise SchemaError(f"field {name!r}: weight {field.weight!r} is not between 0 and 1000")
        functions: dict[str, object] = {}
        for one in (one for field in self.fields.values() if isinstance(field, Text) for one in field.analysis[1]):
            if one.function is not None and functions.setdefault(one.name, one.function) != one.function:
                raise SchemaError(f"two filters are named {one.name!r}: name one of them otherwise, by WordFilter")
        if not _NAME.fullmatch(self.key):
            raise SchemaError(f"key {self.key!r}: use lower case ASCII letters, digits and _, a letter first")
        if not self.texts:
            raise SchemaError("a schema needs at least one text field")
        if len(self.texts) > _TEXT_FIELDS:
            raise SchemaError(f"{len(self.texts)} text fields; at most {_TEXT_FIELDS} are possible")
        if self.date is not None and not isinstance(self.fields.get(self.date), Date):
            raise SchemaError(f"the primary date {self.date!r} is not a date field of the schema")
        for name, value, low, high in (("k1", self.k1, 0.01, 100.0), ("b", self.b, 0.0, 1.0)):
            if not isinstance(value, int | float) or not low <= value <= high:
                raise SchemaError(f"{name} is a number from {low:g} to {high:g}, not {value!r}")

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The names of the text fields, in zone order."""
        return tuple(name for name, field in self.fields.items() if isinstance(field, Text))

    @cached_property
    def shorts(self) -> tuple[str, ...]:
        """The names of the text fields that have a column of their own."""
        return tuple(name for name, field in self.fields.items() if isinstance(field, Text) and field.short)

    @cached_property
    def longs(self) -> tuple[str, ...]:
        """The names of the text fields that are kept compressed."""
        return tuple(name for name, field in self.fields.items() if isinstance(field, Text) and not field.short)

    @cached_property
    def filters(self) -> tuple[WordFilter, ...]:
        """The filters of all text fields, each once."""
        fields = [field for field in self.fields.values() if isinstance(field, Text)]
        return tuple(dict.fromkeys(one for field in fields for one in field.analysis[1]))

    def loaded(self) -> Schema:
        """The schema with its filters imported, where only their names were given.

        Raises `SchemaError` naming a filter that cannot be imported.
        """
        if all(one.function is not None for one in self.filters):
            return self
        found = {name: _loaded(name, field) for name, field in self.fields.items()}
        return replace(self, fields=found)

    def unfiltered(self) -> Schema:
        """The schema without any filter."""
        found = {n: replace(f, filters=()) if isinstance(f, Text) else f for n, f in self.fields.items()}
        return replace(self, fields=found) if self.filters else self

    def bound(self, known: Schema) -> Schema:
        """The schema as an index keeps it, with the filters of what the program knows of it.

        An index keeps the names of filters only, and code is never imported because an index names it. Raises
        `SchemaMismatch` for a field whose filters are not known.
        """
        if not self.filters:
            return self
        found = {}
        for name, field in self.fields.items():
            if isinstance(field, Text) and field.filters:
                mine = known.fields.get(name, replace(field, filters=()))
                if _unweighted(mine) != _unweighted(field):
                    raise SchemaMismatch(field_differences(name, field, mine))
                field = replace(mine, weight=field.weight)
            found[name] = field
        return replace(self, fields=found)

    def of_type(self, kind: type[Field]) -> tuple[str, ...]:
        """The names of the fields of one type, in order."""
        return tuple(name for name, field in self.fields.items() if isinstance(field, kind))

    def nearest(self, name: str) -> str | None:
        """The field whose name looks most like `name`, if any does."""
        from difflib import get_close_matches  # for messages only, and slow to import

        found = get_close_matches(name.lower(), [self.key, *self.fields], n=1, cutoff=0.6)
        return found[0] if found else None

    def to_dict(self) -> dict[str, Any]:
        """The schema as JSON values; `from_dict` is its inverse."""
        entries = {name: field_to_dict(field) for name, field in self.fields.items()}
        ranking = {"k1": float(self.k1), "b": float(self.b)}
        return {"key": self.key, "date": self.date, "timezone": self.timezone, **ranking, "fields": entries}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Schema:
        """A schema from JSON or YAML values: `{fields: {title: {type: text, weight: 2}, …}, key, date, timezone,
        k1, b}`.

        A field may be given as its bare type name. Raises `SchemaError` naming the entry at fault.
        """
        if not isinstance(data, Mapping):
            raise SchemaError("a schema is a mapping with the key 'fields'")
        unknown = set(data) - {"fields", "key", "date", "timezone", "k1", "b"}
        if unknown:
            raise SchemaError(f"unknown key {sorted(map(str, unknown))[0]!r} in the schema")
        entries = data.get("fields")
        if not isinstance(entries, Mapping):
            raise SchemaError("'fields' must be a mapping of field names to types")
        made = {str(name): field_from_dict(str(name), entry) for name, entry in entries.items()}
        timezone = data.get("timezone") or "UTC"
        return cls(made, data.get("key") or "id", data.get("date"), timezone, data.get("k1", K1), data.get("b", B))

    @classmethod
    def from_dataclass(cls, kind: type, *, key: str = "id", date: str | None = None, timezone: str = "UTC") -> Schema:
        """The schema that a dataclass describes; see `searchkit.schema.from_dataclass.schema_of` for the rules.

        Raises `SchemaError` where `kind` is no dataclass, or its fields make no schema.
        """
        from searchkit.schema.from_dataclass import schema_of  # imports this module

        return schema_of(kind, key=key, date=date, timezone=timezone)

    def differences(self, other: Schema) -> list[str]:
        """How `other` differs from this schema, a sentence each; an empty list where it does not."""
        found = []
        for name in ("key", "date", "timezone", "k1", "b"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine != theirs:
                found.append(f"{name} is {mine!r} in the index, {theirs!r} was given")
        for name in self.fields:
            if name not in other.fields:
                found.append(f"field {name!r} is in the index, not in what was given")
        for name, field in other.fields.items():
            mine = self.fields.get(name)
            if mine is None:
                found.append(f"field {name!r} is not in the index")
            elif mine != field:
                found += field_differences(name, mine, field)
        return found

    def extends(self, other: Schema) -> bool:
        """True where this schema is `other` with fields added, which an existing index can take over; weights, k1 and b
        may differ, since no segment depends on them.
        """
        same = (self.key, self.date, self.timezone) == (other.key, other.date, other.timezone)
        fields = {name: _unweighted(field) for name, field in self.fields.items()}
        return same and all(fields.get(name) == _unweighted(field) for name, field in other.fields.items())

    def tuned_as(self, other: Schema) -> Schema:
        """This schema with the weights, k1 and b of another one; fields that only this one has keep their weights."""
        fields: dict[str, Field] = {}
        for name, field in self.fields.items():
            theirs = other.fields.get(name)
            if isinstance(field, Text) and isinstance(theirs, Text):
                field = replace(field, weight=theirs.weight)
            fields[name] = field
        return Schema(fields, self.key, self.date, self.timezone, other.k1, other.b)


def _unweighted(field: Field) -> Field:
    return replace(field, weight=1.0) if isinstance(field, Text) else field


def _hint(given: object) -> str:
    return f"; write {given.__name__}()" if isinstance(given, type) and given in TYPES.values() else ""


def _loaded(name: str, field: Field) -> Field:
    if not isinstance(field, Text) or not field.filters:
        return field
    try:
        return replace(field, filters=[one.loaded() for one in field.analysis[1]])
    except SchemaError as error:
        raise SchemaError(f"field {name!r}: {error}") from error


ARTICLE = Schema(
    fields={
        "title": Text(weight=3.0, short=True),
        "author": Keyword(many=True),
        "date": Date(),
        "source": Keyword(),
        "url": Stored(),
        "body": Text(),
        "tags": Keyword(many=True),
    },
    date="date",
)
