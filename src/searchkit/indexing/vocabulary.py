"""From the surfaces of a batch to the keys of its dictionary: each distinct surface is analysed once, here."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from searchkit.analysis import Analyzer
from searchkit.kernels.dictionary import FLAG_FORM, FLAG_POINTER, FLAG_TERM
from searchkit.kernels.invert import FIRST_LIST
from searchkit.kernels.keysort import sort_keys
from searchkit.kernels.surfaces import SurfaceTable
from searchkit.segment.postings import words

__all__ = ["Vocabulary", "sorted_keys"]

OneOrMore = str | tuple[str, ...]


@dataclass(slots=True)
class Vocabulary:
    """The keys of the words of a batch, in order, and what the surfaces became.

    blob, starts, order: as in `segment.postings.Keys`. terms: surface → number of its key, or `FIRST_LIST` plus a place in `lists`, where a
    count and so many numbers stand. own: by key, whether it is a form that is its own term; pointers: key of another form → keys of
    its terms.
    """

    blob: bytes
    starts: memoryview
    order: memoryview
    terms: array[int]
    lists: array[int]
    own: bytearray
    pointers: dict[int, list[int]]

    def flags(self, counts: Sequence[int]) -> bytearray:
        """The flags of each key, where `counts` says how many tokens each key has as a term."""
        flags = bytearray(len(self.order))
        for key, count in enumerate(counts):
            if count:
                flags[key] = FLAG_TERM | (FLAG_FORM if self.own[key] else 0)
        for key in self.pointers:
            flags[key] |= FLAG_POINTER
        return flags

    @classmethod
    def of(cls, table: SurfaceTable, analyzers: Sequence[Analyzer]) -> Vocabulary:
        """Analyses all surfaces of a table, those of group i with analyzers[i]."""
        terms, forms = _analysed(table, analyzers)
        distinct = dict.fromkeys(chain(_flat(terms), _flat(forms)))
        blob, starts, order = sorted_keys([key.encode() for key in distinct])
        rank = array("I", bytes(4 * len(distinct)))
        for key, number in enumerate(order):
            rank[number] = key
        numbers = dict(zip(distinct, rank, strict=True))
        of_surface, lists = _numbered(terms, numbers)
        own, pointers = _form_pointers(terms, forms, numbers)
        return cls(blob, starts, order, of_surface, lists, own, pointers)


def sorted_keys(keys: Sequence[bytes]) -> tuple[bytes, memoryview, memoryview]:
    """The keys in one blob, where each starts (and the last one ends), and their numbers in sorted order."""
    blob = b"".join(keys)
    starts = memoryview(array("I", accumulate(map(len, keys), initial=0)))
    order = words(len(keys))
    sort_keys(blob or b"\0", starts, order)
    return blob or b"\0", starts, order


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


def _flat(entries: Sequence[OneOrMore]) -> list[str]:
    several = [entry for entry in entries if type(entry) is tuple]
    if not several:
        return list(entries)  # type: ignore[arg-type]
    return [*(entry for entry in entries if type(entry) is str), *chain.from_iterable(several)]


def _numbered(terms: Sequence[OneOrMore], numbers: dict[str, int]) -> tuple[array[int], array[int]]:
    lists = array("I")
    of_surface = array("I")
    for term in terms:
        if type(term) is str:
            of_surface.append(numbers[term])
        else:
            of_surface.append(FIRST_LIST + len(lists))
            lists.append(len(term))
            lists.extend([numbers[one] for one in term])
    lists.append(0)
    return of_surface, lists


def _form_pointers(
    terms: Sequence[OneOrMore], forms: Sequence[OneOrMore], numbers: dict[str, int]
) -> tuple[bytearray, dict[int, list[int]]]:
    own = bytearray(len(numbers))
    pointers: dict[int, list[int]] = {}
    for form_entry, term_entry in zip(forms, terms, strict=True):
        if type(form_entry) is str and type(term_entry) is str:
            pairs: tuple[tuple[str, str], ...] = ((form_entry, term_entry),)
        else:
            pairs = tuple(zip(form_entry, term_entry, strict=True))
        for form, term in pairs:
            key = numbers[form]
            if form == term:
                own[key] = 1
            else:
                known = pointers.setdefault(key, [])
                if numbers[term] not in known:
                    known.append(numbers[term])
    for known in pointers.values():
        known.sort()
    return own, pointers
