"""What stands before a colon: a field, an alias of one, or a bound on the primary date."""

from __future__ import annotations

import re
from typing import NamedTuple

from searchkit.query.problems import Context
from searchkit.schema import Field, Schema

__all__ = ["FIELD", "Target", "note_unknown", "resolve"]

FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_]*+)[:：]")
_BOUNDS = ("before", "after", "since", "until", "on")


class Target(NamedTuple):
    """A field to search in. `kind` is None for the key; `bound` is "before" and the like, or ""."""

    name: str
    kind: Field | None
    bound: str = ""


def resolve(name: str, schema: Schema) -> Target | None:
    """The target of a name in any letter case. A field of the schema comes before an alias or a bound of that name."""
    name = name.lower()
    if name in schema.fields:
        return Target(name, schema.fields[name])
    if name == schema.key:
        return Target(name, None)
    if name == "by" and "author" in schema.fields:
        return Target("author", schema.fields["author"])
    if name in _BOUNDS and schema.date is not None:
        return Target(schema.date, schema.fields[schema.date], name)
    return None


def note_unknown(context: Context, name: str, start: int, rest: str) -> None:
    """Note that a name is no field, where it looks as if it was meant as one: `x:y`, `http://…` and `Re: …` do not.

    rest: what follows the colon.
    """
    if len(name) < 2 or rest[:1] in ("", "/", ":", "\\") or rest[:1].isspace():
        return
    nearest = context.schema.nearest(name)
    advice = f"; did you mean {nearest}:?" if nearest else ""
    message = f"there is no field {name!r}: searched as text{advice}"
    context.problem(message, start, start + len(name) + 1, f"{nearest}:" if nearest else None)
