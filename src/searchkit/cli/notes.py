"""What is to be told about an answer, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.cli.failures import say

if TYPE_CHECKING:
    from searchkit.results.results import Results

__all__ = ["tell_notes"]


def tell_notes(results: Results) -> None:
    """What was wrong with a query, and that nothing has all of it."""
    for problem in results.problems:
        hint = f" (try: {problem.suggestion})" if problem.suggestion else ""
        say(f"{problem.message}{hint}")
    if results.partial:
        say("no article has all of it; showing the closest")
