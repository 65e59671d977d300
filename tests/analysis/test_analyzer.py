"""The analyzer: tokens, batches, queries, filters."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.analysis import Analyzer, analyzer_for, stemmer_languages, stemmer_version
from searchkit.analysis import vocabulary as vocabulary_module
from searchkit.analysis.surfaces import surfaces
from searchkit.errors import FilterError, SchemaError
from searchkit.limits import TOKEN_BYTES
from searchkit.schema import WordFilter
from tests.analysis.strategies import any_text, words_text

ENGLISH = analyzer_for("english")
ANALYZERS = [ENGLISH, analyzer_for(None), analyzer_for("french"), Analyzer("english", [lambda form: form[:3]])]


def flat(entries: list[str | tuple[str, ...]]) -> list[str]:
    return [part for entry in entries for part in ((entry,) if isinstance(entry, str) else entry)]


def pairs(text: str, analyzer: Analyzer = ENGLISH) -> list[tuple[str, str]]:
    return [(token.form, token.term) for token in analyzer.tokens(text)]


def test_words_are_folded_and_stemmed() -> None:
    assert pairs("The Hostages’ Embassies") == [("the", "the"), ("hostages", "hostag"), ("embassies", "embassi")]


def test_hyphens_and_dots_separate() -> None:
    assert [form for form, _ in pairs("anti-American example.com 3.5 C++")] == [
        "anti", "american", "example", "com", "3", "5", "c",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("the U.S. embassy", ["the", "us", "embassy"]),
        ("U.S.A., u.s.a; USA", ["usa", "usa", "usa"]),
        ("U.S.-led J.R.R. Tolkien", ["us", "led", "jrr", "tolkien"]),
        ("e.g. A.M. x.y", ["eg", "am", "xy"]),
        ("Ph.D. No.1 v.2 J.Smith t.co a..b", ["ph", "d", "no", "1", "v", "2", "j", "smith", "t", "co", "a", "b"]),
    ],
)
def test_dots_between_single_letters_join_them(text: str, forms: list[str]) -> None:
    assert [form for form, _ in pairs(text, analyzer_for(None))] == forms
    assert flat(analyzer_for(None).analyze([surface for surface, _ in surfaces(text)])[1]) == forms


def test_an_acronym_knows_its_place() -> None:
    text = "by the U.S. Army"
    (token,) = [token for token in ENGLISH.tokens(text) if token.form == "us"]
    assert (text[token.start : token.end], token.position) == ("U.S", 2)


def test_a_long_acronym_is_cut_as_any_word() -> None:
    text = ".".join("abcdefgh" * 60)
    (token,) = ENGLISH.tokens(text)
    assert len(token.form) == TOKEN_BYTES
    assert ENGLISH.analyze([text])[1] == [token.form]


def test_positions_count_tokens_and_offsets_point_into_the_text() -> None:
    text = "Ｆｉｎ ½ — ﬁn"
    found = [(token.form, token.position, text[token.start : token.end]) for token in ENGLISH.tokens(text)]
    assert found == [("fin", 0, "Ｆｉｎ"), ("1", 1, "½"), ("2", 2, "½"), ("fin", 3, "ﬁn")]


def test_one_character_may_stand_for_several_words() -> None:
    assert [form for form, _ in pairs("ﷺ")] == ["صلى", "الله", "عليه", "وسلم"]
    assert pairs("½") == pairs("1/2")


def test_a_batch_gives_a_string_for_one_token_and_a_tuple_else() -> None:
    terms, forms = ENGLISH.analyze(["hostages", "who's", "'", "war—stories", "ａ", "大使"])
    assert forms == ["hostages", "who", (), ("war", "stories"), "a", ("大使", "使")]
    assert terms == ["hostag", "who", (), ("war", "stori"), "a", ("大使", "使")]


def test_a_batch_does_not_change_what_it_is_given() -> None:
    given_surfaces = ["hostages", "who's"]
    terms, forms = ENGLISH.analyze(given_surfaces)
    assert given_surfaces == ["hostages", "who's"]
    plain = ["hostages"]
    terms, forms = analyzer_for(None).analyze(plain)
    assert terms is not plain
    assert forms is not plain
    assert terms is not forms


@pytest.mark.parametrize(
    "variants",
    [
        ["Straße", "STRASSE", "strasse"],
        ["O'Brien", "O’Brien", "obrien", "OBRIEN"],
        ["İstanbul", "ISTANBUL", "istanbul"],
        ["ΟΔΟΣ", "οδός", "οδοσ"],
        ["cœur", "COEUR"],
        ["هٰذا", "هذا"],
        ["כָּל", "כל"],
        ["１９７９", "1979"],
    ],
)
@pytest.mark.parametrize("language", ["english", None, "german", "turkish", "greek"])
def test_spellings_that_find_each_other(variants: list[str], language: str | None) -> None:
    analyzer = analyzer_for(language)
    assert len({tuple(token.term for token in analyzer.tokens(variant)) for variant in variants}) == 1


@pytest.mark.parametrize("analyzer", ANALYZERS)
@given(text=any_text | words_text)
def test_tokens_agree_with_batches(analyzer: Analyzer, text: str) -> None:
    tokens = analyzer.tokens(text)
    terms, forms = analyzer.analyze([surface for surface, _ in surfaces(text)])
    assert [token.term for token in tokens] == flat(terms)
    assert [token.form for token in tokens] == flat(forms)
    assert [token.position for token in tokens] == list(range(len(tokens)))


@given(any_text | words_text)
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    tokens = ENGLISH.tokens(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.term
        assert token.form
        assert token.form in {again.form for again in ENGLISH.tokens(text[token.start : token.end])}
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@given(words_text)
def test_forms_are_folded_to_the_end(text: str) -> None:
    for token in ENGLISH.tokens(text):
        if len(token.form.encode()) < TOKEN_BYTES and len(ENGLISH.tokens(token.form)) == 1:
            assert ENGLISH.tokens(token.form)[0].form == token.form


@given(
    st.lists(st.text("abcdeIiSsTt0123456789", min_size=1, max_size=9), min_size=1, max_size=4),
    st.sampled_from([ENGLISH, *(analyzer_for(language) for language in (None, "french", "turkish", "german"))]),
)
def test_words_of_letters_and_digits_are_looked_for_as_they_are_found(words: list[str], analyzer: Analyzer) -> None:
    text = " ".join(words)
    tokens = [(token.term, token.form, token.start, token.end) for token in analyzer.tokens(text)]
    assert [(one.term, one.form, one.start, one.end) for one in analyzer.query_tokens(text)] == tokens
    assert analyzer.plain_query_terms(text) == [token[0] for token in tokens]
    assert all(analyzer.is_stop_text(word) == analyzer.is_stop_word(word.lower()) for word in words)


@given(any_text | words_text)
def test_query_tokens_are_those_of_the_text_but_for_the_last(text: str) -> None:
    tokens, wanted = ENGLISH.tokens(text), ENGLISH.query_tokens(text)
    assert len(tokens) - 1 <= len(wanted) <= len(tokens)
    assert bool(wanted) == bool(tokens)
    for token, want in zip(tokens, wanted, strict=False):
        assert (token.term, token.form, token.start, token.end) == (want.term, want.form, want.start, want.end)
    assert not any(want.prefix for want in wanted[:-1])


def test_long_tokens_are_cut_between_characters() -> None:
    limit = TOKEN_BYTES
    assert pairs("x" * 300, analyzer_for(None)) == [("x" * limit, "x" * limit)]
    assert [form for form, _ in pairs("ж" * 300)] == ["ж" * (limit // 2)]
    assert ENGLISH.analyze(["y" * 300])[1] == ["y" * limit]
    assert ENGLISH.analyze(["y" * limit])[1] == ["y" * limit]


def test_stop_words_are_known_by_their_form() -> None:
    assert ENGLISH.is_stop_word("the")
    assert ENGLISH.is_stop_word("dont")
    assert not ENGLISH.is_stop_word("embassy")
    assert not analyzer_for(None).is_stop_word("the")
    assert not analyzer_for("german").is_stop_word("the")
    text = "to be or not to be, who's it, don’t we'll"
    assert all(ENGLISH.is_stop_word(token.form) for token in ENGLISH.tokens(text))


def test_where_nothing_is_left_of_a_word_its_form_is_the_term(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        maxCacheSize = 0  # noqa: N815

        def stemWords(self, words: list[str]) -> list[str]:  # noqa: N802
            return ["" for _ in words]

    analyzer = Analyzer("english")
    assert analyzer._stemmer is not None
    analyzer._stemmer._local.snowball = Nothing()
    assert analyzer.analyze(["abc", "d"])[0] == ["abc", "d"]


def drop_short(form: str) -> str | None:
    return form if len(form) > 2 else None


def expand(form: str) -> str | tuple[str, ...] | None:
    return ("united", "nations") if form == "un" else form


def test_filters_run_in_order_before_stemming() -> None:
    analyzer = Analyzer("english", [expand, drop_short])
    assert pairs("UN at Embassies", analyzer) == [("un", "unit"), ("un", "nation"), ("embassies", "embassi")]
    terms, forms = analyzer.analyze(["un", "at", "embassies"])
    assert terms == [("unit", "nation"), (), "embassi"]
    assert forms == [("un", "un"), (), "embassies"]


@pytest.mark.parametrize("nothing", [None, "", (), ("",)])
def test_filters_that_give_nothing(nothing: Any) -> None:
    assert Analyzer(None, [lambda form: nothing]).tokens("a word") == []


def test_a_filter_applies_to_the_query_as_to_the_text() -> None:
    analyzer = Analyzer("english", [expand])
    assert [token.term for token in analyzer.query_tokens("UN troops")] == ["unit", "nation", "troop"]
    doubled = Analyzer(None, [lambda form: (form, form)])
    assert [token.form for token in doubled.query_tokens("大使")] == ["大使", "大使"]


def test_no_filter_sees_the_beginning_of_a_word() -> None:
    analyzer = Analyzer("english", [expand, drop_short])
    found = analyzer.query_tokens("UN un", prefix=True)
    assert [(token.term, token.form, token.prefix) for token in found] == [
        ("unit", "un", False),
        ("nation", "un", False),
        ("un", "un", True),
    ]
    assert [(token.form, token.prefix) for token in analyzer.query_tokens("館")] == [("館", True)]


def test_a_stop_word_that_a_filter_makes_another_word_of_is_none() -> None:
    analyzer = Analyzer("english", [lambda form: "acronym" if form == "us" else form])
    assert analyzer.is_stop_word("the")
    assert not analyzer.is_stop_word("us")


def test_a_filter_runs_once_for_each_distinct_word() -> None:
    met: list[str] = []

    def note(form: str) -> str:
        met.append(form)
        return form

    analyzer = Analyzer("english", [note])
    analyzer.analyze(["crisis", "crisis's", "oil"])
    analyzer.tokens("Oil crisis, OIL crisis")
    assert met == ["crisis", "oil"]


@pytest.mark.parametrize("odd", [3, ["oil"], ("oil", None), b"oil", "\ud800", "oil\n", ("oil",) * 256])
def test_a_filter_that_gives_something_odd_is_named_with_the_word(odd: Any) -> None:
    analyzer = Analyzer(None, [WordFilter("odd.one", lambda form: odd)])
    with pytest.raises(FilterError, match=r"filter odd\.one: of the word 'embassy' it gave ") as caught:
        analyzer.tokens("Embassy")
    assert (caught.value.name, caught.value.word) == ("odd.one", "embassy")


def test_a_filter_that_raises_is_named_with_the_word() -> None:
    def fails(form: str) -> str:
        raise KeyError(form)

    with pytest.raises(FilterError, match="of the word 'embassy' it raised KeyError: 'embassy'") as caught:
        Analyzer("english", [fails]).analyze(["embassy"])
    assert isinstance(caught.value.__cause__, KeyError)


def test_the_name_tells_analyzers_apart() -> None:
    assert ENGLISH.name == "english"
    assert analyzer_for(None).name == "plain"
    assert Analyzer("english", [expand]).name == f"english+{__name__}.expand"


def test_languages_by_name() -> None:
    assert analyzer_for("english") is ENGLISH
    assert {"english", "german", "french", "russian", "arabic"} <= set(stemmer_languages())
    assert stemmer_version()[0].isdigit()
    with pytest.raises(SchemaError, match="did you mean 'english'"):
        analyzer_for("English")
    with pytest.raises(SchemaError, match=r"known are .*german"):
        analyzer_for("??")


@pytest.mark.parametrize("language", stemmer_languages())
def test_every_language_analyses_every_script(language: str) -> None:
    text = "Embassy Straße ışık οδός мёд הַשָּׁלוֹם القرآن हिन्दी தமிழ் กรุงเทพ 漢字 한국 who's"
    tokens = analyzer_for(language).tokens(text)
    assert len(tokens) >= 12
    assert all(token.term for token in tokens)


def test_find_gives_the_wanted_tokens_and_their_positions() -> None:
    analyzer = Analyzer("english")
    text = "The Hostages’ war—stories: 大使館, a hostage"
    wanted = frozenset(["hostag", "stori", "使館", "zebra"])
    found = [(1, "hostag", 4, 12), (3, "stori", 18, 25), (5, "使館", 28, 30), (8, "hostag", 34, 41)]
    assert analyzer.find(text, wanted) == found
    assert analyzer.find(text, wanted) == found
    assert analyzer.find(text, frozenset()) == []
    assert analyzer.find("", wanted) == []


@pytest.mark.parametrize("chunk", [1, 7, 1 << 18])
@given(words_text | any_text, st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_find_agrees_with_the_tokens(
    monkeypatch: pytest.MonkeyPatch, chunk: int, text: str, data: st.DataObject
) -> None:
    monkeypatch.setattr(vocabulary_module, "_CHUNK", chunk)
    tokens = analyzer_for("english").tokens(text)
    wanted = data.draw(st.frozensets(st.sampled_from([*{token.term for token in tokens}, "zebra"])))
    expected = [(one.position, one.term, one.start, one.end) for one in tokens if one.term in wanted]
    assert analyzer_for("english").find(text, wanted) == expected


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary_module, "REMEMBERED", 10)
    monkeypatch.setattr("searchkit.analysis.analyzer.REMEMBERED", 10)
    analyzer = Analyzer("english")
    for number in range(50):
        text = f"w{number} {'z' * 100}"
        assert analyzer.find(text, frozenset([f"w{number}", "z" * 100])) == [
            (0, f"w{number}", 0, len(text) - 101),
            (1, "z" * 100, len(text) - 100, len(text)),
        ]
        assert [token.term for token in analyzer.tokens(text)] == [f"w{number}", "z" * 100]
    assert len(analyzer._memo) <= 10
    assert len(analyzer._vocabulary._counts) <= 12


@settings(max_examples=5, deadline=None)
@given(st.lists(words_text, min_size=4, max_size=4))
def test_threads_share_an_analyzer(texts: list[str]) -> None:
    analyzer = Analyzer("english")
    expected = [[(token.form, token.term) for token in Analyzer("english").tokens(text)] for text in texts]
    results: list[list[tuple[str, str]]] = [[] for _ in texts]

    def work(number: int) -> None:
        for _ in range(20):
            results[number] = pairs(texts[number], analyzer)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == expected
