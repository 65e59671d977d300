"""Stored fields: round trips, moving between segments, threads, damage."""

from __future__ import annotations

import random
import sys
from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.background import Workers
from searchkit.errors import CorruptIndex, LimitExceeded
from searchkit.segment import stored as module
from searchkit.segment.compression import Compressor, zstandard
from searchkit.segment.payload import PayloadCodec
from searchkit.segment.stored import BLOCK_BYTES, StoredReader, StoredWriter
from tests.segment.files import MemoryFile

SIZES_OF_TEXTS = st.sampled_from([0, 1, 40, 5000, BLOCK_BYTES - 5, BLOCK_BYTES, 2 * BLOCK_BYTES])
SIZES = st.lists(st.integers(0, 500) | st.integers(BLOCK_BYTES - 20, 3 * BLOCK_BYTES), max_size=30)


def text(number: int, size: int) -> bytes:
    """A document of so many bytes that no other number has."""
    return (f"{number} the embassy in {number * 7919} " * (size // 10 + 1)).encode()[:size]


def stored(payloads: Sequence[bytes]) -> tuple[StoredReader, list[int]]:
    file = MemoryFile()
    writer = StoredWriter(file, Workers(2))
    addresses = [writer.add(payload) for payload in payloads]
    return reader_of(file, writer.finish()), addresses


def keep() -> None:
    """Forgets nothing of what was read."""


def reader_of(file: MemoryFile, table: array[int]) -> StoredReader:
    return StoredReader(memoryview(bytes(file.content)), memoryview(table), "x.seg")


@given(SIZES)
def test_gives_back_what_was_written(sizes: list[int]) -> None:
    payloads = [text(number, size) for number, size in enumerate(sizes)]
    reader, addresses = stored(payloads)
    assert [reader.get(address) for address in addresses] == payloads
    assert len(set(addresses)) == len(payloads)


@given(
    st.lists(st.tuples(*[SIZES_OF_TEXTS] * 3, st.none() | st.just({"url": "naïve"})), max_size=9),
    st.sampled_from([[], [1], [0, 2]]),
)
def test_documents_are_stored_as_their_payloads_are(
    documents: list[tuple[int, int, int, dict[str, str] | None]], places: list[int]
) -> None:
    codec = PayloadCodec([str(place) for place in places])
    texts = [text(number, size) for *sizes, _ in documents for number, size in enumerate(sizes)]
    kept = [[texts[3 * number + place] for place in places] for number in range(len(documents))]
    single, file = MemoryFile(), MemoryFile()
    alone, together = StoredWriter(single, Workers(1)), StoredWriter(file, Workers(1))
    expected = [alone.add(codec.encode(one, values)) for one, (*_, values) in zip(kept, documents, strict=True)]
    encoded = [None if values is None else codec.values(values) for *_, values in documents]
    half = len(documents) // 2
    addresses = together.add_documents(texts[: 3 * half], 3, places, encoded[:half]).tolist()
    addresses += together.add_documents(texts[3 * half :], 3, places, encoded[half:]).tolist()
    assert addresses == expected
    assert together.finish() == alone.finish()
    assert file.content == single.content


def test_refuses_a_document_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAYLOAD_BYTES", 100)
    writer = StoredWriter(MemoryFile(), Workers(1))
    writer.add_documents([bytes(60), bytes(30), bytes(96)], 3, [0, 1], [b"22"])
    with pytest.raises(LimitExceeded, match="a document of 101 stored bytes; 100 are possible"):
        writer.add_documents([bytes(60), bytes(30), bytes(96)], 3, [0, 1], [b"333"])


def test_blocks_fill_up_and_leave_while_documents_come() -> None:
    file = MemoryFile()
    writer = StoredWriter(file, Workers(2))
    addresses = [writer.add(random.Random(number).randbytes(1000)) for number in range(5000)]
    assert file.position > 3_000_000
    assert len({address >> 24 for address in addresses[:-1]}) <= 5_020_000 // (BLOCK_BYTES - 1004) + 1
    assert len(writer.finish()) == 2 * (addresses[-1] >> 24) + 2


def test_a_large_document_has_a_block_of_its_own() -> None:
    payloads = [b"before", text(1, 1 << 20), b"after"]
    reader, addresses = stored(payloads)
    assert [address >> 24 for address in addresses] == [0, 1, 2]
    assert [reader.get(address) for address in reversed(addresses)] == payloads[::-1]


def test_more_than_a_block_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAYLOAD_BYTES", 100)
    writer = StoredWriter(MemoryFile(), Workers(2))
    writer.add(bytes(100))
    with pytest.raises(LimitExceeded, match="a document of 101 stored bytes; 100 are possible"):
        writer.add(bytes(101))


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 9000), max_size=12), max_size=3), st.randoms(use_true_random=False))
def test_moves_documents_between_segments(segments: list[list[int]], random: random.Random) -> None:
    sources, expected = [], []
    for index, sizes in enumerate(segments):
        payloads = [text(100 * index + number, size) for number, size in enumerate(sizes)]
        reader, addresses = stored(payloads)
        kept = random.sample(range(len(sizes)), random.choice([len(sizes), random.randint(0, len(sizes))]))
        sources.append((reader, array("Q", [addresses[number] for number in kept])))
        expected.append([payloads[number] for number in kept])
    file = MemoryFile()
    writer = StoredWriter(file, Workers(2))
    first = writer.add(b"there already")
    moved = writer.copy(sources, keep)
    last = writer.add(b"added later")
    reader = reader_of(file, writer.finish())
    assert [[reader.get(address) for address in addresses] for addresses in moved] == expected
    assert (reader.get(first), reader.get(last)) == (b"there already", b"added later")


def test_whole_blocks_are_copied_as_they_are() -> None:
    payloads = [text(number, 1000) for number in range(100)]
    reader, addresses = stored(payloads)
    file = MemoryFile()
    writer = StoredWriter(file, Workers(2))
    (moved,) = writer.copy([(reader, addresses)], keep)
    full = [reader.block(block)[0] for block in range(addresses[-1] >> 24)]
    assert file.content.startswith(b"".join(full))
    assert moved.tolist() == addresses


def test_what_was_read_is_forgotten_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FORGOTTEN", 3)
    payloads = [text(number, BLOCK_BYTES) for number in range(20)]
    reader, addresses = stored(payloads)
    told: list[int] = []
    file = MemoryFile()
    StoredWriter(file, Workers(1)).copy([(reader, addresses)], lambda: told.append(len(file.content)))
    assert len(told) == 20 // 3
    assert told == sorted(set(told))


def test_small_blocks_are_gathered() -> None:
    sources = [stored([text(number, 100)]) for number in range(50)]
    file = MemoryFile()
    writer = StoredWriter(file, Workers(2))
    writer.copy(sources, keep)
    assert len(writer.finish()) == 2


def test_the_cache_stays_small_and_threads_may_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CACHE_BYTES", 3 * BLOCK_BYTES)
    payloads = [text(number, 3000) for number in range(100)]
    reader, addresses = stored(payloads)
    order = random.Random(0).choices(range(100), k=2000)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda number: reader.get(addresses[number]) == payloads[number], order))
    assert all(found)
    assert reader._cached == sum(map(len, reader._cache.values())) <= 3 * BLOCK_BYTES


def test_a_block_another_thread_read_meanwhile_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, (address,) = stored([b"text"])
    decompress = reader._decompress

    def slow(block: int) -> bytes:
        monkeypatch.undo()
        reader.get(address)
        return decompress(block)

    monkeypatch.setattr(reader, "_decompress", slow)
    assert reader.get(address) == b"text"
    assert reader._cached == len(b"text") + 4


@pytest.mark.parametrize("address", [-1, 1 << 24, 1 << 63, 1, 5, 9, 12, (1 << 24) - 1])
def test_addresses_of_nothing_are_damage(address: int) -> None:
    reader, _ = stored([b"12345678"])
    with pytest.raises(CorruptIndex, match=r"x\.seg: "):
        reader.get(address)


def test_flipped_and_missing_bytes_are_damage_or_change_a_text() -> None:
    file = MemoryFile()
    writer = StoredWriter(file, Workers(2))
    address = writer.add(text(1, 300))
    table, content = writer.finish(), bytes(file.content)
    damaged = [content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :] for place in range(len(content))]
    damaged += [content[:length] for length in range(len(content))] + [content + b"\0", content + content]
    caught = 0
    for some in damaged:
        try:
            StoredReader(memoryview(some), memoryview(table), "x.seg").get(address)
        except CorruptIndex:
            caught += 1
    assert caught >= len(content) + 2


@pytest.mark.parametrize("table", [[0], [0, 0], [99, 1 << 32 | 12], [1 << 63, 12], [0, 12, 0, 12], [0, 1 << 32 | 11]])
def test_a_block_table_that_makes_no_sense_is_damage(table: list[int]) -> None:
    file = MemoryFile()
    writer = StoredWriter(file, Workers(2))
    address = writer.add(b"12345678")
    writer.finish()
    with pytest.raises(CorruptIndex, match=r"x\.seg: "):
        reader_of(file, array("Q", table)).get(address)


def test_zstandard_comes_from_the_standard_library_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    package, zstd = type(sys)("compression"), type(sys)("compression.zstd")
    package.zstd = zstd  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "compression", package)
    monkeypatch.setitem(sys.modules, "compression.zstd", zstd)
    monkeypatch.setattr(sys, "version_info", (3, 14))
    assert zstandard() is zstd


def test_what_fails_in_a_thread_fails_where_the_frames_are_asked_for() -> None:
    compressor = Compressor(Workers(2))
    for block in (("not bytes", 1), (b"bytes", 2)):
        assert compressor.add(block) == []  # type: ignore[arg-type]
    for _ in range(2):  # nothing goes on without what failed
        with pytest.raises(TypeError):
            compressor.finish()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_frames_come_in_the_order_of_their_blocks(workers: int) -> None:
    compressor = Compressor(Workers(workers))
    blocks = [(text(number, 300), number) for number in range(500)]
    frames = [frame for block in blocks for frame in compressor.add(block)]
    assert 0 < len(frames) < len(blocks)
    frames += compressor.finish()
    zstd = zstandard()
    assert [(zstd.decompress(frame), number) for frame, number in frames] == blocks
    assert compressor.finish() == []
