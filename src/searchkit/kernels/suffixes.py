# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Tables of suffixes, and what comes in their place: what the steps of a stemmer are made of."""

from __future__ import annotations

from array import array

import cython

WIDTH = cython.declare(cython.uint, 16)
A = cython.declare(cython.uint, 97)
LETTERS = cython.declare(cython.uint, 26)


@cython.cclass
class Word:
    """A word that is being stemmed: the bytes of `letters` from `start` up to, not including, `end`.

    first, second: where the regions begin in which suffixes are taken for such.
    """

    def __init__(self, letters: object) -> None:
        self.letters = letters
        self.start = self.end = self.first = self.second = 0


def _order(rule: list[str]) -> tuple[str, int]:
    """The last letter of a suffix first, then the longest."""
    suffix: str = rule[0]
    return suffix[len(suffix) - 1], -len(suffix)


@cython.cclass
class Suffixes:
    """Suffixes of up to 16 of the letters a to z. Of several that a word has the longest counts.

    rules: with commas between them; each is a suffix, what comes in its place ("-": nothing), and, if only some letters
    may stand before it, these.
    """

    def __init__(self, rules: str) -> None:
        split: list = sorted(map(str.split, rules.split(",")), key=_order)
        suffixes: list = [rule[0].encode() for rule in split]
        others: list = [b"" if rule[1] == "-" else rule[1].encode() for rule in split]
        letters: list = [rule[2] if len(rule) > 2 else "" for rule in split]
        self.texts = b"".join([suffix.ljust(WIDTH) for suffix in suffixes])
        self.replacements = b"".join([other.ljust(WIDTH) for other in others])
        self.sizes, self.replacement_sizes = bytes(map(len, suffixes)), bytes(map(len, others))
        masks: list = [sum([1 << (ord(letter) - 97) for letter in allowed]) for allowed in letters]
        self.before = array("I", masks)
        # Where the rules for words that end in a letter begin; after the last, how many there are.
        lasts: list = [_order(rule)[0] for rule in split]
        self.begins = bytes([sum([last < chr(97 + letter) for last in lasts]) for letter in range(27)])

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def find(self, word: Word) -> cython.int:
        """The rule for a word; -1 where there is none."""
        last: cython.uint
        rule: cython.uint
        size: cython.uint
        at: cython.uint
        if word.end == word.start:
            return -1
        last = word.letters[word.end - 1]
        if last < A or last >= A + LETTERS:
            return -1
        for rule in range(self.begins[last - A], self.begins[last - A + 1]):
            size = self.sizes[rule]
            if word.start + size > word.end:
                continue
            at = 0
            while at < size and word.letters[word.end - size + at] == self.texts[rule * WIDTH + at]:
                at += 1
            if at == size:
                return rule
        return -1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def is_whole(self, word: Word) -> cython.bint:
        """Whether a word is one of the suffixes."""
        rule: cython.int = self.find(word)
        return rule >= 0 and word.start + self.sizes[rule] == word.end

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def put(self, word: Word, rule: cython.uint) -> cython.void:
        """Puts what a rule says in the place of its suffix, which the word has."""
        at: cython.uint
        word.end -= self.sizes[rule]
        for at in range(self.replacement_sizes[rule]):
            word.letters[word.end] = self.replacements[rule * WIDTH + at]
            word.end += 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def replace(self, word: Word, least: cython.Py_ssize_t) -> cython.bint:
        """Does what the rule for a word says, if its suffix begins at `least` or later and a letter that may stands
        before it; whether that was so.
        """
        rule: cython.int = self.find(word)
        at: cython.Py_ssize_t
        letter: cython.uint
        if rule < 0:
            return False
        at = word.end - self.sizes[rule]
        if at < least:
            return False
        if self.before[rule]:
            letter = word.letters[at - 1] if at > word.start else 0
            if letter < A or letter >= A + LETTERS or not (self.before[rule] >> (letter - A)) & 1:
                return False
        self.put(word, rule)
        return True
