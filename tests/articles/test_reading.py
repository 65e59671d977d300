from __future__ import annotations

import builtins
import gzip
import io
import json
import lzma
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from searchkit.articles import Article, list_files, read, read_file
from searchkit.articles.compression import damage
from searchkit.errors import ArticleError, DocumentError

RECORDS = [{"id": number, "body": f"text {number} " * 50} for number in range(2_000)]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS).encode()


def zstd_compress(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    compressed: bytes = zstd.compress(data)
    return compressed


COMPRESSIONS: list[tuple[str, Any]] = [(".gz", gzip.compress), (".xz", lzma.compress), (".zst", zstd_compress)]


@pytest.mark.parametrize(("suffix", "compress"), COMPRESSIONS)
def test_compressed_files_are_read(tmp_path: Path, suffix: str, compress: Any) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(compress(LINES))
    assert [article.fields for article in read_file(path) if isinstance(article, Article)] == RECORDS


@pytest.mark.parametrize(("suffix", "compress"), COMPRESSIONS)
@pytest.mark.parametrize("keep", [0.0, 0.3, 0.99])
def test_truncated_files_are_named(tmp_path: Path, suffix: str, compress: Any, keep: float) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    data = compress(LINES)
    path.write_bytes(data[: max(6, int(len(data) * keep))])
    *articles, error = read_file(path)
    assert isinstance(error, DocumentError)
    assert "data is truncated" in error.reason
    assert error.source == str(path)
    good = [article.fields for article in articles if isinstance(article, Article)]
    assert good == RECORDS[: len(good)]


@pytest.mark.parametrize(("suffix", "compress"), COMPRESSIONS)
def test_damaged_files_are_named(tmp_path: Path, suffix: str, compress: Any) -> None:
    path = tmp_path / f"a.md{suffix}"
    whole = bytearray(compress(LINES))
    for place in (0, len(whole) // 2):
        broken = whole.copy()
        broken[place : place + 8] = bytes(255 - byte for byte in broken[place : place + 8])
        path.write_bytes(broken)
        (error,) = read_file(path)
        assert isinstance(error, DocumentError)
        assert "is damaged" in error.reason or "is truncated" in error.reason


def test_an_error_of_the_program_is_not_taken_for_damage() -> None:
    assert damage(ZeroDivisionError(), None) is None


def test_such_an_error_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("# T")
    monkeypatch.setattr("searchkit.articles.text_file.lines_of", lambda text: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        list(read_file(tmp_path / "a.md"))


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# T")
    (file,) = list_files([path])
    path.unlink()
    (error,) = read_file(file)
    assert isinstance(error, DocumentError)
    assert error.reason == "cannot be read: No such file or directory"


def test_zstd_without_its_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md.zst"
    path.write_bytes(b"x")
    found = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name in ("backports", "compression"):
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    (error,) = read_file(path)
    assert "needs the package backports.zstd" in str(error)


def test_what_is_wrong_with_the_call_is_raised_at_once(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="No such file"):
        read_file(tmp_path / "a.md")
    with pytest.raises(ArticleError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(ArticleError, match="null"):
        read_file("a\0b")
    with pytest.raises(ArticleError, match="unknown encoding 'utf-99'"):
        read([tmp_path], encoding="utf-99")
    with pytest.raises(ArticleError, match="unknown encoding 'rot13'"):
        read([tmp_path], encoding="rot13")


def test_many_sources_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# B")
    (tmp_path / "a.md").write_text("# A")
    (tmp_path / "c.csv").write_text("title\nC\nD\n")
    titles = [article.fields["title"] for article in read([tmp_path]) if isinstance(article, Article)]
    assert titles == ["A", "B", "C", "D"]
    assert len(list(read(tmp_path, exclude=["*.csv"]))) == 2


class StandardInput:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BufferedReader(io.BytesIO(data))


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (b'\xef\xbb\xbf \n{"id": 1}\n{"id": 2}\n', [{"id": 1}, {"id": 2}]),
        (b'[{"id": 1}, {"id": 2}]', [{"id": 1}, {"id": 2}]),
        (b"# T\n\nbody", [{"title": "T", "body": "body"}]),
        (b"---\nid: x\n---\nbody", [{"id": "x", "body": "body"}]),
        (b"plain\ntext", [{"title": "plain", "body": "text"}]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, fields: list[dict[str, Any]]) -> None:
    given = StandardInput(data)
    monkeypatch.setattr(sys, "stdin", given)
    articles = list(read(["-"]))
    assert [article.fields for article in articles if isinstance(article, Article)] == fields
    assert all(article.path == "-" for article in articles if isinstance(article, Article))
    assert not given.buffer.closed


def test_lines_are_read_lazily(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINES)[:-20_0])
    assert len(list(islice(read_file(path), 10))) == 10


def test_a_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    (error,) = read(["-"])
    assert isinstance(error, DocumentError)
    assert (error.source, error.reason) == ("-", "standard input is closed")
