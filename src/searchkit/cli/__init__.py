"""The command line: `searchkit COMMAND …`, one file a command."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from searchkit.cli.failures import guarded

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "index": "add and update articles from files",
    "query": "search",
    "explain": "tell how a query is understood",
    "complete": "complete what is being typed",
    "suggest": "correct misspelt words of a query",
    "like": "find articles like one",
    "facets": "count what a query finds, by the values of fields",
    "timeline": "show when what a query finds was dated",
    "show": "print an article",
    "delete": "delete articles",
    "export": "write articles as JSON Lines",
    "info": "tell what an index holds",
    "check": "verify every byte of an index",
    "eval": "measure how good the ranking is",
}
"""Name → what it does, in the order of the help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    argv: the arguments after the program's name; those of the process by default.

    0: done, hits found; 1: none found; 2: not understood; 3: no index, or a damaged one; 4: another writer holds it;
    130: interrupted. What goes wrong is told in one line on standard error.
    """
    arguments = list(argv or ())
    if argv is None:
        arguments = sys.argv[1:]
        # The process is ours, and short: looking for garbage among what is being imported would only cost time.
        gc.set_threshold(50_000)
    return guarded(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        from searchkit.cli.overview import answer

        return answer(arguments, COMMANDS)
    from importlib import import_module

    command = import_module(f"searchkit.cli.{name}")
    code: int = command.run(arguments[1:])
    return code
