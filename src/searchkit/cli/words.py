"""The words of a query among the arguments of a command: a hyphen before one excludes it, and is no option."""

from __future__ import annotations

from searchkit.cli.options import valid_text

__all__ = ["shielded", "word"]

# Stands in for the hyphen of what is a word to exclude, not an option; no argument of a process can hold it.
_HYPHEN = "\0"


def shielded(arguments: list[str]) -> list[str]:
    """Hides hyphens from argparse: those of excluded words (-film), of values (--sort -date), and all after --."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    hidden = [_HYPHEN + one[1:] if _is_excluded(one) else one for one in arguments[:end]]
    return hidden + [_HYPHEN + one[1:] if one.startswith("-") else one for one in arguments[end + 1 :]]


def _is_excluded(argument: str) -> bool:
    is_long = len(argument) > 2 and argument[0] == "-" != argument[1]
    return is_long and not (argument[1] == "n" and argument[2:].isdigit())


def word(argument: str) -> str:
    """The type of a word that was shielded."""
    return valid_text("-" + argument[1:] if argument.startswith(_HYPHEN) else argument)
