"""What to sort by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from searchkit.arguments import instance
from searchkit.dataclasses import dataclass, replace
from searchkit.errors import QueryError
from searchkit.schema import Schema, Stored, Text

__all__ = ["BY_SCORE", "SCORE", "SortKey", "SortWanted", "is_primary", "is_score", "keys_of"]

SCORE = "score"
_DATE = "date"
_MOST = 8


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column to sort by.

    field: a keyword (of several values the least counts, descending the greatest), date, number or bool field, a text
        field that is kept short, the key of the schema; "score", or "date" for the primary date, unless a field has
        that name. Strings are compared
        by code points.
    descending: the greatest, latest or best first. missing: where documents without a value come, "last" or "first".
    """

    field: str
    descending: bool = False
    missing: Literal["last", "first"] = "last"


BY_SCORE = (SortKey(SCORE, descending=True),)

SortWanted = str | SortKey | Sequence[str | SortKey]


def keys_of(wanted: SortWanted, schema: Schema) -> tuple[SortKey, ...]:
    """The keys meant by names ("date", or "-date" for descending) and keys, one or several.

    Raises `QueryError` for a field that cannot be sorted by, `ValueError` for none, too many, or one that comes twice.
    """
    instance("sort", wanted, str | SortKey | Sequence, "a field's name, a SortKey, or a list of them")
    several = [wanted] if isinstance(wanted, str | SortKey) else list(wanted)
    keys = tuple(_key(one, schema) for one in several)
    if not 1 <= len(keys) <= _MOST:
        raise ValueError(f"sort takes from 1 to {_MOST} keys, not {len(keys)}")
    names = [key.field for key in keys]
    for key in keys:
        _check(key, schema)
        if names.count(key.field) > 1:
            raise ValueError(f"sort names {key.field!r} twice")
    return keys


def is_score(key: SortKey, schema: Schema) -> bool:
    """Whether a key is the score, and no field of that name."""
    return key.field == SCORE and SCORE not in schema.fields and schema.key != SCORE


def is_primary(key: SortKey, schema: Schema) -> bool:
    """Whether a key is the primary date; where there is none, "date" stands for it, which no document has."""
    return key.field == schema.date or (key.field == _DATE and schema.date is None and _DATE not in schema.fields)


def _key(one: object, schema: Schema) -> SortKey:
    if isinstance(one, str):
        one = SortKey(one.removeprefix("-"), one.startswith("-"))
    if not isinstance(one, SortKey):
        raise TypeError(f"a key to sort by is a field's name, '-' and a name, or a SortKey, not {one!r}")
    if one.field == _DATE and schema.date is not None and _DATE not in schema.fields:
        return replace(one, field=schema.date)
    return one


def _check(key: SortKey, schema: Schema) -> None:
    instance("SortKey.field", key.field, str, "a field's name")
    if key.missing not in ("last", "first"):
        raise ValueError(f"missing is 'last' or 'first', not {key.missing!r}")
    kind = schema.fields.get(key.field)
    if kind is None:
        if key.field not in (SCORE, schema.key) and not is_primary(key, schema):
            near = schema.nearest(key.field)
            hint = f"; did you mean {near!r}?" if near else ""
            raise QueryError(f"there is no field {key.field!r} to sort by{hint}")
    elif isinstance(kind, Stored) or (isinstance(kind, Text) and not kind.short):
        raise QueryError(f"field {key.field!r} cannot be sorted by: it is not kept in a column")
