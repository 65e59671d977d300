"""Keys of keyword values in the dictionary, beside those of words.

They begin with a byte that no word begins with, and name their field: `=` and the value as it is, or `:` and a word of
it. Values of documents are valid Unicode; those of queries may hold lone surrogates, and find nothing then.
"""

from __future__ import annotations

__all__ = ["exact_key", "part_key"]

_KEYWORD = b"\x01"


def exact_key(field: str, value: str) -> bytes:
    """The key of a whole value."""
    return _KEYWORD + f"{field}={value}".encode("utf-8", "surrogatepass")


def part_key(field: str, form: str) -> bytes:
    """The key of a folded word of a value."""
    return _KEYWORD + f"{field}:{form}".encode("utf-8", "surrogatepass")
