"""Articles like a given one: those that have its telling words.

A word tells the more the oftener it is in the article and the fewer other articles have it: tf * idf, the words of a
field weighted as a search weights it. The best of them make a query, each boosted by its weight. Source: the same idea
is Lucene's MoreLikeThis; the weighting of words by tf * idf is Salton's (Salton and Buckley, "Term-weighting approaches
in automatic text retrieval", 1988).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from searchkit.dataclasses import dataclass, field
from searchkit.query.nodes import And, Boost, Node, Not, Nothing, Or, Term, Word
from searchkit.schema import Text
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["Source", "alike"]

_LEAST_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Source:
    """What to find articles like: the texts by field; and the id to leave out, where it is in the index."""

    texts: Mapping[str, str]
    id: str | None = None


@dataclass(slots=True)
class _Telling:
    """A term of the source: the forms in which it stands there, and its weighted frequency."""

    forms: dict[str, int] = field(default_factory=dict)
    frequency: float = 0.0


def alike(snapshot: Snapshot, source: Source, terms: int) -> Node:
    """The query for articles like a source: its `terms` most telling words, without the source itself."""
    weighed = sorted(_weights(snapshot, source).items(), key=lambda item: (-item[1], item[0]))[:terms]
    if not weighed:
        return Nothing()
    heaviest = weighed[0][1]
    words = Or(tuple(Boost(Word(form), round(weight / heaviest, 3)) for form, weight in weighed))
    return words if source.id is None else And((words, Not(Term(snapshot.schema.key, source.id))))


def _weights(snapshot: Snapshot, source: Source) -> dict[str, float]:
    """The form in which each telling term stands oftenest → its weight."""
    found: dict[str, float] = {}
    for term, telling in _terms(snapshot, source).items():
        frequency = snapshot.frequency(term.encode("utf-8", "surrogatepass"))
        if frequency > (source.id is not None):  # others have it too
            form = min(telling.forms, key=lambda form: (-telling.forms[form], form))
            found[form] = sqrt(telling.frequency) * idf(len(snapshot), frequency)
    return found


def _terms(snapshot: Snapshot, source: Source) -> dict[str, _Telling]:
    found: dict[str, _Telling] = {}
    for name, text in source.texts.items():
        kind = snapshot.schema.fields[name]
        analyzer = snapshot.analyzer(name)
        weight = kind.weight if isinstance(kind, Text) else 1.0
        for token in analyzer.tokens(text):
            if len(token.form) >= _LEAST_LENGTH and not analyzer.is_stop_word(token.form):
                telling = found.setdefault(token.term, _Telling())
                telling.forms[token.form] = telling.forms.get(token.form, 0) + 1
                telling.frequency += weight
    return found
