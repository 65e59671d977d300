"""Which words of a query say nothing."""

from __future__ import annotations

from searchkit.kernels.known_words import KnownWord
from searchkit.query.nodes import Node, Word
from searchkit.search.known_words import known_words
from searchkit.search.snapshot import Snapshot

__all__ = ["is_stop_word"]


def is_stop_word(snapshot: Snapshot, node: Node) -> bool:
    """Whether a node is a word for all text fields that is a stop word in all of their languages."""
    if not isinstance(node, Word) or node.field is not None:
        return False
    word: KnownWord = known_words(snapshot).find(snapshot, [node.text])[0]
    return word.is_stop
