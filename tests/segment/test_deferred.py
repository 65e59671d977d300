"""Pieces of sections come back whole and in order, from memory or from a scratch file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import WriteFailed
from searchkit.segment import deferred as module
from searchkit.segment.container import Container, ContainerWriter
from searchkit.segment.deferred import DeferredSections
from searchkit.storage.scratch_file import ScratchFile
from tests.segment.files import MemoryFile
from tests.storage.support import names, new_store

if TYPE_CHECKING:
    from typing_extensions import Buffer


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[ScratchFile]:
    store = new_store(tmp_path / "index")
    with store.writer_lock(), closing(store.scratch_file()) as file:
        yield file


class Kept:
    """A scratch file in memory."""

    def __init__(self) -> None:
        self.content = bytearray()

    def write(self, data: Buffer) -> int:
        start = len(self.content)
        self.content += data
        return start

    def read(self, start: int, size: int) -> bytes:
        return bytes(self.content[start : start + size])

    def damaged(self) -> Exception:
        return ArithmeticError("damaged")


def written(sections: DeferredSections, *wanted: str) -> dict[str, bytes]:
    file = MemoryFile()
    writer = ContainerWriter(file, bytes(16), bytes(16))
    for name in wanted:
        writer.begin(name)
        sections.write(writer, name)
        writer.end()
    writer.finish()
    container = Container(memoryview(bytes(file.content)), "x.seg")
    return {name: bytes(container.section(name)) for name in wanted}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=40)), max_size=20), st.integers(0, 100))
def test_pieces_come_back_in_order(pieces: list[tuple[str, bytes]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_IN_MEMORY", most)
        sections = DeferredSections(Kept())
        for name, content in pieces:
            buffer = bytearray(content)
            sections.add(name, buffer)
            buffer[:] = bytes(len(buffer))
        expected = {name: b"".join(content for one, content in pieces if one == name) for name in "cab"}
        assert written(sections, "c", "a", "b") == expected


def test_what_is_little_needs_no_file(scratch: ScratchFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "write", None)
    sections = DeferredSections(scratch)
    sections.add("a", memoryview(b"little").cast("H"))
    assert written(sections, "a", "b") == {"a": b"little", "b": b""}


def test_what_is_much_waits_in_a_file_without_a_name(
    scratch: ScratchFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", 100)
    before = names(tmp_path / "index")
    sections = DeferredSections(scratch)
    for number in range(1000):
        sections.add(f"s{number % 3}", number.to_bytes(2, "little"))
    assert scratch.write(b"") > 1800
    assert names(tmp_path / "index") == before
    found = written(sections, "s2", "s0", "s1")
    assert found["s2"] == b"".join(number.to_bytes(2, "little") for number in range(2, 1000, 3))


def test_what_comes_back_otherwise_is_noticed(scratch: ScratchFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", 3)
    sections = DeferredSections(scratch)
    sections.add("a", b"embassy")
    monkeypatch.setattr(scratch, "read", lambda start, size: b"embargo")
    with pytest.raises(WriteFailed, match="what was read back is not what was written"):
        written(sections, "a")
