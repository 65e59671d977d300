"""Why nothing was found, for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.cli.terminal import Paint, one_line

if TYPE_CHECKING:
    from searchkit.suggestions import WhyNothing

__all__ = ["print_why", "why_as_json"]

_INDENT = "    "


def print_why(why: WhyNothing, paint: Paint) -> None:
    """How many articles each clause has, where there are several; and what to ask instead."""
    if len(why.clauses) > 1:
        for clause in why.clauses:
            print(f"{_INDENT}{one_line(clause.text)}: {paint.faint(_articles(clause.count, clause.prohibited))}")
    for one in why.relaxations:
        number = paint.faint(f"{_articles(one.count, False)}, {one_line(one.change)}")
        print(f"try {paint.title(one_line(one.text))} ({number})")


def why_as_json(why: WhyNothing) -> dict[str, Any]:
    """Values for JSON."""
    return {
        "clauses": [{"text": one.text, "count": one.count, "prohibited": one.prohibited} for one in why.clauses],
        "relaxations": [{"change": one.change, "text": one.text, "count": one.count} for one in why.relaxations],
    }


def _articles(count: int, prohibited: bool) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}{' left out' if prohibited else ''}"
