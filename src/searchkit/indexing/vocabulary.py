"""From the surfaces of a batch to the keys of its dictionary: each distinct surface is analysed once, here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain

from searchkit.analysis import Analyzer
from searchkit.dataclasses import dataclass
from searchkit.indexing.interner import Interner
from searchkit.kernels.arrays import assign, flag_keys, link, pick, point, rename
from searchkit.kernels.buffers import zeros
from searchkit.kernels.dictionary import FLAG_FORM, FLAG_POINTER, FLAG_TERM
from searchkit.kernels.invert import FIRST_LIST
from searchkit.kernels.keysort import sort_keys
from searchkit.kernels.surfaces import SurfaceTable

__all__ = ["Surfaces", "Vocabulary"]

OneOrMore = str | tuple[str, ...]

Chunk = tuple[list[str], bytes]
"""Surfaces, and the group of each where there are several."""

_CHUNK = 1 << 15
"""Surfaces analysed at a time: the strings of all of them together would take more memory than the rest."""


@dataclass(slots=True)
class Vocabulary:
    """The keys of the words of a batch, in order, and what the surfaces became.

    blob, starts, order: as in `segment.postings.Keys`.
    terms: surface → number of its key, or `FIRST_LIST` plus a place in `lists`, where a count and so many numbers
        stand. stops: surface → how many of its tokens are stop words.
    own: by key, whether it is a form that is its own term. targets: by key, the key of another term that it is a form
        of, plus 1, or 0. more: further terms of a form, where languages differ.
    """

    blob: bytes
    starts: memoryview
    order: memoryview
    terms: array[int] | memoryview
    lists: array[int]
    stops: array[int]
    own: bytearray
    targets: memoryview
    more: dict[int, set[int]]

    def flags(self, counts: memoryview) -> memoryview:
        """The flags of each key, where `counts` says how many tokens each key has as a term."""
        made = memoryview(bytearray(len(self.own)))
        flag_keys(counts, self.own, self.targets, FLAG_TERM, FLAG_FORM, FLAG_POINTER, made)
        return made

    def pointers(self) -> tuple[Sequence[int], memoryview | array[int]]:
        """For each key how many terms it points to, and the keys of these terms, one list after the other."""
        if not self.more:
            found = zeros(len(self.targets))
            return array("I", map(bool, self.targets)), found[: point(self.targets, found)]
        lists = [
            sorted({target - 1, *self.more.get(key, ())}) if target else [] for key, target in enumerate(self.targets)
        ]
        return array("I", map(len, lists)), array("I", chain.from_iterable(lists))

    @classmethod
    def of(cls, collected: Surfaces) -> Vocabulary:
        """The vocabulary of surfaces that were analysed."""
        keys = collected.keys
        blob, starts = keys.strings()
        order, rank = zeros(len(keys)), zeros(len(keys))
        sort_keys(blob, starts, order)
        assign(order, memoryview(array("I", range(len(keys)))), rank)
        form_keys, term_keys = zeros(len(collected.forms)), zeros(len(collected.terms))
        pick(rank, memoryview(collected.forms), form_keys)
        pick(rank, memoryview(collected.terms), term_keys)
        of_surface, lists = collected.renamed(rank)
        made = cls(blob, starts, order, of_surface, lists, collected.stops, bytearray(len(keys)), zeros(len(keys)), {})
        made._link(form_keys, term_keys)
        return made

    def _link(self, form_keys: memoryview, term_keys: memoryview) -> None:
        if link(form_keys, term_keys, self.own, self.targets):
            for form, term in zip(form_keys, term_keys, strict=True):
                if form != term and self.targets[form] != term + 1:
                    self.more.setdefault(form, set()).add(term)


class Surfaces:
    """What the surfaces became, chunk after chunk: strings as numbers of `keys`, so that no string outlives its chunk.

    analyzers: those of group i are analysed with analyzers[i].

    forms, terms: the form and the term of each token. of_surface, lists: `terms` and `lists` of `Vocabulary`; stops: as
    there.
    """

    def __init__(self, analyzers: Sequence[Analyzer]) -> None:
        self._analyzers = analyzers
        self.keys = Interner(plain=not any(analyzer.filters for analyzer in analyzers))
        self.forms, self.terms = array("I"), array("I")
        self.of_surface, self.lists, self.stops = array("I"), array("I"), array("I")

    def new(self, table: SurfaceTable, *, all: bool = False) -> list[Chunk]:
        """The surfaces of a table that were not analysed yet, in chunks; all of them, or only full chunks."""
        first, found = len(self.of_surface), []
        while first + (1 if all else _CHUNK) <= len(table):
            last = min(first + _CHUNK, len(table))
            groups = table.groups()[first:last] if len(self._analyzers) > 1 else b""
            found.append((table.surfaces(first, last), groups))
            first = last
        return found

    def analyse(self, chunks: Iterable[Chunk]) -> None:
        """Analyses chunks of surfaces, in their order."""
        for surfaces, groups in chunks:
            terms, forms = _analysed(surfaces, groups, self._analyzers)
            self._add(terms, forms)
            self.stops += _stop_words(groups, self._analyzers, forms)

    def _add(self, terms: list[OneOrMore], forms: list[OneOrMore]) -> None:
        """Adds a chunk of surfaces: their terms, and their forms."""
        several = [number for number, one in enumerate(terms) if type(one) is not str]
        self.forms.frombytes(self.keys.numbers(_flat(forms, several)).cast("B"))
        numbers = array("I", self.keys.numbers(_flat(terms, several)).cast("B").tobytes())
        self.terms += numbers
        before, at = 0, len(terms) - len(several)
        for gap, number in enumerate(several):
            self.of_surface += numbers[before : number - gap]
            before = number - gap
            count = len(terms[number])
            self.of_surface.append(FIRST_LIST + len(self.lists))
            self.lists.append(count)
            self.lists += numbers[at : at + count]
            at += count
        self.of_surface += numbers[before : len(terms) - len(several)]

    def renamed(self, rank: memoryview) -> tuple[memoryview, array[int]]:
        """What each surface became, and the lists, with the rank of each string in place of its number."""
        lists = self.lists
        at = 0
        while at < len(lists):
            last = at + lists[at]
            while at < last:
                at += 1
                lists[at] = rank[lists[at]]
            at += 1
        lists.append(0)
        of_surface = memoryview(self.of_surface)
        rename(of_surface, rank, FIRST_LIST)
        return of_surface, lists


def _analysed(
    surfaces: list[str], groups: bytes, analyzers: Sequence[Analyzer]
) -> tuple[list[OneOrMore], list[OneOrMore]]:
    """The terms and the forms of a chunk of surfaces."""
    if len(analyzers) == 1:
        return analyzers[0].analyze(surfaces)
    terms: list[OneOrMore] = [""] * len(surfaces)
    forms: list[OneOrMore] = [""] * len(surfaces)
    for group, analyzer in enumerate(analyzers):
        members = [number for number, of in enumerate(groups) if of == group]
        for number, term, form in zip(members, *analyzer.analyze([surfaces[n] for n in members]), strict=True):
            terms[number], forms[number] = term, form
    return terms, forms


def _stop_words(groups: bytes, analyzers: Sequence[Analyzer], forms: list[OneOrMore]) -> array[int]:
    """How many of the forms of each surface of a chunk are stop words."""
    if len(analyzers) == 1:
        return analyzers[0].count_stop_words(forms)
    found = [analyzer.count_stop_words(forms) for analyzer in analyzers]
    return array("I", (found[group][number] for number, group in enumerate(groups)))


def _flat(entries: list[OneOrMore], several: Sequence[int]) -> list[str]:
    """The entries that are one string, in order; then those of the entries that are several."""
    if not several:
        return entries  # type: ignore[return-value]
    single = [entry for entry in entries if type(entry) is str]
    return single + list(chain.from_iterable(entries[number] for number in several))
