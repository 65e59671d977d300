"""From the surfaces of a batch to the keys of its dictionary: each distinct surface is analysed once, here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from searchkit.analysis import Analyzer
from searchkit.kernels.arrays import assign, link
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
    terms: surface → number of its key, or `FIRST_LIST` plus a place in `lists`, where a count and so many numbers stand.
    own: by key, whether it is a form that is its own term. targets: by key, the key of another term that it is a form of,
        plus 1, or 0. more: further terms of a form, where languages differ.
    """

    blob: bytes
    starts: memoryview
    order: memoryview
    terms: array[int]
    lists: array[int]
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
        single, several = _divided(terms)
        single_forms, several_forms = _divided(forms)
        distinct = dict.fromkeys(chain(single, single_forms))
        distinct.update(dict.fromkeys(chain.from_iterable(several)))
        distinct.update(dict.fromkeys(chain.from_iterable(several_forms)))
        blob, starts, order = _sorted_keys(distinct)
        rank = words(len(distinct))
        assign(order, memoryview(array("I", range(len(distinct)))), rank)
        numbers: dict[OneOrMore, int] = dict(zip(distinct, rank, strict=True))
        lists = _numbered_lists(several, numbers)
        own, targets = bytearray(len(distinct)), words(len(distinct))
        made = cls(blob, starts, order, array("I", map(numbers.__getitem__, terms)), lists, own, targets, {})
        made._link(terms, forms, numbers)
        return made

    def _link(self, terms: list[OneOrMore], forms: list[OneOrMore], numbers: dict[OneOrMore, int]) -> None:
        pairs = [
            pair
            for form, term in zip(forms, terms, strict=True)
            if type(form) is tuple
            for pair in zip(form, term, strict=True)
        ]
        single = [type(form) is str for form in forms]
        if not all(single):
            terms = [term for term, one in zip(terms, single, strict=True) if one]
            forms = [form for form, one in zip(forms, single, strict=True) if one]
        form_numbers = array("I", map(numbers.__getitem__, chain(forms, (form for form, _ in pairs))))
        term_numbers = array("I", map(numbers.__getitem__, chain(terms, (term for _, term in pairs))))
        if link(form_numbers, term_numbers, self.own, self.targets):
            for form, term in zip(form_numbers, term_numbers, strict=True):
                if form != term and self.targets[form] != term + 1:
                    self.more.setdefault(form, set()).add(term)


def _sorted_keys(keys: Iterable[str]) -> tuple[bytes, memoryview, memoryview]:
    """The keys in one blob, where each starts (and the last one ends), and their numbers in sorted order."""
    known = list(keys)
    joined = "".join(known)
    ascii_only = joined.isascii()
    lengths = map(len, known) if ascii_only else (len(k) if k.isascii() else len(k.encode()) for k in known)
    starts = memoryview(array("I", accumulate(lengths, initial=0)))
    blob = joined.encode() or b"\0"
    order = words(len(known))
    sort_keys(blob, starts, order)
    return blob, starts, order


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


def _divided(entries: Sequence[OneOrMore]) -> tuple[list[str], list[tuple[str, ...]]]:
    """The entries that are one string, and those that are several."""
    several = [entry for entry in entries if type(entry) is tuple]
    if not several:
        return list(entries), []  # type: ignore[arg-type]
    return [entry for entry in entries if type(entry) is str], several


def _numbered_lists(several: Iterable[tuple[str, ...]], numbers: dict[OneOrMore, int]) -> array[int]:
    """The lists of keys that surfaces of several tokens stand for; adds where each stands to `numbers`."""
    lists = array("I")
    for terms in several:
        if terms not in numbers:
            numbers[terms] = FIRST_LIST + len(lists)
            lists.append(len(terms))
            lists.extend([numbers[term] for term in terms])
    lists.append(0)
    return lists
