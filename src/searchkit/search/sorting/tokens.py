"""Tokens of pages: where an answer goes on, as a string that means nothing to whoever keeps it.

A token holds the values of the sort keys of the last hit, its date and sequence number: so it stands for a place in the
order of documents, whatever is added, deleted or merged meanwhile. It also says which query it belongs to, and has a
checksum, since it comes back from outside.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from json import dumps, loads
from math import isfinite
from typing import Any, NamedTuple
from zlib import crc32

from searchkit.errors import PageTokenError
from searchkit.schema import Bool, Date, Number, Schema
from searchkit.search.ages import UNDATED
from searchkit.search.sorting.choosing import Position
from searchkit.search.sorting.keys import SortKey, is_score

__all__ = ["PageToken", "read_token", "write_token"]

_VERSION = 2
_LONGEST = 1 << 20


class PageToken(NamedTuple):
    """position: of the last hit. mode: how the default clauses of bags were joined, "all" or "any". anchors: the ids of
    the last hits, the last first, where the order is by score: scores change with every commit, those of documents
    that stay tell by how much. now: the instant, in microseconds, that factors of scores count from; None without any.
    """

    position: Position
    mode: str
    anchors: tuple[str, ...] = ()
    now: int | None = None


def write_token(token: PageToken, digest: str) -> str:
    """The token as text. digest: of the query that it belongs to."""
    (values, (date, sequence)), mode, anchors, now = token
    content = [_VERSION, digest, mode, values, None if date == UNDATED else date, sequence, anchors, now]
    data = dumps(content, separators=(",", ":")).encode()
    return urlsafe_b64encode(crc32(data).to_bytes(4, "big") + data).decode().rstrip("=")


def read_token(text: str, digest: str, keys: Sequence[SortKey], schema: Schema) -> PageToken:
    """The token that a text is. Raises `PageTokenError` where it is none, or belongs to another query."""
    if not isinstance(text, str):
        raise TypeError(f"a page token is a string, not {type(text).__name__}")
    content = _content(text)
    if not isinstance(content, list) or len(content) != 8 or content[0] != _VERSION:
        raise PageTokenError("this is no page token of this version of searchkit")
    _, owner, mode, values, date, sequence, anchors, now = content
    if owner != digest:
        raise PageTokenError("the page token belongs to another query, order or filter")
    fits = (
        mode in ("all", "any")
        and isinstance(values, list)
        and len(values) == len(keys)
        and all(_fits(value, key, schema) for value, key in zip(values, keys, strict=True))
        and (date is None or _is_whole(date))
        and _is_whole(sequence)
        and isinstance(anchors, list)
        and all(isinstance(id, str) for id in anchors)
        and (now is None or _is_whole(now))
    )
    if not fits:
        raise PageTokenError("the page token is damaged")
    position = Position(tuple(values), (UNDATED if date is None else date, sequence))
    return PageToken(position, mode, tuple(anchors), now)


def _content(text: str) -> Any:
    try:
        if len(text) > _LONGEST:
            raise ValueError
        data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        if crc32(data[4:]) != int.from_bytes(data[:4], "big"):
            raise ValueError
        return loads(data[4:])
    except (ValueError, RecursionError):
        raise PageTokenError("the page token is damaged: take it from `next_page` as it is") from None


def _fits(value: Any, key: SortKey, schema: Schema) -> bool:
    """Whether a value can be one of the column that a key sorts by."""
    if is_score(key, schema):
        return _is_number(value) and value >= 0
    kind = schema.fields.get(key.field)
    if value is None:
        return key.field != schema.key
    if isinstance(kind, Date):
        return _is_whole(value)
    if isinstance(kind, Number):
        return _is_number(value)
    return isinstance(value, bool if isinstance(kind, Bool) else str)


def _is_whole(value: Any) -> bool:
    return type(value) is int and -(1 << 63) <= value < 1 << 63


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) < 1e309 and isfinite(value)
