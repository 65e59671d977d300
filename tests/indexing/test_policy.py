"""How often documents are copied by merges, and how many segments are left."""

from __future__ import annotations

import math

import pytest

from searchkit.indexing.policy import MERGED_AT_ONCE, choose_merges


@pytest.mark.parametrize("size", [1, 7, 100, 2500])
def test_a_document_is_copied_about_once_a_tier(size: int) -> None:
    segments: list[int] = []
    commits = 3000
    copied = 0
    for _ in range(commits):
        segments.append(size)
        for group in choose_merges([(one, one) for one in segments]):
            merged = [segments[number] for number in group]
            copied += sum(merged)
            segments = [one for number, one in enumerate(segments) if number not in group] + [sum(merged)]
        assert len(segments) <= (MERGED_AT_ONCE - 1) * (1 + math.ceil(math.log10(max(10, sum(segments) / 10))))
    assert sum(segments) == commits * size
    in_the_lowest = max(0, 100 / size / (MERGED_AT_ONCE - 1) / 2)
    assert copied / (commits * size) <= in_the_lowest + math.log10(commits)


def test_what_is_deleted_by_a_third_is_written_anew() -> None:
    assert choose_merges([(67, 100), (66, 100), (5, 5)]) == [[1]]
    assert choose_merges([(0, 5), (5, 5)]) == [[0]]


def test_ten_of_a_tier_become_one() -> None:
    assert choose_merges([(100, 100)] * 9 + [(99, 99)] * 9) == []
    assert choose_merges([(100, 100)] * 9 + [(99, 99)] * 9 + [(999, 999)]) == [[*range(9), 18]]
