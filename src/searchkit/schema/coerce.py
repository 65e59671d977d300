"""From whatever a program or a file gives to a `Document` that fits the schema. Runs once a document: kept lean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from searchkit.errors import DocumentError
from searchkit.schema.attributes import fields_of
from searchkit.schema.convert import converter_of, encoded_text, surrogate_in, unicode_of
from searchkit.schema.document import Document
from searchkit.schema.fields import Text
from searchkit.schema.instants import zone_of
from searchkit.schema.record import Record
from searchkit.schema.schema import Schema

__all__ = ["Coercer"]

_URL = "url"
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Coercer:
    """Makes documents of articles, by one schema.

    slots: the place of each text field among a document's texts. converters: by name, what makes the values of the
    other fields (see `convert`).

    Raises `SchemaError` where the schema names an unknown time zone.
    """

    __slots__ = ("_blank", "_date", "_known", "_schema", "converters", "slots")

    def __init__(self, schema: Schema) -> None:
        zone = zone_of(schema.timezone)
        self._schema = schema
        self._date = schema.date or ""
        self.slots = {name: slot for slot, name in enumerate(schema.texts)}
        self._blank = [b""] * len(self.slots)
        self.converters = {
            name: converter_of(field, zone) for name, field in schema.fields.items() if not isinstance(field, Text)
        }
        self._known = (schema.key, *schema.fields)

    def coerce(self, article: object, position: int | None = None) -> Document:
        """The document that an article stands for.

        article: a mapping, a dataclass, a pydantic, msgspec or attrs object, any object with attributes, or a
            `Record` read from a file. None means that a field is missing.
        position: its place in what was given, counted from 0, for the error.

        Dates are datetimes, dates, ISO 8601 strings (a partial one is its first instant) or Unix seconds; where they
        name no offset, the schema's time zone holds. Where no id is given, it is, in this order: the `url`, the
        file's path with the record's number, a hash of the content.

        Raises `DocumentError` naming the field and the reason, the id and the place where known.
        """
        fields: Any = article
        name: Any = None
        try:
            if type(article) is not dict:
                fields = article.fields if isinstance(article, Record) else fields_of(article, self._known)
            texts, values = self._blank[:], {}
            slots, converters = self.slots, self.converters
            for name, value in fields.items():
                if name in slots:
                    if value is not None:
                        texts[slots[name]] = value.encode() if type(value) is str else encoded_text(value)
                elif name in converters:
                    if value is not None and (made := converters[name](value)) is not None:
                        values[name] = made
                elif name != self._schema.key:
                    raise self._unknown(name)
            name = self._schema.key
            given = fields.get(name)
            id = _id_of(given) if given is not None else self._derive_id(article, texts, values)
        except ValueError as error:
            reason = surrogate_in(error) if isinstance(error, UnicodeEncodeError) else str(error)
            raise self._rejection(reason, name, fields, article, position) from None
        return Document(id, values.get(self._date), tuple(texts), values)

    def _unknown(self, name: object) -> ValueError:
        nearest = self._schema.nearest(name) if isinstance(name, str) else None
        meant = f"did you mean {nearest!r}?" if nearest else f"it has {', '.join(self._known)}"
        return ValueError(f"no such field in the schema; {meant}")

    def _derive_id(self, article: object, texts: list[bytes], values: dict[str, Any]) -> str:
        if not values and all(not text.decode().strip() for text in texts):
            raise ValueError("no id, and nothing to derive one from")
        url = values.get(_URL)
        if isinstance(url, tuple) and len(url) == 1:
            url = url[0]
        if isinstance(url, str) and url.strip():
            return url.strip()
        default = article.default_id() if isinstance(article, Record) else None
        return default or self._content_hash(texts, values)

    def _content_hash(self, texts: list[bytes], values: dict[str, Any]) -> str:
        """Depends on the fields that are there only, so that a field added to the schema later changes no id."""
        from hashlib import blake2b  # slow to import, and needed for articles without ids only

        named = {name: text.decode() for name, text in zip(self.slots, texts, strict=True) if text}
        return blake2b(_encode([named, values]).encode(), digest_size=16).hexdigest()

    def _rejection(
        self, reason: str, name: object, fields: Any, article: object, position: int | None
    ) -> DocumentError:
        given = fields.get(self._schema.key) if isinstance(fields, Mapping) else None
        source, line = (article.path, article.line) if isinstance(article, Record) else (None, None)
        return DocumentError(
            reason,
            field=None if name is None else str(name),
            id=_named(given),
            position=position,
            source=source,
            line=line,
        )


def _named(given: object) -> str | None:
    """What was given as an id, where it is a name at all."""
    try:
        return str(given) if isinstance(given, str | int) else None
    except ValueError:  # an int of thousands of digits
        return None


def _id_of(given: object) -> str:
    if type(given) is str and given.isascii() and given and not given.isspace():
        return given
    if isinstance(given, str):
        if not given or given.isspace():
            raise ValueError("an id must not be empty")
        return unicode_of(str(given))
    if isinstance(given, int) and not isinstance(given, bool):
        if (named := _named(given)) is None:
            raise ValueError("an int of so many digits is no id")
        return named
    raise ValueError(f"an id is a string or an int, not {type(given).__name__}")
