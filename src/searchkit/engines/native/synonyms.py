"""Synonyms as a program gives them, or a file has them, ready to be used by searches."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from searchkit.analysis import analyzer_for
from searchkit.errors import ConfigError, SchemaError
from searchkit.limits import Limits
from searchkit.query.nodes import Node
from searchkit.query.problems import Problem
from searchkit.query.synonym_rules import SynonymRule, synonym_rules
from searchkit.search.snapshot import Snapshot
from searchkit.search.synonyms import Synonyms

__all__ = ["SynonymsGiven", "synonyms_of", "with_synonyms"]

SynonymsGiven = str | os.PathLike[str] | Iterable[Any] | Mapping[str, Any] | None
"""A file, or its contents: see `searchkit.open`."""


def synonyms_of(given: SynonymsGiven) -> Synonyms | None:
    """Raises `ConfigError` naming file and line, or `SchemaError` for a program's own list."""
    if given is None:
        return None
    if isinstance(given, str | os.PathLike):
        return Synonyms(_read(given))
    entries = [given] if isinstance(given, Mapping) else given
    if not isinstance(entries, Iterable):
        raise SchemaError(f"synonyms are a file or a list, not {given!r}")
    rules: list[SynonymRule] = []
    for number, entry in enumerate(entries):
        try:
            rules += map(_checked, synonym_rules(entry))
        except ValueError as error:
            raise SchemaError(f"synonyms, entry {number}: {error}") from None
    return Synonyms(rules)


def _read(path: str | os.PathLike[str]) -> list[SynonymRule]:
    from searchkit.config import load_synonyms

    rules: list[SynonymRule] = []
    for line, entry in load_synonyms(path):
        try:
            rules += map(_checked, synonym_rules(entry))
        except ValueError as error:
            raise ConfigError(path, str(error), line) from None
    return rules


def _checked(rule: SynonymRule) -> SynonymRule:
    for text in (rule.typed, *rule.others):
        if not analyzer_for(None).tokens(text):
            raise ValueError(f"there is no word in {text!r}")
    return rule


def with_synonyms(
    synonyms: Synonyms, snapshot: Snapshot, node: Node, limits: Limits, query: str | Node
) -> tuple[Node, tuple[Problem, ...]]:
    """A query with its synonyms, and what kept some of them out. query: as it was given, for the place in it."""
    expanded, limit = synonyms.expand(snapshot, node, limits)
    message = f"the synonyms come to more than is searched: some were left out (limit: {limit})"
    return expanded, (Problem(message, 0, len(query) if isinstance(query, str) else 0),) if limit else ()
