"""What is said beside a query, or beside articles, looked at before anything is done."""

from __future__ import annotations

from searchkit.arguments import function, several, whole
from searchkit.limits import Limits
from searchkit.schema import Schema

__all__ = ["check_articles", "check_match", "check_page", "is_by_date"]


def check_page(limits: Limits, limit: int, offset: int, match: object) -> None:
    """Raises `TypeError`, `ValueError` or `LimitExceeded` for a page that nobody can have, `ValueError` for a `match`
    that says nothing.
    """
    most = limits.page
    if type(limit) is not int or not 0 <= limit <= most:
        whole("limit", limit, 0, most, "page")
    if type(offset) is not int or not 0 <= offset <= most:
        whole("offset", offset, 0, most, "page")
    check_match(match)


def check_articles(articles: object, on_error: object, progress: object) -> None:
    """Raises `TypeError` or `ValueError` for what cannot be added, or not in that way."""
    if on_error not in ("report", "raise"):
        raise ValueError(f"on_error is 'report' or 'raise', not {on_error!r}")
    several("add", articles, "articles")
    function("progress", progress)


def check_match(match: object) -> None:
    """Raises `ValueError` for a `match` that says nothing."""
    if match not in (None, "all", "any"):
        raise ValueError(f"match is 'all', 'any' or None, not {match!r}")


def is_by_date(sort: object, schema: Schema) -> bool:
    """Whether a `sort` is the order of the primary date, in which documents are numbered."""
    return sort in ("-date", "date") and (schema.date == "date" or "date" not in schema.fields)
