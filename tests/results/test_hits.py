"""Hits as programs keep them."""

from __future__ import annotations

import copy
from pathlib import Path

import searchkit
from searchkit.results.groups import GroupHit


def test_copies_are_hits_of_the_same_document_with_a_score_of_their_own(tmp_path: Path) -> None:
    with searchkit.open(tmp_path) as index:
        index.add([{"id": str(number), "title": "Embassy", "source": "AFP"} for number in range(3)])
        hit, (group,) = index.search("embassy")[0], index.search("embassy", collapse="source")
        again, grouped = copy.copy(hit), copy.copy(group)
        assert isinstance(grouped, GroupHit)
        again.score = 0.0
        assert (again.id, again["title"], hit.score > 0.0) == (hit.id, "Embassy", True)
        assert (grouped.id, grouped.score, grouped.group_size) == (group.id, group.score, 3)
