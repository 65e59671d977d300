"""Synonyms as people list them → rules: what is typed, and what is searched besides. Pure data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

__all__ = ["SynonymRule", "synonym_rules"]


class SynonymRule(NamedTuple):
    """typed: a word or several, as typed. others: what means the same, a word or several each."""

    typed: str
    others: tuple[str, ...]


def synonym_rules(entry: object) -> Iterable[SynonymRule]:
    """The rules of one entry.

    entry: a list of texts that all mean the same, or a mapping from a text to what it means besides, one text or a
        list: that holds one way only.

    Raises `ValueError` with the reason where it is neither.
    """
    if isinstance(entry, Mapping):
        for typed, others in entry.items():
            listed = others if isinstance(others, list | tuple | set | frozenset) else (others,)
            if not listed:
                raise ValueError(f"nothing is listed for {typed!r}")
            yield SynonymRule(_text(typed), tuple(map(_text, listed)))
    elif isinstance(entry, list | tuple | set | frozenset):
        texts = tuple(map(_text, entry))
        if len(texts) < 2:
            raise ValueError("a list of synonyms has at least two")
        for text in texts:
            yield SynonymRule(text, tuple(other for other in texts if other != text))
    else:
        raise ValueError(f"{entry!r} is no list of synonyms, as [ny, new york], and no mapping, as tv: [television]")


def _text(given: object) -> str:
    if isinstance(given, str) and given.strip():
        return given.strip()
    hint = "; YAML reads it so: put it in quotes" if isinstance(given, bool | int | float) or given is None else ""
    raise ValueError(f"a synonym is a text, not {given!r}{hint}")
