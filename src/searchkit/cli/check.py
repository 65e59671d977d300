"""`searchkit check`: verify every byte of an index."""

from __future__ import annotations

import os
from typing import Any

from searchkit.cli.failures import DAMAGED, OK
from searchkit.cli.location import locate
from searchkit.cli.options import CommandParser
from searchkit.errors import CorruptIndex

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "check", "[options]", "Read every byte of an index, and check every checksum and structure."
    )
    command.add_json("what is wrong")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_args(arguments)
    location = locate(options.index)
    from searchkit.cli.terminal import one_line
    from searchkit.engines.native.checking import check_folder

    path = os.path.abspath(location.path)
    findings: list[Any]
    try:
        findings = check_folder(path)
    except CorruptIndex as error:
        findings = [error]
    if options.json:
        from searchkit.cli.output import JSON_VERSION, json_text

        damage = [{"path": one.path, "reason": one.reason} for one in findings]
        print(json_text({"version": JSON_VERSION, "ok": not findings, "findings": damage}, indent=2))
    elif findings:
        for one in findings:
            print(one_line(f"{one.path}: {one.reason}"))
    else:
        print(one_line(f"{path}: all is well"))
    return DAMAGED if findings else OK
