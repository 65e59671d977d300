"""Trees → deterministic automata that read a word a character at a time.

A tree becomes the automaton of its positions (V. Glushkov, *The abstract theory of automata*, 1961): each of its
characters is a position, and which may come first, last, and after each other follows from the tree. Subsets of
positions are then the states of a deterministic automaton (M. Rabin and D. Scott, *Finite automata and their decision
problems*, 1959). Sets of positions are integers, a bit a position.

There can be exponentially many subsets, so the work is bounded: each step from a set of positions to the ones that
follow one of them counts, and so does each position.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from searchkit.deadlines import check
from searchkit.errors import LimitExceeded
from searchkit.query.automata.trees import LAST, Characters, Choice, Repeat, Row, Tree

__all__ = ["Automaton", "make_automaton"]

_CELLS = 26
"""Cells of the table for one unit of the limit."""


class Automaton(NamedTuple):
    """A deterministic automaton over code points.

    lows: where each interval of code points begins, from 0 on; kinds: the class of each interval; classes: how many.
    table: state × class → the next state; 0 is the state that nothing leads out of, 1 the first.
    accepting: for each state 1 where a word may end, else 0.
    """

    lows: array[int]
    kinds: array[int]
    classes: int
    table: array[int]
    accepting: bytes

    def accepts(self, word: str) -> bool:
        """Whether a word is one of the pattern's."""
        state = 1
        for character in word:
            interval = bisect_left(self.lows, ord(character) + 1) - 1
            state = self.table[state * self.classes + self.kinds[interval]]
        return bool(self.accepting[state])


def make_automaton(tree: Tree, limit: int) -> Automaton:
    """The automaton of a tree.

    limit: of the positions, states and steps that making it may take; beyond it `LimitExceeded` names
        `automaton_states`.
    """
    positions = _Positions(limit)
    nullable, first, last = positions.add(tree)
    lows, kinds, masks = _classes(positions.characters)
    states: dict[int, int] = {-1: 1}
    table = array("I", bytes(4 * len(masks)))
    accepting = bytearray([0, nullable])
    waiting = [first]
    for following in waiting:
        check()
        if len(table) > limit * _CELLS:
            raise positions.too_large()
        for mask in masks:
            subset = following & mask
            if not subset:
                table.append(0)
                continue
            number = states.get(subset)
            if number is None:
                number = states[subset] = len(accepting)
                accepting.append(bool(subset & last))
                waiting.append(positions.after(subset))
            table.append(number)
    return Automaton(lows, kinds, len(masks), table, bytes(accepting))


class _Positions:
    """The positions of a tree. characters: what each of them reads."""

    def __init__(self, limit: int) -> None:
        self.characters: list[Characters] = []
        self._following: list[int] = []
        self._limit, self._work = limit, 0

    def too_large(self) -> LimitExceeded:
        return LimitExceeded("automaton_states", f"the pattern needs an automaton of more than {self._limit} states")

    def _count(self) -> None:
        self._work += 1
        if self._work > self._limit:
            raise self.too_large()

    def add(self, tree: Tree) -> tuple[bool, int, int]:
        """Adds the positions of a tree: whether it may be empty, and which of them may come first and last."""
        self._count()
        if isinstance(tree, Characters):
            bit = 1 << len(self.characters)
            self.characters.append(tree)
            self._following.append(0)
            return False, bit, bit
        if isinstance(tree, Row):
            return self._row(tree.parts)
        if isinstance(tree, Choice):
            added = [self.add(part) for part in tree.parts]
            first = last = 0
            for _, one_first, one_last in added:
                first, last = first | one_first, last | one_last
            return any(nullable for nullable, _, _ in added), first, last
        return self._repeat(tree)

    def _row(self, parts: tuple[Tree, ...]) -> tuple[bool, int, int]:
        nullable, first, last = True, 0, 0
        for part in parts:
            one_nullable, one_first, one_last = self.add(part)
            self._lead(last, one_first)
            first = first | one_first if nullable else first
            last = last | one_last if one_nullable else one_last
            nullable = nullable and one_nullable
        return nullable, first, last

    def _repeat(self, tree: Repeat) -> tuple[bool, int, int]:
        """`a{2,4}` is a row of a, a, a or nothing, a or nothing; `a{2,}` ends in an a that leads to itself."""
        optional = Choice((tree.part, Row(())))
        if tree.high is not None:
            if tree.high > self._limit:
                raise self.too_large()
            return self._row((tree.part,) * tree.low + (optional,) * (tree.high - tree.low))
        if tree.low > self._limit:
            raise self.too_large()
        before = self._row((tree.part,) * max(0, tree.low - 1))
        nullable, first, last = self.add(tree.part)
        self._lead(last, first)
        self._lead(before[2], first)
        nullable = nullable or not tree.low
        return (
            before[0] and nullable,
            before[1] | first if before[0] else before[1],
            before[2] | last if nullable else last,
        )

    def _lead(self, before: int, after: int) -> None:
        if after:
            for position in _bits(before):
                self._count()
                self._following[position] |= after

    def after(self, subset: int) -> int:
        """The positions that may follow any of a set."""
        found = 0
        for position in _bits(subset):
            self._count()
            found |= self._following[position]
        return found


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _classes(characters: list[Characters]) -> tuple[array[int], array[int], list[int]]:
    """Code points that all positions treat alike, in intervals: where each begins, its class, and for each class the
    positions that read it.
    """
    readers: dict[Characters, int] = {}
    for position, one in enumerate(characters):
        readers[one] = readers.get(one, 0) | 1 << position
    edges = {0}
    for one in readers:
        for low, high in one.intervals:
            edges |= {low, high + 1}
    lows = sorted(edges - {LAST + 1})
    masks = [0] * len(lows)
    for one, mask in readers.items():
        check()
        for low, high in one.intervals:
            for interval in range(bisect_left(lows, low), bisect_left(lows, high + 1)):
                masks[interval] |= mask
    classes: dict[int, int] = {}
    kinds = [classes.setdefault(mask, len(classes)) for mask in masks]
    return array("I", lows), array("I", kinds), list(classes)
