"""One commit in the making: memory, deletes before and after it, and writers that are done."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import Index
from searchkit.engines.native import writer as module
from searchkit.engines.native.pending import PendingSegment
from searchkit.errors import DocumentError, IndexClosed, LockTimeout, WriteFailed, WriterDead
from searchkit.indexing import builder


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return searchkit.open(tmp_path / "index")


def test_documents_beyond_the_memory_become_segments_of_one_commit(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MEMORY", 1)
    before = index.info()["generation"]
    with module.Writer(index._store, index.schema, timeout=1.0, memory=1) as writer:
        for number in range(5):
            writer.add({"id": str(number % 4), "title": f"walrus {number}"})
    assert (writer.added, writer.replaced) == (5, 1)
    info = index.info()
    assert (info["generation"], info["documents"]) == (before + 1, 4)
    assert len(info["segments"]) > 1
    assert {hit["title"] for hit in index.search("walrus")} == {f"walrus {number}" for number in (1, 2, 3, 4)}


ARTICLES: list[Any] = [
    {"id": "a", "title": "walrus"},
    {"id": "b", "title": "seal", "date": "someday"},
    {"id": 7, "title": "walrus"},
    {"id": "a", "title": "walrus and seal"},
    ["d"],
    {"id": "é", "title": "walrus"},
    {"id": "f", "title": "walrus"},
    {"id": "g", "title": ["walrus"]},
    {"id": "f", "title": "seal"},
    DocumentError("not an article", id="h"),
]


@pytest.mark.parametrize("memory", [1, 3_000, module.MEMORY])
def test_many_at_once_are_added_as_one_after_the_other(tmp_path: Path, memory: int) -> None:
    found = []
    for at_once in (True, False):
        with searchkit.open(tmp_path / f"index-{at_once}") as index:
            with module.Writer(index._store, index.schema, timeout=1.0, memory=memory) as writer:
                rejected = writer.add_all(ARTICLES) if at_once else list(_one_by_one(writer, ARTICLES))
                segments = [pending.documents for pending in writer._segments]
            documents = [dict(hit.fields) for hit in index.search("*", limit=20, sort="id")]
            errors = [(str(error), error.position) for error in rejected]
            found.append((writer.added, writer.replaced, segments, documents, errors))
    assert found[0] == found[1]
    assert found[0][:2] == (7, 2)
    assert len(found[0][4]) == 3


def _one_by_one(writer: module.Writer, articles: Iterable[Any]) -> Iterator[DocumentError]:
    for article in articles:
        try:
            if isinstance(article, DocumentError):
                raise article
            writer.add(article)
        except DocumentError as error:
            yield error


def test_an_article_is_looked_at_before_the_next_one_is_made(index: Index) -> None:
    def changed() -> Iterator[dict[str, Any]]:
        article: dict[str, Any] = {}
        for number in range(5):
            article["id"], article["title"] = str(number), f"walrus {number}"
            yield article

    seen: list[int] = []
    assert index.add(changed(), progress=seen.append).added == 5
    assert index.add(changed()).replaced == 5
    assert seen == [1, 2, 3, 4, 5]
    assert {hit["title"] for hit in index.search("walrus")} == {f"walrus {number}" for number in range(5)}


def delete_some(writer: module.Writer) -> None:
    writer.delete_where("title:nothing")


def update_new(writer: module.Writer) -> None:
    writer.update("1", {"title": "seal"})


def update_old(writer: module.Writer) -> None:
    writer.update("old", {"title": "seal"})


def update_twice(writer: module.Writer) -> None:
    writer.update("old", {"title": "seal"})
    writer.add({"id": "old", "title": "walrus", "body": "other"})
    writer.update("old", {"title": "seal"})


def delete_none(writer: module.Writer) -> None:
    writer.delete_where("nothing")


def add_one(writer: module.Writer) -> None:
    writer.add({"id": "new", "title": "seal"})


def fill_memory(writer: module.Writer) -> None:
    writer.add({"id": "new", "title": "seal " * 1000})


def add_many(writer: module.Writer) -> None:
    assert len(writer.add_all([{"id": "x", "title": "seal"}, {"id": "y", "date": "someday"}, ["z"]])) == 2


@pytest.mark.parametrize(
    "use", [delete_some, update_new, update_old, update_twice, add_one, fill_memory, add_many, module.Writer.merge]
)
@pytest.mark.parametrize("memory", [1, 5_000, module.MEMORY])
def test_what_makes_the_articles_may_use_the_writer(
    tmp_path: Path, use: Callable[[module.Writer], object], memory: int
) -> None:
    found = []
    for at_once in (True, False):
        with searchkit.open(tmp_path / f"index-{at_once}") as index:
            index.add([{"id": "old", "title": "walrus", "body": "old"}])
            with module.Writer(index._store, index.schema, timeout=1.0, memory=memory) as writer:
                made = _using(writer, use)
                rejected = writer.add_all(made) if at_once else list(_one_by_one(writer, made))
                counts = writer.added, writer.replaced, [error.position for error in rejected]
            documents = [dict(hit.fields) for hit in index.search("*", limit=20, sort="id")]
            found.append((counts, documents))
    assert found[0] == found[1]
    assert {"1", "2", "3", "4", "6"} <= {document["id"] for document in found[0][1]}
    assert len(found[0][0][2]) == 1


def _using(writer: module.Writer, use: Callable[[module.Writer], object]) -> Iterator[dict[str, Any]]:
    yield {"id": "1", "title": "walrus", "body": "one"}
    yield {"id": "2", "title": "walrus", "body": "two"}
    use(writer)
    yield {"id": "3", "title": "walrus", "body": "three"}
    yield {"id": "4", "title": "walrus", "body": "four"}
    yield {"id": "5", "date": "someday"}
    yield {"id": "6", "title": "walrus", "body": "six"}


@pytest.mark.parametrize("end", [module.Writer.commit, module.Writer.rollback])
def test_a_writer_that_is_done_meanwhile_says_so(index: Index, end: Callable[[module.Writer], object]) -> None:
    writer = module.Writer(index._store, index.schema, timeout=1.0)
    with pytest.raises(IndexClosed):
        writer.add_all(_using(writer, end))
    assert writer.added == 2
    assert len(index) == (2 if end is module.Writer.commit else 0)


@pytest.mark.parametrize("step", ["_delete_older", "_finish", "finish"])
@pytest.mark.parametrize("use", [module.Writer.merge, delete_none])
def test_what_is_left_by_half_is_not_committed(
    index: Index, step: str, use: Callable[[module.Writer], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documents that new ones were to replace stay, though the program goes on with the writer."""
    index.add({"id": str(number), "title": "walrus"} for number in range(20))
    owner = builder.SegmentBuilder if step == "finish" else module.Writer
    done = getattr(owner, step)

    def interrupted(self: object, *arguments: object) -> None:
        done(self, *arguments)
        raise KeyboardInterrupt

    def work() -> None:
        with index.writer() as writer:
            writer.add_all({"id": str(number), "title": "seal"} for number in range(20))
            monkeypatch.setattr(owner, step, interrupted)
            with pytest.raises(KeyboardInterrupt):
                use(writer)
            monkeypatch.undo()
            with pytest.raises(WriterDead, match="failed before"):
                writer.add({"id": "more", "title": "seal"})

    with pytest.raises(WriterDead, match="failed before"):
        work()
    assert (len(index), index.count("walrus"), index.check()) == (20, 20, [])
    index.add([{"id": "0", "title": "seal"}])
    assert (len(index), index.count("walrus")) == (20, 19)


def delete_query(writer: module.Writer) -> None:
    writer.delete_where("walrus")


def delete_ids(writer: module.Writer) -> None:
    for number in range(3):
        writer.delete(str(number))


@pytest.mark.parametrize("use", [delete_query, delete_ids])
def test_deleting_is_not_committed_by_half(
    index: Index, use: Callable[[module.Writer], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        index.add([{"id": str(number), "title": "walrus"}])
    delete, calls = PendingSegment.delete, []

    def interrupted(self: PendingSegment, documents: Iterable[int]) -> int:
        calls.append(self)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return delete(self, documents)

    def work() -> None:
        with index.writer() as writer:
            monkeypatch.setattr(PendingSegment, "delete", interrupted)
            with pytest.raises(KeyboardInterrupt):
                use(writer)

    with pytest.raises(WriterDead):
        work()
    assert len(index) == 3


def test_a_merge_that_is_interrupted_leaves_nothing(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        index.add([{"id": str(number), "title": "walrus"}])

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    before = sorted(path.name for path in Path(index.path).iterdir())
    with index.writer() as writer:
        with monkeypatch.context() as patch:
            patch.setattr(module, "merge_segments", interrupted)
            with pytest.raises(KeyboardInterrupt):
                writer.merge()
        assert sorted(path.name for path in Path(index.path).iterdir()) == before
        writer.add({"id": "new", "title": "walrus"})
    assert (len(index), index.check()) == (4, [])


def test_an_interrupted_end_frees_the_lock(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    writer = module.Writer(index._store, index.schema, timeout=1.0)
    writer.add({"id": "new", "title": "walrus"})
    with monkeypatch.context() as patch:
        patch.setattr("searchkit.background.Workers.close", interrupted)
        with pytest.raises(KeyboardInterrupt):
            writer.rollback()
    with index.writer(timeout=0.0) as other:
        other.add({"id": "other", "title": "walrus"})
    assert len(index) == 1


def test_documents_that_were_taken_in_by_half_end_the_writer(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    def work() -> None:
        with index.writer(workers=1) as writer, monkeypatch.context() as patch:
            patch.setattr(builder, "_TAKEN_ALONE", 1)
            patch.setattr(builder.SegmentBuilder, "_keep", interrupted)
            with pytest.raises(KeyboardInterrupt):
                writer.add_all({"id": str(number), "title": "walrus"} for number in range(9))

    with pytest.raises(WriterDead):
        work()
    index.add([{"id": "new", "title": "walrus"}])
    assert (len(index), index.check()) == (1, [])


def test_a_folder_that_is_gone_is_told(index: Index) -> None:
    def work() -> None:
        with index.writer() as writer:
            writer.add({"id": "new", "title": "walrus"})
            shutil.rmtree(index.path)
            writer.merge()

    with pytest.raises(WriteFailed, match="No such file"):
        work()


def test_nothing_is_written_where_adding_fails(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    finished: list[object] = []
    monkeypatch.setattr(builder, "_TAKEN_ALONE", 1)
    monkeypatch.setattr(builder, "_TAKEN_AT_ONCE", 1)
    writer = module.Writer(index._store, index.schema, timeout=1.0, memory=1_200, workers=1)
    writer.add_all([{"id": "a", "title": "walrus"}])
    monkeypatch.setattr(builder.SegmentBuilder, "_keep", fail)
    monkeypatch.setattr(builder.SegmentBuilder, "finish", finished.append)
    with pytest.raises(KeyboardInterrupt):
        writer.add_all([{"id": "b", "title": "walrus " * 100}])
    assert not finished
    writer.rollback()


def test_what_cannot_be_added_is_said_before_another_writer_is_waited_for(index: Index) -> None:
    with index.writer():
        for wrong in ({"articles": "walrus"}, {"articles": [], "progress": 1}):
            with pytest.raises(TypeError):
                index.add(**wrong)
        with pytest.raises(ValueError, match="on_error"):
            index.add([], on_error="ignore")  # type: ignore[arg-type]


def test_what_was_added_before_an_iterable_fails_stands(index: Index) -> None:
    def failing() -> Iterator[dict[str, Any]]:
        yield {"id": "a", "title": "walrus"}
        yield {"id": "b", "title": "walrus"}
        raise ZeroDivisionError

    with index.writer() as writer:
        with pytest.raises(ZeroDivisionError):
            writer.add_all(failing())
        with pytest.raises(DocumentError):
            writer.add_all([{"id": "c", "title": "walrus"}, {"id": "d", "date": "someday"}], on_error="raise")
        assert writer.add_all([]) == []
        wrong = writer.add_all([DocumentError("not an article"), {"id": "e", "date": "someday"}])
        assert [error.position for error in wrong] == [None, 5]
        assert writer.added == 3
    assert {hit.id for hit in index.search("walrus")} == {"a", "b", "c"}
    with index.writer() as writer, pytest.raises(TypeError):
        writer.add_all("walrus")


def test_what_is_deleted_before_the_commit_never_was(index: Index) -> None:
    with index.writer() as writer:
        writer.add({"id": "a", "title": "walrus"})
        assert writer.delete("a")
        assert not writer.delete("b")
    assert (len(index), index.count("walrus")) == (0, 0)


def test_an_exception_rolls_back(index: Index) -> None:
    def fail() -> None:
        with index.writer() as writer:
            writer.add({"id": "a", "title": "walrus"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(index) == 0
    with index.writer() as writer:
        writer.add({"id": "a", "title": "walrus"})
        writer.rollback()
        writer.rollback()
    assert len(index) == 0


def test_a_writer_that_is_done_is_not_used_again(index: Index) -> None:
    with index.writer() as writer:
        generation = writer.commit()
    assert generation == index.info()["generation"]
    with pytest.raises(IndexClosed, match="open a new one"):
        writer.add({"id": "a"})


def test_a_commit_of_nothing_makes_no_generation(index: Index) -> None:
    before = index.info()["generation"]
    index.add([])
    assert index.info()["generation"] == before


def test_a_merge_drops_what_is_deleted(index: Index) -> None:
    index.add({"id": str(number), "title": f"walrus {number}"} for number in range(10))
    index.add([{"id": "3", "title": "seal"}])
    with index.writer() as writer:
        writer.add({"id": "new", "title": "walrus"})
        writer.merge()
    (segment,) = index.info()["segments"]
    assert (segment["documents"], segment["live"], index.count("walrus")) == (11, 11, 10)
    for number in range(10):
        index.delete(str(number))
    index.delete("new")
    index.merge()
    assert (index.info()["segments"], len(index)) == ([], 0)


def test_attachments_live_with_the_index(index: Index) -> None:
    with index.writer() as writer:
        writer.set_attachment("notes", b"one")
    assert index.attachment("notes") == b"one"
    with index.writer() as writer:
        writer.set_attachment("notes", None)
    assert index.attachment("notes") is None
    assert index.attachment("others") is None


def test_one_writer_at_a_time(index: Index) -> None:
    with index.writer(), pytest.raises(LockTimeout), index.writer(timeout=0.0):
        pass
