"""An index follows its source files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.engines.sources import ATTACHMENT, update
from searchkit.engines.sources.memory import FileState, Memory, dump, load
from searchkit.errors import ArticleError, CorruptIndex, FormatTooNew, StorageError
from tests.cli.conftest import write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files of articles, which is the current one."""
    write(tmp_path / "news/a.md", "# Alpha\n\nfirst\n")
    write(tmp_path / "news/b.md", "# Beta\n\nsecond\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _update(*sources: str, **options: Any) -> tuple[int, int, int, int, int]:
    """Update; returns how many documents were new, replaced, removed, rejected, and how many files were read."""
    with searchkit.open("index") as index:
        report = update(index, sources, **options)
    return (
        report.added - report.replaced,
        report.replaced,
        report.removed,
        len(report.rejected),
        report.files_read,
    )


def _ids() -> list[str]:
    with searchkit.open("index", mode="r") as index:
        return sorted(hit.id for hit in index.search("*", limit=100))


def _title(id: str) -> str:
    with searchkit.open("index", mode="r") as index:
        fields = index.get(id)
    assert fields is not None
    return str(fields["title"])


def test_new_changed_and_removed_files(folder: Path) -> None:
    assert _update("news") == (2, 0, 0, 0, 2)
    assert _update("news") == (0, 0, 0, 0, 0)
    write(folder / "news/a.md", "# Alpha again\n\nfirst\n")
    write(folder / "news/c.md", "# Gamma\n")
    (folder / "news/b.md").unlink()
    assert _update("news") == (1, 1, 1, 0, 2)
    assert _ids() == ["news/a.md", "news/c.md"]
    assert _title("news/a.md") == "Alpha again"


def test_an_unchanged_update_commits_nothing(folder: Path) -> None:
    _update("news")
    with searchkit.open("index") as index:
        generation = index.info()["generation"]
        with index.writer():  # nobody needs the lock to see that nothing has changed
            report = update(index, "news")
        assert (report.files_unchanged, index.info()["generation"]) == (2, generation)


def test_a_file_of_another_time_or_size_has_changed(folder: Path) -> None:
    _update("news")
    os.utime(folder / "news/a.md", (1, 1))
    assert _update("news") == (0, 1, 0, 0, 1)


def test_a_file_that_may_change_within_the_same_tick_is_read_again(folder: Path) -> None:
    os.utime(folder / "news/a.md", (2**32, 2**32))
    assert _update("news") == (2, 0, 0, 0, 2)
    assert _update("news") == (0, 1, 0, 0, 1)


def test_rebuild_reads_all(folder: Path) -> None:
    _update("news")
    assert _update("news", rebuild=True) == (0, 2, 0, 0, 2)


def test_records_that_left_their_file_are_removed(folder: Path) -> None:
    write(folder / "list.jsonl", '{"id": "x", "title": "1"}\n{"id": "y", "title": "2"}\n')
    _update("list.jsonl")
    write(folder / "list.jsonl", '{"id": "y", "title": "3"}\n{"id": "z", "title": "4"}\n')
    assert _update("list.jsonl") == (1, 1, 1, 0, 1)
    assert _ids() == ["y", "z"]


def test_a_file_that_fails_keeps_its_documents(folder: Path) -> None:
    _update("news")
    (folder / "news/a.md").write_bytes(b"# Alpha \xff\n")
    assert _update("news") == (0, 0, 0, 1, 1)
    assert _title("news/a.md") == "Alpha"
    assert _update("news") == (0, 0, 0, 1, 1), "it is tried again"
    write(folder / "news/a.md", "# Alpha, mended\n")
    assert _update("news") == (0, 1, 0, 0, 1)


def test_of_a_file_with_bad_records_the_good_ones_go_in_and_none_is_removed(folder: Path) -> None:
    write(folder / "list.jsonl", '{"id": "x", "title": "1"}\n{"id": "y", "title": "2"}\n')
    _update("list.jsonl")
    write(folder / "list.jsonl", '{"id": "x", "title": "3"}\nbroken\n{"id": "w", "size": 1}\n')
    assert _update("list.jsonl") == (0, 1, 0, 2, 1)
    assert _ids() == ["x", "y"]
    with searchkit.open("index") as index:
        report = update(index, "list.jsonl")
    assert (report.files_read, report.still_rejected) == (0, 2)
    write(folder / "list.jsonl", '{"id": "x", "title": "5"}\n')
    assert _update("list.jsonl") == (0, 1, 1, 0, 1)


def test_rejections_name_file_and_line(folder: Path) -> None:
    write(folder / "list.jsonl", '{"id": "x"}\n{"id": "w", "date": "soon"}\n')
    with searchkit.open("index") as index:
        (error,) = update(index, ["list.jsonl"]).rejected
    assert (error.source, error.line, error.id, error.field) == ("list.jsonl", 2, "w", "date")


def test_a_document_that_another_file_has_too_is_kept(folder: Path) -> None:
    write(folder / "one.jsonl", '{"id": "x", "title": "of one"}\n')
    write(folder / "two.jsonl", '{"id": "x", "title": "of two"}\n{"id": "y"}\n')
    _update("one.jsonl", "two.jsonl")
    assert _title("x") == "of two"
    write(folder / "two.jsonl", '{"id": "y", "title": "only"}\n')
    _update("one.jsonl", "two.jsonl")
    assert (_ids(), _title("x")) == (["x", "y"], "of one")


def test_the_other_file_may_be_outside_of_the_sources_or_gone(folder: Path) -> None:
    write(folder / "one.jsonl", '{"id": "x", "title": "of one"}\n{"id": "z"}\n')
    write(folder / "two.jsonl", '{"id": "x", "title": "of two"}\n{"id": "z"}\n')
    _update("one.jsonl", "two.jsonl")
    (folder / "two.jsonl").unlink()
    _update("two.jsonl")
    assert (_ids(), _title("x")) == (["x", "z"], "of one")
    _update("one.jsonl")
    write(folder / "two.jsonl", '{"id": "x", "title": "of two"}\n')
    _update("two.jsonl")
    (folder / "one.jsonl").unlink()
    (folder / "two.jsonl").unlink()
    _update("two.jsonl")
    assert _ids() == ["z"]


def test_what_no_source_covers_is_left_alone(folder: Path) -> None:
    write(folder / "other/c.md", "# Gamma\n")
    _update("news", "other")
    (folder / "news/a.md").unlink()
    (folder / "other/c.md").unlink()
    assert _update("other") == (0, 0, 1, 0, 0)
    assert _ids() == ["news/a.md", "news/b.md"]
    assert _update("news/*.md") == (0, 0, 1, 0, 0)
    assert _ids() == ["news/b.md"]


def test_a_file_that_is_excluded_now_is_gone(folder: Path) -> None:
    _update("news")
    assert _update("news", exclude=["b*"]) == (0, 0, 1, 0, 0)
    assert _update("news/*.md") == (1, 0, 0, 0, 1)
    assert _update("news/a*.md") == (0, 0, 0, 0, 0), "a glob removes only what is no more"


def test_a_file_named_itself_may_be_gone_but_a_folder_may_not(folder: Path) -> None:
    _update("news", "news/a.md")
    (folder / "news/a.md").unlink()
    assert _update("news/a.md") == (0, 0, 1, 0, 0)
    for missing in ("news/a.md", "nowhere", "no/*.md"):
        with pytest.raises(ArticleError):
            _update(missing)
    (folder / "news").rename(folder / "old")
    with pytest.raises(ArticleError):
        _update("news")
    assert _ids() == ["news/b.md"]


def test_a_failure_midway_changes_nothing(folder: Path) -> None:
    _update("news")
    write(folder / "news/a.md", "# Alpha again\n")

    def interrupt(done: int, files: int, articles: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _update("news", progress=interrupt)
    assert _title("news/a.md") == "Alpha"
    assert _update("news") == (0, 1, 0, 0, 1)


def test_ids_are_paths_from_the_folder_of_the_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _update("./news/../news")
    monkeypatch.chdir(folder / "news")
    with searchkit.open("../index") as index:
        report = update(index, ["."], base="/")
    assert (report.files_unchanged, report.files_read) == (2, 0), "the base of the first time holds"


def test_a_project_can_be_moved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "project").mkdir()
    (folder / "news").rename(folder / "project/news")
    monkeypatch.chdir(folder / "project")
    _update("news")
    (folder / "project").rename(folder / "moved")
    monkeypatch.chdir(folder / "moved")
    assert _update("news") == (0, 0, 0, 0, 0)
    assert _ids() == ["news/a.md", "news/b.md"]


def test_a_file_has_one_name_by_whichever_link(folder: Path) -> None:
    (folder / "link").symlink_to("news")
    _update("news")
    assert _update("link/a.md") == (0, 0, 0, 0, 0)


def test_another_writer_that_was_faster_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with searchkit.open("index") as index:
        kind = type(index)
        real = kind.writer

        def slow(self: Any, **options: Any) -> Any:
            monkeypatch.setattr(kind, "writer", real)
            update(index, "news")
            return real(self, **options)

        monkeypatch.setattr(kind, "writer", slow)
        report = update(index, str(folder / "news"))
    assert (report.added, report.files_unchanged) == (0, 2)


def test_names_that_are_not_utf_8(folder: Path) -> None:
    write(folder / "news" / os.fsdecode(b"\xff.md"), '---\nid: "1"\ntitle: strange\n---\nx\n')
    assert _update("news") == (3, 0, 0, 0, 3)
    assert _update("news") == (0, 0, 0, 0, 0)


def test_the_memory_survives_its_form() -> None:
    memory = Memory("/base", {"a.md": FileState(1, 2, ["x"], 3), "/b": FileState(4, 5)})
    assert load(dump(memory, "/base/index"), "/base/index", "/") == memory
    assert json.loads(dump(memory, "/base/index"))["base"] == ".."
    assert load(None, "/base/index", "/") == Memory("/")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff", b"{}", b'{"version": "1"}', b'{"version":1,"base":"","files":[1]}']
)
def test_a_memory_that_makes_no_sense_is_damage(data: bytes, folder: Path) -> None:
    with searchkit.open("index") as index:
        with index.writer() as writer:
            writer.set_attachment(ATTACHMENT, data)
        with pytest.raises(CorruptIndex) as caught:
            update(index, "news")
    assert caught.value.path == str(folder / "index")


def test_a_newer_memory_is_refused(folder: Path) -> None:
    with searchkit.open("index") as index:
        with index.writer() as writer:
            writer.set_attachment(ATTACHMENT, b'{"version": 2}')
        with pytest.raises(FormatTooNew):
            update(index, "news")
    assert issubclass(FormatTooNew, StorageError)


def test_a_file_that_no_folder_lists_stays_while_it_is_there(folder: Path) -> None:
    write(folder / "news/note.what", "# Note\n\nwhat nobody expects\n")
    assert _update("news") == (2, 0, 0, 0, 2)
    assert _update("news/note.what") == (1, 0, 0, 0, 1)
    assert _update("news") == (0, 0, 0, 0, 0)
    (folder / "news/note.what").unlink()
    assert _update("news") == (0, 0, 1, 0, 0)
