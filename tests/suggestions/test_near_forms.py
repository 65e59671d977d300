"""Near words of the dictionary, against the distance to each of them."""

from __future__ import annotations

import tempfile
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.kernels import COMPILED
from searchkit.segment.keys import part_key
from searchkit.suggestions.near_forms import near_forms

_words = st.text(alphabet="abcdé", min_size=1, max_size=7)


def distance(first: str, second: str) -> int:
    """Insertions, deletions, replacements and exchanges of neighbours that make one word of another, each place edited
    once.
    """

    @cache
    def of(a: str, b: str) -> int:
        if not a or not b:
            return len(a) + len(b)
        best = min(of(a[:-1], b) + 1, of(a, b[:-1]) + 1, of(a[:-1], b[:-1]) + (a[-1] != b[-1]))
        if a[-2:] == b[-1:-3:-1] and len(a) > 1 and len(b) > 1:
            best = min(best, of(a[:-2], b[:-2]) + 1)
        return best

    return of(first, second)


@settings(max_examples=100 if COMPILED else 15, deadline=None)
@given(st.lists(_words, min_size=1, max_size=30, unique=True), _words, st.integers(1, 2))
def test_the_near_words_that_begin_alike_or_are_one_edit_away(words: list[str], word: str, most: int) -> None:
    words = [one.replace("é", "б") for one in words]
    word = word.replace("é", "б")
    with tempfile.TemporaryDirectory() as folder, searchkit.open(folder) as index:
        half = len(words) // 2
        index.add([{"id": "1", "body": " ".join(words[:half])}, {"id": "2", "body": " ".join(words[half:])}])
        index.add([{"id": "3", "author": words}])
        found = near_forms(index._snapshot(), word, most)
        authors = near_forms(index._snapshot(), word, most, part_key("author", ""))
    alike = {one: distance(one, word) for one in words if one[0] == word[0] and 0 < distance(one, word) <= most}
    assert {one: found[one] for one in found if one[0] == word[0]} == alike
    others = {one: 1 for one in words if one[0] != word[0] and distance(one, word) == 1}
    assert {one: found[one] for one in found if one[0] != word[0]} == others
    assert authors == found
