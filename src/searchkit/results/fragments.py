"""Which parts of a text to show: the windows, one after the other, and where exactly each begins and ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from searchkit.results.cores import best_core
from searchkit.results.cuts import last_cut, next_cut, sentence_end, sentence_starts
from searchkit.results.occurrences import Occurrence
from searchkit.results.targets import Target

__all__ = ["place_window", "windows"]

# Of the room that a window has beside its core: how much may go before it to reach the start of the sentence, and how
# much goes there where that is out of reach.
_REACH, _LEAD = 0.6, 0.25
# A window may stop at the end of a sentence once it is so full; it may not start with one if so little is left of the
# text.
_FULL, _FEW = 0.7, 0.5
_AGAIN = 0.1
"""What a target that another window shows already is worth."""

Span = tuple[int, int]


def windows(
    text: str, occurrences: Sequence[Occurrence], targets: Sequence[Target], size: int, most: int
) -> Iterator[Span]:
    """The windows of `size` characters at most that show the targets best, best first, at most `most`, apart.

    Each shows something; what one before it shows already counts little. `occurrences` are sorted.
    """
    weights = [target.weight for target in targets]
    gaps = [(0, len(text), list(occurrences))]
    for _ in range(most):
        # The best core of each gap between the windows so far; gaps are few.
        cores = [(best_core(inside, targets, weights, size), gap) for gap in gaps if (inside := gap[2])]
        if not cores:
            return
        (_, core), gap = max(cores, key=lambda found: found[0][0])
        low, high, inside = gap
        window = place_window(text, core, size, low, high)
        yield window
        for start, end, target in inside:
            if window[0] <= start and end <= window[1]:
                weights[target] = targets[target].weight * _AGAIN
        place = gaps.index(gap)
        gaps[place : place + 1] = _split(gap, window)


def _split(gap: tuple[int, int, list[Occurrence]], window: Span) -> list[tuple[int, int, list[Occurrence]]]:
    """What is left of a gap on both sides of a window."""
    low, high, inside = gap
    before = [one for one in inside[: bisect_left(inside, (window[0],))] if one[1] <= window[0]]
    after = inside[bisect_left(inside, (window[1],)) :]
    return [(low, window[0], before), (window[1], high, after)]


def place_window(text: str, core: Span, size: int, floor: int = 0, ceiling: int | None = None) -> Span:
    """The start and end of a window of `size` characters at most around a core, cut between words.

    It starts with the sentence of the core where that is near, and ends with a sentence where that leaves it full
    enough. The core is in it as a whole, unless it is longer than the window. floor, ceiling: where it may lie.
    """
    low, high = core
    top = len(text) if ceiling is None else ceiling
    if high - low > size:
        high = low + 1  # it is cut like any text
    start = _start(text, floor, low, size - (high - low))
    if top - start < size * _FEW:  # near the end: the room that is left over goes before the core
        start = min(start, _early_start(text, max(floor, top - size), low, size))
    limit = start + size
    if limit >= top:
        return start, top
    end = sentence_end(text, max(high, start + int(size * _FULL)), limit)
    return start, last_cut(text, high, limit) if end is None else end


def _start(text: str, floor: int, low: int, room: int) -> int:
    starts = sentence_starts(text, max(floor, low - int(room * _REACH)), low)
    return starts[-1] if starts else next_cut(text, max(floor, low - int(room * _LEAD)), low)


def _early_start(text: str, floor: int, low: int, size: int) -> int:
    starts = sentence_starts(text, floor, low)
    return starts[0] if starts and starts[0] <= floor + size * (1 - _FULL) else next_cut(text, floor, low)
