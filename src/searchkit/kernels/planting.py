# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""From a plan to the tree that is evaluated in one segment, without what cannot match there: terms, exact phrases, and
what joins them, of which most queries are; `search.tree_building` adds the rest.
"""

from __future__ import annotations

from typing import Any

import cython
from cython.cimports.searchkit.kernels.known_terms import KnownTerms
from cython.cimports.searchkit.kernels.leaves import open_leaves
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.plans import BooleanPlan, PhrasePlan, TermPlan

from searchkit.deadlines import check

NOWHERE = -1
"""The number of a node that matches nothing in the segment, and so is not in the tree."""

_NOWHERE = cython.declare(cython.longlong, -1)
_REPETITIVE = cython.declare(cython.Py_ssize_t, 4)


@cython.cclass
class Planting:
    """Adds nodes of plans, children first, to a tree; their leaves are opened in the tree's state.

    terms: of the segment. longest: the most positions that a document of it has of one term.
    part: the segment as the search sees it, only while it searches. bitmaps: the nodes that need one each.
    """

    def __init__(self, terms: KnownTerms, tree: Tree, longest: int) -> None:
        self.terms, self.tree, self.longest = terms, tree, longest
        self.shift, self._scale, self.scoring = 0, 1.0, False
        self.part: Any = None
        self.bitmaps: list = []

    @cython.ccall
    def build(self, root: object, part: object, shift: cython.int, scoring: cython.bint) -> cython.longlong:
        """Adds a whole plan; returns the number of its node, or `NOWHERE`.

        shift: of the plan: weights are in units of 2**-shift. scoring: whether scores are wanted.
        """
        number: cython.longlong
        self.part, self.shift, self.scoring = part, shift, scoring
        self._scale = 2.0**shift
        self.bitmaps.clear()
        number = self.plant(root)
        if number != _NOWHERE and self.bitmaps:
            self.tree.set_bitmaps(b"".join([node.make(part) for node in self.bitmaps]))
        return number

    @cython.ccall
    def plant(self, node: object) -> cython.longlong:
        """Adds a node of the plan; returns its number, or `NOWHERE`."""
        if isinstance(node, TermPlan):
            return self._term(node)
        if isinstance(node, BooleanPlan):
            return self._boolean(node)
        if isinstance(node, PhrasePlan) and not self._is_sloppy(node):
            return self._phrase(node)
        return self._other(node)

    @cython.cfunc
    def _term(self, node: TermPlan) -> cython.longlong:
        record: object = self.terms.get(node.key)
        if record is None:
            return _NOWHERE
        return self.tree.term(record, node.weight, self._scale, self.scoring, node.mask)

    @cython.cfunc
    def _boolean(self, node: BooleanPlan) -> cython.longlong:
        number: cython.longlong
        bitmaps: cython.Py_ssize_t = len(self.bitmaps)
        must: list = []
        should: list = []
        must_not: list = []
        if self.tree.state.deadline:
            check()
        for child in node.must:
            number = self.plant(child)
            if number == _NOWHERE:
                del self.bitmaps[bitmaps:]
                return _NOWHERE
            must.append(number)
        # What need not match adds to scores, and to nothing else.
        if self.scoring or not must:
            for child in node.should:
                number = self.plant(child)
                if number != _NOWHERE:
                    should.append(number)
        if not must and not should:
            return _NOWHERE
        for child in node.must_not:
            number = self.plant(child)
            if number != _NOWHERE:
                must_not.append(number)
        return self.tree.boolean(must, should, must_not)

    @cython.cfunc
    def _phrase(self, node: PhrasePlan) -> cython.longlong:
        keys: tuple = node.keys
        weight: object = node.weight
        units: cython.ulonglong = 0 if weight is None else int(self._scale * cython.cast(cython.double, weight))
        records: list = [self.terms.get(key) for key in keys]
        scoring: cython.bint = weight is not None and self.scoring
        first: cython.int = open_leaves(self.tree.state, records, units, scoring, node.mask)
        if first == _NOWHERE:
            return _NOWHERE
        self.tree.state.need_phrases(self.longest, len(keys))
        return self.tree.phrase(first, len(keys))

    @cython.cfunc
    def _is_sloppy(self, node: PhrasePlan) -> cython.bint:
        """Whether the words of a phrase may stand otherwise than each at its place, or are repeated so often that each
        is better read once for all its places.
        """
        keys: tuple = node.keys
        if node.slop or node.alternatives is not None:
            return True
        return len(keys) >= _REPETITIVE and len(keys) >= _REPETITIVE * len(set(keys))

    def _other(self, node: Any) -> int:
        """Adds a node of any other kind."""
        raise NotImplementedError
