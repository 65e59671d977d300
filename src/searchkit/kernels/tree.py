# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A query as a tree of nodes, evaluated one range of documents at a time.

Evaluating a node writes the places of the documents that match it, and what each adds to the score, into the lists
of its level; its children use the level below. What must match goes first, the rarest first, and the rest is only
looked up in what is left: by a walk through the other list while that is at most twelve times as long, else by a
search for each. Lists meet by stamps: an array that says for each place of the range where it stands in the list.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import count_in, listed, posting_at, seek, value
from cython.cimports.searchkit.kernels.phrases import alternatives, phrase
from cython.cimports.searchkit.kernels.state import State, as_longs, as_words, grown, longs, words

RANGE = cython.declare(cython.uint, 4096)
RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
STREAM = cython.declare(cython.uint, 12)
MET = cython.declare(cython.uint, 1 << 15)

TERM, PHRASE, BOOLEAN, SLICE, BITMAP, ALL, ANY = range(7)
_TERM = cython.declare(cython.uint, 0)
_PHRASE = cython.declare(cython.uint, 1)
_BOOLEAN = cython.declare(cython.uint, 2)
_SLICE = cython.declare(cython.uint, 3)
_BITMAP = cython.declare(cython.uint, 4)
_ALL = cython.declare(cython.uint, 5)
_ANY = cython.declare(cython.uint, 6)


@cython.cclass
class Tree:
    """The nodes of a query over the leaves of a `State`; children are added before their parents."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.node_memory, self.high_memory, self.child_memory = [None] * 7, [None] * 2, None
        self.nodes = self.capacity = self.children_used = self.children_room = 0
        self._need_nodes(24)
        self._need_children(32)
        self.set_bitmaps(b"")

    def reset(self) -> None:
        """Makes the tree empty, for another query."""
        self.nodes = self.children_used = 0

    def set_bitmaps(self, bitmaps: object) -> None:
        """bitmaps: those of the `BITMAP` nodes, one after the other, 512 bytes a range."""
        view: cython.const[cython.uchar][::1] = bitmaps if len(bitmaps) else bytes(1)
        self.bitmap_owner = view
        if cython.compiled:
            self.bitmaps = cython.address(view[0])
        else:
            self.bitmaps = view

    @cython.cfunc
    def _need_nodes(self, count: cython.uint) -> object:
        if count <= self.capacity:
            return None
        self.capacity = max(count, 2 * self.capacity)
        made: list = [grown(old, words(self.capacity)) for old in self.node_memory]
        self.node_memory = made
        self.kind, self.first, self.must = as_words(made[0]), as_words(made[1]), as_words(made[2])
        self.should, self.must_not = as_words(made[3]), as_words(made[4])
        self.score, self.height = as_words(made[5]), as_words(made[6])
        made = [grown(old, longs(self.capacity)) for old in self.high_memory]
        self.high_memory = made
        self.low, self.high = as_longs(made[0]), as_longs(made[1])
        return None

    @cython.cfunc
    def _need_children(self, more: cython.uint) -> object:
        if self.children_used + more <= self.children_room:
            return None
        self.children_room = max(self.children_used + more, 2 * self.children_room)
        self.child_memory = grown(self.child_memory, words(self.children_room))
        self.children = as_words(self.child_memory)
        return None

    def term(self, leaf: int) -> int:
        """A node for a leaf. This and all that follow return the number of the node."""
        return self._node(0, leaf, 0)

    def phrase(self, first: int, offsets: list[int], several: int = 1) -> int:
        """The leaves from `first` on, at these offsets from each other; or `several` such phrases, one after the
        other, as one.
        """
        node: cython.uint = self._node(1, first, 0)
        self.must[node] = len(offsets)
        self.must_not[node] = several
        self.should[node] = self.children_used
        self._need_children(len(offsets))
        for offset in offsets:
            self.children[self.children_used] = offset
            self.children_used += 1
        return node

    def boolean(self, must: list[int], should: list[int], must_not: list[int]) -> int:
        """All of `must`, none of `must_not`, and where there is no `must`, at least one of `should`."""
        node: cython.uint = self._node(2, self.children_used, 0)
        height: cython.uint = 0
        self.must[node], self.should[node], self.must_not[node] = len(must), len(should), len(must_not)
        self._need_children(len(must) + len(should) + len(must_not))
        for children in (must, should, must_not):
            for child in children:
                self.children[self.children_used] = child
                self.children_used += 1
                if self.height[child] > height:
                    height = self.height[child]
        self.height[node] = height + 1
        # Each level works in the lists of its own and of the one below.
        self.state.need_levels(height + 2)
        return node

    def slice(self, low: int, high: int, score: int) -> int:
        """The documents from `low` up to, not including, `high`, each with a fixed score."""
        node: cython.uint = self._node(3, 0, score)
        self.low[node], self.high[node] = low, high
        return node

    def bitmap(self, place: int, score: int) -> int:
        """The documents of the bitmap that begins at byte `place`."""
        node: cython.uint = self._node(4, 0, score)
        self.low[node] = place
        return node

    def all(self) -> int:
        """Every document, with no score."""
        return self._node(5, 0, 0)

    def any(self, first: int, count: int, score: int) -> int:
        """The documents of at least one of `count` leaves from `first` on, each with a fixed score."""
        node: cython.uint = self._node(6, first, score)
        self.must[node] = count
        return node

    @cython.cfunc
    def _node(self, kind: cython.uint, first: cython.uint, score: cython.uint) -> cython.uint:
        node: cython.uint = self.nodes
        self._need_nodes(node + 1)
        self.nodes += 1
        self.kind[node], self.first[node], self.score[node], self.height[node] = kind, first, score, 0
        return node


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def bound(tree: Tree, node: cython.uint, span: cython.uint) -> cython.longlong:
    """The most that the node can add to a document of the range; -1 where no document there can match."""
    kind: cython.uint = tree.kind[node]
    first: cython.uint = tree.first[node]
    at: cython.uint
    if kind == _TERM:
        if not count_in(tree.state, first, span):
            return -1
        return tree.state.bounds[first * tree.state.segment.ranges + span]
    if kind == _PHRASE:
        return _phrase_bound(tree, node, span)
    if kind == _BOOLEAN:
        return _boolean_bound(tree, node, span)
    if kind == _SLICE:
        if tree.low[node] >= (cython.cast(cython.ulonglong, span) + 1) << RANGE_BITS:
            return -1
        if tree.high[node] <= cython.cast(cython.ulonglong, span) << RANGE_BITS:
            return -1
        return tree.score[node]
    if kind == _ANY:
        for at in range(first, first + tree.must[node]):
            if count_in(tree.state, at, span):
                return tree.score[node]
        return -1
    return tree.score[node]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _phrase_bound(tree: Tree, node: cython.uint, span: cython.uint) -> cython.longlong:
    """A phrase is nowhere more frequent than any of its words; of alternatives nothing better is said than the
    weight.
    """
    first: cython.uint = tree.first[node]
    at: cython.uint
    least: cython.longlong = tree.state.weight[first] + 1
    if tree.must_not[node] > 1:
        return least
    for at in range(first, first + tree.must[node]):
        if not count_in(tree.state, at, span):
            return -1
        if tree.state.bounds[at * tree.state.segment.ranges + span] < least:
            least = tree.state.bounds[at * tree.state.segment.ranges + span]
    return least


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _boolean_bound(tree: Tree, node: cython.uint, span: cython.uint) -> cython.longlong:
    first: cython.uint = tree.first[node]
    middle: cython.uint = first + tree.must[node]
    at: cython.uint
    total: cython.longlong = 0
    part: cython.longlong
    met: cython.bint = tree.must[node] > 0
    for at in range(first, middle + tree.should[node]):
        part = bound(tree, tree.children[at], span)
        if part >= 0:
            met = True
            total += part
        elif at < middle:
            return -1
    return total if met else -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _size(tree: Tree, node: cython.uint, span: cython.uint) -> cython.uint:
    """About how many documents of the range match; never too few by much."""
    kind: cython.uint = tree.kind[node]
    first: cython.uint = tree.first[node]
    at: cython.uint
    part: cython.uint
    size: cython.uint = 0
    if kind == _TERM:
        return count_in(tree.state, first, span)
    if (kind == _PHRASE and tree.must_not[node] == 1) or (kind == _BOOLEAN and tree.must[node]):
        size = RANGE
        for at in range(first, first + tree.must[node]):
            part = count_in(tree.state, at, span) if kind == _PHRASE else _size(tree, tree.children[at], span)
            if part < size:
                size = part
        return size
    if kind in (_BOOLEAN, _ANY):
        for at in range(first, first + (tree.must[node] if kind == _ANY else tree.should[node])):
            size += count_in(tree.state, at, span) if kind == _ANY else _size(tree, tree.children[at], span)
        return size if size < RANGE else RANGE
    return RANGE


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def evaluate(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint) -> cython.uint:
    """Writes the places that match a node, and their scores, to the lists of a level; returns how many."""
    kind: cython.uint = tree.kind[node]
    first: cython.uint = tree.first[node]
    places: cython.p_ushort
    scores: cython.p_uint
    if cython.compiled:
        places = tree.state.places + level * RANGE
        scores = tree.state.scores + level * RANGE
    else:
        places = tree.state.places[level * RANGE : (level + 1) * RANGE]
        scores = tree.state.scores[level * RANGE : (level + 1) * RANGE]
    if kind == _TERM:
        return listed(tree.state, first, span, places, scores)
    if kind == _PHRASE:
        return _phrase(tree, node, span, places, scores)
    if kind == _BOOLEAN:
        return _boolean(tree, node, span, level)
    if kind == _ANY:
        return _any(tree, node, span, level)
    return _filter(tree, node, span, places, scores)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _phrase(
    tree: Tree, node: cython.uint, span: cython.uint, places: cython.p_ushort, scores: cython.p_uint
) -> cython.uint:
    offsets: cython.p_uint
    if cython.compiled:
        offsets = tree.children + tree.should[node]
    else:
        offsets = tree.children[tree.should[node] :]
    if tree.must_not[node] == 1:
        return phrase(tree.state, tree.first[node], tree.must[node], offsets, span, places, scores)
    return alternatives(
        tree.state, tree.first[node], tree.must[node], offsets, tree.must_not[node], span, places, scores
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _holds(tree: Tree, node: cython.uint, document: cython.ulonglong) -> cython.bint:
    """Whether a document is in a node that is a slice, a bitmap or all."""
    if tree.kind[node] == _SLICE:
        return tree.low[node] <= document < tree.high[node]
    if tree.kind[node] == _BITMAP:
        return (tree.bitmaps[tree.low[node] + (document >> 3)] >> (document & 7)) & 1
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _filter(
    tree: Tree, node: cython.uint, span: cython.uint, places: cython.p_ushort, scores: cython.p_uint
) -> cython.uint:
    place: cython.uint
    count: cython.uint = 0
    base: cython.ulonglong = cython.cast(cython.ulonglong, span) << RANGE_BITS
    if tree.kind[node] == _BITMAP:
        return _marked(tree, node, base, places, scores)
    for place in range(RANGE):
        if base + place < tree.state.segment.documents and _holds(tree, node, base + place):
            places[count] = place
            scores[count] = tree.score[node]
            count += 1
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _marked(
    tree: Tree, node: cython.uint, base: cython.ulonglong, places: cython.p_ushort, scores: cython.p_uint
) -> cython.uint:
    """The documents of a bitmap, which is mostly empty: eight places at a time are passed over."""
    place: cython.uint
    bits: cython.uint
    count: cython.uint = 0
    start: cython.ulonglong = tree.low[node] + (base >> 3)
    for place in range(0, RANGE, 8):
        bits = tree.bitmaps[start + (place >> 3)]
        while bits:
            if bits & 1 and base + place < tree.state.segment.documents:
                places[count] = place
                scores[count] = tree.score[node]
                count += 1
            bits >>= 1
            place += 1
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _any(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint) -> cython.uint:
    """The union of many leaves, in no order of places."""
    count: cython.uint = 0
    at: cython.uint
    leaf: cython.uint
    posting: cython.uint
    place: cython.uint
    base: cython.uint = level * RANGE
    spans: cython.uint = tree.state.segment.ranges + 1
    for leaf in range(tree.first[node], tree.first[node] + tree.must[node]):
        for posting in range(tree.state.starts[leaf * spans + span], tree.state.starts[leaf * spans + span + 1]):
            place = posting_at(tree.state, leaf, posting) & PLACE_MASK
            if tree.state.stamps[base + place]:
                continue
            if tree.state.mask[leaf] and value(tree.state, leaf, posting, span) < 0:
                continue
            tree.state.stamps[base + place] = 1
            tree.state.places[base + count] = place
            tree.state.scores[base + count] = tree.score[node]
            count += 1
    for at in range(count):
        tree.state.stamps[base + tree.state.places[base + at]] = 0
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _boolean(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint) -> cython.uint:
    first: cython.uint = tree.first[node]
    middle: cython.uint = first + tree.must[node]
    last: cython.uint = middle + tree.should[node]
    at: cython.uint
    count: cython.uint
    if tree.must[node]:
        _order_must(tree, node, span)
        count = evaluate(tree, tree.children[first], span, level)
        for at in range(first + 1, middle):
            if not count:
                return 0
            count = _meet(tree, tree.children[at], span, level, count, True, False)
        for at in range(middle, last):
            if count:
                _meet(tree, tree.children[at], span, level, count, False, False)
    else:
        count = _union(tree, node, span, level)
    for at in range(last, last + tree.must_not[node]):
        if count:
            count = _meet(tree, tree.children[at], span, level, count, False, True)
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _order_must(tree: Tree, node: cython.uint, span: cython.uint) -> cython.void:
    """Puts the child that matches the fewest documents first."""
    first: cython.uint = tree.first[node]
    at: cython.uint
    best: cython.uint = first
    least: cython.uint = _size(tree, tree.children[first], span)
    size: cython.uint
    for at in range(first + 1, first + tree.must[node]):
        size = _size(tree, tree.children[at], span)
        if size < least:
            least = size
            best = at
    at = tree.children[first]
    tree.children[first] = tree.children[best]
    tree.children[best] = at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _union(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint) -> cython.uint:
    """The documents that any of the children matches, their scores summed; there is no `must`."""
    base: cython.uint = level * RANGE
    below: cython.uint = base + RANGE
    first: cython.uint = tree.first[node]
    child: cython.uint
    found: cython.uint
    count: cython.uint = 0
    at: cython.uint
    place: cython.uint
    stamp: cython.uint
    for child in range(first, first + tree.should[node]):
        found = evaluate(tree, tree.children[child], span, level + 1)
        for at in range(below, below + found):
            place = tree.state.places[at]
            stamp = tree.state.stamps[base + place]
            if stamp:
                tree.state.scores[base + stamp - 1] = tree.state.scores[base + stamp - 1] + tree.state.scores[at]
            else:
                tree.state.places[base + count] = place
                tree.state.scores[base + count] = tree.state.scores[at]
                count += 1
                tree.state.stamps[base + place] = count
    for at in range(count):
        tree.state.stamps[base + tree.state.places[base + at]] = 0
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _meet(
    tree: Tree,
    node: cython.uint,
    span: cython.uint,
    level: cython.uint,
    count: cython.uint,
    required: cython.bint,
    prohibited: cython.bint,
) -> cython.uint:
    """Lets a child meet the list of a level: adds its scores, and keeps only the places that it has (required) or
    has not.
    """
    base: cython.uint = level * RANGE
    at: cython.uint
    place: cython.uint
    stamp: cython.uint
    kept: cython.uint = 0
    met: cython.bint
    for at in range(count):
        tree.state.stamps[base + tree.state.places[base + at]] = at + 1
    if tree.kind[node] == _TERM:
        _meet_term(tree, tree.first[node], span, base, count)
    elif tree.kind[node] in (_SLICE, _BITMAP, _ALL):
        for at in range(count):
            place = tree.state.places[base + at]
            if _holds(tree, node, (cython.cast(cython.ulonglong, span) << RANGE_BITS) + place):
                tree.state.stamps[base + place] = tree.state.stamps[base + place] | MET
                tree.state.scores[base + at] = tree.state.scores[base + at] + tree.score[node]
    else:
        for at in range(base + RANGE, base + RANGE + evaluate(tree, node, span, level + 1)):
            place = tree.state.places[at]
            stamp = tree.state.stamps[base + place]
            if stamp:
                tree.state.scores[base + stamp - 1] = tree.state.scores[base + stamp - 1] + tree.state.scores[at]
                tree.state.stamps[base + place] = stamp | MET
    for at in range(count):
        place = tree.state.places[base + at]
        met = tree.state.stamps[base + place] >= MET
        tree.state.stamps[base + place] = 0
        if (met or not required) and not (met and prohibited):
            tree.state.places[base + kept] = place
            tree.state.scores[base + kept] = tree.state.scores[base + at]
            kept += 1
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _meet_term(tree: Tree, leaf: cython.uint, span: cython.uint, base: cython.uint, count: cython.uint) -> cython.void:
    """Marks the stamps of the places that a leaf has, and adds its scores."""
    posting: cython.uint
    start: cython.uint = tree.state.starts[leaf * (tree.state.segment.ranges + 1) + span]
    stop: cython.uint = start + count_in(tree.state, leaf, span)
    at: cython.uint
    place: cython.uint
    stamp: cython.uint
    gain: cython.longlong
    if stop - start <= STREAM * count:
        for posting in range(start, stop):
            place = posting_at(tree.state, leaf, posting) & PLACE_MASK
            stamp = tree.state.stamps[base + place]
            if stamp:
                gain = value(tree.state, leaf, posting, span)
                if gain >= 0:
                    tree.state.scores[base + stamp - 1] = tree.state.scores[base + stamp - 1] + gain
                    tree.state.stamps[base + place] = stamp | MET
        return
    for at in range(count):
        place = tree.state.places[base + at]
        posting = seek(tree.state, leaf, start, stop, place)
        if posting < stop and (posting_at(tree.state, leaf, posting) & PLACE_MASK) == place:
            gain = value(tree.state, leaf, posting, span)
            if gain >= 0:
                tree.state.scores[base + at] = tree.state.scores[base + at] + gain
                tree.state.stamps[base + place] = tree.state.stamps[base + place] | MET
