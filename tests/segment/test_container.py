"""Containers: round trips, misuse, and every kind of damage."""

from __future__ import annotations

import runpy
import sys
from array import array
from collections.abc import Callable
from struct import pack_into
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import CorruptIndex, FormatTooNew, StorageError
from searchkit.segment import container as module
from searchkit.segment.container import Container, ContainerWriter
from tests.segment.files import INDEX_ID, SEGMENT_ID, MemoryFile, container, opened, written

if TYPE_CHECKING:
    from typing_extensions import Buffer

NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=24)


def adding(**sections: Buffer) -> Callable[[ContainerWriter], None]:
    """What writes these sections."""

    def fill(writer: ContainerWriter) -> None:
        for name, content in sections.items():
            writer.add(name, content)

    return fill


SMALL = written(adding(a=b"ABC", empty=b"", b=bytes(70)))


@given(st.dictionaries(NAMES, st.binary(max_size=200)))
def test_gives_back_what_was_written(sections: dict[str, bytes]) -> None:
    found = container(adding(**sections))
    assert {name: bytes(found.section(name)) for name in found.names} == sections
    assert found.names == tuple(sections)
    assert all(name in found for name in sections)
    assert "no such section" not in found
    assert found.verify() == []
    assert (found.index_id, found.segment_id) == (INDEX_ID, SEGMENT_ID)


@given(st.lists(st.binary(max_size=50)))
def test_a_section_may_come_in_pieces(pieces: list[bytes]) -> None:
    def fill(writer: ContainerWriter) -> None:
        writer.begin("pieces")
        for piece in pieces:
            writer.write(memoryview(piece))
        writer.end()

    found = container(fill)
    assert bytes(found.section("pieces")) == b"".join(pieces)
    assert found.verify() == []


@pytest.mark.parametrize("format", "BHIQqd")
def test_sections_are_arrays_in_place(format: str) -> None:
    items = array(format, [0, 1, 100])
    found = container(adding(items=items, none=b""))
    assert found.typed("items", format, 3).tolist() == items.tolist()
    assert found.typed("items", format).readonly
    assert found.typed("none", format, 0).tolist() == []
    assert found.typed("none", format).format == format
    with pytest.raises(CorruptIndex, match="not 4 items"):
        found.typed("items", format, 4)


def test_sections_are_aligned() -> None:
    assert SMALL.index(b"ABC") % 64 == 0


def test_refuses_sections_of_odd_lengths() -> None:
    found = container(lambda writer: writer.add("odd", b"123"))
    with pytest.raises(CorruptIndex, match=r"x\.seg: section 'odd' has 3 bytes, not a whole number of items of 4"):
        found.typed("odd", "I")
    with pytest.raises(ValueError, match="format 'f'"):
        found.typed("odd", "f")


def test_names_the_section_that_is_missing() -> None:
    with pytest.raises(CorruptIndex, match=r"x\.seg: section 'c' is missing"):
        opened(SMALL).section("c")


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda writer: writer.write(b""), "no section is open"),
        (lambda writer: writer.end(), "no section is open"),
        (lambda writer: (writer.begin("a"), writer.begin("b")), "'a' is still open"),
        (lambda writer: (writer.begin("a"), writer.finish()), "'a' is still open"),
        (lambda writer: (writer.add("a", b""), writer.begin("a")), "'a' is written already"),
        (lambda writer: writer.begin(""), "section name ''"),
        (lambda writer: writer.begin("é"), "section name 'é'"),
        (lambda writer: writer.begin("a\n"), "section name"),
        (lambda writer: writer.begin("a" * 25), "section name"),
    ],
)
def test_a_writer_refuses_misuse(misuse: Callable[[ContainerWriter], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        written(misuse)


def test_a_writer_refuses_other_ids_and_files_with_content() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        ContainerWriter(MemoryFile(), b"short", SEGMENT_ID)
    file = MemoryFile()
    file.write(b"x")
    with pytest.raises(ValueError, match="starts a file"):
        ContainerWriter(file, INDEX_ID, SEGMENT_ID)


def test_every_flipped_bit_is_found() -> None:
    for place in range(len(SMALL)):
        for bit in range(8):
            damaged = bytearray(SMALL)
            damaged[place] ^= 1 << bit
            assert _problems(bytes(damaged)), f"bit {bit} of byte {place}"


def test_every_truncation_is_found() -> None:
    for length in range(len(SMALL)):
        with pytest.raises(CorruptIndex, match=r"x\.seg: "):
            opened(SMALL[:length])
    with pytest.raises(CorruptIndex):
        opened(SMALL + b"\0")


def test_verify_names_what_is_damaged() -> None:
    damaged = bytearray(SMALL)
    place = SMALL.index(b"ABC")
    damaged[place] ^= 1
    damaged[place + 3] ^= 1
    damaged[place + 64 + 70] ^= 1
    assert opened(bytes(damaged)).verify() == [
        "the checksum of section 'a' does not match",
        "the padding before section 'empty' is not zero",
        "the padding before the footer is not zero",
    ]


def test_a_newer_format_and_another_kind_are_named() -> None:
    with pytest.raises(FormatTooNew, match=r"x\.seg: format version 2, .* up to 1"):
        opened(_with_header(8, 2))
    with pytest.raises(CorruptIndex, match="format version 0"):
        opened(_with_header(8, 0))
    with pytest.raises(CorruptIndex, match="kind 7"):
        opened(_with_header(12, 7))
    assert Container(memoryview(_with_header(12, 7)), "x.del", kind=7).verify() == []


@pytest.mark.parametrize(
    ("entry", "field", "value", "message"),
    [
        (0, 24, 65, "'a' does not lie where it must"),
        (0, 24, 0, "'a' does not lie where it must"),
        (2, 32, 1 << 63, "'b' does not lie where it must"),
        (2, 32, 1 << 20, "'b' does not lie where it must"),
        (2, 32, 3, "the section table does not lie where it must"),
        (1, 0, int.from_bytes(b"a", "little"), "a section comes twice"),
        (1, 0, 0, "is not printable ASCII"),
        (1, 0, 10, "is not printable ASCII"),
        (1, 0, 200, "is not printable ASCII"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(entry: int, field: int, value: int, message: str) -> None:
    """Even where its checksum is right: nothing outside the file may ever be read."""
    damaged = bytearray(SMALL)
    end = len(SMALL) - 24
    table = end - 3 * 48
    pack_into("<Q", damaged, table + entry * 48 + field, value)
    pack_into("<I", damaged, end + 4, crc32(damaged[table:end]))
    with pytest.raises(CorruptIndex, match=message):
        opened(bytes(damaged))


def test_big_endian_machines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "byteorder", "big")
    with pytest.raises(StorageError, match="little-endian"):
        runpy.run_path(module.__file__)


def _problems(content: bytes) -> list[str]:
    """What opening and verifying finds; any other exception than the two fails."""
    try:
        return opened(content).verify()
    except (CorruptIndex, FormatTooNew) as error:
        return [str(error)]


def _with_header(place: int, value: int) -> bytes:
    """The small container with another number in its header, whose checksum is right."""
    changed = bytearray(SMALL)
    pack_into("<I", changed, place, value)
    pack_into("<I", changed, 60, crc32(changed[:60]))
    return bytes(changed)
