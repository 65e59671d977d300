"""What is known of a word that queries ask for in all text fields; found out once a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from searchkit.analysis import Analyzer, is_acronym
from searchkit.kernels.known_words import KnownWord, known
from searchkit.query.nodes import Node, Word
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.snapshot import Snapshot

__all__ = ["is_stop_word", "known_words"]


def known_words(snapshot: Snapshot, texts: Sequence[str]) -> list[KnownWord]:
    """What is known of words."""
    # By the bare text, which no other key of the memo is.
    words: list[KnownWord] = known(snapshot.memo, list(texts))
    if None in words:
        new = [text for text, word in zip(texts, words, strict=True) if word is None]
        met = dict(zip(new, _new_words(snapshot, new), strict=True))
        snapshot.remember_all(met)
        words = [met[text] if word is None else word for text, word in zip(texts, words, strict=True)]
    return words


def _new_words(snapshot: Snapshot, texts: list[str]) -> list[KnownWord]:
    analyzers = masks_by_analyzer(snapshot, None)
    if len(analyzers) == 1:
        ((analyzer, mask),) = analyzers.items()
        plain = analyzer.plain_terms(texts)
        if plain is not None:
            return [
                KnownWord(is_stop and not is_acronym(text), term.encode(), mask)
                for text, term, is_stop in zip(texts, *plain, strict=True)
            ]
        if len(texts) > 1:
            return [word for text in texts for word in _new_words(snapshot, [text])]
    return [KnownWord(not is_acronym(text) and _is_stop(analyzers, text), None, 0) for text in texts]


def _is_stop(analyzers: Iterable[Analyzer], text: str) -> bool:
    return all(analyzer.is_stop_text(text) for analyzer in analyzers)


def is_stop_word(snapshot: Snapshot, node: Node) -> bool:
    """Whether a node is a word for all text fields that is a stop word in all of their languages."""
    return isinstance(node, Word) and node.field is None and known_words(snapshot, (node.text,))[0].is_stop
