"""From the surfaces of a batch to the keys of its dictionary: each distinct surface is analysed once, here."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from searchkit.analysis import Analyzer
from searchkit.indexing.interner import Interner
from searchkit.kernels.arrays import assign, link, pick
from searchkit.kernels.dictionary import FLAG_FORM, FLAG_POINTER, FLAG_TERM
from searchkit.kernels.invert import FIRST_LIST
from searchkit.kernels.keysort import sort_keys
from searchkit.kernels.surfaces import SurfaceTable
from searchkit.segment.postings import words

__all__ = ["Vocabulary"]

OneOrMore = str | tuple[str, ...]


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

    def flags(self, counts: Sequence[int]) -> bytearray:
        """The flags of each key, where `counts` says how many tokens each key has as a term."""
        return bytearray(
            (FLAG_TERM | (FLAG_FORM if own else 0) if count else 0) | (FLAG_POINTER if target else 0)
            for count, own, target in zip(counts, self.own, self.targets, strict=True)
        )

    def pointers(self) -> tuple[array[int], array[int]]:
        """For each key how many terms it points to, and the keys of these terms, one list after the other."""
        if not self.more:
            counts = array("I", map(bool, self.targets))
            return counts, array("I", [target - 1 for target in self.targets if target])
        lists = [
            sorted({target - 1, *self.more.get(key, ())}) if target else [] for key, target in enumerate(self.targets)
        ]
        return array("I", map(len, lists)), array("I", chain.from_iterable(lists))

    @classmethod
    def of(cls, table: SurfaceTable, analyzers: Sequence[Analyzer]) -> Vocabulary:
        """Analyses all surfaces of a table, those of group i with analyzers[i]."""
        terms, forms = _analysed(table, analyzers)
        stops = _stop_words(table, analyzers, forms)
        single = [type(term) is str for term in terms]
        several = [number for number, one in enumerate(single) if not one]
        plain = not any(analyzer.filters for analyzer in analyzers)
        keys = Interner(plain=plain, expected=len(terms))
        form_numbers = keys.numbers(_flat(forms, several))
        term_numbers = keys.numbers(_flat(terms, several))
        blob, starts = keys.strings()
        order, rank = words(len(keys)), words(len(keys))
        sort_keys(blob, starts, order)
        assign(order, memoryview(array("I", range(len(keys)))), rank)
        form_keys, term_keys = words(len(form_numbers)), words(len(term_numbers))
        pick(rank, form_numbers, form_keys)
        pick(rank, term_numbers, term_keys)
        of_surface, lists = _numbered(terms, several, term_keys)
        made = cls(blob, starts, order, of_surface, lists, stops, bytearray(len(keys)), words(len(keys)), {})
        made._link(form_keys, term_keys)
        return made

    def _link(self, form_keys: memoryview, term_keys: memoryview) -> None:
        if link(form_keys, term_keys, self.own, self.targets):
            for form, term in zip(form_keys, term_keys, strict=True):
                if form != term and self.targets[form] != term + 1:
                    self.more.setdefault(form, set()).add(term)


def _analysed(table: SurfaceTable, analyzers: Sequence[Analyzer]) -> tuple[list[OneOrMore], list[OneOrMore]]:
    surfaces = table.surfaces(0)
    if len(analyzers) == 1:
        return analyzers[0].analyze(surfaces)
    terms: list[OneOrMore] = [""] * len(surfaces)
    forms: list[OneOrMore] = [""] * len(surfaces)
    groups = table.groups()
    for group, analyzer in enumerate(analyzers):
        members = [number for number, of in enumerate(groups) if of == group]
        for number, term, form in zip(members, *analyzer.analyze([surfaces[n] for n in members]), strict=True):
            terms[number], forms[number] = term, form
    return terms, forms


def _stop_words(table: SurfaceTable, analyzers: Sequence[Analyzer], forms: list[OneOrMore]) -> array[int]:
    """How many of the forms of each surface are stop words."""
    if len(analyzers) == 1:
        return analyzers[0].count_stop_words(forms)
    found = [analyzer.count_stop_words(forms) for analyzer in analyzers]
    return array("I", (found[group][number] for number, group in enumerate(table.groups())))


def _flat(entries: list[OneOrMore], several: Sequence[int]) -> list[str]:
    """The entries that are one string, in order; then those of the entries that are several."""
    if not several:
        return entries  # type: ignore[return-value]
    single = [entry for entry in entries if type(entry) is str]
    return single + list(chain.from_iterable(entries[number] for number in several))


def _numbered(
    terms: Sequence[OneOrMore], several: Sequence[int], keys: memoryview
) -> tuple[memoryview | array[int], array[int]]:
    """For each surface its key or its place in the lists, and the lists. `keys`: in the order of `_flat`."""
    lists = array("I")
    if not several:
        lists.append(0)
        return keys, lists
    singles = len(terms) - len(several)
    of_surface = array("I")
    before, at = 0, singles
    for gap, number in enumerate(several):
        of_surface.extend(keys[before : number - gap])
        before = number - gap
        count = len(terms[number])
        of_surface.append(FIRST_LIST + len(lists))
        lists.append(count)
        lists.extend(keys[at : at + count])
        at += count
    of_surface.extend(keys[before:singles])
    lists.append(0)
    return of_surface, lists
