"""What an index remembers of its source files, as JSON in an attachment of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from searchkit.dataclasses import dataclass, field
from searchkit.errors import CorruptIndex, FormatTooNew

__all__ = ["ATTACHMENT", "FileState", "Memory", "dump", "load"]

ATTACHMENT = "sources"
"""The name of the attachment."""

_VERSION = 1
_UNSETTLED = -1


@dataclass(slots=True)
class FileState:
    """A source file as it was when it was read.

    size, modified_ns: what `os.stat` said; a size of -1 stands for a file that is to be read again in any case.
    ids: of the documents that it gave, each once. rejected: how many of its articles were rejected.
    """

    size: int
    modified_ns: int
    ids: list[str] = field(default_factory=list)
    rejected: int = 0

    def unsettle(self) -> None:
        """Have the file read again the next time, whatever its size and time then."""
        self.size = _UNSETTLED


@dataclass(slots=True)
class Memory:
    """The source files of an index by name.

    base: the folder that names are relative to, as an absolute path. A file below it is named by its path from there,
        with "/", any other by its absolute path; so an index may move together with its sources.
    """

    base: str
    files: dict[str, FileState] = field(default_factory=dict)

    def name(self, path: str) -> str:
        """The name of the file at `path`. Symbolic links of its folder are followed, so that it has one name only."""
        folder, base = os.path.split(os.path.abspath(path))
        whole = os.path.join(os.path.realpath(folder), base)
        below = os.path.join(self.base, "")
        return whole[len(below) :].replace(os.sep, "/") if whole.startswith(below) else whole

    def path(self, name: str) -> str:
        """The absolute path of the file of that name."""
        return os.path.join(self.base, name)

    def owners(self) -> dict[str, list[str]]:
        """Id → the names of the files that gave it."""
        found: dict[str, list[str]] = {}
        for name, state in self.files.items():
            for id in state.ids:
                found.setdefault(id, []).append(name)
        return found


def load(data: bytes | None, index: str, base: str) -> Memory:
    """The memory from an attachment.

    data: None for an index without one. index: its folder. base: the folder for names where nothing is remembered yet.
    Raises `FormatTooNew`, and `CorruptIndex` for what `dump` has not written.
    """
    if data is None:
        return Memory(os.path.realpath(base))
    try:
        content = json.loads(data)
        if content["version"] > _VERSION:
            raise FormatTooNew(os.path.join(index, ATTACHMENT), content["version"], _VERSION)
        kept = os.path.normpath(os.path.join(os.path.realpath(index), content["base"]))
        return Memory(kept, dict(_states(content["files"])))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CorruptIndex(index, f"its attachment {ATTACHMENT!r} is not what was written") from None


def dump(memory: Memory, index: str) -> bytes:
    """The attachment for a memory of the index in the folder `index`."""
    files = {
        name: {"size": state.size, "modified_ns": state.modified_ns, "rejected": state.rejected, "ids": state.ids}
        for name, state in memory.files.items()
    }
    base = os.path.relpath(memory.base, os.path.realpath(index))
    return json.dumps({"version": _VERSION, "base": base, "files": files}, separators=(",", ":")).encode()


def _states(files: dict[str, dict[str, Any]]) -> Iterator[tuple[str, FileState]]:
    for name, entry in files.items():
        yield name, FileState(int(entry["size"]), int(entry["modified_ns"]), list(entry["ids"]), int(entry["rejected"]))
