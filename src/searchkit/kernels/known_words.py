# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What is known of the words that queries ask for, and the plans of their terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cython
from cython.cimports.searchkit.kernels.known_terms import frequency_of, look_up
from cython.cimports.searchkit.kernels.plans import TermPlan

from searchkit.limits import TOKEN_BYTES

_LONGEST = cython.declare(cython.Py_ssize_t, TOKEN_BYTES)


@cython.cclass
class KnownWord:
    """is_stop: whether it is a stop word in the languages of all text fields; never, where it is looked for in one.
    key: of its term, where it is a single one, the same in all fields that it is looked for in, as nearly every word
    is; else None. mask: number of the zones of these fields; 0 without a key.

    scored, unscored: the plans of the term where it adds to a score, and where it does not, each None until it was
    looked up; weight: of the former.
    """

    def __init__(self, is_stop: bool, key: bytes | None, mask: cython.uint) -> None:
        self.is_stop, self.key, self.mask, self.weight = is_stop, key, mask, 0.0
        self.scored = self.unscored = None


@cython.cclass
class KnownWords:
    """Those of one snapshot, which is handed to methods: it must not keep itself alive.

    field: the text field that they are looked for in; None: all of them.
    memo: where they are kept, by the bare text, which no other key of it is, or by "word", the field and the text.
    segments: the `KnownTerms` of each. documents: live ones of the index. counted: whether some are deleted, so that
    the snapshot counts those that have a term. idf: what a term is worth that so many of so many documents have.
    odd: of a snapshot and a text → the `KnownWord`.
    stems, stop_words, mask: what makes terms of words of ASCII letters and digits, and the zones that have them, where
    all these fields have the same analyzer and it has no filters; else `stems` is None, and `odd` is asked for every
    word. Stop words are none where a field is named. is_acronym: whether a stop word is none, as it was typed.
    """

    def __init__(
        self,
        field: str | None,
        memo: dict,
        segments: list,
        documents: int,
        counted: bool,
        idf: Callable[[int, int], float],
        odd: Callable[[Any, str], KnownWord],
        stems: Callable[[list[str]], list[str]] | None,
        stop_words: frozenset[str],
        is_acronym: Callable[[str], bool],
        mask: int,
    ) -> None:
        self._field = field
        self._memo, self._segments, self._documents, self._counted = memo, segments, documents, counted
        self._idf, self._odd, self._stems, self._stop_words, self._mask = idf, odd, stems, stop_words, mask
        self._is_acronym = is_acronym

    @cython.ccall
    def find(self, snapshot: object, texts: list) -> list:
        """What is known of each of some words."""
        found: list = []
        new: list = []
        met: dict
        at: cython.Py_ssize_t
        word: object
        text: object
        for text in texts:
            word = self._memo.get(text if self._field is None else ("word", self._field, text))
            if word is None:
                new.append(text)
            found.append(word)
        if new:
            met = self._learn(snapshot, new)
            for at in range(len(found)):
                if found[at] is None:
                    found[at] = met[texts[at]]
        return found

    @cython.ccall
    def look_up(self, snapshot: Any, words: list, scored: cython.bint) -> object:
        """Makes the plans of those words that have a key and were not looked up before, those for scores where they are
        wanted; their terms come from memory together.
        """
        word: KnownWord
        frequency: object
        new: list = []
        for word in words:
            if word.key is not None and (word.scored if scored else word.unscored) is None:
                new.append(word)
        if not new:
            return None
        look_up(self._segments, [cython.cast(KnownWord, one).key for one in new])
        for word in new:
            if word.unscored is None:
                word.unscored = TermPlan(word.key, None, word.mask)
            if scored and word.scored is None:
                frequency = snapshot.frequency(word.key) if self._counted else frequency_of(self._segments, word.key)
                word.weight = self._idf(self._documents, frequency)
                word.scored = TermPlan(word.key, word.weight, word.mask)
        return None

    @cython.cfunc
    def _learn(self, snapshot: Any, texts: list) -> dict:
        """What is known of new words by now; kept from now on."""
        met: dict = {}
        plain: list = []
        forms: list = []
        terms: list
        at: cython.Py_ssize_t
        one: object
        text: str
        form: str
        is_stop: cython.bint
        for one in texts:
            # Trees may hold subclasses, of which the text is all that counts.
            text = one if type(one) is str else str.__str__(one)
            if self._stems is not None and _is_plain(text):
                plain.append(text)
                forms.append(text.lower())
            else:
                met[text] = self._odd(snapshot, text)
        if plain:
            terms = self._stems(forms)
            for at in range(len(plain)):
                text, form = plain[at], forms[at]
                is_stop = form in self._stop_words and not self._is_acronym(text)
                met[text] = KnownWord(is_stop, cython.cast(str, terms[at]).encode("utf-8"), self._mask)
        if self._field is None:
            snapshot.remember_all(met)
        else:
            snapshot.remember_all({("word", self._field, text): word for text, word in met.items()})
        return met


@cython.cfunc
@cython.exceptval(check=False)
def _is_plain(text: str) -> cython.bint:
    """Whether a text is a word of ASCII letters and digits."""
    character: cython.Py_UCS4
    if not 0 < len(text) <= _LONGEST:
        return False
    for character in text:
        if not ("a" <= character <= "z" or "A" <= character <= "Z" or "0" <= character <= "9"):
            return False
    return True
