"""Per-document columns: written from lists in document order, read in place."""

from searchkit.segment.columns.keywords import KeywordColumn, pack_keywords
from searchkit.segment.columns.merged_keywords import merge_keywords
from searchkit.segment.columns.merged_strings import MergedStrings, merge_strings
from searchkit.segment.columns.numbers import (
    MISSING_BOOL,
    MISSING_INTEGER,
    BoolColumn,
    FloatColumn,
    IntegerColumn,
    merge_bools,
    merge_floats,
    merge_integers,
    pack_bools,
    pack_floats,
    pack_integers,
)
from searchkit.segment.columns.packed import Packed
from searchkit.segment.columns.strings import PackedStrings, StringColumn, pack_encoded, pack_strings

__all__ = [
    "MISSING_BOOL",
    "MISSING_INTEGER",
    "BoolColumn",
    "FloatColumn",
    "IntegerColumn",
    "KeywordColumn",
    "MergedStrings",
    "Packed",
    "PackedStrings",
    "StringColumn",
    "merge_bools",
    "merge_floats",
    "merge_integers",
    "merge_keywords",
    "merge_strings",
    "pack_bools",
    "pack_encoded",
    "pack_floats",
    "pack_integers",
    "pack_keywords",
    "pack_strings",
]
