"""The analyzer: text → tokens, the same way for documents, queries and snippets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from searchkit.analysis.apostrophes import without_apostrophes
from searchkit.analysis.cutting import TOKEN_BYTES, cut
from searchkit.analysis.filtering import FilterChain
from searchkit.analysis.folding import fold
from searchkit.analysis.ideographs import pairs
from searchkit.analysis.stemming import Stemmer
from searchkit.analysis.stop_words import stop_words
from searchkit.analysis.surfaces import surfaces
from searchkit.analysis.tokens import Found, Piece, QueryToken, Token
from searchkit.analysis.unicode_words import kinds_of, words
from searchkit.analysis.vocabulary import REMEMBERED, REMEMBERED_LENGTH, OneOrMore, Vocabulary
from searchkit.dataclasses import replace
from searchkit.schema import WordFilter
from searchkit.schema.word_filters import Filter

if TYPE_CHECKING:
    from searchkit.analysis.strings import Strings

__all__ = ["Analyzer", "Filter", "OneOrMore", "Piece"]


class Analyzer:
    """Splits text into words, folds them, and stems them. May be shared by threads.

    language: a Snowball language by name, or None for no stemming; else `SchemaError`.
    filters: functions from a folded word to what is indexed for it: another word, several (a tuple), or None for
        nothing. They run in order, before stemming, once for each distinct word; so they must depend on nothing but
        that word. The form of a token stays the word as it was written.

    Where a filter raises, or gives something else, every method that runs it raises `FilterError`.
    """

    def __init__(self, language: str | None = None, filters: Sequence[WordFilter | Filter | str] = ()) -> None:
        self._stemmer = Stemmer(language) if language is not None else None
        self.language = language
        self.filters = tuple(WordFilter.of(one).loaded() for one in filters)
        self.name = "+".join([language or "plain", *(one.name for one in self.filters)])
        self._chain = FilterChain(self.filters) if self.filters else None
        self._unfiltered = Analyzer(language) if self.filters else self
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
        if self._chain is not None:
            return self._analyze_filtered(surfaces, self._chain)
        odd = _odd(surfaces)
        if not odd:
            return list(self.stems(surfaces)), list(surfaces)
        whole = list(surfaces)
        several = {}
        for number, found in zip(odd, self._forms_of_many([surfaces[number] for number in odd]), strict=True):
            if len(found) == 1:
                whole[number] = found[0]
            else:
                several[number] = found
        forms: list[OneOrMore] = list(whole)
        terms: list[OneOrMore] = list(self.stems(whole))
        stems = iter(self.stems([form for found in several.values() for form in found]))
        for number, found in several.items():
            forms[number], terms[number] = tuple(found), tuple(islice(stems, len(found)))
        return terms, forms

    def _analyze_filtered(self, surfaces: list[str], chain: FilterChain) -> tuple[list[OneOrMore], list[OneOrMore]]:
        forms_of_each = self._forms_of_many(surfaces)
        pairs = [[(word, form) for form in forms_of_one for word in chain(form)] for forms_of_one in forms_of_each]
        stems = iter(self.stems([word for found in pairs for word, _ in found]))
        terms: list[OneOrMore] = []
        forms: list[OneOrMore] = []
        for found in pairs:
            if len(found) == 1:
                terms.append(next(stems))
                forms.append(found[0][1])
            else:
                terms.append(tuple(islice(stems, len(found))))
                forms.append(tuple(form for _, form in found))
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

    def query_tokens(self, text: str, *, prefix: bool = False) -> list[QueryToken]:
        """The tokens to look for to find a text in documents, in order, at neighbouring positions.

        They are those of the text, but for a text that ends in a script without spaces: there the last character alone
        is left out, since in a document the run may go on; where it is the whole run, it is a prefix.

        prefix: whether the last word is the beginning of one; no filter sees it then.
        """
        words = self._plain_words(text)
        if words is not None:
            return self._plain_query_tokens(words, prefix)
        found = _queried(text, self._unfiltered.tokens(text))
        if prefix and found:
            found[-1].prefix = True
        return found if self._chain is None else self._filtered(found, self._chain)

    def plain_query_terms(self, text: str) -> list[str] | None:
        """The terms of `query_tokens` for a text of ASCII letters and digits, a space between two words; else None."""
        words = self._plain_words(text)
        return None if words is None else self.stems(words)

    def _plain_words(self, text: str) -> list[str] | None:
        """The words of a text as nearly all words and phrases are, found without a look at each character."""
        if self._chain is not None or len(text) > TOKEN_BYTES or not text.isascii():
            return None
        words = text.lower().split(" ")
        return words if all(map(str.isalnum, words)) else None

    def _plain_query_tokens(self, words: list[str], prefix: bool) -> list[QueryToken]:
        """The tokens of words of ASCII letters and digits with a space between two."""
        found = []
        start = 0
        for term, word in zip(self.stems(words), words, strict=True):
            end = start + len(word)
            found.append(QueryToken(term, word, start, end))
            start = end + 1
        found[-1].prefix = prefix
        return found

    def _filtered(self, tokens: list[QueryToken], chain: FilterChain) -> list[QueryToken]:
        found: list[QueryToken] = []
        for token in tokens:
            if token.prefix:
                found.append(token)
            else:
                found += [replace(token, term=term) for term in self.stems(list(chain(token.form)))]
        return found

    def pieces(self, surface: str) -> tuple[Piece, ...]:
        """The tokens of one surface (ASCII letters lowered), remembered from call to call."""
        return self._memo[surface]

    def find(self, text: str, terms: frozenset[str]) -> list[Found]:
        """The tokens of a text that are one of the terms, in order; quick for texts of surfaces met before."""
        return self._vocabulary.find(text, terms)

    def is_stop_word(self, form: str) -> bool:
        """True for a folded word that says nothing about what an article is about; one that a filter makes another word
        of says something.
        """
        return form in self._stop_words and (self._chain is None or self._chain(form) == (form,))

    def is_stop_text(self, text: str) -> bool:
        """Whether a text is one word only, and that a stop word."""
        if text.isascii() and text.isalnum():
            return self.is_stop_word(text.lower())
        tokens = self.query_tokens(text)
        return len(tokens) == 1 and self.is_stop_word(tokens[0].form)

    def stop_words(self) -> list[str]:
        """All folded words for which `is_stop_word` is true."""
        return sorted(filter(self.is_stop_word, self._stop_words))

    def _pieces(self, surface: str) -> tuple[Piece, ...]:
        if self._chain is None and surface.isascii() and surface.isalpha() and len(surface) <= TOKEN_BYTES:
            return ((self.stems([surface])[0], surface, 0, len(surface)),)
        found = self._forms(surface)
        chain = self._chain
        if chain is None:
            words = [form for form, _, _ in found]
        else:
            words = [word for form, _, _ in found for word in chain(form)]
            found = [entry for entry in found for _ in chain(entry[0])]
        return tuple((term, *rest) for term, rest in zip(self.stems(words), found, strict=True))

    def _forms(self, surface: str) -> list[tuple[str, int, int]]:
        """The form of each token of a surface, with the place of its word in the surface."""
        if "." in surface:
            return [(cut(surface.replace(".", "")), 0, len(surface))]
        found = []
        for start, end, kinds in words(surface):
            if kinds[0] == "d":
                run = pairs(surface[start:end], kinds)
                found += [(form, start + low, start + high) for form, low, high in run]
            else:
                found += [(form, start, end) for form in self._word_forms(surface[start:end])]
        return [(cut(form), start, end) for form, start, end in found]

    def _forms_of_many(self, surfaces: list[str]) -> list[list[str]]:
        """The forms of each of many surfaces, as `_forms` finds them; most of the work is done on all as one text."""
        made: list[list[str] | None] = [None] * len(surfaces)
        letters = [number for number, surface in enumerate(surfaces) if surface.isalpha()]
        for number, folded in _on_all(fold, [surfaces[number] for number in letters], letters):
            # Words of a script with spaces.
            if folded.isalnum() and max(surfaces[number]) < _FIRST_DENSE:
                made[number] = [cut(folded)]
        others = [number for number, surface in enumerate(surfaces) if not surface.isalpha()]
        elided: dict[int, str] = {}
        for number, plain in _on_all(_spaced, [surfaces[number] for number in others], others):
            # What is ASCII but for punctuation.
            if not plain.isascii() or "." in plain or len(plain) > TOKEN_BYTES:
                continue
            if "'" not in plain:
                made[number] = plain.split()
            elif plain.replace("'", "").isalnum() and "''" not in plain and (word := plain.strip("'")):
                elided[number] = word
        language = self.language
        words, numbers = list(elided.values()), list(elided)
        for number, form in _on_all(lambda text: without_apostrophes(text, language), words, numbers):
            made[number] = [form]
        return [
            [form for form, _, _ in self._forms(surface)] if forms is None else forms
            for surface, forms in zip(surfaces, made, strict=True)
        ]

    def _word_forms(self, word: str) -> list[str]:
        folded = fold(word)
        # A compatibility character may stand for several words: "½" is 1 and 2.
        parts = [folded] if folded.isalnum() else [folded[start:end] for start, end, _ in words(folded)]
        return [without_apostrophes(part, self.language) for part in parts]

    def stems(self, forms: list[str]) -> list[str]:
        """The stem of each folded word, in order; the same list where the analyzer has no language."""
        return self._stemmer.stems(forms) if self._stemmer and forms else forms

    def stems_of_lines(self, lines: bytes) -> Strings | None:
        """The stems of folded words, each of which is a line, in order; None where there is no language, so that they
        are the words.
        """
        return self._stemmer.stems_of_lines(lines) if self._stemmer else None


def _queried(text: str, tokens: list[Token]) -> list[QueryToken]:
    """The tokens of a text as those to look for."""
    found = [QueryToken(token.term, token.form, token.start, token.end) for token in tokens]
    if not found or not kinds_of(text[found[-1].start : found[-1].end]).startswith("d"):
        return found
    last = found[-1]
    before = [token for token in found if (token.start, token.end) != (last.start, last.end)]
    if before and before[-1].end == last.end:
        return before
    return [*before, *(replace(token, prefix=True) for token in found[len(before) :])]


_FORGOTTEN = 256


class _Memo(dict[str, tuple[Piece, ...]]):
    """Surface → its tokens, found on first use; forgets the oldest when it grows too large."""

    def __init__(self, analyze: Callable[[str], tuple[Piece, ...]]) -> None:
        self._analyze = analyze

    def __missing__(self, surface: str) -> tuple[Piece, ...]:
        found = self._analyze(surface)
        if len(surface) <= REMEMBERED_LENGTH:
            if len(self) >= REMEMBERED:
                # The oldest, and not all at once, for which somebody would have to wait.
                for old in list(islice(self, _FORGOTTEN)):
                    self.pop(old, None)
            self[surface] = found
        return found


class _Plain(dict[int, int | str]):
    """Code point → a space for what separates words, the ASCII apostrophe for its kin, itself for all else."""

    def __missing__(self, code: int) -> int | str:
        kind = kinds_of(chr(code)) if code >= 0x80 else ""
        self[code] = plain = {" ": " ", "a": "'"}.get(kind, code)
        return plain


_plain = _Plain()
_FIRST_DENSE = "\u0e00"
"""Thai, the first script without spaces: letters before it are all of one kind."""


def _spaced(text: str) -> str:
    """The text with a space for what separates words, and the ASCII apostrophe for its kin."""
    return text.translate(_plain)


def _on_all(change: Callable[[str], str], surfaces: Sequence[str], numbers: Sequence[int]) -> Iterable[tuple[int, str]]:
    """What becomes of each surface, by its number, where `change` works on all of them as lines of one text.

    Nothing where it changes the lines themselves.
    """
    lines = change("\n".join(surfaces)).split("\n") if surfaces else []
    return zip(numbers, lines, strict=True) if len(lines) == len(surfaces) else ()


def _odd(surfaces: list[str]) -> list[int]:
    """The numbers of the surfaces that may be something else than one token, the same as its form."""
    return [
        number
        for number, surface in enumerate(surfaces)
        if not surface.isascii() or "'" in surface or "." in surface or len(surface) > TOKEN_BYTES
    ]
