"""What is made in steps is made once, however many searches run out of time meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

import pytest

import searchkit
from searchkit import Index, SearchTimeout
from searchkit.deadlines import within
from searchkit.kernels import COMPILED
from searchkit.search.sorting.resumable import Resumable


def test_it_goes_on_where_time_ran_out() -> None:
    begun = []

    def make() -> Iterator[str | None]:
        begun.append(1)
        for _ in range(3):
            yield None
        yield "made"

    making = Resumable(make)
    for _ in range(3):
        with within(0), pytest.raises(SearchTimeout):
            making.finish()
    with within(0):
        assert making.finish() == "made"
        assert making.finish() == "made"
    assert begun == [1]


def test_what_fails_is_begun_again() -> None:
    failing = [True]

    def make() -> Iterator[str | None]:
        yield None
        if failing:
            raise OSError("the disk is gone")
        yield "made"

    making = Resumable(make)
    for _ in range(2):
        with pytest.raises(OSError, match="gone"):
            making.finish()
    failing.clear()
    assert making.finish() == "made"


def test_who_waits_for_another_thread_looks_at_the_clock() -> None:
    started, let = Event(), Event()

    def make() -> Iterator[str | None]:
        started.set()
        let.wait()
        yield "made"

    making = Resumable(make)
    thread = Thread(target=making.finish)
    thread.start()
    started.wait()
    with within(0.01), pytest.raises(SearchTimeout):
        making.finish()
    let.set()
    thread.join()
    assert making.finish() == "made"


def test_searches_that_are_late_sort_in_the_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    count = 9_001 if COMPILED else 301

    def made() -> Index:
        index = searchkit.open(tmp_path_factory.mktemp("late") / "index")
        index.add({"id": str(number), "title": f"walrus {number * 7919 % count}"} for number in range(count))
        return index

    with made() as index, made() as other:
        for _ in range(10):
            with suppress(SearchTimeout):
                index.search("walrus", sort="title", timeout=0.001)
        found = index.search("walrus", sort="title")
        assert [hit.id for hit in found] == [hit.id for hit in other.search("walrus", sort="title")]
