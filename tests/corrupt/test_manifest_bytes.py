"""Damage to a manifest's bytes, all of it: a typed error every time, never another exception, never silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import CorruptIndex, FormatTooNew
from searchkit.storage import FileEntry, Manifest, SegmentEntry, Store
from searchkit.storage.manifest import LARGEST, decode, encode
from tests.storage.support import commit, new_store

MANIFEST = Manifest(
    generation=12,
    index_id="a0" * 16,
    schema={"fields": {"title": {"type": "text", "weight": 3.5}}},
    settings={"zone": "Europe/Zürich"},
    segments=(
        SegmentEntry("b1" * 16, FileEntry("b1" * 16 + ".seg", 4096, 0xDEADBEEF), None, 10, 10, 1000),
        SegmentEntry(
            "c2" * 16,
            FileEntry("c2" * 16 + ".seg", 1 << 40, 0),
            FileEntry("d3" * 16 + ".del", 64, 2**32 - 1),
            20,
            19,
            3000,
        ),
    ),
    attachments={"sources": FileEntry("e4" * 16 + ".json", 2, 1)},
    next_sequence=31,
)
DATA = encode(MANIFEST)
TYPED = (CorruptIndex, FormatTooNew)


def test_a_whole_manifest_is_read_back_as_it_was() -> None:
    assert decode(DATA, "manifest-12", 12) == MANIFEST
    assert DATA.count(b"\n") == 2
    assert DATA.isascii()


def test_every_bit_of_every_byte() -> None:
    for place in range(len(DATA)):
        for bit in range(8):
            damaged = bytearray(DATA)
            damaged[place] ^= 1 << bit
            with pytest.raises(TYPED) as caught:
                decode(bytes(damaged), "folder/manifest-12", 12)
            assert "folder/manifest-12" in str(caught.value)


def test_every_value_of_every_byte_of_the_header() -> None:
    for place in range(DATA.index(b"\n") + 2):
        for value in set(range(256)) - {DATA[place]}:
            with pytest.raises(TYPED):
                decode(DATA[:place] + bytes([value]) + DATA[place + 1 :], "manifest-12", 12)


def test_every_length() -> None:
    for length in range(len(DATA)):
        with pytest.raises(CorruptIndex):
            decode(DATA[:length], "manifest-12", 12)
    for more in (b"\n", b"\0", b" ", DATA):
        with pytest.raises(CorruptIndex):
            decode(DATA + more, "manifest-12", 12)


@given(st.integers(0, len(DATA)), st.integers(0, len(DATA)), st.binary(max_size=40))
def test_any_piece_replaced(start: int, size: int, piece: bytes) -> None:
    damaged = DATA[:start] + piece + DATA[start + size :]
    if damaged == DATA:
        return
    with pytest.raises(TYPED):
        decode(damaged, "manifest-12", 12)


@given(st.binary(max_size=400))
def test_any_bytes_at_all(data: bytes) -> None:
    with pytest.raises(CorruptIndex):
        decode(data, "manifest-12", 12)


def test_a_manifest_under_another_generations_name() -> None:
    with pytest.raises(CorruptIndex, match="holds generation 12"):
        decode(DATA, "manifest-13", 13)


def test_damaged_files_of_an_index(tmp_path: Path) -> None:
    commit(new_store(tmp_path), b"x")
    path = tmp_path / "manifest-2"
    whole = path.read_bytes()
    for place in range(0, len(whole), 5):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]):
            path.write_bytes(damaged)
            with pytest.raises(TYPED) as caught:
                Store.open(tmp_path)
            assert isinstance(caught.value, CorruptIndex | FormatTooNew)
            assert caught.value.path == str(path)


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "huge"])
def test_what_is_no_manifest_at_all(tmp_path: Path, kind: str) -> None:
    new_store(tmp_path)
    path = tmp_path / "manifest-2"
    if kind == "huge":
        path.touch()
        os.truncate(path, LARGEST + 1)
    else:
        {"folder": os.mkdir, "pipe": os.mkfifo, "loop": lambda it: os.symlink(it, it)}[kind](path)
    with pytest.raises(CorruptIndex, match=r"manifest-2: (not a regular file|larger than)"):
        Store.open(tmp_path)
