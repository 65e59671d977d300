"""A schema: which fields an index has, and of what type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from searchkit.errors import SchemaError, SchemaMismatch
from searchkit.schema.described import TYPES, field_differences, field_from_dict, field_to_dict
from searchkit.schema.fields import Date, Field, Keyword, Stored, Text
from searchkit.schema.word_filters import WordFilter

__all__ = ["ARTICLE", "Schema"]

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

    Raises `SchemaError` where that makes no sense.
    """

    fields: Mapping[str, Field]
    key: str = "id"
    date: str | None = None
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", dict(self.fields))
        for name, field in self.fields.items():
            if not _NAME.fullmatch(name):
                raise SchemaError(f"field name {name!r}: use lower case ASCII letters, digits and _, a letter first")
            if name == self.key:
                raise SchemaError(f"field {name!r} is the key and must not be listed")
            if not isinstance(field, tuple(TYPES.values())):
                raise SchemaError(f"field {name!r}: {field!r} is not a field type")
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
                if mine != field:
                    raise SchemaMismatch(field_differences(name, field, mine))
                field = mine
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
        return {"key": self.key, "date": self.date, "timezone": self.timezone, "fields": entries}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Schema:
        """A schema from JSON or YAML values: `{fields: {title: {type: text, weight: 2}, …}, key, date, timezone}`.

        A field may be given as its bare type name. Raises `SchemaError` naming the entry at fault.
        """
        if not isinstance(data, Mapping):
            raise SchemaError("a schema is a mapping with the key 'fields'")
        unknown = set(data) - {"fields", "key", "date", "timezone"}
        if unknown:
            raise SchemaError(f"unknown key {sorted(map(str, unknown))[0]!r} in the schema")
        entries = data.get("fields")
        if not isinstance(entries, Mapping):
            raise SchemaError("'fields' must be a mapping of field names to types")
        made = {str(name): field_from_dict(str(name), entry) for name, entry in entries.items()}
        return cls(made, data.get("key") or "id", data.get("date"), data.get("timezone") or "UTC")

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
        for name in ("key", "date", "timezone"):
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
        """True where this schema is `other` with fields added, which an existing index can take over."""
        same = (self.key, self.date, self.timezone) == (other.key, other.date, other.timezone)
        return same and all(self.fields.get(name) == field for name, field in other.fields.items())


def _loaded(name: str, field: Field) -> Field:
    if not isinstance(field, Text) or not field.filters:
        return field
    try:
        return replace(field, filters=[one.loaded() for one in field.analysis[1]])
    except SchemaError as error:
        raise SchemaError(f"field {name!r}: {error}") from error


ARTICLE = Schema(
    fields={
        "title": Text(weight=2.0, short=True),
        "author": Keyword(many=True),
        "date": Date(),
        "source": Keyword(),
        "url": Stored(),
        "body": Text(),
        "tags": Keyword(many=True),
    },
    date="date",
)
