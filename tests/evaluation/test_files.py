"""Topics, judgments and runs in all their formats, and what is wrong with files."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import EvaluationError
from searchkit.evaluation import read_judgments, read_run, read_topics, run_topics, write_run

TREC_TOPICS = """\
<top>
<num> Number: 301
<title> International Organized Crime

<desc> Description:
Identify organizations that
participate.

<narr> Narrative:
A relevant document …
</top>

<top>
<num> Number: 302 </num>
<title> Poliomyelitis and Post-Polio </title>
<desc> Is it under control?
</top>
"""


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        "1 0 a 2\n1 0 b 0\n\n2 Q0 c -1\n",
        "1\ta\t2\r\n1\tb\t0\r\n2\tc\t-1\r\n",
        "query-id\tcorpus-id\tscore\n1\ta\t2\n1\tb\t0\n2\tc\t-1\n",
        "1  a  2.0\n1 b 0\n2 c -1",
    ],
)
def test_judgments(tmp_path: Path, content: str) -> None:
    assert read_judgments(written(tmp_path, content)) == {"1": {"a": 2, "b": 0}, "2": {"c": -1}}


def test_ids_with_blanks_are_possible_between_tabs(tmp_path: Path) -> None:
    assert read_judgments(written(tmp_path, "1\ta b\t1\n")) == {"1": {"a b": 1}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("1 0 a 1\n1 0 b 1\n1 2\n", "file:3: a judgment has a topic, a document and a grade"),
        ("1 0 a 1\n1 0 b x\n", "file:2: 'x' is no grade: a whole number is needed"),
        ("1 0 a 1\n1 0 b 0.5\n", "file:2: '0.5' is no grade: a whole number is needed"),
    ],
)
def test_judgments_that_are_none(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        read_judgments(written(tmp_path, content))
    assert str(caught.value).endswith(message)


def test_topics_a_line_each(tmp_path: Path) -> None:
    assert read_topics(written(tmp_path, "1\twhat is oil ?\n\n 2 \tcafé\tnoir\n")) == {
        "1": "what is oil ?",
        "2": "café\tnoir",
    }
    assert read_topics(written(tmp_path, b"1\tcaf\xe9\n")) == {"1": "café"}


def test_topics_of_trec(tmp_path: Path) -> None:
    path = written(tmp_path, TREC_TOPICS)
    assert read_topics(path) == {"301": "International Organized Crime", "302": "Poliomyelitis and Post-Polio"}
    assert read_topics(path, "desc") == {
        "301": "Identify organizations that participate.",
        "302": "Is it under control?",
    }
    with pytest.raises(EvaluationError, match=":13: topic 302 has no <narr>"):
        read_topics(path, "narr")
    with pytest.raises(ValueError, match="field is one of title, desc, narr"):
        read_topics(path, "body")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("1\toil\n1\tgas\n", ":2: topic '1' comes twice"),
        ("1 oil\n", ":1: a topic is an id, a tab and a query"),
        ("<top>\n<title> oil\n</top>", ":1: a topic without a <num>"),
    ],
)
def test_topics_that_are_none(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        read_topics(written(tmp_path, content))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="nowhere"):
        read_topics(tmp_path / "nowhere")


def test_runs_there_and_back(tmp_path: Path) -> None:
    run = {"1": [("b", 2.5), ("a", 2.5), ("c d", 0.125)], "2": [("a", 1.0)]}
    path = tmp_path / "run"
    write_run(run, path, tag="mine")
    assert path.read_text().splitlines()[0] == "1 Q0 b 1 2.500000 mine"
    assert read_run(path) == {"1": [("b", 2.5), ("a", 2.5), ("c_d", 0.125)], "2": [("a", 1.0)]}


def test_runs_are_read_in_the_order_of_ranks(tmp_path: Path) -> None:
    assert read_run(written(tmp_path, "1 Q0 b 2 9 x\n1 Q0 a 1 3 x\n")) == {"1": [("a", 3.0), ("b", 9.0)]}


@pytest.mark.parametrize("content", ["1 Q0 b 2 9\n", "1 Q0 b x 9 tag\n"])
def test_runs_that_are_none(tmp_path: Path, content: str) -> None:
    with pytest.raises(EvaluationError, match=":1: "):
        read_run(written(tmp_path, content))


def test_topics_are_searched_for_any_of_their_words(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index") as index:
        index.add(
            [{"id": "a", "body": "oil crisis"}, {"id": "b", "body": "the price of oil"}, {"id": "c", "body": "x"}]
        )
        run = run_topics(index, {"1": "crisis oil", "2": "moon"})
        assert {topic: [id for id, _ in found] for topic, found in run.items()} == {"1": ["a", "b"], "2": []}
        assert [id for id, _ in run_topics(index, {"1": "crisis oil"}, match="all")["1"]] == ["a"]
        assert len(run_topics(index, {"1": "crisis oil"}, depth=1)["1"]) == 1
