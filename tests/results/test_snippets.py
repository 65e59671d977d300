"""Snippets: the right part of the text, exact offsets, whole phrases."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit.analysis import analyzer_for
from searchkit.analysis.unicode_words import kinds_of
from searchkit.results.snippets import Fragment, Snippet, make_snippet
from searchkit.results.targets import Target
from tests.analysis.strategies import any_text, words_text
from tests.results.targets import phrase, word

ENGLISH = analyzer_for("english")
FILLER = "Nothing of note was said about the weather that day. "
ARTICLE = FILLER * 8 + "The hostage crisis began in November. Students held the embassy. " + FILLER * 8


def shown(text: str, *targets: Target, size: int = 240) -> list[str]:
    snippet = make_snippet(text, targets, ENGLISH, size=size)
    return [text[start:end] for start, end in snippet.highlights]


def test_the_window_shows_the_phrase_in_its_sentence() -> None:
    snippet = make_snippet(ARTICLE, [phrase("hostage crisis")], ENGLISH, size=120)
    assert snippet.text.startswith("The hostage crisis began")
    assert snippet.text.endswith(".")
    assert str(snippet) == f"…{snippet.text}…"
    assert [ARTICLE[start:end] for start, end in snippet.highlights] == ["hostage crisis"]


def test_a_lone_word_of_a_phrase_is_not_highlighted() -> None:
    text = "A crisis. The hostage crisis. A hostage."
    assert shown(text, phrase("hostage crisis")) == ["hostage crisis"]
    assert shown(text, phrase("hostage crisis"), word("hostage")) == ["hostage crisis", "hostage"]
    assert shown("A crisis without a hostage.", phrase("hostage crisis")) == []


def test_the_phrase_is_preferred_to_its_words() -> None:
    text = f"A hostage. A crisis. {FILLER * 8}The hostage crisis. {FILLER * 8}"
    assert shown(text, phrase("hostage crisis"), size=80) == ["hostage crisis"]
    targets = [phrase("hostage crisis"), word("weather", weight=1.0)]
    assert "hostage crisis" in shown(text, *targets, size=60)


def test_the_window_with_the_most_targets_wins_and_the_earliest_of_equals() -> None:
    text = f"alpha. {FILLER * 6}alpha beta. {FILLER * 6}beta alpha. {FILLER * 6}"
    snippet = make_snippet(text, [word("alpha"), word("beta")], ENGLISH, size=60)
    assert [text[start:end] for start, end in snippet.highlights] == ["alpha", "beta"]
    assert snippet.start < text.index("beta alpha")
    heavy = make_snippet(text + "gamma", [word("alpha"), word("beta"), word("gamma", weight=5)], ENGLISH, size=60)
    assert heavy.text.endswith("gamma")


def test_a_target_counts_once_however_often_it_is_shown() -> None:
    text = f"alpha alpha alpha alpha. {FILLER * 6}alpha beta. {FILLER * 6}"
    assert shown(text, word("alpha"), word("beta"), size=50) == ["alpha", "beta"]


def test_without_a_match_it_is_the_beginning() -> None:
    snippet = make_snippet("\n  " + ARTICLE, [word("zebra")], ENGLISH, size=70)
    assert snippet.start == 3
    assert snippet.text == FILLER.strip()
    assert snippet.highlights == ()
    assert snippet.plain() == f"{FILLER.strip()}…"
    assert make_snippet(ARTICLE, [], ENGLISH, size=70).text == FILLER.strip()


@pytest.mark.parametrize("text", ["", "   \n", "\u3000"])
def test_nothing_to_show(text: str) -> None:
    snippet = make_snippet(text, [word("a")], ENGLISH)
    assert (snippet.text, snippet.highlights, str(snippet)) == ("", (), "")


def test_a_short_text_is_shown_whole() -> None:
    snippet = make_snippet(" The embassy. \n", [word("embassy")], ENGLISH)
    assert (snippet.text, snippet.start, snippet.end) == ("The embassy.", 1, 13)
    assert snippet.plain() == "The embassy."


def test_near_the_end_the_window_is_filled_from_before() -> None:
    text = FILLER * 8 + "Then the embassy."
    snippet = make_snippet(text, [word("embassy")], ENGLISH, size=125)
    assert snippet.end == len(text)
    assert len(snippet.text) > 60
    assert snippet.text.startswith("Nothing")


def test_far_into_a_sentence_the_window_starts_at_a_word() -> None:
    text = "word " * 100 + "embassy" + " word" * 100
    snippet = make_snippet(text, [word("embassy")], ENGLISH, size=60)
    assert snippet.text.split()[0] == "word"
    assert snippet.text.split()[-1] == "word"
    assert 40 < len(snippet.text) <= 60
    assert str(snippet).startswith("…word")


def test_a_phrase_longer_than_the_window_is_cut_between_words() -> None:
    text = "alpha beta gamma delta"
    snippet = make_snippet(text, [phrase(text)], ENGLISH, size=13)
    assert snippet.text == "alpha beta"
    assert snippet.highlights == ((0, 10),)
    assert snippet.html() == "<mark>alpha beta</mark>…"
    assert shown(f"{text} zeta", phrase(text), word("zeta"), size=13) == ["alpha beta"]


def test_a_word_longer_than_the_window_is_cut_between_characters() -> None:
    text = "e\u0301" * 30
    snippet = make_snippet(text, [word(text)], ENGLISH, size=9)
    assert snippet.text == "e\u0301" * 4


def test_overlapping_highlights_become_one() -> None:
    assert shown("no no no", phrase("no no")) == ["no no no"]
    assert shown("在大使館前", phrase("大使館"), phrase("使館前")) == ["大使館前"]


def test_any_script() -> None:
    text = "前置きの文。" * 60 + "大使館の人質事件が起きた。" + "後の文である。" * 60
    snippet = make_snippet(text, [phrase("人質事件")], ENGLISH, size=60)
    assert snippet.text.startswith("大使館の人質事件が起きた。")
    assert [text[start:end] for start, end in snippet.highlights] == ["人質事件"]
    assert shown("Die STRASSE, ﬁnally", word("straße"), word("finally")) == ["STRASSE", "ﬁnally"]


def test_renderings() -> None:
    snippet = make_snippet("Tom & the\n<embassy>", [word("embassy")], ENGLISH)
    assert snippet.text == "Tom & the\n<embassy>"
    assert snippet.plain() == "Tom & the <embassy>"
    assert snippet.html() == "Tom &amp; the &lt;<mark>embassy</mark>&gt;"
    assert snippet.ansi() == "Tom & the <\x1b[1membassy\x1b[0m>"
    assert snippet.markdown() == r"Tom \& the \<**embassy**\>"


def test_several_fragments_are_rendered_one_after_the_other() -> None:
    first = Fragment("one", 2, 5, ((2, 5),), cut_before=True, cut_after=True)
    snippet = Snippet((first, Fragment("two", 9, 12)))
    assert snippet.html() == "…<mark>one</mark> two"
    apart = Snippet((first, Fragment("two", 9, 12, (), cut_before=True, cut_after=True)))
    assert apart.markdown() == "…**one** … two…"
    assert (snippet.text, snippet.start, snippet.end, snippet.highlights) == ("one", 2, 5, ((2, 5),))


def test_several_fragments_show_several_places() -> None:
    text = ARTICLE + "Later the embassy burned. " + FILLER * 8 + "No hostage was hurt."
    targets = [phrase("hostage crisis"), word("embassy"), word("hurt")]
    snippet = make_snippet(text, targets, ENGLISH, size=70, fragments=4)
    first, second, third = (fragment.text for fragment in snippet.fragments)
    assert first.startswith("The hostage crisis began")
    assert second.startswith("Later the embassy burned.")
    assert third.endswith("No hostage was hurt.")
    assert [text[start:end] for one in snippet.fragments for start, end in one.highlights] == [
        "hostage crisis",
        "embassy",
        "embassy",
        "hurt",
    ]
    assert snippet.plain().count(" … ") == 2
    assert not snippet.fragments[-1].cut_after
    assert snippet.fragments[0].cut_before
    two = make_snippet(text, targets, ENGLISH, size=70, fragments=2)
    assert [one.text for one in two.fragments] == [first, third]
    assert len(make_snippet(text, [word("zebra")], ENGLISH, fragments=3).fragments) == 1


def test_fragments_next_to_each_other_have_nothing_between() -> None:
    text = "The embassy was quiet. The hostages were there."
    snippet = make_snippet(text, [word("embassy"), word("hostages")], ENGLISH, size=24, fragments=2)
    assert str(snippet) == text


def test_a_size_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="size is at least 1, not 0"):
        make_snippet("text", [], ENGLISH, size=0)
    with pytest.raises(ValueError, match="fragments is at least 1, not 0"):
        make_snippet("text", [], ENGLISH, fragments=0)


def best_weight(text: str, targets: list[Target], size: int) -> float:
    """The greatest weight of any window of that size, by trying each."""
    tokens = ENGLISH.tokens(text)
    spans = []
    for number, target in enumerate(targets):
        length = len(target.positions)
        for first in range(len(tokens) - length + 1):
            part = tokens[first : first + length]
            if all(token.term in terms for token, terms in zip(part, target.positions, strict=True)):
                spans.append((part[0].start, part[-1].end, number))
    best = 0.0
    for start, _, _ in spans:
        seen = {number for low, high, number in spans if start <= low and high <= start + size}
        best = max(best, sum(targets[number].weight for number in sorted(seen)))
    return best


@given(st.data(), any_text | words_text, st.integers(1, 80), st.integers(1, 4))
def test_what_holds_for_any_text(data: st.DataObject, text: str, size: int, most: int) -> None:
    terms = sorted({token.term for token in ENGLISH.tokens(text)} | {"zebra"})
    sets = st.frozensets(st.sampled_from(terms), min_size=1, max_size=2)
    targets = [Target(tuple(part)) for part in data.draw(st.lists(st.lists(sets, min_size=1, max_size=3), max_size=3))]
    snippet = make_snippet(text, targets, ENGLISH, size=size, fragments=most)
    assert 1 <= len(snippet.fragments) <= most
    place = 0
    for fragment in snippet.fragments:
        assert place <= fragment.start
        assert text[fragment.start : fragment.end] == fragment.text
        assert len(fragment.text) <= size
        assert fragment.text == fragment.text.strip()
        place = fragment.start
        for start, end in fragment.highlights:
            assert place <= start < end <= fragment.end
            place = end
        place = fragment.end
    for rendering in (snippet.plain(), snippet.ansi(), snippet.html(), snippet.markdown()):
        rendering.encode()


@given(st.text(alphabet="abcd .\n", max_size=80), st.integers(8, 40))
def test_the_window_is_the_best_there_is(text: str, size: int) -> None:
    targets = [word("b", weight=2.0), word("c"), phrase("c d", weight=1.5), word("cd", "dc", weight=0.5)]
    snippet = make_snippet(text, targets, ENGLISH, size=size)
    assert best_weight(snippet.text, targets, size) >= best_weight(text, targets, size)


@given(words_text, st.integers(10, 60))
@example("กรุงเทพ。。① ÏÏ(÷ 。ÏÏ(÷ U.S.C++2½👍🏽กรุงเทพÂ", 15)
def test_no_word_is_cut_in_half(text: str, size: int) -> None:
    terms = [token.term for token in ENGLISH.tokens(text)]
    snippet = make_snippet(text, [word(*terms[len(terms) // 2 :][:1])], ENGLISH, size=size)
    for token in ENGLISH.tokens(text):
        if token.end - token.start <= size and kinds_of(text[token.start]) != "d":
            assert not token.start < snippet.start < token.end
            assert not token.start < snippet.end < token.end
