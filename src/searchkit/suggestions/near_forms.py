"""Words of the dictionary that are a few edits away from a word that may be misspelt.

An edit inserts, deletes or replaces a character, or exchanges two neighbours (the distance of optimal string
alignment; Damerau, "A technique for computer detection and correction of spelling errors", 1964). The dictionary is
walked in its order, so that a word goes on with the rows of the table of distances that it shares with the one before;
where no word that begins so can be near, all of them are passed over. People seldom get the first letter wrong, so the
walk is over the words that begin with it; others are looked for at one edit, which changes the beginning.
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.kernels.dictionary import Dictionary
from searchkit.search.snapshot import Snapshot

__all__ = ["near_forms"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PASSED_OVER = 4  # of a beginning up to so many characters the words are skipped, of a longer one walked

Row = list[int]


def near_forms(snapshot: Snapshot, word: str, most: int, base: bytes = b"") -> dict[str, int]:
    """The forms at most `most` edits from a folded word, each with its distance; the word itself is none of them.

    base: what the keys of the forms begin with in the dictionary.
    """
    found: dict[str, int] = {}
    for part in snapshot.parts:
        dictionary = part.segment.dictionary
        for form, distance in _walk(dictionary, word, most, base):
            found[form] = distance
        for form in _other_beginnings(word):
            if form not in found and _has(dictionary, form, base):
                found[form] = 1
    found.pop(word, None)
    return found


def _walk(dictionary: Dictionary, word: str, most: int, base: bytes) -> Iterator[tuple[str, int]]:
    """The forms that begin as the word does."""
    start = base + word[:1].encode("utf-8", "surrogatepass")
    rows = [list(range(len(word) + 1))]
    before, dead = "", None
    walker = dictionary.walk(dictionary.seek(start))
    while walker.advance() and (key := walker.key()).startswith(start):
        if dead is not None and key.startswith(dead):
            continue
        form = key[len(base) :].decode("utf-8", "replace")
        del rows[_shared(before, form) + 1 :]
        dead = None
        while len(rows) <= len(form):
            rows.append(_row(rows, word, form[: len(rows)]))
            if min(rows[-1]) > most:
                before = form[: len(rows) - 1]
                dead = base + before.encode("utf-8", "surrogatepass")
                break
        if dead is None:
            before = form
            if rows[-1][-1] <= most and _is_form(walker.flags(), base):
                yield form, rows[-1][-1]
        elif len(before) <= _PASSED_OVER:
            walker = dictionary.walk(dictionary.seek(dead + b"\xff"))


def _shared(before: str, form: str) -> int:
    """How many characters at their beginning two words share."""
    pairs = enumerate(zip(before, form, strict=False))
    return next((place for place, (first, second) in pairs if first != second), min(len(before), len(form)))


def _row(rows: list[Row], word: str, beginning: str) -> Row:
    """The row of the table for a beginning of a form: its distance from each beginning of the word."""
    last, letter = rows[-1], beginning[-1]
    row = [len(beginning)]
    for place, expected in enumerate(word, 1):
        best = min(last[place] + 1, row[place - 1] + 1, last[place - 1] + (letter != expected))
        if place > 1 and len(beginning) > 1 and letter == word[place - 2] and beginning[-2] == expected:
            best = min(best, rows[-2][place - 2] + 1)
        row.append(best)
    return row


def _other_beginnings(word: str) -> set[str]:
    """What is one edit at its beginning away."""
    rest = word[1:]
    made = {letter + rest for letter in _LETTERS} | {letter + word for letter in _LETTERS} | {rest}
    return {form for form in made | {word[1:2] + word[:1] + word[2:]} if form and form[0] != word[0]}


def _has(dictionary: Dictionary, form: str, base: bytes) -> bool:
    key = base + form.encode("utf-8", "surrogatepass")
    walker = dictionary.walk(dictionary.seek(key))
    return walker.advance() and walker.key() == key and _is_form(walker.flags(), base)


def _is_form(flags: int, base: bytes) -> bool:
    """Whether an entry is a form; keywords have none, their terms are forms."""
    return flags & (1 if base else 6) != 0
