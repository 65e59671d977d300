"""Asks the same queries of several peers in one process, taking turns, so that a noisy machine disturbs all alike.

A turn is all queries of a class on one peer, not one query on each: so a peer works with caches that its own queries
filled, as in a program that uses it, and not with those that its predecessor emptied (or filled, where two share an
index).
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from peers import Peer
from queries import Query

__all__ = ["Timing", "count_matches", "time_queries"]


@dataclass(frozen=True)
class Timing:
    """How long one peer took for the queries of one class, in milliseconds: over the queries' medians of all rounds."""

    queries: int
    median: float
    sum: float


def time_queries(
    peers: Mapping[str, Peer], kind: str, queries: Sequence[Query], rounds: int, limit: int
) -> dict[str, Timing]:
    """Time each query on each peer once a round, after one round that doesn't count; the peers' order changes."""
    names, chance = list(peers), random.Random(kind)
    seconds: dict[str, list[list[float]]] = {name: [] for name in names}
    gc.collect()
    gc.freeze()
    for counted in [False] + [True] * rounds:
        chance.shuffle(names)
        for name in names:
            passed = _turn(peers[name], kind, queries, limit)
            seconds[name] += [passed] if counted else []
    gc.unfreeze()
    return {name: _timing(seconds[name]) for name in peers}


def count_matches(peers: Mapping[str, Peer], kind: str, queries: Sequence[Query]) -> dict[str, int]:
    """How many documents match the queries of a class, summed: tells whether the peers did the same work."""
    return {name: sum(peer.count(kind, words) for words in queries) for name, peer in peers.items()}


def _turn(peer: Peer, kind: str, queries: Sequence[Query], limit: int) -> list[float]:
    search, clock, passed = peer.search, time.perf_counter, []
    for words in queries:
        started = clock()
        search(kind, words, limit)
        passed.append(clock() - started)
    return passed


def _timing(rounds: list[list[float]]) -> Timing:
    medians = [median(times) * 1e3 for times in zip(*rounds, strict=True)]
    return Timing(queries=len(medians), median=median(medians), sum=sum(medians))
