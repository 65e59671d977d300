from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.articles.authors import author_names
from searchkit.articles.names import field_name
from searchkit.articles.origins import origin


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (" **AFP**", ["AFP"]),
        ("**Ann Lee and Bob Roe**", ["Ann Lee", "Bob Roe"]),
        ("**Ann Lee**, **Bob Roe** and **Cy Orr**", ["Ann Lee", "Bob Roe", "Cy Orr"]),
        ("**Ann**, **Bob** and Cy", ["Ann", "Bob", "Cy"]),
        ("**Ernst and Young** __Ann__", ["Ernst and Young", "Ann"]),
        ("**Ann** and Bob", ["Ann", "Bob"]),
        ("Ann, Bob, and Cy", ["Ann", "Bob", "Cy"]),
        ("Ann & Bob", ["Ann", "Bob"]),
        ("Perlis, A. J.; Samelson, K.", ["Perlis, A. J.", "Samelson, K."]),
        ("**Martin King, Jr.**, **Ann**", ["Martin King, Jr.", "Ann"]),
        ("Martin King, Jr. and Ann Roe, PhD", ["Martin King, Jr.", "Ann Roe, PhD"]),
        ("By Ann Lee", ["Ann Lee"]),
        ("by  **Ann Lee**", ["Ann Lee"]),
        ("Byron Sand", ["Byron Sand"]),
        ("[Ann Lee](https://example.org/ann) and _Bob_", ["Ann Lee", "Bob"]),
        ("Ann, Ann", ["Ann"]),
        ("****", []),
        ("", []),
        ("Jr.", ["Jr."]),
    ],
)
def test_author_lines(line: str, names: list[str]) -> None:
    assert author_names(line) == names


@given(st.text(alphabet="*_,;& and[]()Bby", max_size=60))
def test_no_author_line_yields_empty_names(line: str) -> None:
    names = author_names(line)
    assert all(name and name == name.strip() for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[Yahoo](https://a.example/b)", ("Yahoo", "https://a.example/b")),
        ("**[Yahoo](https://a.example/b_(c))**", ("Yahoo", "https://a.example/b_(c)")),
        ('[Yahoo](<https://a.example/b> "A title")', ("Yahoo", "https://a.example/b")),
        ("[https://a.example/b](https://a.example/c)", (None, "https://a.example/c")),
        ("[](https://a.example/b)", (None, "https://a.example/b")),
        ("<https://a.example/b>", (None, "https://a.example/b")),
        ("https://a.example/b", (None, "https://a.example/b")),
        ("Yahoo: https://a.example/b", ("Yahoo", "https://a.example/b")),
        ("**Yahoo**", ("Yahoo", None)),
        ("[Yahoo]()", ("Yahoo", None)),
        ("", (None, None)),
    ],
)
def test_original_lines(line: str, expected: tuple[str | None, str | None]) -> None:
    assert origin(line) == expected


@pytest.mark.parametrize(("heading", "name"), [(" Title ", "title"), ("Published at", "published_at"), ("A-b", "a_b")])
def test_headings_name_fields(heading: str, name: str) -> None:
    assert field_name(heading) == name
