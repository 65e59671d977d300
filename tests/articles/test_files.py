from __future__ import annotations

import os
from pathlib import Path

import pytest

from searchkit.articles import Article, SourceFile, list_files, read
from searchkit.errors import ArticleError, DocumentError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = [
        "b.md", "a.TXT", "sub/c.jsonl.gz", "sub/deep/d.csv", "sub/e.yaml", "f.markdown.xz", "g.tsv.zst", "h.json",
        "image.png", "archive.gz", "README", "searchkit.yaml", ".hidden.md", ".git/x.md",
    ]  # fmt: skip
    for name in names:
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def paths(*sources: str | Path, exclude: tuple[str, ...] = ()) -> list[str]:
    return [file.path for file in list_files(sources, exclude=exclude)]


ALL = [
    "news/a.TXT", "news/b.md", "news/f.markdown.xz", "news/g.tsv.zst", "news/h.json", "news/sub/c.jsonl.gz",
    "news/sub/e.yaml", "news/sub/deep/d.csv",
]  # fmt: skip


def test_folders_are_read_with_their_folders(folder: Path) -> None:
    assert paths("news") == ALL
    assert paths("news/") == ALL
    assert paths(folder / "news") == [str(folder / path) for path in ALL]
    assert [file.path for file in list_files("news")] == ALL == [file.path for file in list_files(Path("news"))]


def test_formats_come_from_names(folder: Path) -> None:
    found = {os.path.basename(file.path): (file.format, file.compression) for file in list_files("news")}
    assert found == {
        "a.TXT": ("article", None),
        "b.md": ("article", None),
        "f.markdown.xz": ("article", "xz"),
        "g.tsv.zst": ("tsv", "zstd"),
        "h.json": ("json", None),
        "c.jsonl.gz": ("json-lines", "gzip"),
        "e.yaml": ("yaml", None),
        "d.csv": ("csv", None),
    }


def test_the_state_of_a_file(folder: Path) -> None:
    (file,) = list_files(["news/b.md"])
    state = (folder / "news/b.md").stat()
    assert file == SourceFile("news/b.md", "article", None, state.st_size, state.st_mtime_ns)


def test_a_file_that_is_named_may_have_any_name(folder: Path) -> None:
    files = list_files(["news/README", "news/archive.gz", "news/.hidden.md"])
    assert {file.format for file in files} == {"article"}
    assert [file.compression for file in files] == [None, "gzip", None]


def test_globs(folder: Path) -> None:
    assert paths("news/*.md") == ["news/b.md"]
    assert paths("news/**/*.csv") == ["news/sub/deep/d.csv"]
    assert paths("news/s*", exclude=("deep", "searchkit.yaml")) == ["news/sub/c.jsonl.gz", "news/sub/e.yaml"]


def test_each_file_comes_once(folder: Path) -> None:
    assert paths("news/b.md", folder / "news" / "b.md", "news/*.md") == ["news/b.md"]
    assert paths("-", "-") == ["-"]
    assert list_files(["-"]) == [SourceFile("-", "detect", None)]


@pytest.mark.parametrize(
    ("pattern", "missing"),
    [
        ("*.md", {"news/b.md"}),
        ("sub", {path for path in ALL if "sub" in path}),
        ("sub/", {path for path in ALL if "sub" in path}),
        ("news/sub/*", {path for path in ALL if "sub" in path}),
        ("*/deep", {"news/sub/deep/d.csv"}),
        ("nothing", set()),
    ],
)
def test_exclusion(folder: Path, pattern: str, missing: set[str]) -> None:
    assert paths("news", exclude=(pattern,)) == [path for path in ALL if path not in missing]
    assert len(paths(folder / "news", exclude=(str(folder / "news/sub"),))) == 5


def test_what_does_not_exist_is_named(folder: Path) -> None:
    cases = [("nowhere.md", "does not exist"), ("nowhere/*.md", "no file matches"), ("a\0b", "not exist")]
    for source, reason in cases:
        with pytest.raises(ArticleError, match=reason) as caught:
            list_files([source])
        assert caught.value.path == source


def test_a_name_with_brackets_is_a_file_first(folder: Path) -> None:
    (folder / "a[1].md").write_text("x")
    assert paths("a[1].md") == ["a[1].md"]


def test_a_folder_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ArticleError, match="Permission denied"):
        list_files(["news"])


def test_a_link_that_leads_nowhere_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# Good\n\nText")
    (tmp_path / "broken.md").symlink_to("nowhere.md")
    for source in (tmp_path, tmp_path / "*.md"):
        broken, good = read([source])
        assert isinstance(broken, DocumentError)
        assert broken.source == str(tmp_path / "broken.md")
        assert "cannot be read" in broken.reason
        assert isinstance(good, Article)


def test_pipes_in_folders_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert list_files([tmp_path]) == []
