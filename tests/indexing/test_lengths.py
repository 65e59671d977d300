"""The length of a document: its tokens that are no stop words of their field's language."""

from __future__ import annotations

from pathlib import Path

import searchkit
from searchkit import Schema, Text
from searchkit.segment.lengths import SMALLEST

SCHEMA = Schema({"english": Text(), "plain": Text(language=None)})
ARTICLES = {
    "none": {},
    "english": {"english": "The price of OIL isn't to be known"},
    "plain": {"plain": "the price of oil"},
    "both": {"english": "the", "plain": "the"},
    # No ASCII between the words: one surface of 400 tokens, half of which are stop words. 199 is the step below 200.
    "wide": {"english": "the\u2003oil\u2003" * 200},
}
LENGTHS = {"none": 0, "english": 3, "plain": 4, "both": 1, "wide": 199}


def test_stop_words_do_not_count(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", schema=SCHEMA) as index:
        for _ in range(2):
            index.add({"id": id, **article} for id, article in ARTICLES.items())
            assert lengths_of(index) == LENGTHS
            index.merge()


def lengths_of(index: searchkit.Index) -> dict[str, int]:
    """Id → the length that scoring takes the document to have."""
    found = {}
    for id in ARTICLES:
        place = index._snapshot().find(id)
        assert place is not None
        part, document = place
        found[id] = SMALLEST[part.segment.norms[document]]
    return found
