"""Where words stand near each other, in lists of positions: what the kernels find, for texts that are at hand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence

__all__ = ["near_pairs", "pair_frequency", "same_before", "sloppy_frequency", "sloppy_matches"]

Positions = Sequence[int]
"""Ascending."""


def same_before(words: Sequence[Hashable]) -> list[int | None]:
    """For each word the number of the last one before it that is the same, or None."""
    last: dict[Hashable, int] = {}
    found = []
    for number, word in enumerate(words):
        found.append(last.get(word))
        last[word] = number
    return found


def sloppy_matches(
    words: Sequence[Positions], same: Sequence[int | None], slop: int
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The least shift and the positions of each occurrence of a sloppy phrase, by shift: see `query.nodes.Phrase`.

    words: the positions of each. same: of each the number of the last word before it that is the same, or None.
    """
    low: float = float("-inf")
    found = [0] * len(words)
    while words:
        word, least = 0, float("inf")
        while word < len(words):
            positions, before = words[word], same[word]
            target = low + word if before is None else max(low + word, found[before] + 1)
            at = bisect_left(positions, target)
            if at == len(positions):
                return
            found[word] = positions[at]
            shift = found[word] - word
            if shift > low + slop and low != float("-inf"):
                low, word, least = shift - slop, 0, float("inf")
                continue
            least = min(least, shift)
            word += 1
        if low == float("-inf"):
            low = least
            continue
        yield int(least), tuple(found)
        low = least + 1


def sloppy_frequency(words: Sequence[Positions], same: Sequence[int | None], slop: int) -> int:
    """How often a sloppy phrase counts."""
    return min(sum(1 for _ in sloppy_matches(words, same, slop)), *map(len, words))


def near_pairs(
    left: Positions, left_length: int, right: Positions, right_length: int, distance: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The pairs of phrases near each other, each as its first position and the one after its last; see
    `query.nodes.Near`.

    left, right: where the phrases start. Of each occurrence the pair with the next one of the other phrase behind it.
    """
    for starts, length, others, other_length in (
        (left, left_length, right, right_length),
        (right, right_length, left, left_length),
    ):
        for start in starts:
            end = start + length
            at = bisect_left(others, end)
            if at < len(others) and others[at] < end + distance:
                yield (start, end), (others[at], others[at] + other_length)


def pair_frequency(left: Positions, left_length: int, right: Positions, right_length: int, distance: int) -> int:
    """How often a pair counts."""
    starts = {first[0] for first, _ in near_pairs(left, left_length, right, right_length, distance)}
    return min(len(starts), len(left), len(right))
