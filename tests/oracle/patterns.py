"""Which words a pattern stands for, by Python's own regular expressions and a whole matrix of edit distances."""

from __future__ import annotations

import re
from functools import cache

from searchkit.analysis.folding import fold
from searchkit.query.nodes import Fuzzy, Regex, Wildcard

Pattern = Wildcard | Regex | Fuzzy


def distance_to(node: Pattern, word: str, folded: bool = True) -> int | None:
    """The edits between a word and what the node looks for, or None where the node does not stand for the word.

    folded: whether words are; else letter case counts.
    """
    if not isinstance(node, Fuzzy):
        return 0 if _compiled(node, folded).fullmatch(word) else None
    sought = fold(node.text) if folded else node.text
    most = node.distance
    if most is None:
        most = 0 if len(sought) <= 2 else 1 if len(sought) <= 5 else 2
    found = edits(sought, word)
    return found if found <= most else None


def distances(node: Pattern, words: set[tuple[str, str]]) -> dict[str, int]:
    """Term → the least distance of its forms, of all terms that a node stands for.

    words: pairs of form and term.
    """
    found: dict[str, int] = {}
    for form, term in words:
        distance = distance_to(node, form)
        if distance is not None and distance < found.get(term, 99):
            found[term] = distance
    return found


@cache
def _compiled(node: Wildcard | Regex, folded: bool) -> re.Pattern[str]:
    text = node.text
    if isinstance(node, Regex):
        return re.compile(text.lower() if folded else text, re.DOTALL)
    return re.compile(re.escape(fold(text) if folded else text).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


@cache
def edits(one: str, other: str) -> int:
    """Characters added, dropped, replaced or swapped with their neighbour, none of them twice."""
    rows = [list(range(len(other) + 1))]
    for line, character in enumerate(one, 1):
        row = [line]
        for column, its in enumerate(other, 1):
            cost = min(rows[-1][column] + 1, row[-1] + 1, rows[-1][column - 1] + (character != its))
            if line > 1 and column > 1 and character == other[column - 2] and one[line - 2] == its:
                cost = min(cost, rows[-2][column - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
