"""Converters: one a field, built once a schema, each turning a given value into the value that a document keeps.

A converter raises `ValueError` with the reason where the value doesn't fit, and returns None where it amounts to
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from math import isfinite
from typing import Any

from searchkit.schema.fields import Bool, Date, Field, Keyword, Number
from searchkit.schema.instants import parse_instant, to_instant

__all__ = ["Converter", "converter_of", "encoded_text", "surrogate_in", "unicode_of"]

Converter = Callable[[Any], Any]

_MEMO = 4_096
_KEYWORD_BYTES = 32_766
_JSON_VALUES = 100_000
_ALWAYS_WRITABLE = 2_000
"""Bits of integers that Python writes whatever its limit is, which is 640 digits at least."""
_JSON_DEPTH = 100
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*", re.ASCII)
_TRUTHS = {"true": True, "false": False}


def unicode_of(value: str) -> str:
    """The string itself. Raises `ValueError` where it holds a lone surrogate, which no UTF-8 can stand for."""
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValueError(surrogate_in(error)) from None
    return value


def surrogate_in(error: UnicodeEncodeError) -> str:
    """What to say of a string that could not be encoded."""
    place = f"a lone surrogate, U+{ord(error.object[error.start]):04X}, at character {error.start}"
    return f"not valid Unicode: {place}"


def encoded_text(value: object) -> bytes:
    """A text field's text in UTF-8: a string, or several joined by line ends."""
    if isinstance(value, str):
        return str.encode(value)
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return "\n".join(value).encode()
    raise ValueError(f"a text is a string or a list of strings, not {_kind(value)}")


def converter_of(field: Field, zone: tzinfo) -> Converter:
    """The converter of a field that isn't a text; dates without an offset are read in `zone`."""
    if isinstance(field, Keyword):
        return _keyword(field.many)
    if isinstance(field, Date):
        return _date(zone)
    if isinstance(field, Number):
        return _number
    return _bool if isinstance(field, Bool) else _stored


def _keyword(many: bool) -> Converter:
    memo: dict[str, tuple[str, ...] | None] = {}

    def convert(value: Any) -> tuple[str, ...] | None:
        if type(value) is str:
            if value in memo:
                return memo[value]
            if len(memo) >= _MEMO:
                memo.clear()
            trimmed = _fitting(unicode_of(value.strip()))
            memo[value] = (trimmed,) if trimmed else None
            return memo[value]
        made = _distinct(_values(value))
        if made is not None and len(made) > 1 and not many:
            raise ValueError(f"takes one value, not {len(made)}")
        return made

    return convert


def _fitting(value: str) -> str:
    """The value itself. Raises `ValueError` where it is too long to be a key of the dictionary."""
    # A character has at most four bytes: few values have to be encoded to know.
    if 4 * len(value) > _KEYWORD_BYTES and (size := len(value.encode())) > _KEYWORD_BYTES:
        raise ValueError(f"a keyword has at most {_KEYWORD_BYTES} bytes; this one has {size}")
    return value


def _values(value: object) -> list[str]:
    if isinstance(value, str):
        return [str(value)]
    if isinstance(value, set | frozenset):
        value = sorted(value, key=str)
    if isinstance(value, list | tuple):
        present = [part for part in value if part is not None]
        odd = next((part for part in present if not isinstance(part, str)), None)
        if odd is None:
            return present
        value = odd
    raise ValueError(f"a keyword is a string or a list of strings, not {_kind(value)}")


def _distinct(values: list[str]) -> tuple[str, ...] | None:
    trimmed = (_fitting(unicode_of(value.strip())) for value in values)
    return tuple(dict.fromkeys(value for value in trimmed if value)) or None


def _date(zone: tzinfo) -> Converter:
    memo: dict[str, int] = {}

    def convert(value: Any) -> int | None:
        if type(value) is not str:
            return to_instant(value, zone)
        instant = memo.get(value)
        if instant is None:
            if len(memo) >= _MEMO:
                memo.clear()
            try:
                memo[value] = instant = parse_instant(value, zone)
            except ValueError:
                return to_instant(value, zone) if value.strip() else None  # raises again, with the reason
        return instant

    return convert


def _number(value: Any) -> float:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError(f"a number is an int or a float, not {_shown(value)}")
    try:
        made = float(value)
    except OverflowError:
        raise ValueError("a number must fit a 64-bit float") from None
    if not isfinite(made):
        raise ValueError(f"a number must be finite, not {made!r}")
    return made


def _bool(value: Any) -> bool:
    if isinstance(value, str):
        value = _TRUTHS.get(value.strip().lower(), value)
    if not isinstance(value, bool):
        raise ValueError(f"a bool is true or false, not {_shown(value)}")
    return value


def _stored(value: Any) -> Any:
    if type(value) is str:
        return unicode_of(value)
    return _Json().copy(value, 0)


class _Json:
    """Copies a JSON value and counts as it goes: aliases of YAML can make a small file stand for an endless value."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = _JSON_VALUES

    def copy(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if self.left < 0 or depth > _JSON_DEPTH:
            raise ValueError(f"a stored value may hold {_JSON_VALUES:,} values, {_JSON_DEPTH} deep")
        if isinstance(value, int):
            return _writable(value)
        if value is None:
            return value
        if isinstance(value, str):
            return unicode_of(str(value))
        if isinstance(value, float) and isfinite(value):
            return value
        if isinstance(value, list | tuple):
            return [self.copy(part, depth + 1) for part in value]
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return {unicode_of(key): self.copy(part, depth + 1) for key, part in value.items()}
        raise ValueError(f"not a JSON value: {_shown(value)}")


def _writable(value: int) -> int:
    """The value itself. Raises `ValueError` where Python writes no numbers of so many digits."""
    if value.bit_length() > _ALWAYS_WRITABLE:
        try:
            str(value)
        except ValueError:
            raise ValueError(f"an integer of {value.bit_length():,} bits is too long to be written") from None
    return value


def _shown(value: object) -> str:
    return f"{value!r:.40}" if isinstance(value, str | float) else _kind(value)


def _kind(value: object) -> str:
    return type(value).__name__
