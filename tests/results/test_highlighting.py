"""Renderings: readable, marked, and harmless wherever they go."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given

from searchkit.results.highlighting import ANSI, HTML, MARKDOWN, PLAIN, Style, render
from tests.analysis.strategies import any_text, words_text


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (PLAIN, "the hostage crisis"),
        (ANSI, "the \x1b[1mhostage crisis\x1b[0m"),
        (HTML, "the <mark>hostage crisis</mark>"),
        (MARKDOWN, "the **hostage crisis**"),
    ],
)
def test_highlights_are_marked_and_white_space_collapses(style: Style, expected: str) -> None:
    assert render("the\n\nhostage \t\u00a0crisis", [(5, 22)], style) == expected


def test_html_is_escaped() -> None:
    text = "<script>alert('x')</script> & \"y\""
    assert render(text, [(8, 13)], HTML) == (
        "&lt;script&gt;<mark>alert</mark>(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;y&quot;"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* _b_ `c` [d](e)", r"\*a\* \_b\_ \`c\` \[d\](e)"),
        ("# a", r"\# a"),
        ("- a -b c-d + e", r"\- a \-b c-d \+ e"),
        ("1. a 2) b 3.5", r"1\. a 2\) b 3.5"),
        ("<b> & | ~ \\", r"\<b\> \& \| \~ \\"),
    ],
)
def test_markdown_is_escaped(text: str, expected: str) -> None:
    assert render(text, [], MARKDOWN) == expected


def test_nothing_reaches_a_terminal_that_could_steer_it() -> None:
    text = "a\x1b[31mred\x07\x00\x9b2J\x7f \u202egnp.exe\u2066 \ud800b\r\nc"
    assert render(text, [], PLAIN) == "a[31mred2J gnp.exe bc".replace("bc", "b c")


@given(any_text | words_text)
def test_any_text_renders_safely(text: str) -> None:
    half = len(text) // 2
    for style in (PLAIN, ANSI, HTML, MARKDOWN):
        shown = render(text, [(half, len(text))] if half < len(text) else [], style)
        bare = shown.replace(style.before, "").replace(style.after, "") if style.before else shown
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", bare)
        shown.encode()
    page = render(text, [], HTML)
    assert not re.search("[<>\"']", page)
    assert html.unescape(page) == html.unescape(html.escape(render(text, [], PLAIN)))
