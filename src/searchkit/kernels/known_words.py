# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What is known of the words that queries ask for, and the plans of their terms."""

from __future__ import annotations

from collections.abc import Callable

import cython
from cython.cimports.searchkit.kernels.known_terms import frequency_of, look_up
from cython.cimports.searchkit.kernels.term_plans import TermPlan


@cython.cclass
class KnownWord:
    """is_stop: whether it is a stop word in the languages of all text fields. key: of its term, where it is a single
    one, the same in all fields, as nearly every word is; else None. mask: number of the zones of all fields; 0 without
    a key.

    scored, unscored: the plans of the term where it adds to a score, and where it does not, each None until it was
    looked up; weight: of the former.
    """

    def __init__(self, is_stop: bool, key: bytes | None, mask: cython.uint) -> None:
        self.is_stop, self.key, self.mask, self.weight = is_stop, key, mask, 0.0
        self.scored = self.unscored = None


def known(memo: dict, texts: list) -> list:
    """What a memo has for each of some texts, or None."""
    return [memo.get(text) for text in texts]


def has_stop(words: list) -> bool:
    """Whether one of some words is a stop word."""
    word: KnownWord
    for word in words:
        if word.is_stop:
            return True
    return False


def look_up_words(
    words: list, segments: list, documents: int, idf: Callable | None, frequency: Callable | None
) -> None:
    """Makes the plans of those words that have a key and were not looked up before; their terms come from memory
    together.

    segments: the `KnownTerms` of each. documents: live ones of the index. idf: what a term is worth that so many of so
    many documents have, or None where no scores are wanted. frequency: how many live documents have a term; None where
    no document is deleted.
    """
    word: KnownWord
    new: list = []
    for word in words:
        if word.key is not None and (word.unscored if idf is None else word.scored) is None:
            new.append(word)
    if not new:
        return
    look_up(segments, [cython.cast(KnownWord, one).key for one in new])
    for word in new:
        word.unscored = TermPlan(word.key, None, word.mask)
        if idf is not None:
            found: object = frequency_of(segments, word.key) if frequency is None else frequency(word.key)
            word.weight = idf(documents, found)
            word.scored = TermPlan(word.key, word.weight, word.mask)


def plans_of(words: list, scored: cython.bint) -> list | None:
    """The plans of words that were looked up; None where a word has no term of its own."""
    word: KnownWord
    found: list = []
    for word in words:
        plan: TermPlan = word.scored if scored else word.unscored
        if plan is None:
            return None
        found.append(plan)
    return found


def weights_of(words: list) -> list:
    """What words are worth that were looked up."""
    return [cython.cast(KnownWord, word).weight for word in words]
