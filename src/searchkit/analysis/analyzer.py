"""The analyzer: text → tokens, the same way for documents, queries and snippets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from searchkit.analysis.apostrophes import without_apostrophes
from searchkit.analysis.folding import fold
from searchkit.analysis.ideographs import pairs
from searchkit.analysis.stemming import Stemmer
from searchkit.analysis.stop_words import stop_words
from searchkit.analysis.surfaces import surfaces
from searchkit.analysis.tokens import Found, Piece, QueryToken, Token
from searchkit.analysis.unicode_words import kinds_of, words
from searchkit.analysis.vocabulary import REMEMBERED, REMEMBERED_LENGTH, OneOrMore, Vocabulary
from searchkit.limits import DEFAULT_LIMITS

__all__ = ["Analyzer", "Filter", "OneOrMore", "Piece"]

Filter = Callable[[str], str | tuple[str, ...] | None]
_TOKEN_BYTES = DEFAULT_LIMITS.token_bytes


class Analyzer:
    """Splits text into words, folds them, and stems them. May be shared by threads.

    language: a Snowball language by name, or None for no stemming.
    filters: functions from a folded word to what is indexed for it: another word, several (a tuple), or None for
        nothing. They run in order, before stemming, once for each distinct word; so they must depend on nothing but
        that word.
    """

    def __init__(self, language: str | None = None, filters: Sequence[Filter] = ()) -> None:
        self.language = language
        self.filters = tuple(filters)
        self.name = "+".join([language or "plain", *map(_identity, self.filters)])
        self._stemmer = Stemmer(language) if language is not None else None
        self._stop_words = stop_words(language)
        self._memo = _Memo(self._pieces)
        self._vocabulary = Vocabulary(
            lambda surfaces: self.analyze(surfaces)[0], self._memo.__getitem__, bool(self.filters)
        )

    def analyze(self, surfaces: list[str]) -> tuple[list[OneOrMore], list[OneOrMore]]:
        """The tokens of each surface, many at once: (terms, forms), one entry a surface.

        An entry is a string where the surface has exactly one token, else a tuple of them (maybe empty). The surfaces
        have their ASCII letters lowered.
        """
        odd = [*range(len(surfaces))] if self.filters else _odd(surfaces)
        if not odd:
            return list(self._stems(surfaces)), list(surfaces)
        whole = list(surfaces)
        several = {}
        for number in odd:
            quick = None if self.filters else self._quick_forms(surfaces[number])
            found = [form for form, _, _ in self._forms(surfaces[number])] if quick is None else quick
            if len(found) == 1:
                whole[number] = found[0]
            else:
                several[number] = found
        forms: list[OneOrMore] = list(whole)
        terms: list[OneOrMore] = list(self._stems(whole))
        stems = iter(self._stems([form for found in several.values() for form in found]))
        for number, found in several.items():
            forms[number], terms[number] = tuple(found), tuple(islice(stems, len(found)))
        return terms, forms

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, in order."""
        memo = self._memo
        found: list[Token] = []
        position = 0
        for surface, offset in surfaces(text):
            for term, form, start, end in memo[surface]:
                found.append(Token(term, form, offset + start, offset + end, position))
                position += 1
        return found

    def query_tokens(self, text: str) -> list[QueryToken]:
        """The tokens to look for to find a text in documents, in order, at neighbouring positions.

        They are those of the text, but for a text that ends in a script without spaces: there the last character alone
        is left out, since in a document the run may go on; where it is the whole run, it is a prefix.
        """
        found = [QueryToken(token.term, token.form, token.start, token.end) for token in self.tokens(text)]
        if not found or not kinds_of(text[found[-1].start : found[-1].end]).startswith("d"):
            return found
        last = found[-1]
        before = [token for token in found if (token.start, token.end) != (last.start, last.end)]
        if before and before[-1].end == last.end:
            return before
        return [*before, *(replace(token, prefix=True) for token in found[len(before) :])]

    def pieces(self, surface: str) -> tuple[Piece, ...]:
        """The tokens of one surface (ASCII letters lowered), remembered from call to call."""
        return self._memo[surface]

    def find(self, text: str, terms: frozenset[str]) -> list[Found]:
        """The tokens of a text that are one of the terms, in order; quick for texts of surfaces met before."""
        return self._vocabulary.find(text, terms)

    def is_stop_word(self, form: str) -> bool:
        """True for a folded word that says nothing about what an article is about."""
        return form in self._stop_words

    def _pieces(self, surface: str) -> tuple[Piece, ...]:
        found = self._forms(surface)
        terms = self._stems([form for form, _, _ in found])
        return tuple((term, *rest) for term, rest in zip(terms, found, strict=True))

    def _forms(self, surface: str) -> list[tuple[str, int, int]]:
        """The form of each token of a surface, with the place of its word in the surface."""
        found = []
        for start, end, kinds in words(surface):
            if kinds[0] == "d":
                run = pairs(surface[start:end], kinds)
                found += [(form, start + low, start + high) for form, low, high in run]
            else:
                found += [(form, start, end) for form in self._word_forms(surface[start:end])]
        for function in self.filters:
            found = [(form, start, end) for word, start, end in found for form in _filtered(function, word)]
        return [(_cut(form), start, end) for form, start, end in found]

    def _quick_forms(self, surface: str) -> list[str] | None:
        """The forms of a surface that is ASCII but for punctuation, as `_forms` finds them; None for any other."""
        plain = surface if surface.isascii() else surface.translate(_plain)
        if not plain.isascii() or len(plain) > _TOKEN_BYTES:
            return None
        found = []
        for piece in plain.split():
            word = piece.strip("'")
            if "''" in word:
                return None
            if word:
                found.append(without_apostrophes(word, self.language) if "'" in word else word)
        return found

    def _word_forms(self, word: str) -> list[str]:
        folded = fold(word)
        # A compatibility character may stand for several words: "½" is 1 and 2.
        parts = [folded] if folded.isalnum() else [folded[start:end] for start, end, _ in words(folded)]
        return [without_apostrophes(part, self.language) for part in parts]

    def _stems(self, forms: list[str]) -> list[str]:
        return self._stemmer.stems(forms) if self._stemmer and forms else forms


class _Memo(dict[str, tuple[Piece, ...]]):
    """Surface → its tokens, found on first use; starts again when it grows too large."""

    def __init__(self, analyze: Callable[[str], tuple[Piece, ...]]) -> None:
        self._analyze = analyze

    def __missing__(self, surface: str) -> tuple[Piece, ...]:
        found = self._analyze(surface)
        if len(surface) <= REMEMBERED_LENGTH:
            if len(self) >= REMEMBERED:
                self.clear()
            self[surface] = found
        return found


class _Plain(dict[int, int | str]):
    """Code point → a space for what separates words, the ASCII apostrophe for its kin, itself for all else."""

    def __missing__(self, code: int) -> int | str:
        kind = kinds_of(chr(code)) if code >= 0x80 else ""
        self[code] = plain = {" ": " ", "a": "'"}.get(kind, code)
        return plain


_plain = _Plain()


def _odd(surfaces: list[str]) -> list[int]:
    """The numbers of the surfaces that may be something else than one token, the same as its form."""
    return [
        number
        for number, surface in enumerate(surfaces)
        if not surface.isascii() or "'" in surface or len(surface) > _TOKEN_BYTES
    ]


def _filtered(function: Filter, word: str) -> tuple[str, ...]:
    found = function(word)
    several = (found,) if isinstance(found, str) else found or ()
    return tuple(form for form in several if form)


def _cut(form: str) -> str:
    if len(form) * 4 <= _TOKEN_BYTES:
        return form
    return form.encode("utf-8", "surrogatepass")[:_TOKEN_BYTES].decode("utf-8", "ignore")


def _identity(function: Filter) -> str:
    return f"{getattr(function, '__module__', '?')}.{getattr(function, '__qualname__', repr(function))}"
