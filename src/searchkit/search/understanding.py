"""How a query is understood in an index: its tree, what its words became, what they stand for, and how many documents
have each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.analysis import Analyzer, QueryToken, analyzer_for
from searchkit.analysis.folding import fold
from searchkit.dataclasses import dataclass
from searchkit.limits import Limits
from searchkit.query.nodes import (
    And,
    Bag,
    Between,
    Boost,
    Constant,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Term,
    Wildcard,
    Word,
    Year,
)
from searchkit.query.printing import to_text
from searchkit.query.problems import Problem
from searchkit.schema import Date, Keyword, Text
from searchkit.search.expansions import Expandable, Expansion, expand, expand_keyword, expand_prefix
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import Textual, query_tokens
from searchkit.search.totals import total
from searchkit.segment.keys import exact_key, part_key

__all__ = ["ExpandedTerm", "QueryPart", "QueryWord", "UnderstoodQuery", "part_of"]

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ExpandedTerm:
    """A term that a word stands for: how many documents have it, and of a fuzzy word the edits that it is away."""

    term: str
    documents: int
    distance: int = 0


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word as it is looked for in fields that are analysed alike.

    fields: their names. typed: the word as it was typed. term: what is looked for, the stem of a word, say; of what
        stands for many words "". documents: how many have the term, in whatever field. stop_word: whether it is one,
        which is left out beside other words. expansion: of a prefix, a wildcard, an expression, a fuzzy word or
        the beginning of a word the first few terms; of how many, says `total`, of which `searched` are looked for.
    """

    fields: tuple[str, ...]
    typed: str
    term: str
    documents: int
    stop_word: bool = False
    expansion: tuple[ExpandedTerm, ...] = ()
    total: int = 0
    searched: int = 0


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A part of a query.

    kind: the name of its node's class, in small letters: "word", "bag". text: the part, as a query of its own.
    occur: of a clause of a bag "required", "prohibited" or "default"; else "". boost: what its score is multiplied by.
    documents: of what has no parts, how many documents match it. words: what its text became. interval: of dates and
    numbers, as a query with its very ends: instants in UTC. parts: what it is made of.
    """

    kind: str
    text: str
    occur: str = ""
    boost: float = 1.0
    documents: int | None = None
    words: tuple[QueryWord, ...] = ()
    interval: str = ""
    parts: tuple[QueryPart, ...] = ()


@dataclass(frozen=True, slots=True)
class UnderstoodQuery:
    """How a query is understood.

    query: as given, a tree as text. text: as understood, printed as a query again. interpretation: in one line of plain
    words. problems: what could not be taken as typed. tree: its parts.
    """

    query: str
    text: str
    interpretation: str
    problems: tuple[Problem, ...]
    tree: QueryPart

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        from searchkit.dataclasses import asdict  # slow to import, and rarely asked for

        return asdict(self)


def part_of(snapshot: Snapshot, node: Node, limits: Limits) -> QueryPart:
    """A query, part by part. It must be one that can be planned."""
    return _Reader(snapshot, limits).part(node)


class _Reader:
    def __init__(self, snapshot: Snapshot, limits: Limits) -> None:
        self._snapshot, self._limits, self._schema = snapshot, limits, snapshot.schema

    def part(self, node: Node, occur: str = "", boost: float = 1.0) -> QueryPart:
        if isinstance(node, Boost):
            return self.part(node.child, occur, boost * node.factor)
        kind = "bag" if isinstance(node, Bag) else type(node).__name__.lower()
        text = to_text(node, self._schema)
        match node:
            case Bag(clauses):
                parts = tuple(self.part(clause.node, clause.occur.value) for clause in clauses)
                return QueryPart(kind, text, occur, boost, parts=parts)
            case And(children) | Or(children):
                return QueryPart(kind, text, occur, boost, parts=tuple(map(self.part, children)))
            case Not(child) | Constant(child):
                return QueryPart(kind, text, occur, boost, parts=(self.part(child),))
            case Near(left, right):
                sides = (self.part(left), self.part(right))
                return QueryPart(kind, text, occur, boost, self._count(node), parts=sides)
        return QueryPart(kind, text, occur, boost, self._count(node), tuple(self._words(node)), self._interval(node))

    def _count(self, node: Node) -> int:
        return total(self._snapshot, node, self._limits)

    def _interval(self, node: Node) -> str:
        if isinstance(node, Year):
            return "" if self._schema.date is None else to_text(Between(self._schema.date, node.low, node.high))
        if not isinstance(node, Between):
            return ""
        # Without a schema the ends are printed as the instants that they are.
        dated = isinstance(self._schema.fields.get(node.field), Date)
        return to_text(node, None if dated else self._schema)

    def _words(self, node: Node) -> Iterator[QueryWord]:
        if isinstance(node, Year):
            yield from self._words(Word(node.text))
        elif isinstance(node, Term):
            found = self._snapshot.frequency(exact_key(node.field, node.value))
            if node.field != self._schema.key:
                yield QueryWord((node.field,), node.value, node.value, found)
        elif isinstance(node, Textual):
            kind = self._schema.texts if node.field is None else self._schema.fields.get(node.field)
            if isinstance(kind, Keyword):
                yield from self._keyword_words(node, node.field or "", kind)
            elif isinstance(kind, Text | tuple | list):
                yield from self._text_words(node)

    def _text_words(self, node: Textual) -> Iterator[QueryWord]:
        if isinstance(node, Wildcard | Regex | Fuzzy):
            fields = tuple(self._schema.texts) if node.field is None else (node.field,)
            yield self._standing(fields, node.text, expand(self._snapshot, node, self._limits), b"")
            return
        for analyzer in masks_by_analyzer(self._snapshot, node.field):
            names = self._schema.texts if node.field is None else (node.field,)
            fields = tuple(name for name in names if self._snapshot.analyzer(name) == analyzer)
            for token in query_tokens(analyzer, node)[: self._limits.phrase_tokens]:
                yield self._text_word(fields, node.text, token, analyzer)

    def _text_word(self, fields: tuple[str, ...], text: str, token: QueryToken, analyzer: Analyzer) -> QueryWord:
        typed = text[token.start : token.end]
        if token.prefix:
            return self._standing(fields, typed, expand_prefix(self._snapshot, token.form, self._limits), b"")
        found = self._snapshot.frequency(token.term.encode("utf-8", "surrogatepass"))
        return QueryWord(fields, typed, token.term, found, analyzer.is_stop_word(token.form))

    def _keyword_words(self, node: Textual, name: str, kind: Keyword) -> Iterator[QueryWord]:
        base, folded = (part_key(name, ""), fold) if kind.parts else (exact_key(name, ""), str)
        if isinstance(node, Word | Phrase) and not kind.parts:
            yield QueryWord((name,), node.text, node.text, self._snapshot.frequency(exact_key(name, node.text)))
        elif not isinstance(node, Word | Phrase) and not (kind.parts and isinstance(node, Prefix)):
            yield self._keyword_standing(node, name, folded, base)
        else:
            for token in query_tokens(analyzer_for(None), node):
                if token.prefix:
                    yield self._keyword_standing(Prefix(token.form, name), name, str, base)
                else:
                    found = self._snapshot.frequency(part_key(name, token.form))
                    yield QueryWord((name,), node.text[token.start : token.end], token.form, found)

    def _keyword_standing(self, node: Expandable, name: str, folded: Any, base: bytes) -> QueryWord:
        found = expand_keyword(self._snapshot, node, self._limits, folded, base)
        return self._standing((name,), node.text, found, base)

    def _standing(self, fields: tuple[str, ...], typed: str, found: Expansion, base: bytes) -> QueryWord:
        stands = []
        for key, distance in zip(found.keys, found.distances, strict=True):
            term = key[len(base) :].decode("utf-8", "replace")
            stands.append(ExpandedTerm(term, self._snapshot.frequency(key), distance))
        stands.sort(key=lambda one: (one.distance, -one.documents, one.term))
        return QueryWord(
            fields, typed, "", 0, expansion=tuple(stands[:_SHOWN]), total=found.total, searched=len(found.keys)
        )
