from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.articles.plain_text import parse_plain_text
from tests.articles.support import fields_of, read_as, refusal


def test_front_matter(tmp_path: Path) -> None:
    header = "---\nTitle: 'A: b'\npublished-at: 2019-11-03\ntags: [a, b]\ndate: 2019\nviews: 5\n---\n"
    text = header + "\nThe body.\n---\nmore\n"
    assert fields_of(tmp_path, "a.md", text) == {
        "title": "A: b",
        "published_at": "2019-11-03",
        "tags": ["a", "b"],
        "date": "2019",
        "views": 5,
        "body": "The body.\n---\nmore",
    }


def test_the_heading_is_the_title_where_front_matter_has_none(tmp_path: Path) -> None:
    assert fields_of(tmp_path, "a.md", "\n---\nid: x\n...\n\n# Head \nText.") == {
        "id": "x",
        "title": "Head",
        "body": "Text.",
    }
    assert fields_of(tmp_path, "a.md", "---\ntitle: x\n---\n# Head")["body"] == "# Head"


def test_front_matter_may_be_empty_or_all_there_is(tmp_path: Path) -> None:
    assert fields_of(tmp_path, "a.md", "---\n---\nText.") == {"body": "Text."}
    assert fields_of(tmp_path, "a.md", "---\ntitle: x\nbody: y\n---\n") == {"title": "x", "body": "y"}


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("---\ntitle: x\nText.", "not closed", 1),
        ("---\ntitle: [x\n---\nText.", "not YAML", 3),
        ("---\na: 1\nb: 2\na: 3\n---\n", "the key 'a' occurs twice", 2),
        ("---\n- a\n- b\n---\n", "is a mapping", 2),
        ("---\njust text\n---\n", "is a mapping", 2),
        ("---\nbody: x\n---\ny", "text follows it", 1),
        ("---\na: !!python/name:os.system\n---\ny", "could not determine a constructor", 2),
        ("---\na: \x07\n---\ny", "not YAML: special characters are not allowed", 2),
    ],
)
def test_bad_front_matter_is_named(tmp_path: Path, text: str, reason: str, line: int) -> None:
    error = refusal(tmp_path, "a.md", text)
    assert reason in error.reason.replace("control characters", "special characters")
    assert error.line == line


@pytest.mark.parametrize(
    ("name", "text", "fields"),
    [
        ("a.txt", "\nA title\n\nBody\n text\n", {"title": "A title", "body": "Body\n text"}),
        ("a.txt", "Only this", {"title": "Only this"}),
        ("my.notes.txt", "x" * 121 + "\nmore", {"title": "my.notes", "body": "x" * 121 + "\nmore"}),
        ("LICENSE", "x" * 121, {"title": "LICENSE", "body": "x" * 121}),
        ("a.md", "#hashtag\nText", {"title": "#hashtag", "body": "Text"}),
        ("a.txt", "-----\nText", {"title": "-----", "body": "Text"}),
    ],
)
def test_plain_text(tmp_path: Path, name: str, text: str, fields: dict[str, str]) -> None:
    assert fields_of(tmp_path, name, text) == fields


def test_the_stem_of_a_compressed_file(tmp_path: Path) -> None:
    assert fields_of(tmp_path, "notes.txt.gz", gzip.compress(b"x" * 200))["title"] == "notes"


@given(st.text(alphabet=st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
@settings(max_examples=50)
def test_plain_text_loses_nothing_but_space(text: str) -> None:
    fields = parse_plain_text(text.split("\n"), "stem.txt")
    if len(fields.get("title", "")) <= 120 and fields.get("title") != "stem":
        assert "".join(text.split()) == "".join("\n".join(fields.values()).split())


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_named(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, "a.md", content).reason == "the file is empty"


def test_the_place_of_an_article(tmp_path: Path) -> None:
    (article,) = read_as(tmp_path, "a.md", "\n\n# T")
    assert (article.path, article.line, article.number) == (str(tmp_path / "a.md"), 3, 1)  # type: ignore[union-attr]


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    error = refusal(tmp_path, "a.md", b"# T\n\ncaf\xe9\n")
    assert error.line == 3
    assert error.reason.startswith("not UTF-8: byte 0xe9 at offset 8 ")
    assert "looks like UTF-16" in refusal(tmp_path, "a.md", "# T".encode("utf-16")).reason


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_declared_encoding_is_taken(tmp_path: Path, encoding: str) -> None:
    assert fields_of(tmp_path, "a.md", "# Café\n\nbody".encode(encoding), encoding)["title"] == "Café"


def test_a_wrongly_declared_encoding_is_named(tmp_path: Path) -> None:
    assert "not UTF-16" in refusal(tmp_path, "a.md", b"# T", "utf-16").reason
