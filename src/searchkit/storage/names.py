"""The names of an index's files: the only ones that are ever created, opened or removed in its folder."""

from __future__ import annotations

import os
import re

__all__ = [
    "LOCK",
    "TEMPORARY",
    "generation_of",
    "is_data_name",
    "is_identifier",
    "is_tolerated",
    "join",
    "manifest_name",
    "new_identifier",
    "resolve",
]

LOCK = "lock"
TEMPORARY = ".tmp"

_MANIFEST = re.compile(r"manifest-([1-9][0-9]{0,14})", re.ASCII)
_IDENTIFIER = re.compile(r"[0-9a-f]{32}", re.ASCII)
_DATA = re.compile(r"[0-9a-f]{32}\.[a-z]{1,16}", re.ASCII)


def new_identifier() -> str:
    """128 random bits in hexadecimal: never given out twice, so no file's name is ever reused."""
    # What `secrets.token_hex` does; its imports would double the time that reading takes to start.
    return os.urandom(16).hex()


def is_identifier(text: str) -> bool:
    """Whether `text` has the shape of `new_identifier()`."""
    return _IDENTIFIER.fullmatch(text) is not None


def is_data_name(name: str) -> bool:
    """Whether `name` is one that `NewFile` gives: an identifier and a suffix; never a path."""
    return _DATA.fullmatch(name) is not None


def manifest_name(generation: int) -> str:
    """The name of the manifest of a generation."""
    return f"manifest-{generation}"


def generation_of(name: str) -> int | None:
    """The generation whose manifest has this name, or None where it is no manifest's name."""
    match = _MANIFEST.fullmatch(name)
    return int(match[1]) if match else None


def is_tolerated(name: str) -> bool:
    """Whether an index may be created beside a file of this name: notes, hidden files, what a crashed creation left."""
    return name.startswith((".", "README")) or name == LOCK or (is_data_name(name) and name.endswith(TEMPORARY))


def join(folder: str, name: str) -> str:
    """The path of a file in the index's folder."""
    return os.path.join(folder, name)


def resolve(folder: str | os.PathLike[str]) -> str:
    """The one absolute path of a folder, symbolic links followed, so that two handles of one index know each other."""
    return os.path.realpath(os.fspath(folder))
