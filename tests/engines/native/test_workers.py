"""Indexing in several threads: the same files for any number of them, and an index as it was where something fails."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import searchkit
from searchkit import Index, background
from searchkit.engines.native import writer as writing
from searchkit.errors import WriterDead
from searchkit.indexing import builder, inversion, meanings
from searchkit.segment import compression, container
from tests.storage.support import with_the_same_names

WORDS = [f"word{number:x}" for number in range(3000)] + ["it's", "U.S.", "naïve", "東京都"]

Built = Callable[[int | None], Path]


def articles(count: int, seed: int) -> Iterator[dict[str, str]]:
    chosen = random.Random(seed)
    for number in range(count):
        body = " ".join(chosen.choices(WORDS, k=chosen.randrange(200)))
        yield {"id": str(number % 350), "title": f"article {number}", "body": body, "date": f"19{79 - number % 9}"}


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Much is handed to threads, though there is little to index."""
    monkeypatch.setattr(builder, "_TAKEN_AT_ONCE", 1 << 13)
    monkeypatch.setattr(builder, "_TAKEN_ALONE", 1 << 11)
    monkeypatch.setattr(background, "_WORTHWHILE", 1)
    monkeypatch.setattr(inversion, "_SMALL", 200)
    monkeypatch.setattr(meanings, "_CHUNK", 64)
    monkeypatch.setattr(compression, "_TOGETHER", 4)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_parts: None) -> Built:
    """Makes an index with so many workers, in several segments some of which are merged."""

    def build(workers: int | None) -> Path:
        with_the_same_names(monkeypatch)
        folder = tmp_path / f"index-{workers}"
        with searchkit.open(folder) as index:
            with writing.Writer(index._store, index.schema, timeout=1.0, memory=1_200_000, workers=workers) as writer:
                for article in articles(600, 1):
                    writer.add(article)
                assert 1 <= len(writer._segments) < 20
            index.add(articles(40, 2), workers=workers)
            with index.writer(workers=workers) as writer:
                writer.delete("7")
                writer.merge()
            index.add(articles(300, 3), workers=workers)
        return folder

    return build


def test_the_files_are_the_same_for_any_number_of_workers(built: Built) -> None:
    first, *others = [
        {file.name: file.read_bytes() for file in built(workers).iterdir() if file.suffix in (".seg", ".del")}
        for workers in (1, 2, 3, 7, None)
    ]
    assert len(first) > 1
    assert all(other == first for other in others)


@pytest.fixture
def index(tmp_path: Path, small_parts: None) -> Index:
    index = searchkit.open(tmp_path / "index")
    index.add(articles(20, 1))
    return index


def check_that_nothing_changed(index: Index, threads: int) -> None:
    assert (len(index), index.check(), threading.active_count()) == (20, [], threads)
    assert [file.suffix for file in Path(index.path).iterdir() if file.suffix not in ("", ".lock")] == [".seg"]
    assert index.add(articles(50, 4), workers=2).added == 50


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_a_rollback_waits_for_the_threads(index: Index, workers: int) -> None:
    threads = threading.active_count()
    with index.writer(workers=workers) as writer:
        for article in articles(200, 2):
            writer.add(article)
        writer.rollback()
    check_that_nothing_changed(index, threads)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_what_fails_in_a_thread_keeps_the_writer_from_committing(
    index: Index, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, tokenise, calls = threading.active_count(), builder.SegmentBuilder._tokenised, []

    def fail_once(self: builder.SegmentBuilder, texts: list[bytes]) -> memoryview:
        calls.append(texts)
        if len(calls) == 2:
            raise ZeroDivisionError
        return tokenise(self, texts)

    monkeypatch.setattr(builder.SegmentBuilder, "_tokenised", fail_once)

    def add_all() -> None:
        with index.writer(workers=workers) as writer:
            for article in articles(200, 2):
                try:
                    writer.add(article)
                except ZeroDivisionError:
                    continue  # as a program might that knows no better

    with pytest.raises(WriterDead, match="failed before"):
        add_all()
    check_that_nothing_changed(index, threads)


@pytest.mark.parametrize("workers", [2, 3])
def test_what_fails_while_positions_are_written_leaves_nothing(
    index: Index, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, write, failed = threading.active_count(), container.ContainerWriter.write, []

    def fail_in_thread(self: container.ContainerWriter, buffer: bytes) -> None:
        if threading.current_thread() is not threading.main_thread():
            failed.append(buffer)
            raise ZeroDivisionError
        write(self, buffer)

    monkeypatch.setattr(container.ContainerWriter, "write", fail_in_thread)
    with pytest.raises(ZeroDivisionError):
        index.add(articles(200, 2), workers=workers)
    assert failed
    monkeypatch.undo()
    check_that_nothing_changed(index, threads)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_what_fails_beside_the_writing_of_positions_leaves_nothing(
    index: Index, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, gather, calls = threading.active_count(), inversion.Inversion._gather, []

    def fail_late(self: inversion.Inversion, one: inversion._Slice) -> tuple[memoryview, memoryview, int, int]:
        calls.append(one)
        if len(calls) > 9:
            raise MemoryError
        return gather(self, one)

    monkeypatch.setattr(inversion.Inversion, "_gather", fail_late)
    with pytest.raises(MemoryError):
        index.add(articles(200, 2), workers=workers)
    monkeypatch.undo()
    check_that_nothing_changed(index, threads)


def test_workers_are_counted_from_one(index: Index) -> None:
    with pytest.raises(ValueError, match="workers is at least 1, not 0"):
        index.add([], workers=0)
    with pytest.raises(TypeError, match="workers is a whole number, not 'all'"):
        index.add([], workers="all")  # type: ignore[arg-type]
