"""`searchkit eval`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]
SEIZED = "https://wire.example.org/seized"


@pytest.fixture(autouse=True)
def files(built: Path) -> None:
    """Three topics, of which one has no relevant article."""
    Path("queries.tsv").write_text("1\tembassy walls\n2\tmoon\n3\toil\n", encoding="utf-8")
    Path("qrels").write_text(f"1 0 {SEIZED} 1\n2 0 news/eclipse.txt 2\n3 0 {SEIZED} 0\n", encoding="utf-8")
    Path("other.run").write_text(f"1 Q0 x 1 2.0 other\n1 Q0 {SEIZED} 2 1.0 other\n", encoding="utf-8")


def test_an_index_is_measured(run: Run) -> None:
    ran = run("eval", "--queries", "queries.tsv", "--qrels", "qrels", "--run", "mine.run")
    assert (ran.code, ran.err) == (0, "")
    lines = [line.split() for line in ran.out.splitlines()]
    assert lines[0] == ["nDCG@10", "MAP", "recall@100", "MRR", "queries"]
    assert lines[1][0] == "index"
    assert lines[1][-1] == "2"
    topics = [line.split() for line in Path("mine.run").read_text().splitlines()]
    assert ["2", "Q0", "news/eclipse.txt", "1"] in [topic[:4] for topic in topics]
    assert {topic[5] for topic in topics} == {"searchkit"}


def test_runs_are_compared_with_it(run: Run) -> None:
    ran = run("eval", "--queries", "queries.tsv", "--qrels", "qrels", "other.run", "--all", "--topics")
    lines = [line.split() for line in ran.out.splitlines()]
    assert [line[0] for line in lines[1:6]] == ["index", "other.run", "difference", "better", "p"]
    assert lines[1] == ["index", "1.0000", "1.0000", "1.0000", "1.0000", "2"]
    assert lines[2] == ["other.run", "0.3155", "0.2500", "0.5000", "0.2500", "2"]
    assert lines[3] == ["difference", "-0.6845", "-0.7500", "-0.5000", "-0.7500"]
    assert lines[4][1:4] == ["0", "of", "2"]
    assert lines[5] == ["p", "0.5000", "0.5000", "1.0000", "0.5000"]
    assert lines[6:] == [["1", "1.0000", "0.6309"], ["2", "1.0000", "0.0000"]]


def test_runs_alone_need_no_index(run: Run) -> None:
    ran = run("eval", "--qrels", "qrels", "other.run", "other.run", "--json", "--topics", "-i", "nowhere")
    found = json.loads(ran.out)
    assert (found["version"], found["topics"]) == (1, 2)
    assert [entry["name"] for entry in found["runs"]] == ["other.run", "other.run"]
    assert found["runs"][0]["means"]["MRR"] == 0.25
    assert found["runs"][1]["by_topic"]["MRR"] == {"1": 0.5, "2": 0.0}
    assert found["runs"][1]["compared"]["MAP"] == {"difference": 0.0, "wins": 0, "losses": 0, "p": 1.0}


def test_what_is_missing_is_told(run: Run) -> None:
    assert run("eval", "--qrels", "qrels").code == 2
    assert run("eval", "--qrels", "qrels", "other.run", "--run", "x").code == 2
    ran = run("eval", "--qrels", "other.run", "--queries", "queries.tsv")
    assert (ran.code, ran.err) == (
        2,
        "searchkit: other.run:1: a judgment has a topic, a document and a grade\n",
    )
    Path("none").write_text("3 0 x 0\n")
    ran = run("eval", "--qrels", "none", "--queries", "queries.tsv")
    assert (ran.code, ran.err) == (1, "searchkit: no query has a relevant article in the judgments\n")
