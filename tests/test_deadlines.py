"""Deadlines, by a clock that only goes on when told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from searchkit import SearchTimeout, deadlines
from searchkit.deadlines import check, left, watched, within


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> int:
        return int(self.seconds * 1e9)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(deadlines, "monotonic_ns", clock)
    yield clock
    assert left() == 0


def test_there_is_none_unless_asked_for(clock: Clock) -> None:
    with within(None):
        clock.seconds += 1e6
        check()
        assert left() == 0
        items = range(3)
        assert watched(items) is items


def test_a_deadline_passes(clock: Clock) -> None:
    with within(0.5):
        check()
        assert left() == 500_000_000
        clock.seconds += 0.5
        assert left() == 1
        with pytest.raises(SearchTimeout, match=r"not done within 0\.5 s") as caught:
            check()
        assert caught.value.timeout == 0.5
    check()


def test_the_earlier_of_two_holds(clock: Clock) -> None:
    with within(1.0), within(2.0), within(None):
        assert left() == 1_000_000_000
    with within(2):
        with within(1.0):
            assert left() == 1_000_000_000
        assert left() == 2_000_000_000


def test_items_are_watched(clock: Clock) -> None:
    seen = []

    def take() -> None:
        for number in watched(range(10_000)):
            seen.append(number)
            clock.seconds += 0.001

    with within(1.0), pytest.raises(SearchTimeout):
        take()
    assert 1_000 <= len(seen) <= 1_300
    assert seen == list(range(len(seen)))


@pytest.mark.parametrize(("timeout", "error"), [(-1, ValueError), (float("nan"), ValueError), ("1", TypeError)])
def test_what_is_no_number_of_seconds(timeout: float, error: type[Exception]) -> None:
    with pytest.raises(error, match="timeout is"):
        within(timeout)


def test_any_number_of_seconds_will_do() -> None:
    with within(float("inf")):
        check()
