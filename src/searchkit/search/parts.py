"""A segment as a snapshot sees it: with the documents that are deleted by then, and the scoring tables for the whole
index.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from searchkit.kernels.nodes import Tree
from searchkit.kernels.parts import Part, Scratch
from searchkit.kernels.state import Saturations, State, fill_saturations
from searchkit.kernels.strings import StringReader
from searchkit.kernels.top import Top
from searchkit.search.scoring import Scoring
from searchkit.search.tree_building import TreeBuilder
from searchkit.segment.columns.strings import StringColumn
from searchkit.segment.segment import Segment

if TYPE_CHECKING:
    from searchkit.kernels.tallies import Tally

__all__ = ["Ranked", "SegmentPart"]

_TOP = 1_000


class SegmentPart(Part):
    """segment: the file. live: a bitmap of the documents that are not deleted, 512 bytes a range; empty where none is.

    documents: how many are live. scoring: the parameters and averages of the snapshot. index: of several indexes that
        are searched as one, the number of the one that the segment is of.
    """

    def __init__(self, segment: Segment, live: memoryview, documents: int, scoring: Scoring, index: int = 0) -> None:
        super().__init__(live, segment.documents)
        self.index = index
        self.segment, self.documents, self.scoring = segment, documents, scoring
        self.frequencies: dict[bytes, int] = {}
        self.greatest: dict[str, memoryview] = {}
        """Of fields that scores were multiplied by: the greatest value of each range."""
        self.present: dict[str, bytearray] = {}
        """Of fields that were asked for: the documents that have a value."""
        self.tallies: dict[str, list[Tally]] = {}
        """Of fields whose values were counted: memory for counts."""
        self.unions: dict[tuple[tuple[bytes, ...], int], bytearray] = {}

    def under(self, scoring: Scoring) -> SegmentPart:
        """The same segment with other parameters, and so with tables and memory of its own."""
        made = SegmentPart(self.segment, self.live, self.documents, scoring, self.index)
        made.frequencies, made.greatest, made.present = self.frequencies, self.greatest, self.present
        return made

    @cached_property
    def saturations(self) -> Saturations:
        """The scoring tables, made when the first query asks."""
        scoring, segment = self.scoring, self.segment
        zones = len(segment.meta.zones)
        masks = array("I", scoring.masks)
        lengths = scoring.lengths
        table = memoryview(bytearray(4 * 16 * 256 * len(masks))).cast("I")
        codes = array("I", bytes(4 * len(masks)))
        weights = memoryview(bytearray(8 * len(masks) * max(1, len(segment.totals)))).cast("d")
        zone_weights = array("d", scoring.weights)
        if len(segment.totals):
            fill_saturations(segment.vectors, zones, zone_weights, masks, lengths, table, codes, weights)
        bounds = scoring.bounds(segment.meta.reference)
        return Saturations(table, codes, weights, lengths, zone_weights, masks, *bounds)

    def open_identifiers(self) -> StringReader:
        """Sets `identifiers`, and returns it."""
        self.identifiers = self.segment.identity.ids.reader
        return self.identifiers

    def new_scratch(self) -> Scratch:
        """Memory for a search of this segment."""
        segment = self.segment
        state = State(segment.view, self.saturations)
        tree = Tree(state)
        return Scratch(state, tree, Top(_TOP), Top(0), TreeBuilder(segment.known_terms, tree, segment.longest))

    @cached_property
    def shown(self) -> list[StringReader]:
        """What reads the columns that hits are mostly asked for: ids and short texts."""
        columns = map(self.segment.column, self.segment.schema.texts)
        texts = [one.reader for one in columns if isinstance(one, StringColumn)]
        return [self.segment.identity.ids.reader, *texts]

    def is_live(self, document: int) -> bool:
        """Whether a document is not deleted."""
        return not len(self.live) or bool(self.live[document >> 3] >> (document & 7) & 1)

    def dated(self, low: int | None, high: int | None) -> tuple[int, int]:
        """The documents dated in [low, high) microseconds, as a slice of document numbers; the undated come first."""
        name = self.segment.schema.date
        column = None if name is None else self.segment.column(name)
        if column is None:
            return 0, 0
        dates = column.values  # type: ignore[union-attr]
        start = bisect_left(dates, -(1 << 63) + 1 if low is None else low)
        stop = len(dates) if high is None else bisect_left(dates, high)
        return start, max(start, stop)

    @cached_property
    def undated(self) -> int:
        """How many documents have no date, which are the first: all of them where the schema has no primary date."""
        return self.segment.documents if self.segment.schema.date is None else self.dated(None, None)[0]

    def date(self, document: int) -> int | None:
        """The primary date of a document, in microseconds since the epoch."""
        name = self.segment.schema.date
        column = None if name is None else self.segment.column(name)
        return None if column is None else column[document]  # type: ignore[return-value]


Ranked = tuple[int, SegmentPart, int]
"""A document of an answer: its score in units of the answer's scale, its segment, its number there."""
