"""The languages that text can be analysed in."""

from __future__ import annotations

from functools import cache

from searchkit.analysis.analyzer import Analyzer
from searchkit.schema import Text

__all__ = ["analyzer_for", "analyzer_of"]

_REMEMBERED = 64


@cache
def analyzer_for(language: str | None) -> Analyzer:
    """The analyzer of a Snowball language by name ("english", "german", …); for None one that does not stem.

    The same one each time. Raises `SchemaError` for a name that is none.
    """
    return Analyzer(language)


def analyzer_of(field: Text) -> Analyzer:
    """The analyzer of a text field: of its language, with its filters, which must be loaded.

    The same one each time, so that what it has learnt of words is kept. Raises `SchemaError` as `analyzer_for`.
    """
    if not field.filters:
        return analyzer_for(field.language)
    filters = field.analysis[1]
    # By identity: another function may have the name of one. Each entry keeps its functions, so no id is used again.
    key = (field.language, *((one.name, id(one.function)) for one in filters))
    found = _filtered.get(key)
    if found is None:
        analyzer_for(field.language)
        if len(_filtered) >= _REMEMBERED:
            _filtered.clear()
        found = _filtered.setdefault(key, Analyzer(field.language, filters))
    return found


_filtered: dict[tuple[object, ...], Analyzer] = {}
