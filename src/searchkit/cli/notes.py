"""What is to be told about an answer, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.cli.failures import say

if TYPE_CHECKING:
    from searchkit.query.problems import Problem
    from searchkit.results.results import Results

__all__ = ["suggested", "tell_notes"]


def suggested(problem: Problem) -> str:
    """What to type instead, in brackets, unless the message says so itself."""
    suggestion = problem.suggestion
    return "" if suggestion is None or suggestion in problem.message else f" (try: {suggestion})"


def tell_notes(results: Results) -> None:
    """What was wrong with a query, and that nothing has all of it."""
    for problem in results.problems:
        hint = suggested(problem)
        say(f"{problem.message}{hint}")
    if results.partial:
        say("no article has all of it; showing the closest")
