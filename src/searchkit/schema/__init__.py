"""Fields and their types: what a document of an index is made of. How what is given becomes one is in `coerce`."""

from searchkit.schema.fields import Bool, Date, Field, Keyword, Number, Stored, Text
from searchkit.schema.schema import ARTICLE, Schema
from searchkit.schema.word_filters import WordFilter

__all__ = [
    "ARTICLE",
    "Bool",
    "Date",
    "Field",
    "Keyword",
    "Number",
    "Schema",
    "Stored",
    "Text",
    "WordFilter",
]
