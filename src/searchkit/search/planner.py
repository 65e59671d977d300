"""Query tree → plan: words are analysed, weighed and turned into keys of the dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from searchkit.errors import LimitExceeded, QueryError
from searchkit.kernels.plans import fitting_shift
from searchkit.limits import Limits
from searchkit.query.nodes import (
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
    Regex,
    Term,
    Wildcard,
    Word,
    Year,
)
from searchkit.query.plain_words import PlainWords
from searchkit.schema import Bool, Date, Field, Keyword, Number, Text
from searchkit.search.alternatives import capped, typed_weight
from searchkit.search.cuts import Cut
from searchkit.search.filters import has_value, in_interval, with_id
from searchkit.search.plain_plans import is_plain_within, plan_plain
from searchkit.search.plan import (
    AllPlan,
    AnyPlan,
    BitmapPlan,
    BooleanPlan,
    Plan,
    Planned,
    PlanNode,
    SlicePlan,
    TermPlan,
    plan_of,
)
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot
from searchkit.search.stop_words import is_stop_word
from searchkit.search.text_plans import Textual, plan_text
from searchkit.segment.keys import exact_key

__all__ = ["make_plan"]

_NESTING = 5
"""Levels of a tree for one level of brackets in a query."""
_MOST_BOOST = 1e100
"""What boosts within boosts come to at most: far from where doubles end."""


def make_plan(snapshot: Snapshot, node: Node, limits: Limits, *, any_of_bag: bool, scored: bool = True) -> Plan:
    """A plan for a query tree.

    any_of_bag: whether the default clauses of bags are joined by "any" rather than "all".
    scored: whether the plan is to weigh what matches; one that does not needs no statistics.
    Raises `QueryError` for a field that the schema does not have, `LimitExceeded` for a tree too deep or too wide.
    """
    if type(node) is PlainWords:
        if is_plain_within(limits, len(node.texts) + 1):
            return plan_plain(
                snapshot, node.texts, node.marks, limits, node.interval, any_of_bag=any_of_bag, scored=scored
            )
    elif type(node) is Word and node.field is None and is_plain_within(limits, 1):
        return plan_plain(snapshot, (node.text,), "", limits, any_of_bag=any_of_bag, scored=scored)
    planner = _Planner(snapshot, limits, any_of_bag)
    root = planner.compile(node, 1.0, scored, 0)
    plan = plan_of(root, fitting_shift(planner.weights))
    plan.cuts = planner.cuts
    return plan


class _Planner:
    def __init__(self, snapshot: Snapshot, limits: Limits, any_of_bag: bool) -> None:
        self._snapshot, self._limits, self._any_of_bag = snapshot, limits, any_of_bag
        self._schema = snapshot.schema
        self._leaves = 0
        self.weights: list[float] = []
        self.cuts: tuple[Cut, ...] = ()

    def compile(self, node: Node, boost: float, scored: bool, depth: int) -> PlanNode | None:
        """The plan of a node; None where it holds no word at all and is left out of its parent.

        boost: the product of the boosts above; scored: False below a negation.
        """
        if depth > self._limits.query_depth * _NESTING:
            raise LimitExceeded("query_depth", f"the query tree has more than {depth - 1} levels")
        if isinstance(node, Word):
            return self._words(node, boost, scored)
        match node:
            case Phrase(slop=slop):
                self._check_reach(slop, 0)
                return self._words(node, boost, scored)
            case Prefix() | Wildcard() | Regex() | Fuzzy():
                return self._words(node, boost, scored)
            case Near():
                return self._near(node, boost, scored)
            case Bag(clauses):
                return self._bag(clauses, boost, scored, depth)
            case And(children):
                found = self._compile_all(children, boost, scored, depth)
                return BooleanPlan(must=found) if found else None
            case Alternatives(children):
                return self._alternatives(children, boost, scored, depth)
            case Or(children):
                found = self._compile_all(children, boost, scored, depth)
                return BooleanPlan(should=found) if found else None
            case Not(child):
                inner = self.compile(child, boost, False, depth + 1)
                return None if inner is None else BooleanPlan(must=[AllPlan()], must_not=[inner])
            case Boost(child, factor):
                if not 0 <= factor <= 1000:
                    raise QueryError(f"a boost is from 0 to 1000, not {factor!r}")
                return self.compile(child, min(boost * factor, _MOST_BOOST), scored, depth + 1)
            case Constant(child, score):
                return self._constant(child, score, boost, scored, depth)
            case Year(text, low, high):
                return self._year(text, low, high, boost, scored)
        return self._filter(node)

    def _compile_all(self, nodes: Iterable[Node], boost: float, scored: bool, depth: int) -> list[PlanNode]:
        found = [self.compile(node, boost, scored, depth + 1) for node in nodes]
        return [plan for plan in found if plan is not None]

    def _alternatives(self, children: tuple[Node, ...], boost: float, scored: bool, depth: int) -> PlanNode | None:
        typed = self._compile_all(children[:1], boost, scored, depth)
        first = len(self.weights)
        others = self._compile_all(children[1:], boost, scored, depth)
        if scored and others:
            given = children[0]
            nodes = [one.node for one in self._without_stop_words(given.clauses)] if isinstance(given, Bag) else [given]
            most = typed_weight(self._snapshot, nodes, boost, self._limits)
            self.weights[first:] = [min(weight, most) for weight in self.weights[first:]]
            others = [capped(plan, most) for plan in others]
        found = typed + others
        return BooleanPlan(should=found) if found else None

    def _count_leaf(self) -> None:
        self._leaves += 1
        if self._leaves > self._limits.query_clauses:
            raise LimitExceeded("query_clauses", f"the query has more than {self._leaves - 1} clauses")

    def _field(self, name: str) -> Field:
        field = self._schema.fields.get(name)
        if field is None:
            near = self._schema.nearest(name)
            raise QueryError(f"there is no field {name!r}" + (f"; did you mean {near!r}?" if near else ""))
        return field

    def _words(self, node: Textual, boost: float, scored: bool) -> PlanNode | None:
        self._count_leaf()
        if node.field is not None:
            field = self._field(node.field)
            if isinstance(field, Keyword):
                from searchkit.search.keyword_plans import plan_keyword  # searching starts sooner without it

                plan, cut = plan_keyword(self._snapshot, node, field, self._limits)
                if cut is not None:
                    self.cuts += (cut,)
                return plan
            if not isinstance(field, Text):
                return AnyPlan((), None)
        return self._take(plan_text(self._snapshot, node, boost if scored else None, self._limits))

    def _take(self, planned: Planned) -> PlanNode | None:
        plan, weights, cut = planned
        self.weights += weights
        if cut is not None:
            self.cuts += (cut,)
        return plan

    def _near(self, node: Near, boost: float, scored: bool) -> PlanNode | None:
        self._count_leaf()
        self._check_reach(node.distance, 1)
        if node.left.field != node.right.field:
            raise QueryError(f"Near is about one field, not {node.left.field!r} and {node.right.field!r}")
        if any(isinstance(side, Phrase) and side.slop for side in (node.left, node.right)):
            raise QueryError("a phrase with slop cannot be near another")
        field = None if node.field is None else self._field(node.field)
        if isinstance(field, Keyword):
            from searchkit.search.keyword_plans import plan_keyword_near

            plan, cuts = plan_keyword_near(self._snapshot, node, field, self._limits)
            self.cuts += cuts
            return plan
        if not isinstance(field, Text | None):
            return AnyPlan((), None)
        from searchkit.search.near_plans import plan_near  # searching starts sooner without it

        return self._take(plan_near(self._snapshot, node, boost if scored else None, self._limits))

    def _check_reach(self, reach: int, least: int) -> None:
        most = max(least, self._limits.phrase_slop)
        if reach is None or reach < least:
            raise QueryError(f"words are at least {least} apart, not {reach!r}")
        if reach > most:
            raise LimitExceeded("phrase_slop", f"words are looked for at most {most} places away, not {reach}")

    def _constant(self, child: Node, score: float, boost: float, scored: bool, depth: int) -> PlanNode | None:
        if not 0 <= score <= 1000:
            raise QueryError(f"a constant score is from 0 to 1000, not {score!r}")
        inner = self.compile(child, 1.0, False, depth + 1)
        if inner is None or not scored:
            return inner
        weight = boost * score
        self.weights.append(weight)
        return BooleanPlan(must=[inner, AllPlan(weight)])

    def _year(self, text: str, low: int, high: int, boost: float, scored: bool) -> PlanNode | None:
        word = self._words(Word(text), boost, scored)
        if self._schema.date is None:
            return word
        documents = self._snapshot.dated(low, high)
        dated = SlicePlan(low, high)
        if scored:
            dated.weight = boost * idf(len(self._snapshot), documents)
            self.weights.append(dated.weight)
        if word is None:
            return BooleanPlan(should=[dated])
        # A union of words alone is the fastest.
        return BooleanPlan(should=[word, dated]) if documents else word

    def _bag(self, clauses: tuple[Clause, ...], boost: float, scored: bool, depth: int) -> PlanNode | None:
        default: list[tuple[Node, PlanNode]] = []
        must: list[PlanNode] = []
        must_not: list[PlanNode] = []
        for clause in self._without_stop_words(clauses):
            node, occur = clause.node, clause.occur
            plan = self.compile(node, boost, scored and occur is not Occur.PROHIBITED, depth + 1)
            if plan is None:
                continue
            if occur is Occur.DEFAULT:
                default.append((node, plan))
            else:
                (must if occur is Occur.REQUIRED else must_not).append(plan)
        if not default and not must and not must_not:
            return None
        if not self._any_of_bag:
            must += [plan for _, plan in default]
            should: list[PlanNode] = []
        else:
            # What filters always holds; what is looked for may be missing.
            should = [plan for node, plan in default if not self._is_filter(node)]
            filters = [plan for node, plan in default if self._is_filter(node)]
            if filters and should and not must:
                must, should = [*filters, BooleanPlan(should=should)], []
            else:
                must += filters
        if not must and not should:
            must = [AllPlan()]
        if len(must) + len(should) == 1 and not must_not:
            return (must + should)[0]
        return BooleanPlan(must, should, must_not)

    def _without_stop_words(self, clauses: tuple[Clause, ...]) -> Sequence[Clause]:
        """The clauses without the default ones that are stop words, where another default one looks for more."""
        stop = [clause.occur is Occur.DEFAULT and is_stop_word(self._snapshot, clause.node) for clause in clauses]
        if True not in stop:
            return clauses
        default = [number for number, clause in enumerate(clauses) if clause.occur is Occur.DEFAULT]
        others = [clauses[number].node for number in default if not stop[number]]
        if all(map(self._is_filter_or_empty, others)):
            return list(clauses)
        return [clause for clause, is_stop in zip(clauses, stop, strict=True) if not is_stop]

    def _is_empty(self, node: Node) -> bool:
        """Whether nothing is left of a node."""
        if isinstance(node, Textual | Near):
            probe = _Planner(self._snapshot, self._limits, self._any_of_bag)
            return probe.compile(node, 1.0, False, 0) is None
        if isinstance(node, And | Or):
            return all(map(self._is_empty, node.children))
        if isinstance(node, Bag):
            return all(self._is_empty(clause.node) for clause in node.clauses)
        if isinstance(node, Not | Boost | Constant):
            return self._is_empty(node.child)
        return False

    def _is_filter(self, node: Node) -> bool:
        """Whether a node only says which documents may match, and adds nothing to a score."""
        if isinstance(node, Textual | Near):
            return node.field is not None and not isinstance(self._schema.fields.get(node.field), Text)
        if isinstance(node, And | Or):
            return all(map(self._is_filter_or_empty, node.children))
        if isinstance(node, Bag):
            return all(self._is_filter_or_empty(clause.node) for clause in node.clauses)
        if isinstance(node, Boost):
            return self._is_filter(node.child)
        return not isinstance(node, Year | Constant)

    def _is_filter_or_empty(self, node: Node) -> bool:
        """What nothing is left of goes, and leaves a filter a filter."""
        return self._is_filter(node) or self._is_empty(node)

    def _filter(self, node: Node) -> PlanNode:
        self._count_leaf()
        match node:
            case All():
                return AllPlan()
            case Nothing():
                return AnyPlan((), None)
            case Term(name, value):
                return self._term(name, value)
            case Between(name, low, high):
                return self._between(name, low, high)
            case Has(name):
                if name == self._schema.key:
                    return AllPlan()
                return BitmapPlan(has_value(name, self._field(name)))
        raise QueryError(f"{node!r} is not a node of a query tree")

    def _term(self, name: str, value: str) -> PlanNode:
        if name == self._schema.key:
            return BitmapPlan(with_id(value))
        if isinstance(self._field(name), Keyword | Bool):
            return TermPlan(exact_key(name, value), None)
        return AnyPlan((), None)

    def _between(self, name: str, low: float | None, high: float | None) -> PlanNode:
        field = self._field(name)
        if low != low or high != high:
            raise QueryError("an interval cannot begin or end with a number that is none (nan)")
        if name == self._schema.date:
            return SlicePlan(low, high)  # type: ignore[arg-type]
        if isinstance(field, Date | Number):
            return BitmapPlan(in_interval(name, low, high))
        return AnyPlan((), None)
