"""What is known of a word that queries ask for in all text fields; found out once a snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.analysis import is_acronym
from searchkit.query.nodes import Node, Word
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.plan import TermPlan
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["KnownWord", "is_stop_word", "known_words", "look_up_words"]


class KnownWord:
    """is_stop: whether it is a stop word in the languages of all text fields. key: of its term, where it is a single
    one, the same in all fields, as nearly every word is; else None. mask: number of the zones of all fields.

    scored, unscored: the plans of the term where it adds to a score, and where it does not, each None until it was
    looked up; weight: of the former.
    """

    __slots__ = ("is_stop", "key", "mask", "scored", "unscored", "weight")

    def __init__(self, is_stop: bool, key: bytes | None, mask: int) -> None:
        self.is_stop, self.key, self.mask, self.weight = is_stop, key, mask, 0.0
        self.scored: TermPlan | None = None
        self.unscored: TermPlan | None = None


def known_words(snapshot: Snapshot, texts: Sequence[str]) -> list[KnownWord]:
    """What is known of words."""
    # By the bare text, which no other key of the memo is.
    memo: dict[str, KnownWord] = snapshot.memo  # type: ignore[assignment]
    return [memo.get(text) or _known_word(snapshot, text) for text in texts]


def look_up_words(snapshot: Snapshot, words: Sequence[KnownWord], scored: bool) -> None:
    """Has the plans of words made, those for scores too where they are wanted; what was never looked up comes from
    memory together.
    """
    new = [word for word in words if word.key is not None and (word.scored if scored else word.unscored) is None]
    if not new:
        return
    documents = len(snapshot)
    snapshot.expect([word.key for word in new])  # type: ignore[misc]
    for word in new:
        key: bytes = word.key  # type: ignore[assignment]
        word.unscored = TermPlan(key, None, word.mask)
        if scored:
            word.weight = idf(documents, snapshot.frequency(key))
            word.scored = TermPlan(key, word.weight, word.mask)


def _known_word(snapshot: Snapshot, text: str) -> KnownWord:
    analyzers = masks_by_analyzer(snapshot, None)
    is_stop, key, mask = not is_acronym(text), None, 0
    for analyzer in analyzers:
        is_stop = is_stop and analyzer.is_stop_text(text)
    if len(analyzers) == 1:
        ((analyzer, mask),) = analyzers.items()
        terms = analyzer.plain_query_terms(text)
        if terms is not None and len(terms) == 1:
            key = terms[0].encode()
    known = KnownWord(is_stop, key, mask)
    snapshot.remember(text, known)
    return known


def is_stop_word(snapshot: Snapshot, node: Node) -> bool:
    """Whether a node is a word for all text fields that is a stop word in all of their languages."""
    return isinstance(node, Word) and node.field is None and known_words(snapshot, (node.text,))[0].is_stop
