"""text → tokens."""

from searchkit.analysis.analyzer import Analyzer, Filter
from searchkit.analysis.languages import analyzer_for, analyzer_of
from searchkit.analysis.stemming import stemmer_languages, stemmer_version
from searchkit.analysis.stop_words import is_acronym
from searchkit.analysis.tokens import QueryToken, Token

__all__ = [
    "Analyzer",
    "Filter",
    "QueryToken",
    "Token",
    "analyzer_for",
    "analyzer_of",
    "is_acronym",
    "stemmer_languages",
    "stemmer_version",
]
