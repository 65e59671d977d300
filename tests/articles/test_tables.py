from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.articles import Article, read
from searchkit.articles.tables import read_csv, read_tsv
from searchkit.errors import DocumentError
from tests.articles.support import read_as, refusal

CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.sampled_from([",", "\t", ";"]))
def test_rows_come_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("Title", "The Body"), *rows])
    reader = read_tsv if delimiter == "\t" else read_csv
    articles = list(reader(io.BytesIO(text.getvalue().encode()), "a", "utf-8"))
    assert [article.fields for article in articles if isinstance(article, Article)] == [
        {"title": title, "the_body": body} for title, body in rows
    ]


def test_rows_know_their_lines(tmp_path: Path) -> None:
    articles = read_as(tmp_path, "a.csv", '\ufeffid,body\r\n1,"two\r\nlines"\r\n\r\n2,\r\n')
    assert [article.line for article in articles] == [2, 5]
    assert [article.number for article in articles if isinstance(article, Article)] == [1, 2]
    assert [article.fields for article in articles if isinstance(article, Article)] == [
        {"id": "1", "body": "two\r\nlines"},
        {"id": "2"},
    ]


def test_semicolons_part_authors_and_tags(tmp_path: Path) -> None:
    (article,) = read_as(tmp_path, "a.tsv", "author\ttags\tbody\nAnn; Bob\tx\ta;b\n")
    assert isinstance(article, Article)
    assert article.fields == {"author": ["Ann", " Bob"], "tags": "x", "body": "a;b"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1,2,3", "3 columns where the header has 2"),
        (b"1", "1 column where the header has 2"),
        (b'"a"b,c', "not CSV"),
        (b"1,caf\xe9", "not UTF-8: byte 0xe9 at offset 17"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_on(tmp_path: Path, row: bytes, reason: str) -> None:
    first, bad, last = read_as(tmp_path, "a.csv", b"id,body\n1,a\n" + row + b"\n2,b\n")
    assert isinstance(first, Article)
    assert isinstance(bad, DocumentError)
    assert isinstance(last, Article)
    assert reason in bad.reason
    assert bad.line == 3
    assert (last.fields, last.line, last.number) == ({"id": "2", "body": "b"}, 4, 3)


def test_an_open_quote_at_the_end_is_named(tmp_path: Path) -> None:
    first, bad = read_as(tmp_path, "a.csv", 'id\n1\n"2\n3\n')
    assert isinstance(first, Article)
    assert isinstance(bad, DocumentError)
    assert (bad.line, bad.reason) == (3, "not CSV: unexpected end of data")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "header: the file is empty"),
        (b"\n1,2", "header: the file is empty"),
        (b"id,,body\n", "header: column 2 has no name"),
        (b"id,ID\n", "header: two columns are named 'id'"),
        (b'"id"x\n', "header: "),
        (b"caf\xe9\n1", "not UTF-8"),
    ],
)
def test_a_bad_header_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    error = refusal(tmp_path, "a.csv", content)
    assert reason in error.reason
    assert error.line == 1


def test_cells_may_be_as_long_as_articles(tmp_path: Path) -> None:
    csv.field_size_limit(131_072)
    (article,) = read_as(tmp_path, "a.csv", f"body\n{'x' * 200_000}\n")
    assert isinstance(article, Article)
    assert len(article.fields["body"]) == 200_000


class Endless(io.RawIOBase):
    """A file without an end; reading it whole would never return."""

    def __init__(self, start: bytes, line: bytes) -> None:
        self._next: Iterator[bytes] = iter([start])
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = next(self._next, self._line)
        buffer[: len(data)] = data
        return len(data)


def test_tables_are_read_lazily() -> None:
    stream = io.BufferedReader(Endless(b"id,body\n", b"1,text\n"))
    articles = list(islice(read_csv(stream, "a", "utf-8"), 1_000))
    assert articles[-1].line == 1_001


def test_line_ends_of_old_macintoshes_are_told(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes(b"id,title\r1,one\r2,two\r")
    (error,) = read([tmp_path / "old.csv"])
    assert isinstance(error, DocumentError)
    assert (error.line, error.reason.split(";")[0]) == (1, "header: a line ends in a carriage return alone")
