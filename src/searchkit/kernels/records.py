# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Where the data of a term lie in the sections of its segment."""

from __future__ import annotations

import cython

POSITION_BLOCK = cython.declare(cython.uint, 32)


@cython.cclass
class TermRecord:
    """A term of the dictionary.

    entry: its number there. frequency: how many documents have it. postings: where its postings begin, in the section
    of 16-bit postings or in that of rare terms. frequent: its number among the terms with 16-bit postings; -1 for a
    rare one. positions, position_bytes: where its positions begin, and how long they are. index: where its blocks begin
    in the index of positions. exceptions, exception_count: where its exceptions begin, and how many it has.
    """

    def __init__(self) -> None:
        self.entry = self.frequency = self.postings = self.positions = self.position_bytes = self.index = 0
        self.exceptions = self.exception_count = self.frequent = 0


@cython.cfunc
def record_of(
    entry: cython.uint,
    frequency: cython.uint,
    frequent: cython.bint,
    position_bytes: cython.uint,
    exception_count: cython.uint,
    places: cython.p_ulonglong,
) -> TermRecord:
    """The record of a term; places: the six places of the dictionary at which its data begin."""
    record: TermRecord = TermRecord()
    record.entry, record.frequency = entry, frequency
    record.postings = places[0] if frequent else places[1]
    record.frequent = cython.cast(cython.longlong, places[2]) if frequent else -1
    record.positions, record.position_bytes, record.index = places[3], position_bytes, places[4]
    record.exceptions, record.exception_count = places[5], exception_count
    return record


@cython.cclass
class SectionSizes:
    """How much the sections hold that records lead to, for telling damaged records.

    documents: of the segment; frequent: terms with 16-bit postings; the others: items of a section.
    """

    def __init__(
        self, documents: int, postings: int, rare: int, frequent: int, positions: int, index: int, exceptions: int
    ) -> None:
        self.documents, self.postings, self.rare, self.frequent = documents, postings, rare, frequent
        self.positions, self.index, self.exceptions = positions, index, exceptions

    def hold(self, record: TermRecord) -> bool:
        """Whether the data of a term lie inside their sections."""
        blocks: cython.ulonglong = 0
        if not 0 < record.frequency <= self.documents or record.frequent >= self.frequent:
            return False
        if record.position_bytes:
            blocks = (record.frequency - 1) // POSITION_BLOCK
        return (
            record.postings + record.frequency <= (self.rare if record.frequent < 0 else self.postings)
            and record.positions + record.position_bytes <= self.positions
            and record.index + blocks <= self.index
            and record.exceptions + record.exception_count <= self.exceptions
        )

    def first_beyond(self, records: list) -> TermRecord | None:
        """The first of some records whose term has data outside; None where all are inside."""
        record: TermRecord
        for record in records:
            if not self.hold(record):
                return record
        return None
