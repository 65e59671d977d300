"""A reader of segment files, written from docs/file-format.md alone: plain Python, no part of searchkit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from struct import Struct, unpack, unpack_from
from typing import Any
from zlib import crc32

RANGE = 4096
TERM, OWN, POINTER, EXCEPTIONS = 1, 2, 4, 8


def sections_of(data: bytes) -> dict[str, bytes]:
    """The sections of a container, every checksum compared."""
    count, table_sum, length, magic = unpack("<IIQ8s", data[-24:])
    assert (magic, length) == (b"\x8bSKEND\r\n", len(data))
    table = data[-24 - 48 * count : -24]
    assert crc32(table) == table_sum
    found = {}
    for name, offset, size, checksum in Struct("<24sQQI4x").iter_unpack(table):
        content = data[offset : offset + size]
        assert offset % 64 == 0
        assert crc32(content) == checksum
        found[name.rstrip(b"\0").decode("ascii")] = content
    return found


def header_of(data: bytes) -> tuple[int, int, bytes, bytes]:
    """Format version, kind, index id and segment id of a container."""
    magic, version, kind, index_id, segment_id, checksum = unpack("<8sII16s16s12xI", data[:64])
    assert (magic, checksum) == (b"\x8bSKFILE\n", crc32(data[:60]))
    return version, kind, index_id, segment_id


def numbers(content: bytes, format: str) -> tuple[int, ...]:
    """A section as an array of numbers."""
    return unpack(f"<{len(content) // Struct(f'<{format}').size}{format}", content)


class _Bytes:
    """Reads varints and bytes one after another."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data, self.at = data, at

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


@dataclass
class Entry:
    """An entry of the dictionary; `places`: where a term's data begin, in the order of a block's header."""

    key: bytes
    flags: int
    places: tuple[int, ...] = ()
    frequency: int = 0
    position_bytes: int = 0
    exceptions: int = 0
    targets: tuple[int, ...] = ()


@dataclass
class Posting:
    """A document that has a term: code and rank of its vector, the vector, and the positions zone by zone."""

    document: int
    code: int
    rank: int
    vector: tuple[int, ...]
    positions: tuple[tuple[int, ...], ...] = ()


class SegmentFile:
    """The parts of a segment that searches rely on."""

    def __init__(self, data: bytes) -> None:
        self.version, self.kind, self.index_id, self.segment_id = header_of(data)
        self.sections = sections_of(data)
        self.meta: dict[str, Any] = json.loads(self.sections["meta"])
        self.documents = int(self.meta["documents"])
        self.ranges = (self.documents + RANGE - 1) // RANGE
        zones = len(self.meta["zones"])
        self.vectors = list(zip(*[iter(self.numbers("vectors", "I"))] * zones, strict=True))
        self.entries = list(self._dictionary())

    def numbers(self, name: str, format: str) -> tuple[int, ...]:
        return numbers(self.sections[name], format)

    def column(self, field: str) -> str:
        """What the names of a field's sections begin with."""
        return f"c{self.meta['columns'].index(field)}"

    def strings(self, name: str) -> list[str | None]:
        blob, offsets = self.sections[f"{name}.text"], self.numbers(f"{name}.offsets", "I")
        parts = [blob[start:end] for start, end in pairwise(offsets)]
        return [None if part == b"\xff" else part.decode() for part in parts]

    def is_frequent(self, entry: Entry) -> bool:
        return entry.frequency >= 4 * self.ranges

    def _dictionary(self) -> Iterator[Entry]:
        index, heads = self.numbers("terms.index", "Q"), self.numbers("terms.heads", "Q")
        data = _Bytes(self.sections["terms"])
        before = b""
        places: list[int] = []
        for number in range(self.meta["entries"]):
            if number % 16 == 0:
                assert data.at == index[number // 16]
                found = [data.varint() for _ in range(6)]
                assert not places or found == places
                places, before = found, b""
            shared, more = data.varint(), data.varint()
            entry = Entry(before[:shared] + data.take(more), data.take(1)[0], tuple(places))
            if number % 16 == 0:
                assert heads[number // 16] == int.from_bytes(entry.key[:8].ljust(8, b"\0"), "big")
            if entry.flags & TERM:
                entry.frequency, entry.position_bytes = data.varint(), data.varint()
                entry.exceptions = data.varint() if entry.flags & EXCEPTIONS else 0
                self._pass(entry, places)
            if entry.flags & POINTER:
                entry.targets = tuple(data.varint() for _ in range(data.varint()))
            before = entry.key
            yield entry
        assert len(heads) == len(index) - 1
        assert data.at == index[-1] == len(self.sections["terms"])

    def _pass(self, entry: Entry, places: list[int]) -> None:
        """Moves the six places behind a term's data."""
        frequent = self.is_frequent(entry)
        places[0 if frequent else 1] += entry.frequency
        places[2] += frequent
        places[3] += entry.position_bytes
        places[4] += (entry.frequency - 1) // 32 if entry.position_bytes else 0
        places[5] += entry.exceptions

    def postings(self, entry: Entry) -> list[Posting]:
        """The postings of a term, with positions where it has some."""
        coded = self._frequent(entry) if self.is_frequent(entry) else self._rare(entry)
        exceptional = iter(self._exceptions(entry))
        found = []
        for document, code in coded:
            rank = code
            if code == 15:
                where, rank = next(exceptional)
                assert where == document
                assert rank >= 15
            found.append(Posting(document, code, rank, self.vectors[rank]))
        assert next(exceptional, None) is None
        if entry.position_bytes:
            self._add_positions(entry, found)
        return found

    def _rare(self, entry: Entry) -> list[tuple[int, int]]:
        words = unpack_from(f"<{entry.frequency}I", self.sections["rare"], 4 * entry.places[1])
        return [(word >> 4, word & 15) for word in words]

    def _frequent(self, entry: Entry) -> list[tuple[int, int]]:
        words = iter(unpack_from(f"<{entry.frequency}H", self.sections["postings"], 2 * entry.places[0]))
        found = []
        for number, count in enumerate(self.range_counts(entry)):
            for _ in range(count):
                word = next(words)
                found.append((number * RANGE + (word & 4095), word >> 12))
        assert next(words, None) is None
        return found

    def range_counts(self, entry: Entry) -> tuple[int, ...]:
        return unpack_from(f"<{self.ranges}H", self.sections["ranges.counts"], 2 * self.ranges * entry.places[2])

    def range_bounds(self, entry: Entry) -> bytes:
        start = self.ranges * entry.places[2]
        return self.sections["ranges.bounds"][start : start + self.ranges]

    def tops(self, entry: Entry) -> bytes:
        return self.sections["tops"][3 * entry.places[2] :][:3]

    def _exceptions(self, entry: Entry) -> list[tuple[int, int]]:
        stop = entry.places[5] + entry.exceptions
        sections = (self.numbers(f"exceptions.{what}", "I") for what in ("documents", "ranks"))
        documents, ranks = (section[entry.places[5] : stop] for section in sections)
        return list(zip(documents, ranks, strict=True))

    def _add_positions(self, entry: Entry, postings: list[Posting]) -> None:
        start = entry.places[3]
        data = _Bytes(self.sections["positions"], start)
        index = self.numbers("positions.index", "I")[entry.places[4] :]
        for number, posting in enumerate(postings):
            if number and number % 32 == 0:
                assert index[number // 32 - 1] == data.at - start
            posting.positions = tuple(self._zone(data, frequency) for frequency in posting.vector)
        assert data.at == start + entry.position_bytes

    def _zone(self, data: _Bytes, frequency: int) -> tuple[int, ...]:
        place, found = 0, []
        for _ in range(frequency):
            place += data.varint()
            found.append(place)
        return tuple(found)
