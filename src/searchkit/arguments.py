"""Arguments of public functions: what doesn't fit is told by name, with what was expected."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import UnionType

__all__ = ["function", "identifier", "instance", "path_of", "seconds", "several", "whole"]


def instance(name: str, value: object, kind: type | UnionType, expected: str) -> None:
    """Raises `TypeError` where the value is not of that type. `expected` says what is, in words."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {expected}, not {value!r}")


def whole(name: str, value: object, least: int, most: int | None = None, limit: str = "") -> int:
    """A whole number from `least` to `most`. limit: the name of the limit that sets `most`."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number, not {value!r}")
    if value < least or (most is not None and value > most):
        bounds = f"from {least} to {most}" if most is not None else f"at least {least}"
        raise ValueError(f"{name} is {bounds}, not {value}" + (f" (limit: {limit})" if limit else ""))
    return value


def seconds(name: str, value: object) -> float:
    """A number of seconds, 0 or more."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{name} is a number of seconds, not {value!r}")
    if not value >= 0:
        raise ValueError(f"{name} is 0 seconds or more, not {value}")
    return value


def path_of(name: str, value: object) -> str:
    """A path as text."""
    found = os.fspath(value) if isinstance(value, str | os.PathLike) else value
    if not isinstance(found, str):
        raise TypeError(f"{name} is a str or a path, not {value!r}")
    if not found:
        raise ValueError(f"{name} is empty")
    return found


def function(name: str, value: object) -> None:
    """Something that can be called, or None."""
    if value is not None and not callable(value):
        raise TypeError(f"{name} is a function or None, not {value!r}")


def identifier(value: object) -> str:
    """The id of a document: a string, or an int, which stands for its digits."""
    if isinstance(value, str):
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"an id is a string or an int, not {value!r}")
    return str(value)


def several(name: str, value: object, of: str) -> None:
    """An iterable of things, and not one thing that happens to be iterable."""
    if isinstance(value, Mapping | str | bytes | bytearray | memoryview):
        raise TypeError(f"{name} takes an iterable of {of}; put a single one in a list")
    if not isinstance(value, Iterable):
        raise TypeError(f"{name} takes an iterable of {of}, not {type(value).__name__}")
