"""Bring an index up to date with its source files, in one commit."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from searchkit.articles import Article, SourceFile, list_files, read_file
from searchkit.engines.sources.memory import ATTACHMENT, FileState, Memory, dump, load
from searchkit.engines.sources.plan import Plan, make_plan
from searchkit.engines.sources.report import SourceReport
from searchkit.errors import ArticleError, DocumentError
from searchkit.schema import Schema
from searchkit.schema.coerce import Coercer
from searchkit.schema.record import STANDARD_INPUT

if TYPE_CHECKING:
    from searchkit.engines.native.index import Index
    from searchkit.engines.native.writer import Writer

__all__ = ["Progress", "update"]

Progress = Callable[[int, int, int], None]
"""Told (files done, files to do, articles read so far)."""

_STEP = 64
# A file that was modified so shortly before it was looked at may be modified again without its time changing.
_TICK_NS = 20_000_000


def update(
    index: Index,
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    base: str | os.PathLike[str] | None = None,
    exclude: Iterable[str] = (),
    encoding: str = "utf-8",
    rebuild: bool = False,
    progress: Progress | None = None,
    workers: int | None = None,
) -> SourceReport:
    """Index the articles of new and changed files, delete those of files that are gone; one commit, or nothing.

    sources: files, folders and globs, or "-" for standard input, as `searchkit.articles.list_files` takes them. Files
        that no source covers are left alone. Of a file with anything in it that cannot be read or is rejected, the
        good articles go in and no document of before is deleted.
    base: the folder that ids derived from paths are relative to; by default the one that holds the index. The first
        update decides; the index keeps it.
    exclude: shell patterns of what to pass over. encoding: of the files. rebuild: read all files, changed or not.
    progress: told how far it is, often. workers: how many threads index, as for `Index.writer`.

    Raises `ArticleError` where a source does not exist, and what writing to the index raises.
    """
    given = [sources] if isinstance(sources, str | os.PathLike) else sources
    paths, patterns = [os.fspath(source) for source in given], tuple(exclude)
    folder = index.path
    beside = os.fspath(base) if base is not None else os.path.dirname(folder)

    def planned() -> tuple[Memory, Plan]:
        memory = load(index.attachment(ATTACHMENT), folder, beside)
        return memory, make_plan(memory, paths, patterns, rebuild)

    memory, plan = planned()
    if not plan.read and not plan.removed:
        return _nothing_to_do(memory, plan)
    with index.writer(workers=workers) as writer:
        memory, plan = planned()  # once more: another writer may just have done it
        work = _Update(index.schema, writer, memory, plan, encoding, progress)
        work.run()
        writer.set_attachment(ATTACHMENT, dump(memory, folder))
    report = work.report
    report.added, report.replaced, report.removed = writer.added, writer.replaced, writer.removed
    return report


def _nothing_to_do(memory: Memory, plan: Plan) -> SourceReport:
    return SourceReport(still_rejected=_rejected(memory, plan.unchanged), files_unchanged=len(plan.unchanged))


def _rejected(memory: Memory, names: Iterable[str]) -> int:
    return sum(memory.files[name].rejected for name in names)


class _Update:
    """One update under way."""

    def __init__(
        self, schema: Schema, writer: Writer, memory: Memory, plan: Plan, encoding: str, progress: Progress | None
    ) -> None:
        self.report = SourceReport()
        self._coercer, self._writer = Coercer(schema), writer
        self._memory, self._plan = memory, plan
        self._encoding, self._progress = encoding, progress
        self._articles = self._files = 0
        self._given: set[str] = set()
        self._vanished: dict[str, None] = {}
        self._looked_at = time.time_ns()

    def run(self) -> None:
        """Process the plan."""
        for name in self._plan.removed:
            self._vanish(self._memory.files.pop(name).ids)
        for name, file in self._plan.read.items():
            self._read(name, file)
        self._read_owners()
        self._delete()
        self.report.files_removed = len(self._plan.removed)
        self.report.files_unchanged = len(self._plan.unchanged)
        self.report.still_rejected = _rejected(self._memory, self._plan.unchanged)

    def _read(self, name: str, file: SourceFile) -> None:
        state = FileState(file.size, file.modified_ns)
        ids: dict[str, None] = {}
        for article in read_file(file, encoding=self._encoding):
            self._tell()
            try:
                ids[self._add(article, name)] = None
            except DocumentError as error:
                error.source = file.path
                self.report.rejected.append(error)
                state.rejected += 1
            self._articles += 1
        self._files += 1
        self.report.files_read += 1
        if name != STANDARD_INPUT:
            self._remember(name, state, ids)

    def _add(self, article: Article | DocumentError, name: str) -> str:
        if isinstance(article, DocumentError):
            raise article
        article.path = name  # which an id may be derived from
        document = self._coercer.coerce(article)
        self._writer.add_document(document)
        self._given.add(document.id)
        return document.id

    def _remember(self, name: str, state: FileState, ids: dict[str, None]) -> None:
        before = self._memory.files.get(name)
        if before is not None and state.rejected:
            ids.update(dict.fromkeys(before.ids))
        elif before is not None:
            self._vanish(id for id in before.ids if id not in ids)
        state.ids = list(ids)
        nothing_good = state.rejected and not self._given.intersection(ids)
        if nothing_good or state.modified_ns > self._looked_at - _TICK_NS:
            state.unsettle()
        self._memory.files[name] = state

    def _vanish(self, ids: Iterable[str]) -> None:
        self._vanished.update(dict.fromkeys(ids))

    def _read_owners(self) -> None:
        """Read the unchanged files that give a document too which another file doesn't give any more."""
        done: set[str] = set(self._plan.read)
        while owners := list(self._other_owners(done)):
            done.update(name for name, _ in owners)
            for name, file in owners:
                self._read(name, file)

    def _other_owners(self, done: set[str]) -> Iterator[tuple[str, SourceFile]]:
        left = [id for id in self._vanished if id not in self._given]
        owners = self._memory.owners() if left else {}
        for name in dict.fromkeys(name for id in left for name in owners.get(id, ()) if name not in done):
            try:
                yield name, list_files(self._memory.path(name))[0]
            except ArticleError:
                continue  # it is gone too

    def _delete(self) -> None:
        for id in self._vanished:
            if id not in self._given:
                self._writer.delete(id)

    def _tell(self) -> None:
        if self._progress is not None and self._articles % _STEP == 0:
            self._progress(self._files, len(self._plan.read), self._articles)
