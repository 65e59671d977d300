"""The answer to a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, overload

from searchkit.results.hit import Hit

if TYPE_CHECKING:
    from searchkit.query.parsed import ParsedQuery
    from searchkit.query.problems import Problem
    from searchkit.search.facets import Facet
    from searchkit.suggestions.advice import Advice
    from searchkit.suggestions.spelling import Suggestion
    from searchkit.suggestions.why_nothing import WhyNothing

__all__ = ["Later", "Results"]


class Later(Protocol):
    """What few programs ask for, found when they do."""

    @property
    def understood(self) -> ParsedQuery:
        """The query."""

    def count(self) -> int:
        """How many documents match."""

    def next_page(self) -> str | None:
        """A token for the page after these hits; None where there is none."""

    def advise(self) -> Advice:
        """What else may have been meant."""


class Results(Sequence[Hit]):
    """The hits asked for, best first. Usable after the index is closed or changed: it answers for what it was searched
    in.

    problems: what was wrong with the query; partial: True where no document had all that was asked for, and these are
        the closest.
    """

    def __init__(self, hits: list[Hit], partial: bool, problems: tuple[Problem, ...], later: Later) -> None:
        self._hits, self.partial, self.problems, self._later = hits, partial, problems, later

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """The facets that were asked for, by name."""
        return {}

    @cached_property
    def total(self) -> int:
        """How many documents match, exactly; counted when first asked for."""
        return self._later.count()

    @cached_property
    def next_page(self) -> str | None:
        """A token for `search(…, after=token)`, with the same query and options: what comes after the last of these
        hits. None where these are the last.
        """
        return self._later.next_page()

    @property
    def interpretation(self) -> str:
        """How the query was understood, in plain words."""
        return self._later.understood.interpretation

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """What the query was probably meant to be, where words of it seem misspelt, the likeliest first; see
        `Index.suggest`. Looked for when first asked for.
        """
        return self._later.advise().suggestions()

    def why_nothing(self) -> WhyNothing | None:
        """Where nothing matched, why: how many articles each clause of the query has, and which queries that ask for
        less would find something. None where something did match.
        """
        return None if self._hits or self.total else self._later.advise().why_nothing()

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
