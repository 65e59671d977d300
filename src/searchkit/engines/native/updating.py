"""Changes of some fields of a document: the others are carried over from what is stored, which is all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from searchkit.errors import DocumentError
from searchkit.schema import Schema
from searchkit.schema.coerce import Coercer
from searchkit.schema.document import Document
from searchkit.segment.segment import Segment

__all__ = ["changed", "stored_document"]


def stored_document(segment: Segment, document: int) -> Document:
    """A document of a segment as it was when it was added."""
    schema = segment.schema
    values = segment.fields(document)
    texts = tuple(values.pop(name, "").encode() for name in schema.texts)
    date = None if schema.date is None else values.get(schema.date)
    return Document(segment.identity.ids[document] or "", date, texts, values)


def changed(held: Document, fields: Mapping[str, Any], schema: Schema, coercer: Coercer) -> Document:
    """The document with other values in some fields; of those given as None with none.

    Raises `DocumentError` for a field that the schema does not have, a value that does not fit, and another id.
    """
    if not isinstance(fields, Mapping):
        raise TypeError(f"update takes a mapping of the fields to change, not {type(fields).__name__}")
    id = fields.get(schema.key, held.id)
    if id is None or coercer.coerce({schema.key: id}).id != held.id:
        reason = f"an update cannot make it {id!r}: add the article under its new id, and delete this one"
        raise DocumentError(reason, field=schema.key, id=held.id)
    given = coercer.coerce({**fields, schema.key: id})
    texts = tuple(
        new if name in fields else old for name, old, new in zip(schema.texts, held.texts, given.texts, strict=True)
    )
    kept = {name: value for name, value in held.values.items() if name not in fields}
    values = {**kept, **given.values}
    return Document(held.id, None if schema.date is None else values.get(schema.date), texts, values)
