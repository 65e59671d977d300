"""A document as the naive engine keeps it: token lists, values, and the place in the order of adding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from searchkit.schema import Keyword, Text
from tests.oracle.scoring import quantised
from tests.oracle.words import Words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """An aware datetime as microseconds since 1970-01-01T00:00:00Z."""
    return (moment - EPOCH) // timedelta(microseconds=1)


@dataclass
class Entry:
    """One live document.

    added: the how-manieth document of the index's life it was.
    zones: text field → its terms, in order; one list for every text field, maybe empty.
    forms: (folded word, its term) for every token.
    values: the other fields: keyword → list of str, date → microseconds, number → float, bool, stored.
    parts: keyword field → the words of each of its values.
    terms: all the terms of the zones.
    length: the quantised number of tokens that are no stop words.
    """

    id: str
    added: int
    date: int | None
    zones: dict[str, list[str]]
    forms: set[tuple[str, str]]
    values: dict[str, Any]
    parts: dict[str, list[list[str]]]
    terms: frozenset[str]
    length: int


def make_entry(document: dict[str, Any], added: int, words: Words) -> Entry:
    """A document as given, a dict, as an entry."""
    schema = words.schema
    zones: dict[str, list[str]] = {}
    forms: set[tuple[str, str]] = set()
    values: dict[str, Any] = {}
    parts: dict[str, list[list[str]]] = {}
    telling = 0
    for name, field in schema.fields.items():
        given = document.get(name)
        if isinstance(field, Text):
            tokens = words.of_text(given or "")
            telling += sum(not words.text.is_stop_word(token.form) for token in tokens)
            zones[name] = [token.term for token in tokens]
            forms.update((token.form, token.term) for token in tokens)
        elif isinstance(field, Keyword):
            values[name] = keyword_values(given)
            parts[name] = [[token.term for token in words.of_keyword(value)] for value in values[name]]
        elif given is not None:
            values[name] = microseconds(given) if isinstance(given, datetime) else given
    date = None if schema.date is None else values.get(schema.date)
    length = quantised(telling)
    terms = frozenset(term for _, term in forms)
    return Entry(document[schema.key], added, date, zones, forms, values, parts, terms, length)


def keyword_values(given: str | list[str] | None) -> list[str]:
    """The values of a keyword field: trimmed, without the empty ones."""
    listed = [given] if isinstance(given, str) else given or []
    return [value.strip() for value in listed if value.strip()]


def has_value(entry: Entry, field: str, words: Words) -> bool:
    """Whether the document has a value in the field; in a text field: a token."""
    kind = words.schema.fields[field]
    if isinstance(kind, Text):
        return len(entry.zones[field]) > 0
    if isinstance(kind, Keyword):
        return len(entry.values[field]) > 0
    return field in entry.values
