"""From what surfaces mean to the keys of a dictionary: strings get numbers, numbers get an order."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate, chain

from searchkit.analysis.strings import Strings
from searchkit.dataclasses import dataclass
from searchkit.indexing.meanings import Meanings, Surfaces
from searchkit.kernels.arrays import assign, flag_keys, marked, point
from searchkit.kernels.buffers import zeros
from searchkit.kernels.dictionary import FLAG_FORM, FLAG_POINTER, FLAG_TERM
from searchkit.kernels.keysort import sort_keys
from searchkit.kernels.meanings import link, order_links, rename, settle
from searchkit.kernels.surfaces import SurfaceTable

__all__ = ["NamedStrings", "Vocabulary"]


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
    lists: array[int] | memoryview
    stops: array[int] | memoryview
    own: memoryview
    targets: memoryview
    more: dict[int, set[int]]

    def flags(self, counts: memoryview) -> memoryview:
        """The flags of each key, where `counts` says how many tokens each key has as a term."""
        made = zeros(len(self.own), "B")
        flag_keys(counts, self.own, self.targets, FLAG_TERM, FLAG_FORM, FLAG_POINTER, made)
        return made

    def pointers(self) -> tuple[memoryview | array[int], memoryview | array[int]]:
        """The keys of the terms that keys point to, one list after the other; and, before them, where the list of each
        key begins and the last one ends.
        """
        if not self.more:
            starts, found = zeros(len(self.targets) + 1), zeros(len(self.targets))
            return starts, found[: point(self.targets, starts, found)]
        lists = [
            sorted({target - 1, *self.more.get(key, ())}) if target else [] for key, target in enumerate(self.targets)
        ]
        return array("I", accumulate(map(len, lists), initial=0)), array("I", chain.from_iterable(lists))

    @classmethod
    def of(cls, named: NamedStrings) -> Vocabulary:
        """The vocabulary of strings that have numbers."""
        order = named.ordered()
        rank = zeros(len(named.keys))
        assign(order, memoryview(array("I", range(len(order)))), rank)
        own, targets = zeros(len(order), "B"), zeros(len(order))
        order_links(order, rank, named.own, named.targets, own, targets)
        rename(named.of_surface, named.lists, named.used, rank)
        more = {rank[form]: {rank[term] for term in terms} for form, terms in named.more.items()}
        return cls(named.blob, named.starts, order, named.of_surface, named.lists, named.stops, own, targets, more)


class NamedStrings:
    """What the surfaces of a table became, as numbers of strings in it. They have been analysed; the table is of no use
    then.

    blob, starts: all strings. keys, own, targets: by string, as `kernels.meanings.link` notes them; more: further terms
        of a form.
    of_surface, stops, lists, used: as `kernels.meanings.settle` notes them.
    """

    def __init__(self, surfaces: Surfaces, table: SurfaceTable) -> None:
        count = len(table)
        meanings = surfaces.meanings
        stops = [_numbers(table, Strings.of(analyzer.stop_words())) for analyzer in surfaces.analyzers]
        # All strings first, since only then it is known how many there are.
        tokens = [_tokens(table, one) for one in meanings]
        self.keys, self.own, self.targets = zeros(len(table), "B"), zeros(len(table), "B"), zeros(len(table))
        self.more: dict[int, set[int]] = {}
        self.of_surface, self.stops = zeros(count), zeros(count)
        self.lists, self.used = zeros(count + sum(len(forms) for forms, _ in tokens) + 1), 0
        light = [_marks(len(table), numbers) for numbers in stops]
        for one, (forms, terms) in zip(meanings, tokens, strict=True):
            self._link(forms, terms)
            outs = self.stops, self.of_surface, self.lists, self.used
            self.used = settle(one.surfaces, one.counts, forms, terms, light[one.group], *outs)
        table.freeze()
        blob, self.starts = table.strings()
        self.blob = blob or b"\0"

    def ordered(self) -> memoryview:
        """The strings that are keys, in order."""
        keys = zeros(len(self.keys))
        order = keys[: marked(self.keys, keys)]
        sort_keys(self.blob, self.starts, order)
        return order

    def _link(self, forms: memoryview, terms: memoryview) -> None:
        if link(forms, terms, self.keys, self.own, self.targets):
            for form, term in zip(forms, terms, strict=True):
                if form != term and self.targets[form] != term + 1:
                    self.more.setdefault(form, set()).add(term)


def _tokens(table: SurfaceTable, meanings: Meanings) -> tuple[memoryview, memoryview]:
    """The numbers of forms and terms."""
    forms = meanings.surfaces if meanings.forms is None else _numbers(table, meanings.forms)
    return forms, forms if meanings.terms is None else _numbers(table, meanings.terms)


def _numbers(table: SurfaceTable, strings: Strings) -> memoryview:
    return table.number(strings.blob, memoryview(strings.lengths))


def _marks(count: int, numbers: Sequence[int]) -> memoryview:
    marks = zeros(count, "B")
    for number in numbers:
        marks[number] = 1
    return marks
