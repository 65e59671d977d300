"""Queries with misspelt words, as they were probably meant: "did you mean embassy hostages?"

A word is taken for misspelt where no document has it, or where another that is near is in many times as many. What it
may have been are words that documents have, the nearest first and of these the most frequent; and only a query that
finds something, in the dates and beside the other words that were asked for, is suggested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import product

from searchkit.dataclasses import dataclass
from searchkit.query.nodes import Node
from searchkit.query.printing import to_text
from searchkit.search.parts import SegmentPart
from searchkit.search.snapshot import Snapshot
from searchkit.suggestions.suspects import TIMES, Meant, Suspect, changed, find_meant, find_suspects

__all__ = ["Speller", "Suggestion"]

_SUSPECTS, _TRIED = 4, 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query as it was probably meant.

    text, query: the query, ready to run. count: how many documents match it. changes: the words that were replaced, as
    typed, with what replaces them.
    """

    text: str
    query: Node
    count: int
    changes: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.text


class Speller:
    """snapshot: what to suggest from. parse: text → tree. count: how many documents match a tree, all of it. best: the
    documents that match one best.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        parse: Callable[[str], Node],
        count: Callable[[Node], int],
        best: Callable[[Node], Iterable[tuple[SegmentPart, int]]],
    ) -> None:
        self._snapshot, self._parse, self._count, self._best = snapshot, parse, count, best

    def suggest(self, node: Node, text: str | None, limit: int) -> list[Suggestion]:
        """The queries that were probably meant by one, the likeliest first; none where all of its words are well known.

        text: what the query was typed as, if it was.
        """
        suspects = sorted(find_suspects(self._snapshot, node, self._count), key=lambda one: one.count)[:_SUSPECTS]
        least = 1 if any(not one.count for one in suspects) else self._count(node) * TIMES
        options = [self._options(suspect) for suspect in suspects]
        tries = [[meant for meant in chosen if meant is not None] for chosen in product(*options)]
        found = []
        for changes in sorted(filter(None, tries), key=_effort)[:_TRIED]:
            tree = changed(node, changes)
            total = self._count(tree)
            if total and total >= least:
                found.append((_effort(changes)[0], -total, self._suggestion(tree, text, total, changes)))
        found.sort(key=lambda entry: (*entry[:2], entry[2].text))
        return [suggestion for _, _, suggestion in found[:limit]]

    def _options(self, suspect: Suspect) -> list[Meant | None]:
        """What a word may have been; None: itself."""
        known: list[Meant | None] = [None] if suspect.count else []
        return known + list(find_meant(self._snapshot, suspect, self._best))

    def _suggestion(self, tree: Node, text: str | None, total: int, changes: Iterable[Meant]) -> Suggestion:
        """The suggestion, in the user's own text where only its words have to be replaced for it."""
        for meant in changes if text is not None else ():
            text = re.sub(rf"(?<!\w){re.escape(meant.suspect.typed)}(?!\w)", meant.form, text or "")
        if text is None or self._parse(text) != tree:
            text = to_text(tree, self._snapshot.schema)
        return Suggestion(text, tree, total, tuple((meant.suspect.typed, meant.form) for meant in changes))


def _effort(changes: list[Meant]) -> tuple[int, int]:
    """How much is changed: edits in all, then how far down the lists of what may have been meant."""
    return sum(meant.distance for meant in changes), sum(meant.rank for meant in changes)
