"""Which part of a text to show: the window, and where exactly it begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.results.cuts import last_cut, next_cut, sentence_end, sentence_starts
from searchkit.results.occurrences import Occurrence
from searchkit.results.targets import Target

__all__ = ["best_core", "place_window"]

# Of the room that a window has beside its core: how much may go before it to reach the start of the sentence, and how
# much goes there where that is out of reach.
_REACH, _LEAD = 0.6, 0.25
# A window may stop at the end of a sentence once it is so full; it may not start with one if so little is left of the
# text.
_FULL, _FEW = 0.7, 0.5


def best_core(occurrences: Sequence[Occurrence], targets: Sequence[Target], size: int) -> tuple[int, int]:
    """The narrowest span, of `size` characters at most, that shows the greatest summed weight of distinct targets.

    Among equals it is the one with the most phrases, then the earliest. `occurrences` are sorted, and not empty.
    """
    by_end = sorted(range(len(occurrences)), key=lambda number: occurrences[number][1])
    counts = [0] * len(targets)
    values: dict[int, tuple[float, int]] = {}
    shown = added = best = 0
    best_value = (-1.0, 0)
    for first, (start, end, target) in enumerate(occurrences):
        while added < len(by_end) and occurrences[by_end[added]][1] <= start + size:
            if by_end[added] >= first:
                counts[occurrences[by_end[added]][2]] += 1
                shown |= 1 << occurrences[by_end[added]][2]
            added += 1
        seen = shown | 1 << target
        value = values.get(seen)
        if value is None:
            value = values[seen] = _value(seen, targets)
        if value > best_value:
            best, best_value = first, value
        if end <= start + size:
            counts[target] -= 1
            if not counts[target]:
                shown &= ~(1 << target)
    return _core(occurrences[best:], size)


def place_window(text: str, core: tuple[int, int], size: int) -> tuple[int, int]:
    """The start and end of a window of `size` characters at most around a core, cut between words.

    It starts with the sentence of the core where that is near, and ends with a sentence where that leaves it full
    enough. The core is in it as a whole, unless it is longer than the window.
    """
    low, high = core
    if high - low > size:
        high = low + 1  # it is cut like any text
    start = _start(text, low, size - (high - low))
    if len(text) - start < size * _FEW:  # near the end of the text: the room that is left over goes before the core
        start = min(start, _early_start(text, max(0, len(text) - size), low, size))
    limit = start + size
    if limit >= len(text):
        return start, len(text)
    end = sentence_end(text, max(high, start + int(size * _FULL)), limit)
    return start, last_cut(text, high, limit) if end is None else end


def _start(text: str, low: int, room: int) -> int:
    starts = sentence_starts(text, max(0, low - int(room * _REACH)), low)
    return starts[-1] if starts else next_cut(text, max(0, low - int(room * _LEAD)), low)


def _early_start(text: str, floor: int, low: int, size: int) -> int:
    starts = sentence_starts(text, floor, low)
    return starts[0] if starts and starts[0] <= floor + size * (1 - _FULL) else next_cut(text, floor, low)


def _core(occurrences: Sequence[Occurrence], size: int) -> tuple[int, int]:
    start, end, _ = occurrences[0]
    seen = set()
    inside = sorted(occurrences, key=lambda occurrence: occurrence[1])
    for _, stop, target in inside:
        if stop > start + size:
            break
        if target not in seen:
            seen.add(target)
            end = max(end, stop)
    return start, end


def _value(shown: int, targets: Sequence[Target]) -> tuple[float, int]:
    seen = [target for number, target in enumerate(targets) if shown >> number & 1]
    return sum(target.weight for target in seen), sum(len(target.positions) > 1 for target in seen)
