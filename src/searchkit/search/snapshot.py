"""One generation of an index, ready to be searched: its segments, and the statistics of all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from searchkit.analysis import Analyzer, analyzer_for, analyzer_of
from searchkit.kernels.known_terms import KnownTerms, frequency_of, look_up
from searchkit.kernels.known_words import KnownWords
from searchkit.schema import Schema, Text
from searchkit.search.counting import count_slice, count_term
from searchkit.search.parts import SegmentPart
from searchkit.search.scoring import Scoring

if TYPE_CHECKING:
    from searchkit.query.ranking import Ranking

__all__ = ["Snapshot"]

_VARIANTS = 16
_REMEMBERED, _FORGOTTEN = 10_000, 64


class Snapshot:
    """generation: its number. parts: the segments. keep: whatever must live as long (the mapped files)."""

    def __init__(
        self, schema: Schema, generation: int, parts: Sequence[SegmentPart], scoring: Scoring, keep: object
    ) -> None:
        self.schema, self.generation, self.parts, self.scoring = schema, generation, tuple(parts), scoring
        self._keep = keep
        self._frequencies: dict[bytes, int] = {}
        self._variants: dict[object, Snapshot] = {}
        self.memo: dict[object, object] = {}
        """What planning found out about words, which holds as long as the snapshot does."""
        self.words: dict[str | None, KnownWords] = {}
        """By field; see `known_words`, which makes them."""

    def __len__(self) -> int:
        return self.scoring.documents

    def under(self, ranking: Ranking) -> Snapshot:
        """The same documents, ranked otherwise; kept, since it has tables of its own."""
        scoring = self.scoring.adjusted(ranking, self.schema)
        if scoring.setting == self.scoring.setting:
            return self
        found = self._variants.get(scoring.setting)
        if found is None:
            parts = [part.under(scoring) for part in self.parts]
            found = Snapshot(self.schema, self.generation, parts, scoring, self._keep)
            # Which documents have a word, and what it is worth, is the same under any setting.
            found._frequencies, found.memo = self._frequencies, self.memo
            if len(self._variants) >= _VARIANTS:
                self._variants.clear()
            self._variants[scoring.setting] = found
        return found

    def frequency(self, key: bytes) -> int:
        """How many live documents have a term."""
        if not self.has_deleted:
            total: int = frequency_of(self.known_terms, key)
            return total
        found = self._frequencies.get(key)
        if found is None:
            found = sum(count_term(part, key) for part in self.parts)
            if len(self._frequencies) > 100_000:
                self._frequencies.clear()
            self._frequencies[key] = found
        return found

    def expect(self, keys: Sequence[bytes]) -> None:
        """Says that terms will be asked for: those that were not yet come from memory together."""
        look_up(self.known_terms, list(keys))

    @cached_property
    def has_deleted(self) -> bool:
        """Whether documents of its segments are deleted."""
        return any(len(part.live) for part in self.parts)

    @cached_property
    def known_terms(self) -> list[KnownTerms]:
        """The terms of each segment that were looked up."""
        return [part.segment.known_terms for part in self.parts]

    def dated(self, low: int, high: int) -> int:
        """How many live documents have their primary date in [low, high) microseconds."""
        return sum(count_slice(part, *part.dated(low, high)) for part in self.parts)

    def remember(self, key: object, value: object) -> None:
        """Keeps something in the memo."""
        self.remember_all({key: value})

    def remember_all(self, found: Mapping[Any, object]) -> None:
        """Keeps several things in the memo, which never grows beyond all bounds."""
        if len(self.memo) >= _REMEMBERED:
            # The oldest, and not all at once: some hold a thousand terms.
            # A copy of all keys is one step, in which no other thread adds one.
            for old in list(self.memo)[: max(_FORGOTTEN, len(found))]:
                self.memo.pop(old, None)
        self.memo.update(found)

    def analyzer(self, field: str) -> Analyzer:
        """The analyzer of a text field."""
        kind = self.schema.fields[field]
        return analyzer_of(kind) if isinstance(kind, Text) else analyzer_for(None)

    def find(self, id: str) -> tuple[SegmentPart, int] | None:
        """The live document with an id: its segment and its number there."""
        for part in reversed(self.parts):
            document = part.segment.identity.table.find(id)
            if document is not None and part.is_live(document):
                return part, document
        return None
