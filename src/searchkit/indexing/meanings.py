"""What surfaces mean: each distinct surface of a batch is analysed once, here, a chunk at a time.

Most surfaces are plain words, which a kernel finds: of these only the stems are to be found, of English ones by a
kernel, too. Where there are many others, a third one folds those that Latin letters and punctuation make. Strings stay
joined: a number each comes only once all texts are in.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain

from searchkit.analysis import Analyzer
from searchkit.analysis.apostrophes import without_apostrophes
from searchkit.analysis.cutting import TOKEN_BYTES
from searchkit.analysis.spellings import spellings
from searchkit.analysis.strings import Strings
from searchkit.dataclasses import dataclass
from searchkit.kernels.buffers import zeros
from searchkit.kernels.meanings import split
from searchkit.kernels.spelling import spell
from searchkit.kernels.surfaces import SurfaceTable

__all__ = ["Chunk", "Meanings", "Surfaces"]

OneOrMore = str | tuple[str, ...]

_CHUNK = 1 << 15
"""Surfaces analysed at a time: the strings of all of them together would take more memory than the rest."""
_MANY = 1 << 9
"""Surfaces that are not plain, for which it is worth while to find out what each Latin letter is folded to."""


@dataclass(slots=True)
class Chunk:
    """Surfaces of one group, to be analysed.

    plain: the numbers of those that are words as they stand; words: these, each in a line. spelled: the numbers of
    those that the kernel folded; counts: how many words each has; folded: these words, each in a line, with the
    apostrophes inside them. odd: the numbers of the others; surfaces: these.
    """

    group: int
    plain: memoryview
    words: bytes
    spelled: memoryview
    counts: memoryview
    folded: bytes
    odd: memoryview
    surfaces: list[str]


@dataclass(slots=True)
class Meanings:
    """What surfaces of one group became.

    surfaces: their numbers. counts: how many tokens each has. forms, terms: those of all tokens, one after the other;
        None for forms that are the surfaces, and for terms that are the forms.
    """

    group: int
    surfaces: memoryview
    counts: array[int] | memoryview
    forms: Strings | None
    terms: Strings | None


class Surfaces:
    """Takes the surfaces of a table, chunk after chunk, and keeps what they mean.

    analyzers: those of group i are analysed with analyzers[i].
    """

    def __init__(self, analyzers: Sequence[Analyzer]) -> None:
        self.analyzers = analyzers
        self.meanings: list[Meanings] = []
        self._taken = 0

    def take(self, table: SurfaceTable, *, all: bool = False) -> list[Chunk]:
        """The surfaces that were not taken yet; all of them, or only as many as fill chunks."""
        found: list[Chunk] = []
        while self._taken + (1 if all else _CHUNK) <= len(table):
            last = min(self._taken + _CHUNK, len(table))
            for group, analyzer in enumerate(self.analyzers):
                # Filters see every word.
                longest = 0 if analyzer.filters else TOKEN_BYTES
                found.append(_chunk(table, group, self._taken, last, longest))
            self._taken = last
        return found

    def analyse(self, chunks: Iterable[Chunk]) -> None:
        """Analyses chunks."""
        for chunk in chunks:
            analyzer = self.analyzers[chunk.group]
            if len(chunk.plain):
                self.meanings.append(_of_plain(chunk, analyzer))
            if len(chunk.spelled):
                self.meanings.append(_of_spelled(chunk, analyzer))
            if chunk.surfaces:
                self.meanings.append(_of_odd(chunk, analyzer))


def _chunk(table: SurfaceTable, group: int, first: int, last: int, longest: int) -> Chunk:
    blob, starts, groups = table.views()
    plain, odd = zeros(last - first), zeros(last - first)
    lines = zeros(starts[last] - starts[first] + last - first, "B")
    used, plains, odds = split(blob, starts, groups, group, first, last, longest, lines, plain, odd)
    words, odd = bytes(lines[:used]), odd[:odds]
    spelled = counts = odd[:0]
    folded = b""
    if longest and odds >= _MANY:
        spelled, counts, others = zeros(odds), zeros(odds), zeros(odds)
        used, good, rest = spell(blob, starts, odd, longest, spellings(), lines, spelled, counts, others)
        spelled, counts, folded, odd = spelled[:good], counts[:good], bytes(lines[:used]), others[:rest]
    surfaces = [str(blob[starts[number] : starts[number + 1]], "utf-8") for number in odd]
    return Chunk(group, plain[:plains], words, spelled, counts, folded, odd, surfaces)


def _of_plain(chunk: Chunk, analyzer: Analyzer) -> Meanings:
    forms = Strings.of_lines(chunk.words) if chunk.group else None
    counts = array("I", [1]) * len(chunk.plain)
    return Meanings(chunk.group, chunk.plain, counts, forms, analyzer.stems_of_lines(chunk.words))


def _of_spelled(chunk: Chunk, analyzer: Analyzer) -> Meanings:
    lines = without_apostrophes(chunk.folded.decode(), analyzer.language).encode()
    forms, terms = Strings.of_lines(lines), analyzer.stems_of_lines(lines)
    return Meanings(chunk.group, chunk.spelled, chunk.counts, forms, terms)


def _of_odd(chunk: Chunk, analyzer: Analyzer) -> Meanings:
    terms, forms = analyzer.analyze(chunk.surfaces)
    counts = array("I", [1 if type(one) is str else len(one) for one in forms])
    return Meanings(chunk.group, chunk.odd, counts, Strings.of(_flat(forms)), Strings.of(_flat(terms)))


def _flat(entries: list[OneOrMore]) -> list[str]:
    return list(chain.from_iterable((entry,) if type(entry) is str else entry for entry in entries))
