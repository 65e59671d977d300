"""The languages that text can be analysed in."""

from __future__ import annotations

from functools import cache

from searchkit.analysis.analyzer import Analyzer
from searchkit.analysis.stemming import stemmer_languages
from searchkit.errors import SchemaError

__all__ = ["analyzer_for"]


@cache
def analyzer_for(language: str | None) -> Analyzer:
    """The analyzer of a Snowball language by name ("english", "german", …); for None one that does not stem.

    The same one each time. Raises `SchemaError` for a name that is none.
    """
    if language is not None and language not in stemmer_languages():
        from difflib import get_close_matches  # only to say what is wrong

        near = get_close_matches(language.lower(), stemmer_languages(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(stemmer_languages())}"
        raise SchemaError(f"unknown language {language!r}: {hint}")
    return Analyzer(language)
