from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.articles import Article
from searchkit.articles.json_lines import read_json_lines
from searchkit.articles.json_list import read_json
from searchkit.errors import DocumentError
from tests.articles.support import read_as, refusal

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
RECORDS = st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=6)


@given(RECORDS, st.booleans())
def test_json_lines_come_back(records: list[dict[str, Any]], ascii_only: bool) -> None:
    lines = [json.dumps(record, ensure_ascii=ascii_only) for record in records]
    stream = io.BytesIO("\n\n".join(lines).encode("utf-8", "surrogatepass"))
    articles = list(read_json_lines(stream, "a", "utf-8"))
    assert [article.fields for article in articles if isinstance(article, Article)] == records
    assert [article.line for article in articles] == [1 + 2 * index for index in range(len(records))]
    assert [article.number for article in articles if isinstance(article, Article)] == list(range(1, len(records) + 1))


@given(RECORDS, st.sampled_from([None, 2]))
def test_a_json_list_comes_back(records: list[dict[str, Any]], indent: int | None) -> None:
    stream = io.BytesIO(json.dumps(records, indent=indent).encode())
    assert [article.fields for article in read_json(stream, "a", "utf-8") if isinstance(article, Article)] == records


BAD_LINES = [
    (b"{]", "not JSON: expecting property name"),
    (b"[1]", "an object is needed, not list"),
    (b'"x"', "an object is needed, not str"),
    (b'{"a": NaN}', "NaN is not JSON"),
    (b'{"a": -Infinity}', "-Infinity is not JSON"),
    (b'{"a": 1, "b": {"c": 1, "c": 2}}', "the key 'c' occurs twice in one object"),
    (b'{"a": 1} {"b": 2}', "not JSON: extra data at column 10"),
    (b'{"a": "caf\xe9"}', "not UTF-8: byte 0xe9"),
    (b'{"a": ' + b"[" * 200_000, "nested too deeply"),
    (b'{"a": ' + b"9" * 5_000 + b"}", "limit"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES)
def test_a_bad_line_is_named_and_the_others_go_on(tmp_path: Path, line: bytes, reason: str) -> None:
    first, bad, last = read_as(tmp_path, "a.jsonl", b'\xef\xbb\xbf{"id": 1}\r\n' + line + b'\n\n{"id": 2}')
    assert isinstance(first, Article)
    assert isinstance(bad, DocumentError)
    assert isinstance(last, Article)
    assert first.fields == {"id": 1}
    assert reason in bad.reason
    assert (bad.line, bad.source) == (2, str(tmp_path / "a.jsonl"))
    assert (last.fields, last.line, last.number) == ({"id": 2}, 4, 3)


def test_the_offset_of_bad_bytes_counts_from_the_start_of_the_file(tmp_path: Path) -> None:
    _, bad = read_as(tmp_path, "a.ndjson", b'{"id": 1}\n{"a": "\xff"}')
    assert "offset 17" in str(bad)


def test_other_encodings_are_read_line_by_line_too(tmp_path: Path) -> None:
    text = '{"id": "é"}\n{"id": "二\u2028"}'
    for encoding in ("utf-16", "utf-32-le", "utf-16-be"):
        articles = read_as(tmp_path, "a.jsonl", text.encode(encoding), encoding)
        assert [article.fields["id"] for article in articles if isinstance(article, Article)] == ["é", "二\u2028"]
    _, bad = read_as(tmp_path, "a.jsonl", '{"id": 1}\n{'.encode("utf-16") + b"\x00", "utf-16")
    assert isinstance(bad, DocumentError)
    assert (bad.line, bad.reason[:10]) == (2, "not UTF-16")


def test_one_object_is_one_article(tmp_path: Path) -> None:
    (article,) = read_as(tmp_path, "a.json", '\n {"id": 1}\n')
    assert isinstance(article, Article)
    assert (article.fields, article.line) == ({"id": 1}, 2)
    assert read_as(tmp_path, "a.json", " [ ] ") == []


def test_elements_know_their_lines(tmp_path: Path) -> None:
    articles = read_as(tmp_path, "a.json", '[{"id":\n1},\n\n{"id": 2}, 5, {"id": 3}]')
    assert [article.line for article in articles] == [1, 4, 4, 4]
    assert "an object is needed, not int" in str(articles[2])


@pytest.mark.parametrize(
    ("text", "good", "reason", "line"),
    [
        ("", 0, "not JSON: expecting value", 1),
        ('[{"id": 1},\n{"id": 2\n', 1, "not JSON: expecting ',' delimiter", 3),
        ('[{"id": 1}\n{"id": 2}]', 1, "',' or ']' is needed", 2),
        ('[{"id": 1},\n]', 1, "not JSON: expecting value", 2),
        ('{"id": 1}\n{"id": 2}', 1, "there is more after the end (one object a line is JSON Lines", 2),
        ('[{"id": 1}] x', 1, "there is more after the end", 1),
        ('[\n{"a": 1, "a": 2}]', 0, "the key 'a' occurs twice", 2),
        ("[" * 200_000, 0, "nested too deeply", 1),
    ],
)
def test_a_bad_place_ends_a_json_file(tmp_path: Path, text: str, good: int, reason: str, line: int) -> None:
    *articles, error = read_as(tmp_path, "a.json", text)
    assert len(articles) == good
    assert isinstance(error, DocumentError)
    assert reason in error.reason
    assert error.line == line


def test_json_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.json", b'[\n"\xff"]').line == 2


@given(st.binary(max_size=200))
def test_no_bytes_do_worse_than_being_refused(data: bytes) -> None:
    for reader in (read_json, read_json_lines):
        assert all(isinstance(item, Article | DocumentError) for item in reader(io.BytesIO(data), "a", "utf-8"))
