from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.articles import Article, read
from searchkit.articles.article_format import is_article_format, parse_article, without_counter
from searchkit.errors import DocumentError
from searchkit.schema import ARTICLE
from searchkit.schema.coerce import Coercer
from tests.articles.support import fields_of, refusal

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
WHOLE = {
    "title": "Murals: the “new” ones",
    "date": "2019-11-03T11:00:57+00:00",
    "author": ["AFP"],
    "source": "Yahoo",
    "url": "https://news.example.com/a_(b).html",
    "body": "First paragraph.\n\nSecond one.",
}
TITLE = "# Murals: the “new” ones"
DATE = "Published at: **2019-11-03T11:00:57+00:00**"
AUTHOR = "Author: **AFP**"
ORIGINAL = "Original: [Yahoo](https://news.example.com/a_(b).html)"
BODY = "First paragraph.\n\nSecond one."


def parse(*blocks: str) -> dict[str, object]:
    return parse_article("\n\n".join(blocks).split("\n"), "a.md")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\n \n", "\ufeff", "\ufeff\n"])
def test_a_whole_article_is_read(tmp_path: Path, start: str, ending: str) -> None:
    text = start + "\n\n".join([TITLE, DATE, AUTHOR, ORIGINAL, BODY]) + "\n"
    assert fields_of(tmp_path, "a.md", text.replace("\n", ending)) == WHOLE


@given(st.permutations([DATE, AUTHOR, ORIGINAL]), st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_the_lines_come_in_any_order(lines: list[str], between: str) -> None:
    assert parse(TITLE, between.join(lines), BODY) == WHOLE


@given(st.sets(st.sampled_from([DATE, AUTHOR, ORIGINAL, BODY])))
def test_any_of_the_lines_may_be_missing(lines: set[str]) -> None:
    fields = parse(TITLE, *(line for line in (DATE, AUTHOR, ORIGINAL, BODY) if line in lines))
    missing = {DATE: {"date"}, AUTHOR: {"author"}, ORIGINAL: {"source", "url"}, BODY: {"body"}}
    absent = set().union(*(missing[line] for line in missing if line not in lines))
    assert fields == {name: value for name, value in WHOLE.items() if name not in absent}


def test_other_headings_belong_to_the_body() -> None:
    fields = parse("# One", "# Two", DATE, "## Three", AUTHOR, "Text.", "# Four")
    assert fields["title"] == "One"
    assert fields["author"] == ["AFP"]
    assert fields["body"] == "# Two\n\n\n## Three\n\n\nText.\n\n# Four"


def test_a_line_of_a_kind_that_was_there_is_text() -> None:
    fields = parse(TITLE, DATE, "Published at: the end of the week", AUTHOR)
    assert fields["body"] == "Published at: the end of the week\n\nAuthor: **AFP**"
    assert parse(TITLE, ORIGINAL, "Original: [B](b://b)")["body"] == "Original: [B](b://b)"
    assert parse(TITLE, AUTHOR, "Authors: Ann, AFP")["author"] == ["AFP", "Ann"]


def test_lines_after_the_body_began_are_text() -> None:
    assert parse(TITLE, "Text.", AUTHOR) == {"title": WHOLE["title"], "body": "Text.\n\nAuthor: **AFP**"}


def test_a_very_long_line_is_no_header() -> None:
    assert "author" not in parse(TITLE, "Author: " + "x" * 3_000)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# A # b #", "A # b"),
        ("# C#", "C#"),
        ("#  Spaced  ", "Spaced"),
        ('# "Quoted": a title', '"Quoted": a title'),
        ("# #", None),
        ("# ", None),
    ],
)
def test_titles(line: str, title: str | None) -> None:
    assert parse(line).get("title") == title


@pytest.mark.parametrize("value", ["", "****", "** **"])
def test_an_empty_date_is_none(value: str) -> None:
    assert "date" not in parse(TITLE, f"Published at: {value}", AUTHOR)


def test_a_bad_date_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path, "a.md", f"\n{TITLE}\n\n{AUTHOR}\nPublished at: **last Tuesday**\n")
    assert (error.line, error.field) == (5, "date")
    assert "'Published at' is not an ISO 8601 date: 'last Tuesday'" in error.reason


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1 / 2Iran unveiled (AFP Photo)\nTehran", "Iran unveiled (AFP Photo)\nTehran"),
        ("1 / 12“No”", "“No”"),
        ("2 / 2\n\nTehran", "Tehran"),
        ("1 / 2 cup of flour", "1 / 2 cup of flour"),
        ("3 / 4inch", "3 / 4inch"),
        ("5 / 2Five", "5 / 2Five"),
        ("0 / 2Zero", "0 / 2Zero"),
        ("1 / 22019 was", "1 / 22019 was"),
        ("1/2Iran", "1/2Iran"),
        ("At 1 / 2Iran", "At 1 / 2Iran"),
        ("1 / 2", "1 / 2"),
    ],
)
def test_only_a_certain_photo_counter_goes(body: str, expected: str) -> None:
    assert without_counter(body) == expected


@given(st.text(alphabet="#-*_[]()<>:;, aAuthoriginlPs@12/\n“é", max_size=200))
def test_whatever_stands_in_it_is_read_or_refused(text: str) -> None:
    lines = ("# T\n" + text).split("\n")
    try:
        fields = parse_article(lines, "a.md")
    except DocumentError as error:
        place = error.line
    else:
        place = 1
        assert fields["title"] == "T"
        assert all(fields.values())
    assert place in range(1, len(lines) + 1)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="#\r\n", exclude_categories=["Cs"])), min_size=1))
def test_a_body_is_kept_to_the_letter(paragraphs: list[str]) -> None:
    body = "\n".join(["Start.", *paragraphs]).strip()
    assert parse(TITLE, DATE, body)["body"] == body


def test_detection() -> None:
    assert is_article_format("# T")
    assert not is_article_format("#T")
    assert not is_article_format("## T")


def test_the_project_has_articles_of_its_own() -> None:
    coercer = Coercer(ARTICLE)
    articles = list(read([SEEDS]))
    assert all(isinstance(article, Article) for article in articles)
    documents = [coercer.coerce(article) for article in articles]
    assert len({document.id for document in documents}) == len(documents) >= 30
    assert sum(document.date is None for document in documents) == 1
    assert sum("author" not in document.values for document in documents) == 1
    assert any(len(document.values.get("author", ())) == 3 for document in documents)
    assert not any(document.texts[1][:1].isdigit() for document in documents if "url" in document.values)
