"""searchkit: full-text search for articles, inside a Python program.

import searchkit

with searchkit.open("index/") as index:
    index.add([{"id": "1", "title": "Embassy", "date": "1979-11-04", "body": "…"}])
    for hit in index.search("embassy 1979"):
        print(hit.score, hit["title"], hit.snippet("body"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from searchkit.version import VERSION as __version__  # noqa: N811

if TYPE_CHECKING:
    from searchkit.analysis import Analyzer
    from searchkit.engines.native.index import Index
    from searchkit.engines.native.opening import open_index as open
    from searchkit.engines.native.report import Report
    from searchkit.engines.native.writer import Writer
    from searchkit.errors import (
        ArticleError,
        CommitUncertain,
        ConfigError,
        CorruptIndex,
        DocumentError,
        DocumentNotFound,
        EvaluationError,
        FilterError,
        FormatTooNew,
        IndexClosed,
        IndexExists,
        IndexNotFound,
        LimitExceeded,
        LockTimeout,
        PageTokenError,
        QueryError,
        ReadFailed,
        ReadOnlyIndex,
        SchemaError,
        SchemaMismatch,
        SearchkitError,
        SearchTimeout,
        StorageError,
        UncompiledWarning,
        WriteFailed,
        WriterDead,
    )
    from searchkit.limits import Limits
    from searchkit.query import (
        All,
        Alternatives,
        And,
        Bag,
        Between,
        Boost,
        Clause,
        Constant,
        Fuzzy,
        Has,
        Near,
        Node,
        Not,
        Nothing,
        Occur,
        Or,
        Phrase,
        Prefix,
        Problem,
        Ranking,
        Recency,
        Regex,
        Saturation,
        Term,
        Wildcard,
        Word,
        Year,
    )
    from searchkit.results.hit import Hit
    from searchkit.results.results import Results
    from searchkit.results.snippets import Snippet
    from searchkit.schema import ARTICLE, Bool, Date, Keyword, Number, Schema, Stored, Text, WordFilter
    from searchkit.search.explanation import Explanation
    from searchkit.search.facets import Bucket, DateFacet, Facet, RangeFacet, TermFacet
    from searchkit.search.sorting import SortKey
    from searchkit.search.understanding import ExpandedTerm, QueryPart, QueryWord, UnderstoodQuery
    from searchkit.suggestions import Completion, Relaxation, Suggestion, WhyNothing

# Public name → the module that has it; loaded when it is first asked for, so that importing searchkit costs next to
# nothing.
_HOMES = {
    "Analyzer": "analysis",
    "Index": "engines.native.index",
    "Report": "engines.native.report",
    "Writer": "engines.native.writer",
    "Explanation": "search.explanation",
    "Limits": "limits",
    "Hit": "results.hit",
    "Results": "results.results",
    **dict.fromkeys(("Bucket", "DateFacet", "Facet", "RangeFacet", "TermFacet"), "search.facets"),
    "Snippet": "results.snippets",
    "SortKey": "search.sorting",
    **dict.fromkeys(("ExpandedTerm", "QueryPart", "QueryWord", "UnderstoodQuery"), "search.understanding"),
    **dict.fromkeys(
        ("ARTICLE", "Bool", "Date", "Keyword", "Number", "Schema", "Stored", "Text", "WordFilter"), "schema"
    ),
    **dict.fromkeys(("Completion", "Relaxation", "Suggestion", "WhyNothing"), "suggestions"),
    **dict.fromkeys(
        (
            "All",
            "Alternatives",
            "And",
            "Bag",
            "Between",
            "Boost",
            "Clause",
            "Constant",
            "Fuzzy",
            "Has",
            "Near",
            "Node",
            "Not",
            "Nothing",
            "Occur",
            "Or",
            "Phrase",
            "Prefix",
            "Problem",
            "Ranking",
            "Recency",
            "Saturation",
            "Regex",
            "Term",
            "Wildcard",
            "Word",
            "Year",
        ),
        "query",
    ),
    **dict.fromkeys(
        (
            "ArticleError",
            "CommitUncertain",
            "ConfigError",
            "CorruptIndex",
            "DocumentError",
            "DocumentNotFound",
            "EvaluationError",
            "FilterError",
            "FormatTooNew",
            "IndexClosed",
            "IndexExists",
            "IndexNotFound",
            "LimitExceeded",
            "LockTimeout",
            "PageTokenError",
            "QueryError",
            "ReadFailed",
            "ReadOnlyIndex",
            "SchemaError",
            "SchemaMismatch",
            "SearchTimeout",
            "SearchkitError",
            "StorageError",
            "UncompiledWarning",
            "WriteFailed",
            "WriterDead",
        ),
        "errors",
    ),
}

__all__ = [
    "ARTICLE",
    "All",
    "Alternatives",
    "Analyzer",
    "And",
    "ArticleError",
    "Bag",
    "Between",
    "Bool",
    "Boost",
    "Bucket",
    "Clause",
    "CommitUncertain",
    "Completion",
    "ConfigError",
    "Constant",
    "CorruptIndex",
    "Date",
    "DateFacet",
    "DocumentError",
    "DocumentNotFound",
    "EvaluationError",
    "ExpandedTerm",
    "Explanation",
    "Facet",
    "FilterError",
    "FormatTooNew",
    "Fuzzy",
    "Has",
    "Hit",
    "Index",
    "IndexClosed",
    "IndexExists",
    "IndexNotFound",
    "Keyword",
    "LimitExceeded",
    "Limits",
    "LockTimeout",
    "Near",
    "Node",
    "Not",
    "Nothing",
    "Number",
    "Occur",
    "Or",
    "PageTokenError",
    "Phrase",
    "Prefix",
    "Problem",
    "QueryError",
    "QueryPart",
    "QueryWord",
    "RangeFacet",
    "Ranking",
    "ReadFailed",
    "ReadOnlyIndex",
    "Recency",
    "Regex",
    "Relaxation",
    "Report",
    "Results",
    "Saturation",
    "Schema",
    "SchemaError",
    "SchemaMismatch",
    "SearchTimeout",
    "SearchkitError",
    "Snippet",
    "SortKey",
    "StorageError",
    "Stored",
    "Suggestion",
    "Term",
    "TermFacet",
    "Text",
    "UncompiledWarning",
    "UnderstoodQuery",
    "WhyNothing",
    "Wildcard",
    "Word",
    "WordFilter",
    "WriteFailed",
    "Writer",
    "WriterDead",
    "Year",
    "__version__",
    "open",
]


def __getattr__(name: str) -> Any:
    if name == "open":
        from searchkit.engines.native.opening import open_index

        value: Any = open_index
    elif name in _HOMES:
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
