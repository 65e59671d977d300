"""Values of fields that are selected on the command line: --select FIELD=VALUE."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Any

from searchkit.cli.options import CommandParser
from searchkit.cli.words import word

if TYPE_CHECKING:
    from searchkit.schema import Schema

__all__ = ["add_selection", "numbers", "selection_of"]


def add_selection(command: CommandParser, more: str = "") -> None:
    """The option for what is selected; `more`: what else its help says."""
    command.add_argument(
        "--select",
        metavar="FIELD=VALUE",
        type=_selected,
        action="append",
        default=[],
        help=f"only articles of that value (or, given again, another of that field){more}",
    )


def numbers(text: str) -> list[float] | None:
    """Numbers that are joined by commas, or None where they are none."""
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        return None


def _selected(argument: str) -> tuple[str, str]:
    name, sign, value = word(argument).partition("=")
    if not (name and sign and value):
        raise ArgumentTypeError(f"{word(argument)!r} is not FIELD=VALUE")
    return name, value


def selection_of(pairs: list[tuple[str, str]], schema: Schema) -> dict[str, list[Any]]:
    """Field → the values selected; numbers are an interval, as low..high."""
    from searchkit.schema import Bool, Number

    selected: dict[str, list[Any]] = {}
    for name, text in pairs:
        kind = schema.fields.get(name)
        value: Any = text
        if isinstance(kind, Number):
            low, _, high = text.partition("..")
            ends = [numbers(end) if end else [None] for end in (low, high)]
            value = tuple(end[0] for end in ends if end) if all(ends) and ".." in text else text
        elif isinstance(kind, Bool):
            value = {"true": True, "false": False}.get(text.lower(), text)
        selected.setdefault(name, []).append(value)
    return selected
