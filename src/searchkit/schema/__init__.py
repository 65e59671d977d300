"""Fields and their types: what a document of an index is made of, and how what is given becomes one."""

from searchkit.schema.coerce import Coercer
from searchkit.schema.document import Document
from searchkit.schema.fields import Bool, Date, Field, Keyword, Number, Stored, Text
from searchkit.schema.record import Record
from searchkit.schema.schema import ARTICLE, Schema

__all__ = [
    "ARTICLE",
    "Bool",
    "Coercer",
    "Date",
    "Document",
    "Field",
    "Keyword",
    "Number",
    "Record",
    "Schema",
    "Stored",
    "Text",
]
