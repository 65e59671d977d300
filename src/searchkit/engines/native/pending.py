"""A segment as the writer sees it: with the deletes of the commit in the making."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from searchkit.schema import Schema
from searchkit.search.parts import SegmentPart
from searchkit.search.scoring import Scoring
from searchkit.search.snapshot import Snapshot
from searchkit.segment.lengths import SMALLEST
from searchkit.segment.segment import Segment
from searchkit.storage import FileEntry, SegmentEntry

__all__ = ["PendingSegment", "snapshot_of"]


class PendingSegment:
    """entry: as the manifest has it, or will have it. live: the bitmap of the live documents, empty where none is
    deleted.
    """

    def __init__(self, entry: SegmentEntry, segment: Segment, live: memoryview | bytes) -> None:
        self.entry, self.segment = entry, segment
        self._live = bytearray(live)
        self.documents, self.length = entry.live, entry.length
        self.changed = False

    @property
    def live(self) -> bytearray:
        """The bitmap of the live documents, 512 bytes a range; empty where none is deleted."""
        return self._live

    def is_live(self, document: int) -> bool:
        """Whether a document is not deleted."""
        return not self._live or bool(self._live[document >> 3] >> (document & 7) & 1)

    def delete(self, documents: Iterable[int]) -> int:
        """Deletes documents; returns how many of them were live."""
        deleted = 0
        for document in documents:
            if not self.is_live(document):
                continue
            if not self._live:
                self._live = _all_live(self.segment.documents)
            self._live[document >> 3] &= ~(1 << (document & 7))
            self.length -= SMALLEST[self.segment.norms[document]]
            deleted += 1
        self.documents -= deleted
        self.changed |= deleted > 0
        return deleted

    def committed(self, deletes: FileEntry | None) -> SegmentEntry:
        """The entry for the manifest; `deletes`: the file of the bitmap where it changed."""
        entry = self.entry
        return SegmentEntry(
            entry.id,
            entry.file,
            deletes if self.changed else entry.deletes,
            entry.documents,
            self.documents,
            self.length,
        )


def snapshot_of(segments: Sequence[PendingSegment], schema: Schema, keep: object) -> Snapshot:
    """What searches would see if the commit were made now; good until something is deleted."""
    documents = sum(pending.documents for pending in segments)
    scoring = Scoring(schema, documents, sum(pending.length for pending in segments))
    parts = [SegmentPart(pending.segment, memoryview(pending.live), pending.documents, scoring) for pending in segments]
    return Snapshot(schema, -1, parts, scoring, keep)


def _all_live(documents: int) -> bytearray:
    bitmap = bytearray(b"\xff" * (documents >> 3)) + bytearray((documents + 4095) // 4096 * 512 - (documents >> 3))
    if documents & 7:
        bitmap[documents >> 3] = (1 << (documents & 7)) - 1
    return bitmap
