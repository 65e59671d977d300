"""Ranks of strings, made in steps, against sorting them at once."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from searchkit.search.sorting.ranking import Ranked, steps


def ranked(strings: list[str | None]) -> Ranked:
    *before, found = steps(strings)
    assert found is not None
    assert set(before) <= {None}
    return found


def naive(strings: list[str | None]) -> list[int]:
    distinct = sorted({string for string in strings if string is not None})
    return [len(distinct) if string is None else distinct.index(string) for string in strings]


@given(st.lists(st.none() | st.text(max_size=3)))
def test_ranks_are_places_among_the_distinct(strings: list[str | None]) -> None:
    numbers, order = ranked(strings)
    assert list(numbers) == naive(strings)
    assert [strings[document] for document in order] == sorted({one for one in strings if one is not None})


def test_many_strings_in_many_buckets() -> None:
    random = Random(5)
    strings = [
        random.choice([None, "same", f"{random.random():.6f}", "é" * random.randrange(9)]) for _ in range(60_000)
    ]
    numbers, order = ranked(strings)
    distinct = sorted({string for string in strings if string is not None})
    assert len(distinct) > 3 * 4096  # so that there are pivots
    assert [strings[document] for document in order] == distinct
    places = {string: place for place, string in enumerate(distinct)}
    assert list(numbers) == [len(distinct) if string is None else places[string] for string in strings]
    assert sum(1 for _ in steps(strings)) > 40
