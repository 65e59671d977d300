"""What the tests of the query language share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from searchkit.query import ParsedQuery, parse
from searchkit.schema import ARTICLE, Bool, Date, Field, Keyword, Number, Schema

NOW = datetime(2019, 11, 6, 12, tzinfo=UTC)
EXTRA: dict[str, Field] = {"price": Number(), "open": Bool(), "desk": Keyword(parts=False), "updated": Date()}
SCHEMA = Schema(fields={**ARTICLE.fields, **EXTRA}, date="date")


def understood(text: str, **options: Any) -> ParsedQuery:
    """`parse` with the schema and the present of docs/query-language.md."""
    return parse(text, **{"schema": SCHEMA, "now": NOW, **options})


def mistakes(parsed: ParsedQuery) -> list[str]:
    """What is wrong with a query, but for what it is about: a tree that nothing can match may be printed like any."""
    messages = [problem.message for problem in parsed.problems]
    return [message for message in messages if not message.endswith("nothing can match")]


def micros(*parts: int) -> int:
    """The microsecond of a time in UTC."""
    return int((datetime(*parts, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1_000_000  # type: ignore[misc,arg-type]
