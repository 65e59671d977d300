"""Facets as the naive engine counts them: every document that matches, value by value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from searchkit.query.nodes import And, Between, Node, Nothing, Or, Term
from searchkit.schema import Bool, Date, Keyword, Number
from searchkit.search.facets.requests import UNITS, DateFacet, FacetRequest, RangeFacet, TermFacet
from tests.oracle.documents import EPOCH, Entry, microseconds
from tests.oracle.engine import Match, NaiveIndex, exact_values, inside
from tests.oracle.simplify import simplify
from tests.oracle.strategies import MOMENTS, SCHEMAS, known_values, queries, quoted

Selected = dict[str, list[Any]]


class Counts(NamedTuple):
    """What a facet says: (value, count, selected) of each bucket, and the sums beside them."""

    buckets: list[tuple[Any, int, bool]]
    missing: int
    other: int
    distinct: int


@dataclass(frozen=True)
class FacetQuestion:
    """A query and what to count of it."""

    node: Node
    requests: dict[str, FacetRequest]
    selected: Selected = field(default_factory=dict)
    match: Match = None


def naive_facets(index: NaiveIndex, question: FacetQuestion) -> dict[str, Counts]:
    """The facets of a question, by name."""
    _, match = _matching(index, question, None, question.match)
    found = {}
    for name, request in question.requests.items():
        kept = request.field or index.words.schema.date or ""
        entries, _ = _matching(index, question, kept, match)
        chosen = question.selected.get(kept, [])
        found[name] = _counts(entries, kept, request, chosen)
    return found


def selected_node(index: NaiveIndex, question: FacetQuestion, without: str | None) -> Node:
    """The query for what was selected, but for one field."""
    if not question.selected:
        return question.node
    if simplify(question.node, index.words) is None:
        return Nothing()
    filters = [
        Or(tuple(_node(name, value) for value in values))
        for name, values in question.selected.items()
        if values and name != without
    ]
    return And((question.node, *filters))


def _matching(
    index: NaiveIndex, question: FacetQuestion, without: str | None, match: Match
) -> tuple[list[Entry], Match]:
    page = index.search(selected_node(index, question, without), match=match, limit=1_000_000)
    how: Match = "any" if page.partial or match == "any" else "all"
    return [index.documents[id] for id, _ in page.hits], how


def _node(name: str, value: Any) -> Node:
    if isinstance(value, tuple):
        return Between(name, *value)
    return Term(name, str(value).lower() if isinstance(value, bool) else value)


def _counts(entries: list[Entry], name: str, request: FacetRequest, chosen: list[Any]) -> Counts:
    match request:
        case TermFacet():
            return _terms(entries, name, request, chosen)
        case DateFacet():
            return _dates(entries, name, request)
    values = [entry.values.get(name) for entry in entries]
    buckets = [(pair, sum(inside(value, *pair) for value in values), pair in chosen) for pair in _pairs(request.ranges)]
    return Counts(buckets, values.count(None), 0, sum(count > 0 for _, count, _ in buckets))


def _pairs(ranges: Any) -> list[tuple[Any, Any]]:
    if isinstance(ranges[0], tuple):
        return list(ranges)
    return list(zip([None, *ranges], [*ranges, None], strict=True))


def _terms(entries: list[Entry], name: str, request: TermFacet, chosen: list[Any]) -> Counts:
    values = [exact_values(entry, name) for entry in entries]
    counter = Counter(value for several in values for value in several)
    order = sorted(counter, key=lambda value: (-counter[value], value) if request.order == "count" else (0, value))
    texts = [str(value).lower() if isinstance(value, bool) else value for value in chosen]
    listed = order[: request.top] + [text for text in dict.fromkeys(texts) if text not in order[: request.top]]
    buckets = [(value, counter[value], value in texts) for value in listed]
    other = counter.total() - sum(count for _, count, _ in buckets)
    return Counts(buckets, sum(not several for several in values), other, len(counter))


def _dates(entries: list[Entry], name: str, request: DateFacet) -> Counts:
    dates = [EPOCH + timedelta(microseconds=entry.values[name]) for entry in entries if name in entry.values]
    counter = Counter(unit_of(moment, request.unit) for moment in dates)
    buckets = [(unit, counter[unit], False) for unit in sorted(counter)]
    return Counts(buckets, len(entries) - len(dates), 0, len(counter))


def unit_of(moment: datetime, unit: str) -> str:
    """The unit of the calendar that a local time is in, as it is typed."""
    text = moment.replace(tzinfo=None).isoformat()
    if unit == "week":
        year, week, _ = moment.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "quarter":
        return f"{text[:4]}-Q{(moment.month + 2) // 3}"
    return text[: {"year": 4, "month": 7, "day": 10, "hour": 13}[unit]]


@st.composite
def facet_questions(draw: DrawFn, name: str, texts: list[str]) -> FacetQuestion:
    """A query, facets of any fields of the schema, and now and then a selection."""
    schema = SCHEMAS[name]
    node = quoted(draw(queries(name)), texts)
    fields = draw(st.lists(st.sampled_from(_facetable(name)), min_size=1, max_size=3))
    requests = {f"{number}": draw(_requests(field, schema.fields[field])) for number, field in enumerate(fields)}
    chosen = draw(st.lists(st.sampled_from(_facetable(name)), max_size=2, unique=True))
    selected = {field: draw(st.lists(_selectable(field, schema.fields[field]), max_size=2)) for field in chosen}
    return FacetQuestion(node, requests, selected, draw(st.sampled_from([None, None, "all", "any"])))


def _facetable(name: str) -> list[str]:
    kinds = Keyword | Bool | Date | Number
    return [field for field, kind in SCHEMAS[name].fields.items() if isinstance(kind, kinds)]


def _requests(name: str, kind: object) -> SearchStrategy[FacetRequest]:
    if isinstance(kind, Number):
        cuts = st.sampled_from([[0], [-1.5, 0.25], [0.0, 4, 1e300]])
        pairs = st.lists(st.sampled_from([(None, 4.0), (0, 0.25), (0.25, None), (4, 0)]), min_size=1)
        return st.builds(RangeFacet, st.just(name), st.one_of(cuts, pairs))
    if isinstance(kind, Date):
        return st.builds(DateFacet, st.just(name), st.sampled_from(UNITS))
    return st.builds(TermFacet, st.just(name), st.sampled_from([None, 1, 2, 10]), st.sampled_from(["count", "value"]))


def _selectable(name: str, kind: object) -> SearchStrategy[Any]:
    if isinstance(kind, Number):
        return st.sampled_from([(None, 4.0), (0, 0.25), (0.25, None)])
    if isinstance(kind, Date):
        ends = sorted(map(microseconds, MOMENTS))
        return st.sampled_from(list(pairwise(ends)))
    return st.booleans() if isinstance(kind, Bool) else st.sampled_from(known_values(name))


def asked(question: FacetQuestion, schema: Any) -> Selected:
    """What was selected, as a program gives it: dates as pairs of datetimes."""

    def given(name: str, value: Any) -> Any:
        if isinstance(schema.fields[name], Date):
            return tuple(EPOCH + timedelta(microseconds=end) for end in value)
        return value

    return {name: [given(name, value) for value in values] for name, values in question.selected.items()}
