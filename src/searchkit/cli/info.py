"""`searchkit info`: tell what an index holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.cli.failures import OK
from searchkit.cli.location import locate
from searchkit.cli.options import CommandParser

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser("info", "[options]", "Tell what an index holds, and which build of searchkit runs.")
    command.add_json("it")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_args(arguments)
    location = locate(options.index)
    from searchkit.engines.native.describing import describe_folder

    facts = describe_folder(location.path)
    if options.json:
        from searchkit.cli.output import JSON_VERSION, json_text

        print(json_text({"version": JSON_VERSION, "info": facts}, indent=2))
    else:
        for line in _lines(facts, ""):
            print(line)
    return OK


def _lines(facts: dict[str, Any], indent: str) -> Iterator[str]:
    from searchkit.cli.terminal import one_line

    width = max(map(len, facts), default=0)
    for name, value in facts.items():
        if isinstance(value, dict) and value:
            yield f"{indent}{name}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{name}:"
            for one in value:
                yield f"{indent}  " + one_line(", ".join(f"{key} {_shown(what)}" for key, what in one.items()))
        else:
            yield f"{indent}{name + ':':<{width + 1}} {one_line(_shown(value))}"


def _shown(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
