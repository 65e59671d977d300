"""Finding words and phrases in a text, against a plain search over its tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis import analyzer_for
from searchkit.results.occurrences import find_occurrences
from searchkit.results.targets import Target
from tests.analysis.strategies import any_text, words_text
from tests.results.targets import phrase, word

ENGLISH = analyzer_for("english")


def places(text: str, *targets: Target) -> list[tuple[str, int]]:
    return [(text[start:end], number) for start, end, number in find_occurrences(text, targets, ENGLISH)]


def naive(text: str, targets: tuple[Target, ...]) -> list[tuple[int, int, int]]:
    tokens = ENGLISH.tokens(text)
    found = []
    for number, target in enumerate(targets):
        length = len(target.positions)
        for first in range(len(tokens) - length + 1) if length else ():
            part = tokens[first : first + length]
            if all(token.term in terms for token, terms in zip(part, target.positions, strict=True)):
                found.append((min(token.start for token in part), max(token.end for token in part), number))
    return sorted(found)


def test_words_are_found_by_their_stem() -> None:
    text = "Hostages, a hostage’s HOSTAGE; host"
    assert places(text, word("hostages")) == [("Hostages", 0), ("hostage’s", 0), ("HOSTAGE", 0)]


def test_phrases_are_found_across_punctuation() -> None:
    text = "The hostage-crisis; hostage: CRISES. crisis hostage"
    assert places(text, phrase("hostage crisis")) == [("hostage-crisis", 0)]
    assert places("hostage \n—\n crisis", phrase("hostage crisis")) == [("hostage \n—\n crisis", 0)]


def test_overlapping_occurrences_of_a_phrase_are_all_found() -> None:
    assert places("no no no", phrase("no no")) == [("no no", 0), ("no no", 0)]


def test_several_tokens_of_one_surface() -> None:
    assert places("war—peace—war", word("peace"), phrase("peace war")) == [("peace", 0), ("peace—war", 1)]
    assert places("在大使館前", phrase("大使館")) == [("大使館", 0)]
    assert places("大使館" * 40, phrase("館大使館")) == [("館大使館", 0)] * 39


def test_a_phrase_of_thousands_of_words_in_a_text_that_repeats_them() -> None:
    text = "no " * 20_000
    target = Target((frozenset(["no"]),) * 5_000)
    found = find_occurrences(text, (target,), ENGLISH)
    assert len(found) == 15_001
    assert found[0] == (0, 14_999, 0)
    assert found[-1] == (45_000, 59_999, 0)


def test_what_cannot_be_found() -> None:
    assert places("", word("a"), phrase("a b")) == []
    assert places("a b", Target(())) == []
    assert places("a b", Target((frozenset(),)), Target((frozenset("a"), frozenset()))) == []
    assert places("a x b", phrase("a b")) == []


@given(st.data(), any_text | words_text)
def test_it_agrees_with_a_search_over_all_tokens(data: st.DataObject, text: str) -> None:
    terms = sorted({token.term for token in ENGLISH.tokens(text)} | {"zebra"})
    sets = st.frozensets(st.sampled_from(terms), max_size=3)
    targets = tuple(map(Target, data.draw(st.lists(st.lists(sets, max_size=3).map(tuple), max_size=3))))
    assert find_occurrences(text, targets, ENGLISH) == naive(text, targets)


@given(st.text(alphabet="ab '.\n", max_size=40), st.lists(st.sampled_from("ab"), min_size=1, max_size=12))
def test_it_agrees_on_texts_that_repeat(text: str, terms: list[str]) -> None:
    targets = (Target(tuple(frozenset(term) for term in terms)), Target((frozenset("ab"), frozenset("b"))))
    assert find_occurrences(text, targets, ENGLISH) == naive(text, targets)
