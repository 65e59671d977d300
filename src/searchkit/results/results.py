"""The answer to a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from searchkit.query.problems import Problem
from searchkit.results.hit import Hit

if TYPE_CHECKING:
    from searchkit.search.facets import Facet

__all__ = ["Results"]


class Results(Sequence[Hit]):
    """The hits asked for, best first. Usable after the index is closed or changed: it answers for what it was searched
    in.

    problems: what was wrong with the query; partial: True where no document had all that was asked for, and these are
        the closest.
    """

    def __init__(
        self,
        hits: list[Hit],
        *,
        partial: bool,
        problems: tuple[Problem, ...],
        interpret: Callable[[], str],
        count: Callable[[], int],
    ) -> None:
        self._hits, self.partial, self.problems = hits, partial, problems
        self._interpret, self._count = interpret, count

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """The facets that were asked for, by name."""
        return {}

    @cached_property
    def total(self) -> int:
        """How many documents match, exactly; counted when first asked for."""
        return self._count()

    @cached_property
    def interpretation(self) -> str:
        """How the query was understood, in plain words."""
        return self._interpret()

    def __len__(self) -> int:
        return len(self._hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        return self._hits[index]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self._hits)

    def __repr__(self) -> str:
        return f"<Results {len(self._hits)} hits{', partial' if self.partial else ''}>"
