"""What is stored of one document: its long texts and its stored values, as bytes.

The length of each text in UTF-8 in 4 bytes, the texts, and to the end the stored values as an object in JSON, or
nothing where there are none. Which texts, and in what order, the segment knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import JSONEncoder, loads
from struct import Struct
from typing import Any

from searchkit.errors import CorruptIndex

__all__ = ["PayloadCodec"]

_encode_json = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class PayloadCodec:
    """Encodes and decodes payloads.

    texts: the names of the text fields that every payload holds, in order. path: the file's name, for messages.
    """

    __slots__ = ("_lengths", "_pack", "_path", "texts")

    def __init__(self, texts: Sequence[str], path: str = "") -> None:
        self.texts = tuple(texts)
        self._path = path
        self._lengths = Struct(f"<{len(self.texts)}I")
        self._pack = self._lengths.pack

    def encode(self, texts: Sequence[bytes], values: Mapping[str, Any] | None = None) -> bytes:
        """A document's payload.

        texts: its texts in UTF-8, one for each of the names.
        values: its stored values, which must be JSON: `ValueError` or `TypeError` else (not-a-number is not JSON).
        """
        return b"".join((self._pack(*map(len, texts)), *texts, self.values(values) if values else b""))

    @staticmethod
    def values(values: Mapping[str, Any]) -> bytes:
        """Stored values, of which there are some, as they stand in a payload."""
        return _object(values).encode("utf-8", "surrogatepass")

    def decode(self, payload: bytes) -> dict[str, Any]:
        """Names → texts and stored values; the inverse of `encode`. Raises `CorruptIndex` for anything else."""
        position = self._lengths.size
        if len(payload) < position:
            raise CorruptIndex(self._path, "a stored document is cut off")
        found: dict[str, Any] = {}
        try:
            for name, length in zip(self.texts, self._lengths.unpack_from(payload), strict=True):
                found[name] = payload[position : position + length].decode("utf-8")
                position += length
            values = loads(payload[position:].decode("utf-8", "surrogatepass")) if position < len(payload) else {}
        except (ValueError, RecursionError):
            raise CorruptIndex(self._path, "a stored document is damaged") from None
        if position > len(payload) or not isinstance(values, dict):
            raise CorruptIndex(self._path, "a stored document is damaged")
        return found | values


def _object(values: Mapping[str, Any]) -> str:
    """An object in JSON, put together by hand where all values are strings: the encoder is quick for those alone."""
    for value in values.values():
        if type(value) is not str:
            return _encode_json(values)
    return f"{{{','.join([f'{_encode_json(name)}:{_encode_json(value)}' for name, value in values.items()])}}}"
