"""Factors by dates and numbers; that they multiply all scores exactly is what the comparison with the oracle checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import ARTICLE, Date, Index, Number, QueryError, Ranking, Recency, Saturation

SCHEMA = replace(ARTICLE, fields={**ARTICLE.fields, "reads": Number(), "changed": Date()})
NOW = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Five hundred articles that differ in age and number only, and one that says more, long ago."""
    with searchkit.open(tmp_path / "index", schema=SCHEMA, now=lambda: NOW) as made:
        articles = [
            {"id": str(days), "body": "oil", "date": NOW - timedelta(days=days), "reads": days % 100}
            for days in range(500)
        ]
        made.add([*articles, {"id": "rich", "title": "Oil", "body": "oil oil", "date": "1950"}, {"id": "none"}])
        yield made


def scores(index: Index, **options: Any) -> dict[str, float]:
    return {hit.id: hit.score for hit in index.search("oil", **options)}


def test_recency_halves(index: Index) -> None:
    text, fresh = scores(index, limit=502), scores(index, limit=502, recency="100d")
    for id, part in (("0", 1.0), ("100", 0.75), ("200", 0.625), ("rich", 0.5)):
        assert fresh[id] == pytest.approx(text[id] * part, abs=2e-6)
    assert list(scores(index)) == ["rich", *map(str, range(9))]
    everything = scores(index, limit=502, ranking=Ranking(factors=(Recency(timedelta(days=100)),)))
    assert everything == fresh


def test_pages_fit_together(index: Index) -> None:
    ranking = Ranking(factors=(Saturation("reads", pivot=10, least=0.0),))
    whole = [hit.id for hit in index.search("oil", limit=501, ranking=ranking)]
    assert len(set(whole)) == 501
    assert whole[:2] == ["99", "199"]
    pages = [hit.id for at in range(0, 501, 50) for hit in index.search("oil", limit=50, offset=at, ranking=ranking)]
    assert pages == whole


def test_the_score_is_the_same_in_order_of_dates(index: Index) -> None:
    by_date = scores(index, sort="-date", limit=10, recency="1w")
    assert list(by_date) == list(map(str, range(10)))
    assert by_date == {id: score for id, score in scores(index, limit=600, recency="1w").items() if id in by_date}


def test_another_field(index: Index) -> None:
    index.add([{"id": "0", "body": "oil", "date": NOW, "changed": NOW + timedelta(days=9)}])
    best, *_ = index.search("oil", recency=Recency("12h", least=0.0, field="changed"))
    assert best.id == "0"
    assert [part.what for part in best.explain().parts] == ["word oil", "recency of changed: times 1.0000"]


def test_explained(index: Index) -> None:
    ranking = Ranking(factors=(Saturation("reads", pivot=10),))
    (hit,) = index.search("oil", limit=1, ranking=ranking, recency="1y")
    explained = hit.explain()
    assert explained == index.explain("oil", hit.id, ranking=ranking, recency="1y")
    assert explained.score == hit.score
    assert sum(part.units for part in explained.parts) == explained.units
    assert [part.details["field"] for part in explained.parts[1:]] == ["reads", "date"]
    assert index.explain("oil", "none", recency="1y") is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Recency("soon"), "a half-life is a timedelta, or text such as"),
        (lambda: Recency("0d"), "a half-life is above 0"),
        (lambda: Recency(90), "a half-life is a timedelta"),  # type: ignore[arg-type]
        (lambda: Recency("1d", least=1.5), "least is from 0 to 1"),
        (lambda: Saturation("reads", 0), "a pivot is above 0"),
        (lambda: Saturation("reads", 1, least=-1), "least is from 0 to 1"),
    ],
)
def test_what_makes_no_sense(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_fields_must_fit(index: Index, tmp_path: Path) -> None:
    for factor, message in (
        (Recency("1d", field="reads"), "recency by 'reads', which is no date field"),
        (Saturation("date", 1.0), "a factor by 'date', which is no number field"),
    ):
        with pytest.raises(QueryError, match=message):
            index.search("oil", ranking=Ranking(factors=(factor,)))
    undated = searchkit.Schema({"body": searchkit.Text()})
    with (
        searchkit.open(tmp_path / "undated", schema=undated) as other,
        pytest.raises(QueryError, match="the schema has no primary date"),
    ):
        other.search("oil", recency="1d")
