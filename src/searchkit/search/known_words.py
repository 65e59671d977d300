"""What is known of a word that queries ask for in all text fields; found out once a snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.analysis import is_acronym
from searchkit.query.nodes import Node, Word
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.plan import TermPlan
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["KnownWord", "expect_words", "is_stop_word", "known_word"]


class KnownWord:
    """is_stop: whether it is a stop word in the languages of all text fields. is_term: whether it is a single term of
    the dictionary, the same in all fields, as nearly every word is; only then it has the two plans.
    """

    __slots__ = ("_scored", "_unscored", "is_stop", "is_term", "key", "mask")

    def __init__(self, snapshot: Snapshot, text: str) -> None:
        self.is_stop, self.is_term = _is_stop_word(snapshot, text), False
        self._scored: TermPlan | None = None
        self._unscored: TermPlan | None = None
        analyzers = masks_by_analyzer(snapshot, None)
        if len(analyzers) == 1:
            ((analyzer, mask),) = analyzers.items()
            terms = analyzer.plain_query_terms(text)
            if terms is not None and len(terms) == 1:
                self.is_term, self.key, self.mask = True, terms[0].encode(), mask

    def scored(self, snapshot: Snapshot) -> TermPlan:
        """The plan of the term, weighed by how rare it is."""
        plan = self._scored
        if plan is None:
            weight = idf(len(snapshot), snapshot.frequency(self.key))
            plan = self._scored = TermPlan(self.key, weight, self.mask)
        return plan

    def unscored(self) -> TermPlan:
        """The plan of the term where it adds nothing to a score."""
        plan = self._unscored
        if plan is None:
            plan = self._unscored = TermPlan(self.key, None, self.mask)
        return plan


def known_word(snapshot: Snapshot, text: str) -> KnownWord:
    """What is known of a word."""
    # By the bare text, which no other key of the memo is.
    known = snapshot.memo.get(text)
    if known is None:
        known = KnownWord(snapshot, text)
        snapshot.remember(text, known)
    return known  # type: ignore[return-value]


def expect_words(snapshot: Snapshot, words: Sequence[KnownWord]) -> None:
    """Says that words will be looked up; those that were never planned come from memory together."""
    new = [word.key for word in words if word.is_term and word._scored is None and word._unscored is None]
    if new:
        snapshot.expect(new)


def is_stop_word(snapshot: Snapshot, node: Node) -> bool:
    """Whether a node is a word for all text fields that is a stop word in all of their languages."""
    return isinstance(node, Word) and node.field is None and known_word(snapshot, node.text).is_stop


def _is_stop_word(snapshot: Snapshot, text: str) -> bool:
    for analyzer in masks_by_analyzer(snapshot, None):
        if not analyzer.is_stop_text(text):
            return False
    return not is_acronym(text)
