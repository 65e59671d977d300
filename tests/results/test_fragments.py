"""The choice of the window, against trying each."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from searchkit.results.cores import best_core
from searchkit.results.fragments import place_window, windows
from searchkit.results.occurrences import Occurrence
from searchkit.results.targets import Target

WORD, PHRASE = (frozenset("a"),), (frozenset("a"), frozenset("b"))
TARGETS = tuple(
    Target(positions, weight)
    for positions, weight in ((WORD, 1.0), (PHRASE, 1.0), (WORD, 2.0), (WORD, 0.5), (PHRASE, 3.0))
)
WEIGHTS = [target.weight for target in TARGETS]
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
    _, (start, end) = best_core(occurrences, TARGETS, WEIGHTS, size)
    assert start == occurrences[first][0]
    assert value(seen_from(occurrences, first, min(end, start + size))) == max(values)
    assert end <= start + size or end == occurrences[first][1]


@given(st.lists(_occurrence, min_size=1, max_size=25).map(sorted), st.integers(1, 60))
def test_of_one_target_the_core_is_its_first_place(occurrences: list[Occurrence], size: int) -> None:
    places = sorted((start, end, 0) for start, end, _ in occurrences)
    # Another target, of which there is no place, changes nothing.
    alone, beside = (best_core(places, TARGETS[:count], WEIGHTS[:count], size) for count in (1, 2))
    assert alone == beside
    assert alone[1] == places[0][:2]


@given(st.text(alphabet="ab .\n", max_size=120), st.data())
def test_the_window_holds_the_core(text: str, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 60))
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, min(len(text), low + size)))
    start, end = place_window(text, (low, high), size)
    assert 0 <= start <= low
    assert high <= end <= min(len(text), start + size)


def _spans(text: str, *words: str) -> list[Occurrence]:
    return sorted(
        (place, place + len(word), number)
        for number, word in enumerate(words)
        for place in range(len(text))
        if text.startswith(word, place)
    )


@given(st.text(alphabet="ab .\n", max_size=150), st.integers(1, 40), st.integers(1, 5))
def test_windows_lie_apart_and_each_shows_something(text: str, size: int, most: int) -> None:
    occurrences = _spans(text, "ab", "a.b", "bb", "b a", "b\nb")
    found = list(windows(text, occurrences, TARGETS, size, most)) if occurrences else []
    assert len(found) <= most
    assert bool(found) == bool(occurrences)
    for (_, end), (start, _) in pairwise(sorted(found)):
        assert end <= start
    for start, end in found:
        assert end - start <= size
        assert any(start <= low < end for low, _, _ in occurrences)


def test_a_window_prefers_what_no_other_shows() -> None:
    text = "alpha " * 20 + "-" * 30 + "alpha beta" + "-" * 30 + "gamma"
    occurrences = _spans(text, "alpha", "beta", "gamma")
    targets = [Target(WORD), Target(WORD), Target(WORD)]
    found = [text[start:end] for start, end in windows(text, occurrences, targets, 20, 3)]
    assert "alpha beta" in found[0]
    assert "gamma" in found[1]
    assert found[2].startswith("alpha alpha")
