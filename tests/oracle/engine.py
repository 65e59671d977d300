"""The naive engine: what a search must answer, in dicts and loops.

A query's answer is a dict from the id of each document that matches to the units that it scores. A node scores in a
document only where it matches there: `Or(And(a, b), c)` gives nothing for `a` in a document without `b`.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any, Literal, NamedTuple

from searchkit.analysis import QueryToken
from searchkit.query.factors import Recency
from searchkit.query.nodes import (
    All,
    Alternatives,
    And,
    Bag,
    Between,
    Boost,
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
    Regex,
    Term,
    Wildcard,
    Word,
    Year,
)
from searchkit.query.ranking import Ranking
from searchkit.schema import Keyword, Schema, Text
from tests.oracle import scoring
from tests.oracle.documents import Entry, has_value, make_entry
from tests.oracle.patterns import Pattern as WordPattern
from tests.oracle.patterns import distance_to, distances
from tests.oracle.proximity import Pair, Places, Sloppy, rows
from tests.oracle.simplify import is_filter, simplify
from tests.oracle.words import Words

Match = Literal["all", "any"] | None
Sort = Literal["date", "-date"] | None
Answer = dict[str, int]
Pattern = Places | Sloppy | Pair
Side = Word | Phrase | Prefix | WordPattern
FUZZY = 50


class Page(NamedTuple):
    """What a search gives.

    hits: (id, score) of the hits asked for. total: how many match. partial: whether matching fell back to "any".
    """

    hits: list[tuple[str, float]]
    total: int
    partial: bool


class NaiveIndex:
    """An index that keeps every document's tokens in lists and walks them all for every query."""

    def __init__(self, schema: Schema) -> None:
        self.words = Words(schema)
        self.documents: dict[str, Entry] = {}
        self.added = 0
        self.ranking = Ranking()
        self.forms_ever: set[tuple[str, str]] = set()
        self._forms: set[tuple[str, str]] = set()
        self._counts: dict[Pattern, dict[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self.documents)

    def add(self, documents: Iterable[dict[str, Any]]) -> None:
        """Add documents in order; one whose id is there already replaces it, and counts as added now."""
        for document in documents:
            entry = make_entry(document, self.added, self.words)
            self.added += 1
            self.documents[entry.id] = entry
            self.forms_ever |= entry.forms
        self._changed()

    def delete(self, id: str) -> None:
        """Delete a document, if it is there."""
        self.documents.pop(id, None)
        self._changed()

    def _changed(self) -> None:
        self._counts.clear()
        self._forms.clear()

    @property
    def forms(self) -> set[tuple[str, str]]:
        """(form, term) of every token of every live document, in any zone; remembered until something changes."""
        if not self._forms:
            self._forms = {pair for entry in self.documents.values() for pair in entry.forms}
        return self._forms

    def search(
        self,
        node: Node,
        *,
        match: Match = None,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = None,
        since: int | None = None,
        until: int | None = None,
        ranking: Ranking | None = None,
        now: int = 0,
    ) -> Page:
        """Hits `offset` to `offset + limit` of the documents that match and are dated in [since, until) microseconds.

        match: how the default clauses of every bag in the tree, however deep, must match. None: "all", and where no
            document at all is found so (since and until considered), "any"; the page is partial where that finds some.
        sort: None: highest score first; ties newest date first, undated last, and of one date the most recently added
            first. "-date": in the order of those ties. "date": oldest first, undated last, of one date (or undated) the
            first added first. The score is the same in any order.
        ranking: weights, k1 and b that are not those of the schema, and factors. now: microseconds.
        """
        self.ranking = ranking or Ranking()
        query = simplify(node, self.words) or Nothing()
        shift = scoring.fitting_shift(self._leaf_weights(query, 1.0))
        answer = self._dated(self._answer(query, 1.0, shift, match == "any"), since, until)
        partial = False
        if match is None and not answer:
            answer = self._dated(self._answer(query, 1.0, shift, True), since, until)
            partial = len(answer) > 0
        answer = {id: self._multiplied(id, units, now) for id, units in answer.items()}
        ids = self._sorted(answer, sort)[offset : offset + limit]
        return Page([(id, scoring.score(answer[id], shift)) for id in ids], len(answer), partial)

    def _multiplied(self, id: str, units: int, now: int) -> int:
        """The units of a document times all factors, each a whole number of 2**-32."""
        for factor in self.ranking.factors:
            name = factor.field or self.words.schema.date
            assert name is not None
            value = self.documents[id].values.get(name)
            if isinstance(factor, Recency):
                full = 0.0 if value is None else 2.0 ** -(float(max(0, now - value)) / float(factor.microseconds))
            else:
                full = value / (value + factor.pivot) if value is not None and value > 0 else 0.0
            units = units * int(2**32 * (factor.least + (1.0 - factor.least) * full)) // 2**32
        return units

    def _sorted(self, answer: Answer, sort: Sort) -> list[str]:
        entries = [self.documents[id] for id in answer]
        if sort == "date":
            entries.sort(key=lambda entry: (entry.date is None, entry.date or 0, entry.added))
        else:
            entries.sort(key=lambda entry: (entry.date is not None, entry.date or 0, entry.added), reverse=True)
        if sort is None:
            entries.sort(key=lambda entry: answer[entry.id], reverse=True)
        return [entry.id for entry in entries]

    def _dated(self, answer: Answer, since: int | None, until: int | None) -> Answer:
        if since is None and until is None:
            return answer
        return {id: units for id, units in answer.items() if inside(self.documents[id].date, since, until)}

    def _answer(self, node: Node, boost: float, shift: int, any_of_bag: bool) -> Answer:
        """The documents that match the node, and the units it gives each.

        boost: the product of all boosts above, outermost first.
        """

        def answer(child: Node) -> Answer:
            return self._answer(child, boost, shift, any_of_bag)

        match node:
            case And(children):
                return in_every([answer(child) for child in children])
            case Alternatives((typed, *others)):
                most = sum(self._leaf_weights(typed, boost))
                found = [self._leaf(other, boost, shift, most) for other in others]
                return in_some([answer(typed), *found])
            case Or(children):
                return in_some([answer(child) for child in children])
            case Not(child):
                excluded = answer(child)
                return self._filter(lambda entry: entry.id not in excluded)
            case Boost(child, factor):
                return self._answer(child, boost * factor, shift, any_of_bag)
            case Constant(child, score):
                return dict.fromkeys(answer(child), scoring.query_weight(shift, boost * score))
            case Bag(clauses):
                required = [answer(clause.node) for clause in clauses if clause.occur is Occur.REQUIRED]
                by_default = [clause.node for clause in clauses if clause.occur is Occur.DEFAULT]
                default = [answer(node) for node in by_default if not self._is_filter(node)]
                filters = [answer(node) for node in by_default if self._is_filter(node)]
                prohibited = in_some([answer(clause.node) for clause in clauses if clause.occur is Occur.PROHIBITED])
                return self._bag(required, default, filters, prohibited, any_of_bag)
            case Year(text, low, high):
                return in_some([answer(Word(text)), self._year(low, high, boost, shift)])
        return self._leaf(node, boost, shift)

    def _bag(
        self,
        required: list[Answer],
        default: list[Answer],
        filters: list[Answer],
        prohibited: Answer,
        any_of_bag: bool,
    ) -> Answer:
        """The clauses that are not prohibited all score where they match, in the documents that the bag matches.

        Filters among the default clauses hold in any case.
        """
        must = required + filters
        if not any_of_bag:
            must = must + default
        elif default and not required:
            must = [*must, in_some(default)]
        matching = in_every(must) if must else self._filter(lambda entry: True)
        units = in_some(required + default)
        return {id: units.get(id, 0) for id in matching if id not in prohibited}

    def _is_filter(self, node: Node) -> bool:
        return is_filter(node, self.words)

    def _leaf(self, node: Node, boost: float, shift: int, most: float = inf) -> Answer:
        match node:
            case All():
                return self._filter(lambda entry: True)
            case Nothing():
                return {}
            case Has(field):
                return self._filter(lambda entry: has_value(entry, field, self.words))
            case Between(field, low, high):
                return self._filter(lambda entry: inside(entry.values.get(field), low, high))
            case Term(field, value):
                if field == self.words.schema.key:
                    return self._filter(lambda entry: entry.id == value)
                return self._filter(lambda entry: value in exact_values(entry, field))
        if isinstance(node, Near):
            if not self._is_text(node.field):
                return self._filter(lambda entry: self._keyword_has(entry, node))
            return self._scored(self._pair(node), node.field, min(most, self._near_weight(node, boost)), shift)
        if isinstance(node, Wildcard | Regex | Fuzzy):
            return self._like(node, boost, shift)
        assert isinstance(node, Word | Phrase | Prefix), node
        if not self._is_text(node.field):
            return self._filter(lambda entry: self._keyword_has(entry, node))
        return self._phrase(node, boost, shift, most)

    def _like(self, node: WordPattern, boost: float, shift: int) -> Answer:
        """Fuzzy words score as the words that they find do; whatever else stands for words scores alike everywhere."""
        if not self._is_text(node.field):
            return self._filter(lambda entry: self._keyword_is_like(entry, node))
        terms = distances(node, self.forms)
        if isinstance(node, Fuzzy):
            weights = self._fuzzy_weights(node, boost)
            return in_some([self._scored((frozenset([term]),), node.field, weights[term], shift) for term in weights])
        found = self._scored((frozenset(terms),), node.field, boost, shift)
        return dict.fromkeys(found, scoring.query_weight(shift, boost))

    def _fuzzy_weights(self, node: Fuzzy, boost: float) -> dict[str, float]:
        """The terms that a fuzzy word finds, with the weight of each: a half for each edit."""
        terms = distances(node, self.forms)
        having = {term: len(self._occurrences((frozenset([term]),))) for term in terms}
        best = sorted(terms, key=lambda term: (terms[term], -having[term], term.encode()))[:FUZZY]
        if not best:
            return {}
        rarity = scoring.idf(len(self), max(having[term] for term in best))
        return {term: boost * 0.5 ** terms[term] * rarity for term in best}

    def _keyword_is_like(self, entry: Entry, node: WordPattern) -> bool:
        assert node.field is not None
        kind = self.words.schema.fields[node.field]
        if not isinstance(kind, Keyword):
            return False
        parts = [word for words in entry.parts[node.field] for word in words]
        values = parts if kind.parts else entry.values[node.field]
        return any(distance_to(node, value, kind.parts) is not None for value in values)

    def _phrase(self, node: Word | Phrase | Prefix, boost: float, shift: int, most: float) -> Answer:
        """Words that follow each other in a zone; a word is a phrase of one, a lone prefix scores alike everywhere."""
        weight = min(most, self._phrase_weight(node, boost))
        found = self._scored(self._pattern(node), node.field, weight, shift)
        return dict.fromkeys(found, scoring.query_weight(shift, weight)) if self._is_lone_prefix(node) else found

    def _scored(self, pattern: Pattern, field: str | None, weight: float, shift: int) -> Answer:
        """The documents that have a phrase in a field, or in any text field, and what it gives each."""
        query_weight = scoring.query_weight(shift, weight)
        texts = self.words.schema.texts
        zones = texts if field is None else (field,)
        weights = [self._weight(zone) for zone in zones]
        # Where no document has a word in its texts, 1.
        average = sum(entry.length for entry in self.documents.values()) / max(1, len(self)) or 1.0
        found = {}
        for id, counts in self._occurrences(pattern).items():
            in_zones = [counts[texts.index(zone)] for zone in zones]
            if any(in_zones):
                frequency = scoring.weighted_frequency(weights, in_zones)
                penalty = scoring.length_penalty(self.documents[id].length, average, *self._curve())
                found[id] = scoring.contribution(query_weight, scoring.saturation(frequency, penalty))
        return found

    def _weight(self, zone: str) -> float:
        field = self.words.schema.fields[zone]
        assert isinstance(field, Text)
        return self.ranking.weights.get(zone, field.weight)

    def _curve(self) -> tuple[float, float]:
        """k1 and b."""
        schema, ranking = self.words.schema, self.ranking
        return (schema.k1 if ranking.k1 is None else ranking.k1), (schema.b if ranking.b is None else ranking.b)

    def _year(self, low: int, high: int, boost: float, shift: int) -> Answer:
        """The documents of the year, each with the most that a word as rare could give."""
        dated = self._filter(lambda entry: inside(entry.date, low, high))
        return dict.fromkeys(dated, scoring.query_weight(shift, boost * scoring.idf(len(self), len(dated))))

    def _leaf_weights(self, node: Node, boost: float) -> list[float]:
        """Boost times idf of every leaf that scores, whether any document has it or not; filters have none."""
        match node:
            case Alternatives((typed, *others)):
                weights = self._leaf_weights(typed, boost)
                capped = [min(sum(weights), weight) for other in others for weight in self._leaf_weights(other, boost)]
                return weights + capped
            case And(children) | Or(children):
                return [weight for child in children for weight in self._leaf_weights(child, boost)]
            case Boost(child, factor):
                return self._leaf_weights(child, boost * factor)
            case Constant(_, score):
                return [boost * score]
            case Bag(clauses):
                scored = [clause.node for clause in clauses if clause.occur is not Occur.PROHIBITED]
                return [weight for child in scored for weight in self._leaf_weights(child, boost)]
            case Year(text, low, high):
                dated = self._filter(lambda entry: inside(entry.date, low, high))
                return [*self._leaf_weights(Word(text), boost), boost * scoring.idf(len(self), len(dated))]
            case Word(_, field) | Phrase(_, field) | Prefix(_, field) if self._is_text(field):
                return [self._phrase_weight(node, boost)]
            case Near() if self._is_text(node.field):
                return [self._near_weight(node, boost)]
            case Fuzzy(_, field) if self._is_text(field):
                return list(self._fuzzy_weights(node, boost).values())
            case Wildcard(_, field) | Regex(_, field) if self._is_text(field):
                return [boost]
        return []

    def _is_text(self, field: str | None) -> bool:
        return field is None or field in self.words.schema.texts

    def _is_lone_prefix(self, node: Word | Phrase | Prefix) -> bool:
        return [token.prefix for token in self.words.of_query(node)] == [True]

    def _phrase_weight(self, node: Word | Phrase | Prefix, boost: float) -> float:
        """Boost times the sum of idf of the terms in order, each as often as it stands there; a lone prefix counts 1.

        In a phrase a prefix counts 0.
        """
        if self._is_lone_prefix(node):
            return boost
        return boost * self._rarity(node)

    def _rarity(self, node: Side) -> float:
        total = 0.0
        for token in self.words.of_query(node) if isinstance(node, Word | Phrase | Prefix) else ():
            if not token.prefix:
                total += scoring.idf(len(self), len(self._occurrences((frozenset([token.term]),))))
        return total

    def _near_weight(self, node: Near, boost: float) -> float:
        """As that of a phrase of all words of both; what stands for several words counts 0."""
        return boost * (self._rarity(node.left) + self._rarity(node.right))

    def _pattern(self, node: Word | Phrase | Prefix) -> Pattern:
        """The terms that may stand at each place of a phrase."""
        return pattern(node, self.words.of_query(node), self.forms)

    def _pair(self, node: Near) -> Pattern:
        return pair(node, self.words, self.forms)

    def _filter(self, keep: Any) -> Answer:
        """The documents that a condition holds for, with no units."""
        return {id: 0 for id, entry in self.documents.items() if keep(entry)}

    def _occurrences(self, pattern: Pattern) -> dict[str, list[int]]:
        """How often each document has the phrase, in each zone; remembered until something changes."""
        if pattern not in self._counts:
            found = {}
            for id, entry in self.documents.items():
                if any(terms.isdisjoint(entry.terms) for terms in places_of(pattern)):
                    continue
                counts = [occurrences(pattern, zone) for zone in entry.zones.values()]
                if any(counts):
                    found[id] = counts
            self._counts[pattern] = found
        return self._counts[pattern]

    def _keyword_has(self, entry: Entry, node: Word | Phrase | Prefix | Near) -> bool:
        """Whether a value of a keyword field has the words in a row; without parts, whole values are compared."""
        assert node.field is not None
        kind = self.words.schema.fields[node.field]
        if not isinstance(kind, Keyword):
            return False
        if not kind.parts:
            return not isinstance(node, Near) and whole_value_fits(node, entry.values[node.field])
        forms = {(word, word) for words in entry.parts[node.field] for word in words}
        if isinstance(node, Near):
            sought = pair(node, self.words, forms)
        else:
            sought = pattern(node, self.words.of_query(node), forms)
        return any(occurrences(sought, words) for words in entry.parts[node.field])


def pattern(node: Word | Phrase | Prefix, tokens: list[QueryToken], forms: Iterable[tuple[str, str]]) -> Pattern:
    """What a piece of a query looks for."""
    places = tuple(expansion(token, forms) for token in tokens)
    if isinstance(node, Phrase) and node.slop and len(places) > 1:
        return Sloppy(tuple((token.term, token.prefix) for token in tokens), places, node.slop)
    return places


def pair(node: Near, words: Words, forms: Iterable[tuple[str, str]]) -> Pattern:
    """What a pair looks for."""
    return Pair(side_places(node.left, words, forms), side_places(node.right, words, forms), node.distance)


def side_places(node: Side, words: Words, forms: Iterable[tuple[str, str]]) -> Places:
    """The terms that may stand at each place of a side of a pair."""
    if isinstance(node, Word | Phrase | Prefix):
        return tuple(expansion(token, forms) for token in words.of_query(node))
    return (frozenset(distances(node, set(forms))),)


def places_of(pattern: Pattern) -> Places:
    """The terms that may stand at each place."""
    return pattern.places if isinstance(pattern, Sloppy | Pair) else pattern


def expansion(token: QueryToken, forms: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The terms that a token of a query stands for: its own, or those of the forms that start with it.

    forms: pairs of form and term.
    """
    if not token.prefix:
        return frozenset([token.term])
    return frozenset(term for form, term in forms if form.startswith(token.form))


def whole_value_fits(node: Word | Phrase | Prefix, values: list[str]) -> bool:
    """Whether a value is the text of the node, or starts with it; letter case and all."""
    if isinstance(node, Prefix):
        return any(value.startswith(node.text) for value in values)
    return node.text in values


def in_every(answers: list[Answer]) -> Answer:
    """The documents that all answers hold (there is at least one answer), their units added."""
    return {id: sum(answer[id] for answer in answers) for id in answers[0] if all(id in answer for answer in answers)}


def in_some(answers: list[Answer]) -> Answer:
    """The documents that any answer holds, their units added."""
    units: Answer = {}
    for answer in answers:
        for id in answer:
            units[id] = units.get(id, 0) + answer[id]
    return units


def inside(value: float | None, low: float | None, high: float | None) -> bool:
    """Whether there is a value in [low, high); None leaves an end open."""
    return value is not None and (low is None or low <= value) and (high is None or value < high)


def exact_values(entry: Entry, field: str) -> list[str]:
    """The values of a keyword field, or of a bool field as "true" or "false"."""
    value = entry.values.get(field, [])
    return [str(value).lower()] if isinstance(value, bool) else value


def occurrences(pattern: Pattern, words: list[str]) -> int:
    """How often a list of words has what is looked for; of phrases: occurrences may overlap."""
    if any(terms.isdisjoint(words) for terms in places_of(pattern)):
        return 0
    return pattern.count(words) if isinstance(pattern, Sloppy | Pair) else len(rows(pattern, words))
