"""Stems of English words: those of Snowball, whether words come one at a time or in lines."""

from __future__ import annotations

import sys
from threading import Thread

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit.analysis import Analyzer
from searchkit.analysis.strings import Strings
from searchkit.kernels.buffers import zeros
from searchkit.kernels.english import stem_lines, stem_words

SUFFIXES = """
s es ies ied ed eed edly eedly ing ingly y ly li e al ational ation ator tional izer ization alli aliti alism ousli
ousness fulness iveness iviti biliti bli abli enci anci entli ogi logi ogist fulli lessli alize icate iciti ical ful
ness ative ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion sion tion l ll t ' 's 's' ss us
"""
STARTS = """
gener commun arsen past univers later emerg organ inter proc exc succ inn out cann herr earr even ski sky new how
atla gentl onl singl idl d l t v by hop hopp add egg off w x y yy ay a e o é ué gé 語 '' ' y' news
"""
LETTERS = st.text(st.sampled_from("aeiouybdfglnprstwx'é語"), max_size=9)
ENDS = st.lists(st.sampled_from(SUFFIXES.split()), max_size=3).map("".join)
WORDS = st.builds("".join, st.tuples(st.sampled_from(STARTS.split()) | LETTERS, ENDS))


def in_lines(words: list[str]) -> list[str]:
    lines = "".join(f"{word}\n" for word in words).encode()
    stems, sizes = zeros(len(lines), "B"), zeros(len(words))
    left = bytes(stems[: stem_lines(lines, stems, sizes)])
    found = []
    for size in sizes:
        found.append(left[:size].decode())
        left = left[size:]
    assert not left
    return found


@given(st.lists(WORDS, min_size=50, max_size=100))
@example(
    ["exceedly", "succeedlys", "proceed", "ties", "cries", "gas", "dying", "ying", "éying", "eyed", "'s'", "''s", ""]
)
@example(["inter", "international", "skis", "intering", "pasting", "aéed", "aé", "éé", "'aaa", "ayyy", "ieds", "y'"])
def test_stems_are_those_of_snowball(words: list[str]) -> None:
    snowball = pytest.importorskip("Stemmer")
    if not snowball.version().startswith("3.1."):
        pytest.skip(f"the stems are those of Snowball 3.1, not of {snowball.version()} (decision 0021)")
    expected = [stem or word for word, stem in zip(words, snowball.Stemmer("english").stemWords(words), strict=True)]
    assert stem_words(words) == expected
    assert in_lines(words) == expected


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("embassies", "embassi"),
        ("revolutionaries", "revolutionari"),
        ("hostages", "hostag"),
        ("negotiating", "negoti"),
        ("hopping", "hop"),
        ("hoping", "hope"),
        ("tying", "tie"),
        ("evenings", "evening"),
        ("proceeding", "proceed"),
        ("generalization", "general"),
        ("international", "internat"),
        ("skies", "sky"),
        ("only", "onli"),
        ("by", "by"),
        ("'tis", "tis"),
        ("john's", "john"),
        ("''", "''"),
        ("a", "a"),
    ],
)
def test_stems_of_some_words(word: str, stem: str) -> None:
    assert stem_words([word]) == [stem]
    assert in_lines([word]) == [stem]


@pytest.mark.parametrize("length", [255, 256, 257, 10_000])
def test_long_words_are_stemmed(length: int) -> None:
    start = ("un" * 5_000)[: length - len("conditionally")]
    word = f"{start}conditionally"
    assert stem_words([word, "hopping"]) == in_lines([word, "hopping"]) == [f"{start}condit", "hop"]


@pytest.mark.parametrize(("lines", "stems", "sizes"), [("", "", []), ("\n", "", [0]), ("hopping\nran", "hop", [3])])
def test_nothing_is_written_behind_what_there_is(lines: str, stems: str, sizes: list[int]) -> None:
    out, counts = zeros(len(lines) + 8, "B"), zeros(len(sizes) + 1)
    out[-8:], counts[-1] = b"\xff" * 8, 77
    assert bytes(out[: stem_lines(lines.encode(), out, counts)]).decode() == stems
    assert counts.tolist() == [*sizes, 77]
    assert bytes(out[-8:]) == b"\xff" * 8


def test_threads_do_not_disturb_each_other() -> None:
    before = sys.getswitchinterval()
    wrong: list[tuple[str, str]] = []

    def stem(word: str, expected: str) -> None:
        for _ in range(300):
            wrong.extend((word, found) for found in stem_words([word] * 5) if found != expected)

    threads = [Thread(target=stem, args=pair) for pair in (("hopping", "hop"), ("generalization", "general"))]
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []


@pytest.mark.parametrize("language", ["english", "german", None])
def test_lines_and_lists_have_the_same_stems(language: str | None) -> None:
    words = ["running", "häuser", "''", "embassies"]
    lines = "".join(f"{word}\n" for word in words).encode()
    analyzer = Analyzer(language)
    found = analyzer.stems_of_lines(lines)
    assert (Strings.of_lines(lines) if found is None else found) == Strings.of(analyzer.stems(words))
