"""What is known of a word that queries ask for in all text fields; found out once a snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.analysis import is_acronym
from searchkit.kernels.term_plans import KnownWord, weigh
from searchkit.query.nodes import Node, Word
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["KnownWord", "is_stop_word", "known_words", "look_up_words"]


def known_words(snapshot: Snapshot, texts: Sequence[str]) -> list[KnownWord]:
    """What is known of words."""
    # By the bare text, which no other key of the memo is.
    memo: dict[str, KnownWord] = snapshot.memo  # type: ignore[assignment]
    words = [memo.get(text) for text in texts]
    new = [text for text, word in zip(texts, words, strict=True) if word is None]
    if new:
        found = iter(_new_words(snapshot, new))
        words = [next(found) if word is None else word for word in words]
    return words  # type: ignore[return-value]


def look_up_words(snapshot: Snapshot, words: Sequence[KnownWord], scored: bool) -> None:
    """Has the plans of words made, those for scores too where they are wanted; what was never looked up comes from
    memory together.
    """
    new = [word for word in words if word.key is not None and (word.scored if scored else word.unscored) is None]
    if not new:
        return
    documents = len(snapshot)
    keys: list[bytes] = [word.key for word in new]  # type: ignore[misc]
    snapshot.expect(keys)
    for word, key in zip(new, keys, strict=True):
        weigh(word, idf(documents, snapshot.frequency(key)) if scored else None)


def _new_words(snapshot: Snapshot, texts: list[str]) -> list[KnownWord]:
    analyzers = masks_by_analyzer(snapshot, None)
    keys: list[bytes | None] = [None] * len(texts)
    mask = 0
    if len(analyzers) == 1:
        ((analyzer, mask),) = analyzers.items()
        # All stems in one call; as many as there are texts, unless a text is several words.
        terms = analyzer.plain_query_terms(" ".join(texts))
        if terms is None or len(terms) != len(texts):
            each = map(analyzer.plain_query_terms, texts)
            terms = [found[0] if found is not None and len(found) == 1 else "" for found in each]
        keys = [term.encode() or None for term in terms]
    words = []
    for text, key in zip(texts, keys, strict=True):
        is_stop = True
        for one in analyzers:
            is_stop = is_stop and one.is_stop_text(text)
        word = KnownWord(is_stop and not is_acronym(text), key, mask)
        snapshot.remember(text, word)
        words.append(word)
    return words


def is_stop_word(snapshot: Snapshot, node: Node) -> bool:
    """Whether a node is a word for all text fields that is a stop word in all of their languages."""
    return isinstance(node, Word) and node.field is None and known_words(snapshot, (node.text,))[0].is_stop
