"""JSON, strictly: what the standard forbids and Python's parser lets through is an error here."""

from __future__ import annotations

import json
from typing import Any, NoReturn

__all__ = ["DECODER", "reason_of", "whole"]


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} occurs twice in one object")
    return made


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


DECODER = json.JSONDecoder(object_pairs_hook=_distinct, parse_constant=_no_constant)


def whole(text: str) -> Any:
    """The value that a text is. Raises `ValueError` with a reason fit for a report where it isn't JSON."""
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(reason_of(error)) from None


def reason_of(error: ValueError | RecursionError) -> str:
    """Why a text isn't JSON, from what the parser raised."""
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg[:1].lower()}{error.msg[1:]} at column {error.colno}"
    return str(error)
