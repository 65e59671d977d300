"""Factors by dates and numbers; that they multiply all scores exactly is what the comparison with the oracle checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import ARTICLE, Date, Index, Number, PageTokenError, QueryError, Ranking, Recency, Saturation
from searchkit.kernels import COMPILED

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


def test_pages_keep_the_time_of_the_first(tmp_path: Path) -> None:
    """What is new loses its advantage from one page to the next; the pages of one answer fit together nevertheless."""
    clock = [NOW]
    with searchkit.open(tmp_path / "index", schema=SCHEMA, now=lambda: clock[0]) as index:
        index.add(
            {"id": str(days), "body": "oil " * (1 + days % 7), "date": NOW - timedelta(days=days)} for days in range(60)
        )
        whole = index.search("oil", limit=60, recency="10d")
        paged: list[tuple[str, float]] = []
        token = None
        while token is not None or not paged:
            page = index.search("oil", limit=7, recency="10d", after=token)
            paged += [(hit.id, hit.score) for hit in page]
            clock[0] += timedelta(days=3)
            token = page.next_page
        assert paged == [(hit.id, hit.score) for hit in whole]
        assert [hit.id for hit in index.search("oil", limit=60, recency="10d")] != [id for id, _ in paged]
        with pytest.raises(PageTokenError):
            index.search("oil", after=whole.next_page or "x", recency="11d")


def test_the_best_by_factors_of_each_value(index: Index) -> None:
    index.add(
        [
            {"id": f"{name}{days}", "body": "gas", "source": name, "date": NOW - timedelta(days=days)}
            for name in "ab"
            for days in (90, 3, 400)
        ]
    )
    hits = index.search("gas", collapse="source", recency="30d")
    assert [(hit.id, hit.group_size) for hit in hits] == [("b3", 3), ("a3", 3)]  # type: ignore[attr-defined]
    assert {hit.score for hit in hits} == {hit.score for hit in index.search("gas", limit=2, recency="30d")}
    assert hits[0].explain().score == hits[0].score


def test_ranges_are_skipped_only_where_nothing_is_lost(index: Index) -> None:
    """The same documents, the best of many ranges, whether ranges are skipped or all are scored."""
    words = ["oil", "gas", "coal", "wind"]
    index.add(
        {
            "id": f"n{n}",
            "body": " ".join(words[: 1 + n * 7 % 4]) + " filler" * (n * 13 % 50),
            "reads": n * 31 % 97,
            "date": NOW - timedelta(hours=n * 7919 % 90_000),
            "changed": NOW - timedelta(hours=n * 104_729 % 50_000),
        }
        for n in range(40_000 if COMPILED else 5_000)
    )
    for factors in (
        (Recency("1y", 0.0),),
        (Recency("20d", 0.7, "changed"),),
        (Saturation("reads", 20.0, 0.1), Recency("90d", 0.3)),
    ):
        ranking = Ranking(factors=factors)
        for query in ("oil", "coal wind", '"oil gas"', "oil -wind"):
            best = index.search(query, match="any", limit=20, ranking=ranking)
            by_scores = index.search(query, match="any", limit=20, ranking=ranking, sort=["-score", "-date"])
            assert [(hit.id, hit.score) for hit in best] == [(hit.id, hit.score) for hit in by_scores]
