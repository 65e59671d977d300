from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.config import Settings, find_settings, load_settings
from searchkit.errors import ConfigError
from searchkit.schema import ARTICLE, Keyword, Text


def load(folder: Path, text: str | bytes) -> Settings:
    path = folder / "searchkit.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_settings(path)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    text = "sources: [news/, ../more/*.md, /abs/x.csv]\nindex: var/index/\nexclude: [drafts, old/*]\n"
    settings = load(tmp_path, text)
    assert settings.path == tmp_path / "searchkit.yaml"
    assert settings.sources == (str(tmp_path / "news"), str(tmp_path.parent / "more/*.md"), "/abs/x.csv")
    assert settings.index == tmp_path / "var/index"
    assert settings.exclude == ("drafts", str(tmp_path / "old/*"), str(tmp_path / "var/index"))


def test_the_file_of_synonyms_is_relative_too(tmp_path: Path) -> None:
    assert load(tmp_path, "sources: a\nsynonyms: lists/synonyms.yaml\n").synonyms == tmp_path / "lists/synonyms.yaml"
    assert load(tmp_path, "sources: a\n").synonyms is None


def test_all_but_the_sources_has_a_default(tmp_path: Path) -> None:
    settings = load(tmp_path, "sources: news")
    assert settings.sources == (str(tmp_path / "news"),)
    assert (settings.index, settings.encoding, settings.timezone) == (tmp_path / "index", "utf-8", "UTC")
    assert settings.schema == ARTICLE


def test_a_schema_of_its_own(tmp_path: Path) -> None:
    text = "sources: [a]\nencoding: latin-1\ntimezone: Europe/Berlin\n"
    settings = load(tmp_path, "\ufeff" + text + "schema:\n  fields:\n    text: text\n    by: keyword\n")
    assert settings.schema.fields == {"text": Text(), "by": Keyword()}
    assert settings.timezone == settings.schema.timezone == "Europe/Berlin"
    assert settings.encoding == "latin-1"


def test_the_zone_may_stand_in_the_schema(tmp_path: Path) -> None:
    assert load(tmp_path, "sources: [a]\nschema: {fields: {x: text}, timezone: Asia/Tehran}").timezone == "Asia/Tehran"


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("sources: [a]\nsorces: [b]\n", "unknown key 'sorces'; did you mean 'sources'?", 2),
        ("sources: [a]\n7: b\n", "unknown key 7; it takes sources", 2),
        ("sources: [a]\nsources: [b]\n", "the key 'sources' occurs twice", 2),
        ("index: x\n", "'sources' is needed", None),
        ("sources: []\n", "'sources' is needed", 1),
        ("sources: {a: b}\n", "'sources' must be a list of strings", 1),
        ("sources: [1]\n", "'sources' must be a list of strings", 1),
        ("sources: a\nindex: [b]\n", "'index' must be a string", 2),
        ("sources: a\nindex: ' '\n", "'index' must be a string", 2),
        ("sources: a\nsynonyms: [[a, b]]\n", "'synonyms' must be a string", 2),
        ("sources: a\nencoding: utf-99\n", "unknown encoding 'utf-99'", 2),
        ("sources: a\ntimezone: Nowhere\n", "unknown time zone 'Nowhere'", 2),
        ("sources: a\nschema: {fields: {x: text}, timezone: Nowhere}\n", "unknown time zone 'Nowhere'", 2),
        ("sources: a\ntimezone: UTC\nschema: {fields: {x: text}, timezone: Asia/Tehran}\n", "is 'UTC' here", 2),
        ("sources: a\n\nschema: {fields: {x: word}}\n", "schema: field 'x': its type is one of", 3),
        ("sources: a\nschema: words\n", "schema: a schema is a mapping", 2),
        ("- a\n", "a mapping with the keys sources", None),
        ("", "a mapping with the keys sources", None),
        ("sources: [a\nindex: b\n", "not YAML", 2),
        ("a: \x01", "not YAML", None),
        (b"sources: \xff", "not UTF-8: the byte at offset 9", None),
        ("[" * 5000, "not YAML", None),
    ],
)
def test_what_makes_no_sense_is_named(tmp_path: Path, text: str | bytes, reason: str, line: int | None) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert reason in caught.value.reason
    assert caught.value.path == str(tmp_path / "searchkit.yaml")
    assert caught.value.line == line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path / "searchkit.yaml")


def test_settings_are_found_from_below(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_settings(below) is None
    settings = load(tmp_path, "sources: [news]")
    assert find_settings(below) == find_settings(tmp_path) == settings
    (tmp_path / "a" / "searchkit.yaml").write_text("sources: [nearer]")
    nearest = find_settings(below)
    assert nearest is not None
    assert nearest.path.parent == tmp_path / "a"


def test_brackets_in_the_folder_are_no_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "a[b]"
    folder.mkdir()
    settings = load(folder, "sources: [news]\nexclude: [old/x.md]")
    assert settings.exclude == (f"{tmp_path}/a[[]b]/old/x.md", f"{tmp_path}/a[[]b]/index")
