"""Folding: one spelling for words that differ in case, width, ligature or accents only.

Compatibility forms are decomposed (NFKC), case is folded, and accents go where people leave them out: in Latin and
Greek letters, Hebrew points, Arabic vowel marks, Cyrillic stress marks and ё. Marks that make another letter stay: й
and ї, the sound marks of kana, the vowel signs of Indic and South East Asian scripts.
"""

from __future__ import annotations

from unicodedata import category, normalize

__all__ = ["fold", "is_apostrophe"]

# Code points of marks that are dropped, as ranges.
_DROPPED_MARKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x08CA, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)
# Letters with a mark in their decomposition that lose it although their neighbours in the alphabet keep theirs.
_STRESSED_CYRILLIC = frozenset("ЀЁЍѐёѝ")
_MARKED_ALEFS = frozenset("آأإ")
# What no decomposition of Unicode gives.
_LETTERS = {
    "ı": "i", "ȷ": "j", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe",
    "þ": "th", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ƙ": "k", "ɔ": "o", "ƴ": "y", "ٱ": "ا", "ـ": "",
}  # fmt: skip
_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʻ´′＇׳"), "'")


def fold(word: str) -> str:
    """The folded word. Every apostrophe in it becomes the ASCII one; folding a folded word changes nothing."""
    if word.isascii():
        return word.lower()
    compatible = normalize("NFKC", word.translate(_APOSTROPHES))
    return normalize("NFC", compatible.translate(_foldings))


def is_apostrophe(character: str) -> bool:
    """True for the ASCII apostrophe and for each of its typographic, full-width and Hebrew kin."""
    return character == "'" or ord(character) in _APOSTROPHES


class _Foldings(dict[int, str]):
    """Code point → its folding, found on first use."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_foldings = _Foldings()


def _fold_character(character: str) -> str:
    if ord(character) in _APOSTROPHES:
        return "'"
    if category(character) == "Cf" or _is_dropped(character):
        return ""
    parts = normalize("NFD", character)
    kept = "".join(part for part in parts if not _is_dropped(part))
    if kept != parts and _loses_marks(character, parts[0]):
        character = normalize("NFC", kept)
    return "".join(_LETTERS.get(part, part) for part in character.casefold())


def _loses_marks(character: str, base: str) -> bool:
    if "\u0400" <= base <= "\u052f":
        return character in _STRESSED_CYRILLIC
    if "\u0600" <= base <= "\u06ff":
        return character in _MARKED_ALEFS
    return True


def _is_dropped(character: str) -> bool:
    code = ord(character)
    return code >= 0x300 and category(character)[0] == "M" and any(low <= code <= high for low, high in _DROPPED_MARKS)
