"""What a surface is: the raw unit that the tokenizer cuts out of a text, before any Unicode rule.

A surface is a maximal run of ASCII letters, ASCII digits, the ASCII apostrophe and characters from U+0080 up, with its
ASCII letters lowered. A dot between two ASCII letters that each stand alone is part of it: "U.S.A." is the surface
"u.s.a", while "example.com" is two. The cut can be made on bytes of UTF-8; the analysis then splits each distinct
surface into words, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["is_joining_dot", "lower_ascii", "surfaces"]

# Said by what is in none, which is ASCII: a set that is compiled a hundred times sooner.
_PART = r"[^\x00-&(-/:-@\[-`{-\x7f]"
_SURFACE = re.compile(f"{_PART}+")
# A string, which `re` compiles when it is first used.
_SURFACE_WITH_DOTS = rf"(?<!{_PART})[a-z](?:\.[a-z](?!{_PART}))+|{_PART}+"
_JOINING_DOT = rf"(?<=[A-Za-z])(?<!{_PART}[A-Za-z])\.(?=[A-Za-z](?!{_PART}))"
_LOWER = bytes(byte + 32 if 65 <= byte <= 90 else byte for byte in range(256))


def surfaces(text: str) -> Iterator[tuple[str, int]]:
    """The surfaces of a text in order, each with its character offset."""
    pattern = _SURFACE_WITH_DOTS if "." in text else _SURFACE
    return ((match[0], match.start()) for match in re.finditer(pattern, lower_ascii(text)))


def is_joining_dot(text: str, place: int) -> bool:
    """True for a dot that is part of a surface, between two ASCII letters that each stand alone."""
    return text[place] == "." and re.compile(_JOINING_DOT).match(text, place) is not None


def lower_ascii(text: str) -> str:
    """The text with its ASCII letters lowered, and nothing else changed: offsets stay."""
    return text.lower() if text.isascii() else _through_bytes(text, _LOWER)


def _through_bytes(text: str, table: bytes) -> str:
    # Lone surrogates pass: a query may hold anything.
    return text.encode("utf-8", "surrogatepass").translate(table).decode("utf-8", "surrogatepass")
