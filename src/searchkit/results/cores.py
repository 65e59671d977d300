"""What a window of a text should be placed around: the narrow span that shows the most."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from searchkit.results.occurrences import Occurrence
from searchkit.results.targets import Target

__all__ = ["best_core"]

Value = tuple[float, int, int]
"""What a core is worth: the summed weight of its targets, how many of them are phrases, and how early it is."""

_by_end = itemgetter(1)


def best_core(
    occurrences: Sequence[Occurrence], targets: Sequence[Target], weights: Sequence[float], size: int
) -> tuple[Value, tuple[int, int]]:
    """The narrowest span, of `size` characters at most, that shows the greatest summed weight of distinct targets; and
    what it is worth.

    Among equals it is the one with the most phrases, then the earliest. `occurrences` are sorted, and not empty.
    """
    if len(targets) == 1:  # each occurrence shows all that there is
        start, end, _ = occurrences[0]
        return (*_value(1, targets, weights), -start), (start, end)
    ends = sorted(range(len(occurrences)), key=lambda number: occurrences[number][1])
    counts = [0] * len(targets)
    values: dict[int, tuple[float, int]] = {}
    shown = added = best = 0
    best_value = (-1.0, 0)
    for first, (start, end, target) in enumerate(occurrences):
        while added < len(ends) and occurrences[ends[added]][1] <= start + size:
            if ends[added] >= first:
                counts[occurrences[ends[added]][2]] += 1
                shown |= 1 << occurrences[ends[added]][2]
            added += 1
        seen = shown | 1 << target
        value = values.get(seen)
        if value is None:
            value = values[seen] = _value(seen, targets, weights)
        if value > best_value:
            best, best_value = first, value
        if end <= start + size:
            counts[target] -= 1
            if not counts[target]:
                shown &= ~(1 << target)
    low, high = _core(occurrences, best, size)
    return (*best_value, -low), (low, high)


def _core(occurrences: Sequence[Occurrence], first: int, size: int) -> tuple[int, int]:
    """From an occurrence to the end of the last target that is new in the window that it opens."""
    start, end, _ = occurrences[first]
    seen = set()
    inside = [one for one in occurrences[first:] if one[1] <= start + size]
    for _, stop, target in sorted(inside, key=_by_end):
        if target not in seen:
            seen.add(target)
            end = max(end, stop)
    return start, end


def _value(shown: int, targets: Sequence[Target], weights: Sequence[float]) -> tuple[float, int]:
    weight, phrases = 0.0, 0
    while shown:
        number = (shown & -shown).bit_length() - 1
        shown &= shown - 1
        weight += weights[number]
        phrases += len(targets[number].positions) > 1
    return weight, phrases
