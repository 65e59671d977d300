# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Stems of English words, by the algorithm of Snowball 3.1 (https://snowballstem.org/algorithms/english/stemmer.html),
which grew out of Porter's (M. F. Porter, An algorithm for suffix stripping, Program 14, 1980).

A suffix goes, or another comes in its place, step after step, where enough of the word is left: most of them only in
the first region, which begins behind the first consonant that follows a vowel, or in the second, which is the first
region of the first. A y behind a vowel, or at the beginning, is a consonant; while a word is stemmed, it is a Y.

Words are UTF-8. Letters beyond ASCII are consonants, in no suffix.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.suffixes import Suffixes, Word

LINE = cython.declare(cython.uchar, 10)
APOSTROPHE = cython.declare(cython.uchar, 39)
BIG_Y = cython.declare(cython.uchar, 89)
LETTER_A = cython.declare(cython.uchar, 97)
LETTER_E = cython.declare(cython.uchar, 101)
LETTER_G = cython.declare(cython.uchar, 103)
LETTER_I = cython.declare(cython.uchar, 105)
LETTER_L = cython.declare(cython.uchar, 108)
LETTER_N = cython.declare(cython.uchar, 110)
LETTER_O = cython.declare(cython.uchar, 111)
LETTER_S = cython.declare(cython.uchar, 115)
LETTER_U = cython.declare(cython.uchar, 117)
LETTER_W = cython.declare(cython.uchar, 119)
LETTER_X = cython.declare(cython.uchar, 120)
LETTER_Y = cython.declare(cython.uchar, 121)

_UNLIKE_OTHERS = cython.declare(
    Suffixes,
    Suffixes(
        "skis ski, skies sky, idly idl, gently gentl, ugly ugli, early earli, only onli, singly singl, sky sky,"
        "news news, howe howe, atlas atlas, cosmos cosmos, bias bias, andes andes"
    ),
)
_PLURALS = cython.declare(Suffixes, Suffixes("sses ss, ied i, ies i, s -, us us, ss ss"))
_ENDINGS = cython.declare(Suffixes, Suffixes("eed ee, eedly ee, ed -, edly -, ing -, ingly -"))
# Words that keep their endings of this kind.
_KEEPING = cython.declare(
    Suffixes,
    Suffixes(
        "proceed -, exceed -, succeed -, proceedly -, exceedly -, succeedly -, inning -, outing -, canning -,"
        "herring -, earring -, evening -"
    ),
)
_WITH_E = cython.declare(Suffixes, Suffixes("at ate, bl ble, iz ize"))
_DOUBLED = cython.declare(Suffixes, Suffixes("bb b, dd d, ff f, gg g, mm m, nn n, pp p, rr r, tt t"))
_STEP_2 = cython.declare(
    Suffixes,
    Suffixes(
        "tional tion, enci ence, anci ance, abli able, entli ent, izer ize, ization ize, ational ate, ation ate,"
        "ator ate, alism al, aliti al, alli al, fulness ful, ousli ous, ousness ous, iveness ive, iviti ive,"
        "biliti ble, bli ble, ogist og, ogi og l, fulli ful, lessli less, li - cdeghkmnrt"
    ),
)
_STEP_3 = cython.declare(
    Suffixes, Suffixes("tional tion, ational ate, alize al, icate ic, iciti ic, ical ic, ful -, ness -")
)
_ATIVE = cython.declare(Suffixes, Suffixes("ative -"))
_STEP_4 = cython.declare(
    Suffixes,
    Suffixes(
        "al -, ance -, ence -, er -, ic -, able -, ible -, ant -, ement -, ment -, ent -, ism -, ate -, iti -, ous -,"
        "ive -, ize -, ion - st"
    ),
)
_SHORT_SIZE = cython.declare(cython.Py_ssize_t, 256)
_SHORT = cython.declare(Word, Word(bytearray(_SHORT_SIZE)))


def stem_lines(lines: cython.const[cython.uchar][::1], stems: cython.uchar[::1], sizes: cython.uint[::1]) -> int:
    """Writes the stems of words, each of which is a line, to `stems`, one after the other, and how many bytes each has
    to `sizes`; returns how many bytes that is. Where nothing is left of a word, its stem is the word.

    lines: with a line feed behind each; what follows the last one is left out. stems: as long as `lines`. sizes: one a
    line.
    """
    size: cython.Py_ssize_t = lines.shape[0] if cython.compiled else len(lines)
    at: cython.Py_ssize_t
    begin: cython.Py_ssize_t = 0
    used: cython.Py_ssize_t = 0
    item: cython.Py_ssize_t = 0
    word: Word = Word(stems)
    with cython.nogil:
        for at in range(size):
            if lines[at] != LINE:
                stems[used + at - begin] = lines[at]
                continue
            word.start, word.end = used, used + at - begin
            _stem(word)
            if word.start == word.end:
                word.start, word.end = used, used + at - begin
                _copy(lines, begin, at, stems, used)
            elif word.start > used:
                _copy(stems, word.start, word.end, stems, used)
            sizes[item] = word.end - word.start
            used += word.end - word.start
            item += 1
            begin = at + 1
    return used


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _copy(
    letters: cython.const[cython.uchar][::1],
    first: cython.Py_ssize_t,
    after: cython.Py_ssize_t,
    out: cython.uchar[::1],
    at: cython.Py_ssize_t,
) -> cython.void:
    """Copies letters, perhaps towards the beginning of where they are."""
    letter: cython.Py_ssize_t
    for letter in range(first, after):
        out[at + letter - first] = letters[letter]


def stem_words(words: list[str]) -> list[str]:
    """The stem of each word; where nothing is left of one, the word."""
    found: list = []
    text: str
    for text in words:
        found.append(_stem_of(text))
    return found


@cython.cfunc
def _stem_of(text: str) -> str:
    data: bytes = text.encode("utf-8")
    size: cython.Py_ssize_t = len(data)
    source: cython.pointer(cython.const[cython.uchar]) = data
    at: cython.Py_ssize_t
    # Compiled, Python's lock is held from here to the end, so that nobody else is in it.
    word: Word = _SHORT if cython.compiled and size <= _SHORT_SIZE else Word(bytearray(size))
    for at in range(size):
        word.letters[at] = source[at]
    word.start, word.end = 0, size
    _stem(word)
    if word.start == word.end:
        return text
    if cython.compiled:
        return cython.cast(cython.p_char, cython.address(word.letters[0]))[word.start : word.end].decode("utf-8")
    else:
        return word.letters[word.start : word.end].decode("utf-8")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _stem(word: Word) -> cython.void:
    """Stems the word from its start to its end."""
    marked: cython.bint
    if _UNLIKE_OTHERS.is_whole(word):
        _UNLIKE_OTHERS.replace(word, word.start)
        return
    if not _has_characters(word, 3, word.end):
        return
    if word.letters[word.start] == APOSTROPHE:
        word.start += 1
    marked = _mark_consonants(word)
    _find_regions(word)
    _step_1a(word)
    if not _KEEPING.is_whole(word):
        _step_1b(word)
    _step_1c(word)
    _STEP_2.replace(word, word.first)
    if _ATIVE.find(word) >= 0:
        _ATIVE.replace(word, word.second)
    else:
        _STEP_3.replace(word, word.first)
    _STEP_4.replace(word, word.second)
    _step_5(word)
    if marked:
        _unmark_consonants(word)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _has_characters(word: Word, count: cython.uint, end: cython.Py_ssize_t) -> cython.bint:
    """Whether a word has so many characters before `end`."""
    at: cython.Py_ssize_t
    for at in range(word.start, end):
        if word.letters[at] & 0xC0 != 0x80:
            count -= 1
            if not count:
                return True
    return False


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_vowel(letter: cython.uchar) -> cython.bint:
    return letter in (LETTER_A, LETTER_E, LETTER_I, LETTER_O, LETTER_U, LETTER_Y)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark_consonants(word: Word) -> cython.bint:
    """Makes each y that is a consonant a Y; whether there was one."""
    at: cython.Py_ssize_t
    marked: cython.bint = False
    for at in range(word.start, word.end):
        if word.letters[at] == LETTER_Y and (at == word.start or _is_vowel(word.letters[at - 1])):
            word.letters[at] = BIG_Y
            marked = True
    return marked


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _unmark_consonants(word: Word) -> cython.void:
    at: cython.Py_ssize_t
    for at in range(word.start, word.end):
        if word.letters[at] == BIG_Y:
            word.letters[at] = LETTER_Y


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_regions(word: Word) -> cython.void:
    word.first = word.start + _beginning(word)
    if word.first == word.start:
        word.first = _after_consonant(word, word.start)
    word.second = _after_consonant(word, word.first)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _beginning(word: Word) -> cython.uint:
    """The length of what a word begins with, where words that do are too much alike to be stemmed further; else 0."""
    if _begins(word, b"gener", 5) or _begins(word, b"arsen", 5) or _begins(word, b"later", 5):
        return 5
    if _begins(word, b"emerg", 5) or _begins(word, b"organ", 5) or _begins(word, b"inter", 5):
        return 5
    if _begins(word, b"commun", 6):
        return 6
    if _begins(word, b"univers", 7):
        return 7
    return 4 if _begins(word, b"past", 4) else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _begins(word: Word, letters: cython.pointer(cython.const[cython.uchar]), count: cython.uint) -> cython.bint:
    return word.start + count <= word.end and _stand_at(word, word.start, letters, count)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _stand_at(
    word: Word, place: cython.Py_ssize_t, letters: cython.pointer(cython.const[cython.uchar]), count: cython.uint
) -> cython.bint:
    """Whether so many letters stand at a place, behind which a word has as many at least."""
    at: cython.uint
    for at in range(count):
        if word.letters[place + at] != letters[at]:
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _after_consonant(word: Word, at: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Behind the first consonant that follows a vowel from `at` on; the end, where there is none."""
    while at < word.end and not _is_vowel(word.letters[at]):
        at += 1
    while at < word.end and _is_vowel(word.letters[at]):
        at += 1
    if at < word.end:
        at += 1
        while at < word.end and word.letters[at] & 0xC0 == 0x80:
            at += 1
    return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _has_vowel(word: Word, end: cython.Py_ssize_t) -> cython.bint:
    """Whether there is a vowel before `end`."""
    at: cython.Py_ssize_t
    for at in range(word.start, end):
        if _is_vowel(word.letters[at]):
            return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_short(word: Word, end: cython.Py_ssize_t) -> cython.bint:
    """Whether the word up to `end` ends in a short syllable: a vowel between consonants, of which the second is none of
    w, x and Y; or a word of a vowel and a consonant; or `past`.
    """
    at: cython.Py_ssize_t = end - 1
    while at > word.start and word.letters[at] & 0xC0 == 0x80:
        at -= 1
    if at <= word.start or not _is_vowel(word.letters[at - 1]) or _is_vowel(word.letters[at]):
        return end - word.start >= 4 and _stand_at(word, end - 4, b"past", 4)
    if at - 1 == word.start:
        return True
    return not _is_vowel(word.letters[at - 2]) and word.letters[at] not in (LETTER_W, LETTER_X, BIG_Y)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _step_1a(word: Word) -> cython.void:
    """Takes away an apostrophe and what belongs to it, and the s of a plural."""
    rule: cython.int
    at: cython.Py_ssize_t = word.end
    if at > word.start and word.letters[at - 1] == APOSTROPHE:
        at -= 1
    if at - 1 > word.start and word.letters[at - 1] == LETTER_S and word.letters[at - 2] == APOSTROPHE:
        at -= 2
    word.end = at
    rule = _PLURALS.find(word)
    if rule < 0:
        return
    at = word.end - _PLURALS.sizes[rule]
    if _PLURALS.replacement_sizes[rule] == 0:
        # An s alone goes where a vowel stands before the letter before it.
        if _has_vowel(word, at - 1):
            word.end = at
        return
    _PLURALS.put(word, rule)
    # Of "ties" the e stays.
    if word.letters[word.end - 1] == LETTER_I and not _has_characters(word, 2, at):
        word.letters[word.end] = LETTER_E
        word.end += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _step_1b(word: Word) -> cython.void:
    """Takes away -ed and -ing."""
    rule: cython.int = _ENDINGS.find(word)
    at: cython.Py_ssize_t
    letter: cython.uchar
    if rule < 0:
        return
    if _ENDINGS.replacement_sizes[rule]:
        _ENDINGS.replace(word, word.first)
        return
    at = word.end - _ENDINGS.sizes[rule]
    if _is_tying(word):
        word.letters[word.end - 4] = LETTER_I
        word.letters[word.end - 3] = LETTER_E
        word.end -= 2
        return
    if not _has_vowel(word, at):
        return
    word.end = at
    if _WITH_E.replace(word, word.start):
        return
    rule = _DOUBLED.find(word)
    if rule >= 0:
        letter = word.letters[word.start]
        if word.end - word.start != 3 or letter not in (LETTER_A, LETTER_E, LETTER_O):
            _DOUBLED.put(word, rule)
    elif word.end == word.first and _is_short(word, word.end):
        word.letters[word.end] = LETTER_E
        word.end += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_tying(word: Word) -> cython.bint:
    """Whether a word is a consonant and -ying."""
    at: cython.Py_ssize_t = word.end - 4
    return (
        at > word.start
        and word.letters[at] == LETTER_Y
        and word.letters[word.end - 1] == LETTER_G
        and word.letters[word.end - 2] == LETTER_N
        and not _is_vowel(word.letters[word.start])
        and not _has_characters(word, 2, at)
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _step_1c(word: Word) -> cython.void:
    """Makes a y behind a consonant an i, but for one that is the second letter."""
    at: cython.Py_ssize_t = word.end - 1
    if at <= word.start or word.letters[at] not in (LETTER_Y, BIG_Y) or _is_vowel(word.letters[at - 1]):
        return
    if _has_characters(word, 2, at):
        word.letters[at] = LETTER_I


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _step_5(word: Word) -> cython.void:
    """Takes away an e, and the second of two l."""
    at: cython.Py_ssize_t = word.end - 1
    if at < word.start:
        return
    if word.letters[at] == LETTER_E:
        if at >= word.second or (at >= word.first and not _is_short(word, at)):
            word.end = at
    elif word.letters[at] == LETTER_L and at >= word.second and at > word.start and word.letters[at - 1] == LETTER_L:
        word.end = at
