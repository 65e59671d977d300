"""The keyword values of a batch as terms: whole values, and the words of values."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from searchkit.analysis import Analyzer
from searchkit.segment.keys import exact_key, part_key

__all__ = ["KeywordTerms"]


class KeywordTerms:
    """Gathers, document by document in final order, which documents have which value and which word of a value.

    analyzer: finds the words; they are folded, not stemmed.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.documents: dict[bytes, array[int]] = {}
        self._keys: dict[tuple[str, bool, str], tuple[bytes, ...]] = {}

    def add(self, field: str, parts: bool, values: Sequence[Iterable[str] | None]) -> None:
        """The values of a field (None: none), document after document; `parts`: whether their words are terms too."""
        if not any(values):
            return
        documents, known = self.documents, self._keys
        for document, several in enumerate(values):
            for value in several or ():
                keys = known.get((field, parts, value))
                if keys is None:
                    keys = known[field, parts, value] = self._keys_of(field, parts, value)
                for key in keys:
                    found = documents.get(key)
                    if found is None:
                        documents[key] = array("I", (document,))
                    elif found[-1] != document:
                        found.append(document)

    def forget_values(self) -> None:
        """Keeps of the values only their terms; no more are added."""
        self._keys.clear()

    def _keys_of(self, field: str, parts: bool, value: str) -> tuple[bytes, ...]:
        keys = [exact_key(field, value)]
        if parts:
            keys += dict.fromkeys(part_key(field, token.form) for token in self._analyzer.tokens(value))
        return tuple(keys)
