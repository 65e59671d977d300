"""The choice of the window, against trying each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchkit.results import Target
from searchkit.results.fragments import best_core, place_window
from searchkit.results.occurrences import Occurrence

WORD, PHRASE = (frozenset("a"),), (frozenset("a"), frozenset("b"))
TARGETS = tuple(
    Target(positions, weight)
    for positions, weight in ((WORD, 1.0), (PHRASE, 1.0), (WORD, 2.0), (WORD, 0.5), (PHRASE, 3.0))
)
_occurrence = st.tuples(st.integers(0, 100), st.integers(1, 30), st.integers(0, len(TARGETS) - 1)).map(
    lambda drawn: (drawn[0], drawn[0] + drawn[1], drawn[2])
)


def value(seen: set[int]) -> tuple[float, int]:
    targets = [TARGETS[number] for number in sorted(seen)]
    return sum(target.weight for target in targets), sum(len(target.positions) > 1 for target in targets)


def seen_from(occurrences: list[Occurrence], first: int, end: int) -> set[int]:
    """The targets of the occurrences from `first` on that end by `end`; the first is seen even if it does not."""
    return {occurrences[first][2]} | {target for _, stop, target in occurrences[first:] if stop <= end}


@given(st.lists(_occurrence, min_size=1, max_size=25).map(sorted), st.integers(1, 60))
def test_the_core_is_the_earliest_of_the_best(occurrences: list[Occurrence], size: int) -> None:
    values = [value(seen_from(occurrences, first, low + size)) for first, (low, _, _) in enumerate(occurrences)]
    first = values.index(max(values))
    start, end = best_core(occurrences, TARGETS, size)
    assert start == occurrences[first][0]
    assert value(seen_from(occurrences, first, min(end, start + size))) == max(values)
    assert end <= start + size or end == occurrences[first][1]


@given(st.text(alphabet="ab .\n", max_size=120), st.data())
def test_the_window_holds_the_core(text: str, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 60))
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, min(len(text), low + size)))
    start, end = place_window(text, (low, high), size)
    assert 0 <= start <= low
    assert high <= end <= min(len(text), start + size)
