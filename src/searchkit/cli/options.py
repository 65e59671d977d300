"""What the commands' options have in common: how they are parsed, and how help is laid out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from searchkit.cli.failures import USAGE, say
from searchkit.cli.terminal import width_of

__all__ = ["CommandParser", "number_from", "seconds", "valid_text"]

_COLUMN = 24


class _Layout(argparse.RawDescriptionHelpFormatter):
    """Help that looks alike in every version of Python; told its width, it loads less too."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, max_help_position=_COLUMN, width=width_of(sys.stdout) - 2, **options)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings:
            return super()._format_action_invocation(action)
        value = "" if action.nargs == 0 else f" {action.metavar}"
        return ", ".join(action.option_strings) + value


class _Once(argparse.Action):
    """Takes a value, and complains of a second one."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(f"{option} names one index here, not several")
        setattr(namespace, self.dest, values)


class CommandParser(argparse.ArgumentParser):
    """The parser of a command: complains in one line, and has the option for the index, which all commands share.

    several: whether it can be about several indexes at once.
    """

    def __init__(self, command: str, usage: str, description: str, *, several: bool = False) -> None:
        prog = f"searchkit {command}"
        super().__init__(
            prog=prog,
            usage=f"{prog} {usage}",
            description=description,
            formatter_class=_Layout,
            allow_abbrev=False,
            add_help=False,
        )
        again = " (given again: of another one, to be searched with it as one)" if several else ""
        self.add_argument("-h", "--help", action="help", help="show this help and exit")
        self.add_argument(
            "-i",
            "--index",
            metavar="FOLDER",
            type=folder,
            action="append" if several else _Once,
            help=f"the folder of the index{again}; else $SEARCHKIT_INDEX, else what the nearest searchkit.yaml says",
        )

    def add_json(self, what: str) -> None:
        """The option for JSON on standard output."""
        self.add_argument("--json", action="store_true", help=f"print {what} as JSON")

    def add_timeout(self) -> None:
        """The option for waiting for another writer."""
        self.add_argument(
            "--timeout",
            metavar="SECONDS",
            type=seconds,
            default=10.0,
            help="how long to wait for another writer (default: 10)",
        )

    def error(self, message: str) -> NoReturn:
        """Complain, and exit as for wrong usage."""
        say(f"{message} (see {self.prog} --help)")
        self.exit(USAGE)


def number_from(low: int, high: int, convert: Callable[[str], str] = str) -> Callable[[str], int]:
    """A type of whole numbers within bounds for an option."""

    def number(text: str) -> int:
        text = convert(text)
        value = int(text) if len(text) < 20 and text.isascii() and text.lstrip("-").isdigit() else None
        if value is None or not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{valid_text(text)!r} is not a whole number from {low} to {high}")
        return value

    return number


def folder(text: str) -> str:
    """The type of a folder's name."""
    # `query` hides hyphens in what are words by a NUL: then there was no name after the option.
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError("the name of a folder is needed")
    return text


def seconds(text: str) -> float:
    """The type of a span of time."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"{valid_text(text)!r} is not a number of seconds")
    return value


def valid_text(argument: str) -> str:
    """An argument as Unicode: bytes that are not UTF-8 are replaced."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
