# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A first threshold for a search: what the best postings of one of a query's words are known to give.

Of each frequent term a segment keeps three bytes: what its 10th, 100th and 1,000th best posting reach at least (see
`kernels.encode`). Where any of several words is enough, so many documents reach that much with this word alone,
whatever else they have; what stays below is skipped from the first range on.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.nodes import Tree, is_plain_union

_TERM = cython.declare(cython.uint, 0)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def primed(tree: Tree, root: cython.uint, count: cython.uint) -> cython.uint:
    """A score that `count` documents of the segment reach for sure, if none is deleted; 0 where none is known."""
    best: cython.uint = 0
    least: cython.uint
    child: cython.uint
    if tree.kind[root] == _TERM:
        return _reached(tree, tree.first[root], count)
    if is_plain_union(tree, root):
        for child in range(tree.first[root], tree.first[root] + tree.should[root]):
            least = primed(tree, tree.children[child], count)
            if least > best:
                best = least
    return best


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _reached(tree: Tree, leaf: cython.uint, count: cython.uint) -> cython.uint:
    """What the `count`-th best posting of a leaf adds at least; 0 where that is not known."""
    at: cython.ulonglong = 3 * cython.cast(cython.ulonglong, tree.state.number[leaf])
    byte: cython.uint
    if count > 1000 or tree.state.mask[leaf] or not tree.state.scoring[leaf] or not tree.state.frequent[leaf]:
        return 0
    at += 0 if count <= 10 else 1 if count <= 100 else 2
    if at >= tree.state.segment.top_bytes:
        return 0
    byte = tree.state.segment.tops[at]
    if not byte:
        return 0
    return ((tree.state.weight[leaf] * tree.state.saturations.least[byte]) >> 32) + 1
