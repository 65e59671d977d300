"""What is known of a word that queries ask for, in all text fields or in one; found out once a snapshot."""

from __future__ import annotations

from functools import partial

from searchkit.analysis import is_acronym
from searchkit.kernels.known_words import KnownWord, KnownWords
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["known_words"]


def known_words(snapshot: Snapshot, field: str | None = None) -> KnownWords:
    """The words that queries of a snapshot asked for, in one of its text fields or, None, in all of them."""
    words = snapshot.words.get(field)
    if words is None:
        words = snapshot.words[field] = _known_words(snapshot, field)
    return words


def _known_words(snapshot: Snapshot, field: str | None) -> KnownWords:
    analyzers = masks_by_analyzer(snapshot, field)
    stems, stop_words, mask = None, frozenset[str](), 0
    if len(analyzers) == 1:
        ((analyzer, mask),) = analyzers.items()
        if not analyzer.filters:
            stems = analyzer.stems
            # Who names a field means the word.
            stop_words = frozenset(analyzer.stop_words()) if field is None else stop_words
    return KnownWords(
        field,
        snapshot.memo,
        snapshot.known_terms,
        len(snapshot),
        snapshot.has_deleted,
        idf,
        partial(_odd_word, field),
        stems,
        stop_words,
        is_acronym,
        mask,
    )


def _odd_word(field: str | None, snapshot: Snapshot, text: str) -> KnownWord:
    """A word that is anything but ASCII letters and digits, or is analysed in several ways, or by filters."""
    analyzers = masks_by_analyzer(snapshot, field)
    is_stop = field is None and not is_acronym(text) and all(one.is_stop_text(text) for one in analyzers)
    if len(analyzers) == 1:
        ((analyzer, mask),) = analyzers.items()
        tokens = analyzer.query_tokens(text)
        if len(tokens) == 1 and not tokens[0].prefix:
            return KnownWord(is_stop, tokens[0].term.encode("utf-8", "surrogatepass"), mask)
    return KnownWord(is_stop, None, 0)
