"""What `searchkit` says where no command is given: its help, its version, what may have been meant."""

from __future__ import annotations

from collections.abc import Mapping

from searchkit.cli.failures import OK, USAGE, say
from searchkit.cli.options import valid_text
from searchkit.version import VERSION

__all__ = ["answer", "overview"]

_FRAME = """\
usage: searchkit COMMAND …

Full-text search for articles.

commands:
{commands}

options:
  -h, --help            show this help and exit
  --version             show the version and exit

searchkit COMMAND --help tells more.
"""


def overview(commands: Mapping[str, str]) -> str:
    """The help of the program."""
    return _FRAME.format(commands="\n".join(f"  {name:<21} {does}" for name, does in commands.items()))


def answer(arguments: list[str], commands: Mapping[str, str]) -> int:
    """Answer a call without a command; returns the exit code."""
    first = arguments[0] if arguments else "--help"
    if first in ("-h", "--help", "help"):
        print(overview(commands), end="")
        return OK if arguments else USAGE
    if first == "--version":
        print(f"searchkit {VERSION}")
        return OK
    say(_guess(valid_text(first), commands))
    return USAGE


def _guess(word: str, commands: Mapping[str, str]) -> str:
    if word.startswith("-"):
        return f"options stand after the command: searchkit COMMAND {word} …"
    from difflib import get_close_matches

    nearest = get_close_matches(word, commands, n=1)
    if nearest:
        return f"there is no command {word!r}; did you mean {nearest[0]!r}?"
    return f"there is no command {word!r}; to search, type: searchkit query TEXT…"
