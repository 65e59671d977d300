"""Synonyms, at the time of the query: a tree becomes one that asks for what means the same, too.

Nothing in the index depends on them, so they can be changed at any time. A phrase becomes several, one for each way
through its words and their synonyms: "mayor of new york city" is also "mayor of ny city". Which words a rule is about,
the analysis of the field decides: rules are compared term by term, so that "New-York" is "new york", and "cars" "car".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product

from searchkit.analysis import Analyzer
from searchkit.dataclasses import replace
from searchkit.limits import Limits
from searchkit.query.nodes import (
    Alternatives,
    And,
    Bag,
    Boost,
    Clause,
    Constant,
    Near,
    Node,
    Not,
    Occur,
    Or,
    Phrase,
    Word,
)
from searchkit.query.synonym_rules import SynonymRule
from searchkit.schema import Text
from searchkit.search.snapshot import Snapshot
from searchkit.search.synonym_tables import SynonymTable
from searchkit.search.text_plans import Textual

__all__ = ["Synonyms"]

_NESTING = 5


class Synonyms:
    """The rules of an index. May be shared by threads."""

    def __init__(self, rules: Iterable[SynonymRule]) -> None:
        self._rules = tuple(rules)
        self._tables: dict[Analyzer, SynonymTable] = {}

    def table(self, analyzer: Analyzer) -> SynonymTable:
        """The rules as one analyzer reads them."""
        found = self._tables.get(analyzer)
        if found is None:
            found = self._tables[analyzer] = SynonymTable(self._rules, analyzer)
        return found

    def expand(self, snapshot: Snapshot, node: Node, limits: Limits) -> tuple[Node, str]:
        """The tree with its synonyms, and the name of the limit that kept some out, or ""."""
        # By identity: a query typed again has the same tree, and a tree may be too deep to be hashed. The entry keeps
        # the tree, so that no other one has its id.
        key = (self, id(node))
        known: tuple[Node, str, Node] | None = snapshot.memo.get(key)  # type: ignore[assignment]
        if known is None:
            expansion = _Expansion(self, snapshot, limits, limits.query_clauses - _leaves(node))
            known = expansion.node(node, 0), expansion.limit, node
            snapshot.remember(key, known)
        return known[:2]


class _Expansion:
    def __init__(self, synonyms: Synonyms, snapshot: Snapshot, limits: Limits, room: int) -> None:
        self._synonyms, self._snapshot, self._limits, self._room = synonyms, snapshot, limits, room
        self.limit = ""

    def node(self, node: Node, depth: int) -> Node:
        if depth > self._limits.query_depth * _NESTING:
            return node  # too deep to be searched: planning says so
        match node:
            case Word() | Phrase():
                return self._text(node)
            case Near():
                return self._near(node)
            case And(children):
                return And(tuple(self.node(child, depth + 1) for child in children))
            case Or(children):
                return replace(node, children=tuple(self.node(child, depth + 1) for child in children))
            case Not(child) | Boost(child) | Constant(child):
                return replace(node, child=self.node(child, depth + 1))
            case Bag(clauses):
                return Bag(tuple(self._clauses(clauses, depth)))
        return node

    def _tables(self, field: str | None) -> list[SynonymTable]:
        schema = self._snapshot.schema
        names = schema.texts if field is None else (field,)
        fields = [name for name in names if isinstance(schema.fields.get(name), Text)]
        return [self._synonyms.table(one) for one in dict.fromkeys(map(self._snapshot.analyzer, fields))]

    def _text(self, node: Word | Phrase) -> Node:
        return self._alternatives(node, self._others(node))

    def _near(self, node: Near) -> Node:
        """A pair becomes several, one for each way through both sides."""
        sides = [(side, *self._others(side)) for side in (node.left, node.right)]
        pairs = [replace(node, left=left, right=right) for left, right in product(*sides)][1:]
        if len(pairs) > self._limits.synonym_expansions:
            self.limit = "synonym_expansions"
        return self._alternatives(node, pairs[: self._limits.synonym_expansions])

    def _others(self, node: Textual) -> list[Word | Phrase]:
        """What means the same as a word or a phrase."""
        if not isinstance(node, Word | Phrase):
            return []
        found: dict[str, None] = {}
        for table in self._tables(node.field):
            ways = list(islice(_ways(table, node.text), self._limits.synonym_expansions + 2))
            if len(ways) > self._limits.synonym_expansions + 1:
                self.limit = "synonym_expansions"
                ways.pop()
            found |= dict.fromkeys(table.telling(ways[0], ways[1:]))
        return [_as_typed(node, text) for text in found]

    def _clauses(self, clauses: Sequence[Clause], depth: int) -> Iterable[Clause]:
        at = 0
        while at < len(clauses):
            row = _row(clauses, at)
            count, others = self._longest(row) if len(row) > 1 else (0, ())
            if count > 1:
                typed = Bag(tuple(map(Clause, row[:count])))
                yield Clause(self._alternatives(typed, [_as_typed(row[0], text) for text in others]))
                at += count
            else:
                yield replace(clauses[at], node=self.node(clauses[at].node, depth + 1))
                at += 1

    def _longest(self, row: Sequence[Word]) -> tuple[int, tuple[str, ...]]:
        """How many words of a row, from its first, have synonyms together, and these."""
        best: tuple[int, tuple[str, ...]] = (0, ())
        for table in self._tables(row[0].field):
            count, others = table.match_row([table.tokens(word.text) for word in row[: table.longest]])
            if count > best[0]:
                best = count, tuple(table.telling(" ".join(word.text for word in row[:count]), others))
        return best

    def _alternatives(self, typed: Node, others: Sequence[Node]) -> Node:
        if len(others) > self._room:
            self.limit = "query_clauses"
            others = others[: max(0, self._room)]
        self._room -= len(others)
        return Alternatives((typed, *others)) if others else typed


def _ways(table: SynonymTable, text: str) -> Iterable[str]:
    """A text, and then the texts that say the same."""
    tokens = table.tokens(text)
    pieces: list[tuple[str, ...]] = []
    done = at = 0
    while at < len(tokens):
        count, others = table.match(tokens, at)
        if count:
            start, end = tokens[at].start, tokens[at + count - 1].end
            pieces += [(text[done:start],), (text[start:end], *(f" {other} " for other in others))]
            done = end
        at += max(1, count)
    for parts in product(*pieces):
        yield "".join(parts) + text[done:]


def _as_typed(node: Word | Phrase, text: str) -> Word | Phrase:
    words = text.split()
    if isinstance(node, Word):
        return Word(words[0], node.field) if len(words) == 1 else Phrase(" ".join(words), node.field)
    return replace(node, text=" ".join(words))


def _row(clauses: Sequence[Clause], start: int) -> list[Word]:
    """The words for one field that stand side by side from a place on."""
    row: list[Word] = []
    for clause in islice(clauses, start, None):
        node = clause.node
        if clause.occur is not Occur.DEFAULT or type(node) is not Word or (row and node.field != row[0].field):
            break
        row.append(node)
    return row


def _leaves(root: Node) -> int:
    waiting, found = [root], 0
    while waiting:
        node = waiting.pop()
        match node:
            case And(children) | Or(children):
                waiting += children
            case Not(child) | Boost(child) | Constant(child):
                waiting.append(child)
            case Bag(clauses):
                waiting += [clause.node for clause in clauses]
            case _:
                found += 1
    return found
