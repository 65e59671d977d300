"""Which source files are new or changed, and which are gone."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from searchkit.articles import SourceFile, list_files
from searchkit.articles.files import is_article_name
from searchkit.dataclasses import dataclass, field
from searchkit.engines.sources.memory import FileState, Memory
from searchkit.schema.record import STANDARD_INPUT

__all__ = ["Plan", "make_plan"]


@dataclass(slots=True)
class Plan:
    """What to do with the source files.

    read: name → file, of those that are new or have changed, in the order of the sources. unchanged: name → file.
    removed: the names of the files that are gone.
    """

    read: dict[str, SourceFile] = field(default_factory=dict)
    unchanged: dict[str, SourceFile] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)


def make_plan(memory: Memory, sources: Sequence[str], exclude: Iterable[str], rebuild: bool) -> Plan:
    """Compare the files that `sources` name with those in memory.

    A file in memory is gone where a source is its own path and nothing is there any more; where a source is a folder
    above it that doesn't list it, if folders list files of its kind, else where nothing is there any more; and where a
    glob fits it and nothing is there any more. What no source covers stays.

    rebuild: read all files, changed or not. Raises `ArticleError` as `list_files` does, but for a file in memory.
    """
    missing = {path for path in map(os.path.abspath, sources) if _forgotten(memory, path)}
    plan = Plan()
    for file in list_files([one for one in sources if os.path.abspath(one) not in missing], exclude=exclude):
        name = file.path if file.path == STANDARD_INPUT else memory.name(file.path)
        known = not rebuild and _is_unchanged(file, memory.files.get(name))
        (plan.unchanged if known else plan.read)[name] = file
    covers = [os.path.abspath(source) for source in sources]
    for name in memory.files:
        if name not in plan.read and name not in plan.unchanged and _is_gone(memory, name, covers):
            plan.removed.append(name)
    return plan


def _forgotten(memory: Memory, path: str) -> bool:
    return not os.path.lexists(path) and memory.name(path) in memory.files


def _is_unchanged(file: SourceFile, state: FileState | None) -> bool:
    return state is not None and (state.size, state.modified_ns) == (file.size, file.modified_ns)


def _is_gone(memory: Memory, name: str, sources: list[str]) -> bool:
    path = memory.path(name)
    if any(_is_below(path, os.path.realpath(source)) for source in sources if os.path.isdir(source)):
        return is_article_name(os.path.basename(path)) or not os.path.lexists(path)
    named = any(path == memory.path(memory.name(source)) or _fits(path, source) for source in sources)
    return named and not os.path.lexists(path)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))


def _fits(path: str, source: str) -> bool:
    return glob.has_magic(source) and (fnmatchcase(path, source) or fnmatchcase(path, os.path.join(source, "*")))
