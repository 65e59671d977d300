"""Threads beside the caller's: order, results, failures, and that they end."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from searchkit.background import Workers

COUNTS = pytest.mark.parametrize("count", [None, 1, 2, 5])


def fail(number: int) -> int:
    if number == 7:
        raise ZeroDivisionError
    return number


@COUNTS
def test_results_are_those_of_the_functions(count: int | None) -> None:
    workers = Workers(count)
    begun: list[int] = []

    def begin(number: int) -> int:
        begun.append(number)
        return -number

    waits = [workers.start(partial(begin, number)) for number in range(9)]
    assert [wait() for wait in waits] == [-number for number in range(9)]
    assert sorted(begun) == list(range(9))
    workers.close()


@COUNTS
@pytest.mark.parametrize("items", [0, 1, 2, 100])
def test_shared_work_keeps_its_order(count: int | None, items: int) -> None:
    workers = Workers(count)
    assert workers.share(str, range(items)) == [str(number) for number in range(items)]
    workers.close()


@COUNTS
def test_what_fails_fails_where_it_is_waited_for_each_time(count: int | None) -> None:
    workers = Workers(count)
    wait = workers.start(lambda: fail(7))
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            wait()
    with pytest.raises(ZeroDivisionError):
        workers.share(fail, range(20))
    assert workers.share(fail, [1, 2]) == [1, 2]
    workers.close()


def test_one_worker_is_the_caller() -> None:
    workers = Workers(1)
    assert workers.start(threading.current_thread)() is threading.current_thread()
    assert set(workers.share(lambda _: threading.current_thread(), range(9))) == {threading.current_thread()}


def test_closing_ends_the_threads() -> None:
    workers = Workers(3)
    started = workers.start(threading.current_thread)()
    assert started.is_alive()
    assert started is not threading.current_thread()
    workers.close()
    assert not started.is_alive()
