"""What analysis yields: the tokens of a text and of a query."""

from __future__ import annotations

from searchkit.dataclasses import dataclass

__all__ = ["Found", "Piece", "QueryToken", "Token"]

Piece = tuple[str, str, int, int]
"""One token of a surface: term, form, and where its word starts and ends in the surface."""

Found = tuple[int, str, int, int]
"""A token of a text that was looked for: its position among all tokens, its term, where its word starts and ends."""


@dataclass(slots=True)
class Token:
    """One token of a text.

    term: what is indexed: the stem of `form`.
    form: the folded word, not stemmed.
    start, end: character offsets in the text, half open, of the word that the token stands for.
    position: its place in the sequence of the text's tokens, from 0.
    """

    term: str
    form: str
    start: int
    end: int
    position: int


@dataclass(slots=True)
class QueryToken:
    """One token of a query, as `Token`; where `prefix` is set it stands for every form that starts with `form`."""

    term: str
    form: str
    start: int
    end: int
    prefix: bool = False
