"""Words of a query that stand for others: the terms that prefixes, wildcards, expressions and fuzzy words find."""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter

from searchkit.analysis.folding import fold
from searchkit.dataclasses import dataclass
from searchkit.deadlines import watched
from searchkit.errors import LimitExceeded
from searchkit.kernels.finding import Matcher, smallest
from searchkit.limits import Limits
from searchkit.query.automata.automaton import Automaton, make_automaton
from searchkit.query.automata.expressions import read_expression
from searchkit.query.automata.wildcards import read_wildcards
from searchkit.query.nodes import Fuzzy, Prefix, Regex, Wildcard
from searchkit.search.snapshot import Snapshot

__all__ = ["Expandable", "Expansion", "cut_by", "expand", "expand_keyword", "expand_prefix"]

Expandable = Prefix | Wildcard | Fuzzy | Regex
Find = Callable[[Matcher], memoryview]
"""Asks a segment's matcher for ranks."""

_ENTRY, _FREQUENCY = (1 << 32) - 1, (1 << 29) - 1
_FURTHEST = 6
_MANY = 1 << 62


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a word stands for.

    keys: of terms; of a fuzzy word the nearest first, of these the most frequent, else in their own order.
    distances: of each the edits that it is away. total: how many were found, of which `keys` are the best.
    empty: whether nothing was left of the word to look for.
    """

    keys: tuple[bytes, ...]
    distances: tuple[int, ...]
    total: int
    empty: bool = False


def expand(snapshot: Snapshot, node: Expandable, limits: Limits) -> Expansion:
    """The terms that a word of text stands for; none where nothing of it is left when folded.

    Raises `QueryError` where it is no regular expression or an impossible distance, `LimitExceeded` where its automaton
    is too large.
    """
    find = _finder(node, limits, fold, b"", forms=True)
    if find is None:
        return Expansion((), (), 0, empty=True)
    return _expansion(snapshot, find, cut_by(node, limits), by_distance=isinstance(node, Fuzzy))


def expand_prefix(snapshot: Snapshot, form: str, limits: Limits) -> Expansion:
    """The terms of all forms that start so."""
    base = form.encode("utf-8", "surrogatepass")
    return _expansion(
        snapshot, lambda matcher: matcher.starting(base, True), limits.prefix_expansions, by_distance=False
    )


def expand_keyword(
    snapshot: Snapshot, node: Expandable, limits: Limits, folded: Callable[[str], str], base: bytes
) -> Expansion:
    """The keys of a keyword field, which begin with `base`, that a word stands for."""
    find = _finder(node, limits, folded, base, forms=False)
    if find is None:
        return Expansion((), (), 0, empty=True)
    return _expansion(snapshot, find, cut_by(node, limits), by_distance=False)


def cut_by(node: Expandable, limits: Limits) -> int:
    """How many terms a node may stand for."""
    return limits.fuzzy_expansions if isinstance(node, Fuzzy) else limits.prefix_expansions


def _finder(node: Expandable, limits: Limits, folded: Callable[[str], str], base: bytes, *, forms: bool) -> Find | None:
    """What to ask a matcher for; None where nothing is left of the node's text.

    folded: what the dictionary's keys went through. base, forms: see `kernels.finding.Matcher`.
    """
    if isinstance(node, Fuzzy):
        return _like(node, limits, folded(node.text), base, forms)
    if not node.text:
        return None
    if isinstance(node, Prefix):
        start = base + folded(node.text).encode("utf-8", "surrogatepass")
        return lambda matcher: matcher.starting(start, forms)
    make = _of_wildcards if isinstance(node, Wildcard) else _of_expression
    automaton = make(node.text, folded, limits.query_depth, limits.automaton_states)
    return lambda matcher: matcher.fitting(base, forms, *automaton)


def _like(node: Fuzzy, limits: Limits, text: str, base: bytes, forms: bool) -> Find | None:
    most = min(limits.edit_distance, _FURTHEST)
    if node.distance is not None and not 0 <= node.distance <= most:
        raise LimitExceeded("edit_distance", f"a fuzzy word is from 0 to {most} edits away, not {node.distance}")
    length = len(text)
    if not length:
        return None
    usual = 0 if length <= 2 else 1 if length <= 5 else 2
    distance = min(usual, most) if node.distance is None else node.distance
    word = array("I", map(ord, text))
    return lambda matcher: matcher.like(base, forms, word, distance)


@lru_cache(maxsize=256)
def _of_wildcards(text: str, folded: Callable[[str], str], deepest: int, states: int) -> Automaton:
    return make_automaton(read_wildcards(text, folded), states)


@lru_cache(maxsize=256)
def _of_expression(text: str, folded: Callable[[str], str], deepest: int, states: int) -> Automaton:
    return make_automaton(read_expression(text, folded, deepest), states)


def _expansion(snapshot: Snapshot, find: Find, limit: int, *, by_distance: bool) -> Expansion:
    if len(snapshot.parts) == 1 and not len(snapshot.parts[0].live):
        ranked, total = _in_one(snapshot, find, limit)
    else:
        ranked, total = _in_several(snapshot, find, limit, by_distance)
    ranked.sort(key=None if by_distance else itemgetter(2))
    return Expansion(tuple(key for _, _, key in ranked), tuple(distance for distance, _, _ in ranked), total)


Ranked = tuple[int, int, bytes]
"""Distance, the frequency's negative, key: the less the better."""


def _in_one(snapshot: Snapshot, find: Find, limit: int) -> tuple[list[Ranked], int]:
    """The best terms of a single segment without deletes, whose dictionary has the very frequencies."""
    matcher = snapshot.parts[0].segment.matcher
    ranks = find(matcher)
    total = len(ranks)
    best: Sequence[int] = ranks
    if total > limit:
        smallest(ranks, limit)
        best = sorted(ranks[:limit], key=_entry)
    keys = matcher.keys(best)
    terms = zip(best, keys, strict=True)
    return [(rank >> 61, (rank >> 32 & _FREQUENCY) - _FREQUENCY, key) for rank, key in terms], total


def _in_several(snapshot: Snapshot, find: Find, limit: int, by_distance: bool) -> tuple[list[Ranked], int]:
    """The best terms of several segments, or of some with deletes.

    A dictionary's frequencies are never less than those of live documents, and the same where nothing is deleted. So
    terms are looked at in the order of the sums of these, and exactly counted until no other can be better.
    """
    matchers = [part.segment.matcher for part in snapshot.parts]
    found = [(matcher, find(matcher)) for matcher in matchers]
    keys = [matcher.keys(ranks) for matcher, ranks in found]
    if not by_distance:
        every = set().union(*keys)
        if len(every) <= limit:
            return [(0, 0, key) for key in every], len(every)
    hopes: dict[bytes, tuple[int, int]] = {}
    for (_, ranks), keys_there in zip(found, keys, strict=True):
        for rank, key in watched(zip(ranks, keys_there, strict=True)):
            distance, frequency = hopes.get(key, (_MANY, 0))
            frequency += (rank >> 32 & _FREQUENCY) - _FREQUENCY
            hopes[key] = min(distance, rank >> 61), frequency
    hoped = [(distance, hope, key) for key, (distance, hope) in hopes.items()]
    hoped.sort()
    if not any(len(part.live) for part in snapshot.parts):
        return hoped[:limit], len(hoped)
    best: list[Ranked] = []
    for distance, hope, key in hoped:
        if len(best) >= limit and (distance, hope, key) > best[limit - 1]:
            break
        frequency = snapshot.frequency(key)
        if frequency:
            insort(best, (distance, -frequency, key))
    else:
        # Every term was counted: those that no live document has are not left out of anything.
        return best[:limit], len(best)
    return best[:limit], len(hoped)


def _entry(rank: int) -> int:
    return rank & _ENTRY
