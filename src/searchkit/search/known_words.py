"""What is known of a word that queries ask for in all text fields; found out once a snapshot."""

from __future__ import annotations

from collections.abc import Iterable

from searchkit.analysis import Analyzer, is_acronym
from searchkit.kernels.known_words import KnownWord, KnownWords
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["known_words"]


def known_words(snapshot: Snapshot) -> KnownWords:
    """The words that queries of a snapshot asked for."""
    words = snapshot.words
    if words is None:
        words = snapshot.words = _known_words(snapshot)
    return words


def _known_words(snapshot: Snapshot) -> KnownWords:
    analyzers = masks_by_analyzer(snapshot, None)
    stems, stop_words, mask = None, frozenset[str](), 0
    if len(analyzers) == 1:
        ((analyzer, mask),) = analyzers.items()
        if not analyzer.filters:
            stems, stop_words = analyzer.stems, frozenset(analyzer.stop_words())
    counted = snapshot.has_deleted
    terms = snapshot.known_terms
    return KnownWords(snapshot.memo, terms, len(snapshot), counted, idf, _odd_word, stems, stop_words, is_acronym, mask)


def _odd_word(snapshot: Snapshot, text: str) -> KnownWord:
    """A word whose terms only planning finds."""
    analyzers = masks_by_analyzer(snapshot, None)
    return KnownWord(not is_acronym(text) and _is_stop(analyzers, text), None, 0)


def _is_stop(analyzers: Iterable[Analyzer], text: str) -> bool:
    return all(analyzer.is_stop_text(text) for analyzer in analyzers)
