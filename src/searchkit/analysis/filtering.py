"""The filters of an analyzer, one after the other, each distinct word once."""

from __future__ import annotations

from collections.abc import Iterable

from searchkit.analysis.cutting import cut
from searchkit.analysis.vocabulary import REMEMBERED, REMEMBERED_LENGTH
from searchkit.schema import WordFilter

__all__ = ["FilterChain"]


class FilterChain:
    """Folded word → the words that are indexed for it. May be shared by threads."""

    def __init__(self, filters: Iterable[WordFilter]) -> None:
        self._filters = tuple(filters)
        self._known: dict[str, tuple[str, ...]] = {}

    def __call__(self, form: str) -> tuple[str, ...]:
        """Raises `FilterError` where a filter fails."""
        known = self._known
        found = known.get(form)
        if found is None:
            found = self._run(form)
            if len(known) >= REMEMBERED:
                self._known = known = {}  # a new one: another thread may be reading the old
            if len(form) <= REMEMBERED_LENGTH:
                known[form] = found
        return found

    def _run(self, form: str) -> tuple[str, ...]:
        words: tuple[str, ...] = (form,)
        for one in self._filters:
            words = tuple(made for word in words for made in one(word))
        return tuple(map(cut, words))
