"""`searchkit query`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from tests.cli.conftest import Ran, write

Run = Callable[..., Ran]
SEIZED, FREED, ECLIPSE = "https://wire.example.org/seized", "news/freed.md", "news/eclipse.txt"


def _ids(run: Run, *arguments: str) -> list[str]:
    return run("query", "--ids", *arguments).out.splitlines()


def test_hits_are_shown_with_rank_title_date_author_source_score_snippet_and_id(built: Path, run: Run) -> None:
    ran = run("query", "embassy", "1979")
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0] == " 1. Embassy seized in Tehran"
    assert lines[1].startswith("    1979-11-04 · Leila Farahani, Peter Halloran · Wire · score ")
    assert lines[2] == "    Students climbed the walls of the embassy. A hostage crisis began."
    assert lines[3] == f"    {SEIZED}"
    assert lines[-1] == "1 article: embassy, and the word 1979 or dated in 1979"


def test_words_are_joined_as_typed_in_a_shell(built: Path, shell: Run) -> None:
    ran = shell("query", "embassy 1979")
    assert ran.code == 0
    assert "Embassy seized in Tehran" in ran.out
    assert shell("query", "embassy", "1979").out == ran.out


def test_no_hits_is_exit_code_1(built: Path, run: Run) -> None:
    ran = run("query", "zebra")
    assert (ran.code, ran.out) == (1, "0 articles: zebra\n")


def test_a_page_and_what_lies_behind_the_last_one(built: Path, run: Run) -> None:
    every = _ids(run, "embassy OR moon")
    assert len(every) == 3
    assert _ids(run, "embassy OR moon", "--limit", "2") == every[:2]
    assert _ids(run, "embassy OR moon", "-n", "1", "--offset", "2") == every[2:]
    assert _ids(run, "embassy OR moon", "-n1") == every[:1]
    page = run("query", "embassy OR moon", "--limit", "1", "--offset", "1")
    assert " 2. " in page.out
    assert "\n2 of 3 articles: " in page.out
    assert "\n1-2 of 3 articles: " in run("query", "embassy OR moon", "--limit", "2").out
    assert run("query", "embassy OR moon", "--offset", "3").code == 1


def test_limit_0_tells_the_total_only(built: Path, run: Run) -> None:
    assert run("query", "embassy", "--limit", "0") == Ran(0, "2 articles: embassy\n", "")
    assert run("query", "zebra", "--limit", "0").code == 1


def test_since_until_and_sort(built: Path, run: Run) -> None:
    assert _ids(run, "*", "--sort", "-date") == [ECLIPSE, FREED, SEIZED]
    assert _ids(run, "*", "--sort=date") == [SEIZED, FREED, ECLIPSE]
    assert _ids(run, "*", "--sort", "date", "--since", "1981") == [FREED, ECLIPSE]
    assert _ids(run, "*", "--sort", "date", "--until", "1981") == [SEIZED, FREED]
    assert _ids(run, "*", "--since", "1980", "--until", "1990-12-31") == [FREED]


def test_any_of_the_words(built: Path, run: Run) -> None:
    assert set(_ids(run, "embassy", "students")) == {SEIZED}
    assert set(_ids(run, "embassy", "students", "--any")) == {SEIZED, FREED}


def test_the_closest_where_no_article_has_all_words(built: Path, run: Run) -> None:
    ran = run("query", "moon", "zebra")
    assert ran.code == 0
    assert "An eclipse" in ran.out
    assert ran.err == "searchkit: no article has all of it; showing the closest\n"


def test_problems_are_told_on_standard_error(built: Path, run: Run) -> None:
    ran = run("query", 'titel:moon "sun')
    assert ran.code == 1 or "An eclipse" in ran.out
    assert "searchkit: there is no field 'titel'" in ran.err
    assert "title" in ran.err
    assert "quote is not closed" in ran.err
    assert all(line.startswith("searchkit: ") for line in ran.err.splitlines())


@pytest.mark.parametrize("arguments", [["embassy", "-students"], ["--", "embassy", "-students"], ["embassy -students"]])
def test_words_can_be_excluded(built: Path, run: Run, arguments: list[str]) -> None:
    assert _ids(run, *arguments) == [FREED]


def test_after_two_hyphens_everything_is_text(built: Path, run: Run) -> None:
    ran = run("query", "--", "-i", "--json")
    assert ran.code in (0, 1)
    assert "article" in ran.out


def test_json(built: Path, run: Run) -> None:
    ran = run("query", "--json", "hostage crisis", "foo:x", "--limit", "1")
    answer = json.loads(ran.out)
    assert list(answer) == [
        "version",
        "query",
        "interpretation",
        "problems",
        "partial",
        "total",
        "limit",
        "offset",
        "next_page",
        "hits",
        "suggestions",
        "why_nothing",
    ]
    assert (answer["version"], answer["query"]) == (1, "hostage crisis foo:x")
    assert (answer["total"], answer["partial"], answer["limit"], answer["offset"]) == (2, True, 1, 0)
    assert [set(one) for one in answer["problems"]] == [{"message", "start", "end", "suggestion"}]
    (hit,) = answer["hits"]
    assert list(hit) == ["rank", "id", "index", "score", "date", "fields", "snippet"]
    assert (hit["rank"], type(hit["score"])) == (1, float)
    assert set(hit["snippet"]) == {"field", "text", "start", "end", "highlights"}


def test_json_of_a_hit(built: Path, run: Run) -> None:
    (hit,) = json.loads(run("query", "--json", '"hostage crisis"').out)["hits"]
    body = "Students climbed the walls of the embassy. A hostage crisis began."
    assert hit["id"] == SEIZED
    assert hit["date"] == "1979-11-04T13:00:00+00:00"
    assert hit["fields"] == {
        "title": "Embassy seized in Tehran",
        "author": ["Leila Farahani", "Peter Halloran"],
        "date": "1979-11-04T13:00:00+00:00",
        "source": "Wire",
        "url": SEIZED,
        "body": body,
    }
    start = body.index("hostage")
    assert hit["snippet"]["highlights"] == [[start, start + len("hostage crisis")]]


def test_json_lines(built: Path, run: Run) -> None:
    lines = run("query", "--jsonl", "embassy").out.splitlines()
    hits = [json.loads(line) for line in lines]
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert {hit["version"] for hit in hits} == {1}
    whole = json.loads(run("query", "--json", "embassy").out)["hits"]
    assert [{"version": 1, **hit} for hit in whole] == hits
    assert run("query", "--jsonl", "zebra") == Ran(1, "", "")


def test_a_first_query_builds_the_index_and_says_so(project: Path, run: Run) -> None:
    ran = run("query", "embassy")
    assert ran.code == 0
    assert "Embassy seized in Tehran" in ran.out
    told = ran.err.splitlines()
    assert told[0].startswith("searchkit: there is no index yet: building ")
    assert told[1] == "searchkit: 3 added, 0 replaced, 0 removed, files: 3 read, 0 unchanged"
    assert run("query", "embassy").err == ""


def test_a_first_query_from_a_folder_below(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "news")
    assert _ids(run, "moon") == [ECLIPSE]
    assert (project / "index").is_dir()


def test_an_index_whose_first_build_was_interrupted_is_built(project: Path, run: Run) -> None:
    searchkit.open(project / "index").close()
    assert _ids(run, "moon") == [ECLIPSE]


def test_an_index_that_is_empty_after_its_build_stays_so(project: Path, run: Run) -> None:
    for file in (project / "news").iterdir():
        file.unlink()
    write(project / "news/bad.md", "# Bad\n\nPublished at: **soon**\n")
    assert "rejected: news/bad.md:3" in run("query", "moon").err
    empty = f"searchkit: {project / 'index'}: the index has no articles\n"
    assert run("query", "moon") == Ran(1, "0 articles: moon\n", empty)


def test_no_index_is_built_where_an_option_names_one(project: Path, run: Run) -> None:
    ran = run("query", "-i", "nowhere", "moon")
    assert ran.code == 3
    assert ran.err == "searchkit: nowhere: there is no index; searchkit index PATH… builds one\n"
    assert not (project / "nowhere").exists()


def test_the_index_is_that_of_the_option_then_of_the_environment(
    built: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(built / "other/other.md", "# Other\n\nA moon of another index.\n")
    assert run("index", "-i", "second", "other").code == 0
    monkeypatch.setenv("SEARCHKIT_INDEX", "second")
    assert _ids(run, "moon") == ["other/other.md"]
    assert _ids(run, "moon", "--index", "index") == [ECLIPSE]


def test_arguments_that_are_not_utf_8(built: Path, shell: Run) -> None:
    ran = shell(b"query", b"\xff\xfeembassy")
    assert ran.code == 0
    assert ran.out.endswith("2 articles: \ufffd\ufffdembassy\n")
    assert json.loads(shell(b"query", b"--json", b"\xff").out)["query"] == "\ufffd"
    assert shell(b"query", b"-i", b"\xff", b"x").code == 3


def test_nothing_of_an_article_reaches_the_terminal_as_a_command(built: Path, run: Run) -> None:
    fields = dict.fromkeys(("title", "author", "source", "id", "body"), "evil\x1b]0;x\x07\x9b31m\u202e")
    with searchkit.open("index") as index:
        index.add([fields])
    for form in ((), ("--json",), ("--jsonl",), ("--ids",)):
        out = run("query", "evil", *form).out
        assert "evil" in out
        assert not set("\x1b\x07\x9b\u202e") & set(out)
    (hit,) = json.loads(run("query", "--json", "evil").out)["hits"]
    assert hit["fields"]["title"] == fields["title"]


def test_an_own_schema_without_title_and_body(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "searchkit.yaml", "sources: notes.jsonl\nschema: {fields: {note: text, when: date}}\n")
    write(tmp_path / "notes.jsonl", '{"id": 7, "note": "buy milk", "when": "2024-05-06"}\n')
    ran = run("query", "milk")
    assert ran.out.splitlines()[0] == " 1. buy milk"
    assert ran.out.splitlines()[2] == "    7"
    assert json.loads(run("query", "milk", "--json").out)["hits"][0]["snippet"]["field"] == "note"


def test_long_interpretations_are_cut(built: Path, run: Run) -> None:
    assert len(run("query", "word " * 200).out) < 300


def test_an_ascii_terminal_gets_escapes(built: Path, shell: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    assert "1979-11-04 \\xb7 Leila" in shell("query", "seized").out
    assert json.loads(shell("query", "--json", "é").out)["query"] == "é"


def test_several_keys_and_pages_by_token(built: Path, run: Run) -> None:
    assert _ids(run, "*", "--sort", "source,-date") == [SEIZED, ECLIPSE, FREED]
    assert _ids(run, "*", "--sort", "-title") == [FREED, SEIZED, ECLIPSE]
    page = json.loads(run("query", "*", "--sort", "title", "-n", "1", "--json").out)
    assert [hit["id"] for hit in page["hits"]] == [ECLIPSE]
    assert _ids(run, "*", "--sort", "title", "--after", page["next_page"]) == [SEIZED, FREED]
    assert run("query", "*", "--after", page["next_page"]).code == 2
    assert (
        run("query", "*", "--sort", "titel").err
        == "searchkit: there is no field 'titel' to sort by; did you mean 'title'?\n"
    )


def test_collapsed_answers(built: Path, run: Run) -> None:
    with searchkit.open("index") as index:
        index.add([{"id": "x", "title": "Embassy", "source": "Wire"}])
    shown = json.loads(run("query", "embassy", "--collapse", "source", "--json").out)
    assert {hit["id"]: hit["group_size"] for hit in shown["hits"]} == {"x": 2, FREED: 1}
    assert "Wire · score" in run("query", "embassy", "--collapse", "source").out
    assert " · 1 more\n" in run("query", "embassy", "--collapse", "source").out


def test_a_search_that_is_not_done_in_time_is_exit_code_5(built: Path, run: Run) -> None:
    ran = run("query", "embassy", "--timeout", "0")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.startswith("searchkit: the search was not done within 0 s")
    assert run("query", "embassy", "--timeout", "60").code == 0
    assert run("query", "embassy", "--timeout", "soon").code == 2


def test_new_articles_before_old_ones(built: Path, run: Run) -> None:
    plain, fresh = (
        json.loads(run("query", "embassy", "--json", *more).out)["hits"] for more in ([], ["--recency", "1y"])
    )
    assert all(new["score"] < old["score"] for new, old in zip(fresh, plain, strict=True))
    ran = run("query", "embassy", "--recency", "soon")
    assert (ran.code, "a half-life is" in ran.err) == (2, True)
