"""Words side by side: planned in one go, they give what the planner makes of the same clauses."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit import Bag, Clause, Date, Index, Limits, Occur, Schema, Text, Word
from searchkit.errors import LimitExceeded
from searchkit.limits import DEFAULT_LIMITS
from searchkit.query.parser import _parse_any, parse
from searchkit.query.plain_words import PlainWords
from searchkit.search.plan import BooleanPlan, PlanNode
from searchkit.search.planner import make_plan

SCHEMAS = {
    "one language": Schema({"title": Text(short=True), "body": Text(), "date": Date()}, date="date"),
    "two languages": Schema(
        {"title": Text(language="german", short=True), "body": Text(), "date": Date()}, date="date"
    ),
}
WORDS = ["walrus", "Walruses", "seal", "the", "IT", "it", "und", "北京", "北", "straße", "x1", "unknown", "é", "ﬁn"]
MARKED = st.lists(st.tuples(st.sampled_from(["", "", "+", "-"]), st.sampled_from(WORDS)), min_size=1, max_size=5)


@pytest.fixture(scope="module", params=SCHEMAS)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = searchkit.open(tmp_path_factory.mktemp("plain") / "index", schema=SCHEMAS[request.param])
    index.add([{"id": "a", "title": "walrus", "body": "the seal and it"}, {"id": "b", "body": "北京 Straße fin x1"}])
    index.add([{"id": "c", "title": "IT", "body": "walruses 北海"}, {"id": "d", "body": "walrus"}])
    index.delete("d")
    return index


@given(MARKED, st.booleans(), st.booleans())
def test_the_plan_is_that_of_the_clauses(
    index: Index, marked: list[tuple[str, str]], any_of_bag: bool, scored: bool
) -> None:
    text = " ".join(mark + word for mark, word in marked)
    snapshot = index._snapshot()
    short, long = parse(text, schema=index.schema).node, _parse_any(text, index.schema, DEFAULT_LIMITS, None)[0]
    assert short == long
    assert isinstance(short, PlainWords if len(marked) > 1 or marked[0][0] else Word)
    clauses = long if isinstance(long, Bag) else Bag((Clause(long),))
    plans = [
        make_plan(snapshot, node, DEFAULT_LIMITS, any_of_bag=any_of_bag, scored=scored) for node in (short, clauses)
    ]
    assert plans[0] == plans[1]


def _without_nesting(root: PlanNode | None) -> PlanNode | None:
    """The same without a union inside, which the planner makes where dates were beside it."""
    if isinstance(root, BooleanPlan) and len(root.must) == 1 and not root.should:
        (inner,) = root.must
        if isinstance(inner, BooleanPlan) and not inner.must and not inner.must_not:
            root = BooleanPlan([], inner.should, root.must_not)
    if isinstance(root, BooleanPlan) and len(root.should) == 1 and not root.must and not root.must_not:
        return root.should[0]  # type: ignore[no-any-return]
    return root


@given(MARKED, st.sampled_from(["2019", "2019-03..", "2019-01-02..2019-02-03"]), st.booleans(), st.booleans())
def test_with_a_date_too(
    index: Index, marked: list[tuple[str, str]], date: str, any_of_bag: bool, scored: bool
) -> None:
    text = " ".join(mark + word for mark, word in marked) + f" date:{date}"
    snapshot = index._snapshot()
    short, long = parse(text, schema=index.schema).node, _parse_any(text, index.schema, DEFAULT_LIMITS, None)[0]
    assert isinstance(short, PlainWords)
    assert short == long
    plans = [make_plan(snapshot, node, DEFAULT_LIMITS, any_of_bag=any_of_bag, scored=scored) for node in (short, long)]
    for plan in plans:
        plan.root = _without_nesting(plan.root)
    assert plans[0] == plans[1]


def test_a_word_too_many_is_told_as_of_any_tree(index: Index) -> None:
    words = PlainWords(("x", "y", "z"))
    with pytest.raises(LimitExceeded, match="more than 2 clauses"):
        make_plan(index._snapshot(), words, Limits(query_clauses=2), any_of_bag=True)


def test_it_is_a_bag_to_everybody() -> None:
    words = PlainWords(("a", "b"), "+ ")
    bag = Bag((Clause(Word("a"), Occur.REQUIRED), Clause(Word("b"))))
    assert words == bag
    assert bag == words
    assert words != Bag(bag.clauses[:1])
    assert words != "a b"
    assert {words, bag} == {bag}
    assert repr(words) == repr(bag)
    for made in (pickle.loads(pickle.dumps(words)), copy.copy(words), copy.deepcopy(words)):
        assert made == words
    with pytest.raises(AttributeError, match="cannot assign to field 'texts'"):
        words.texts = ("c",)


def test_the_index_tells_a_bag(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index") as index:
        index.add([{"id": "a", "title": "walrus and seal"}])
        assert index.understand("+walrus -fish").tree.kind == "bag"
