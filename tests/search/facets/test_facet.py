"""Buckets whose nodes are made when they are asked for are like any other."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from searchkit.kernels.buckets import buckets_of
from searchkit.query.nodes import Between, Node, Term
from searchkit.search.facets import Bucket, Facet

CASES: list[tuple[str | bool, Node]] = [("AFP", Term("source", "AFP")), (True, Term("source", "true"))]


@pytest.mark.parametrize(("value", "node"), CASES)
def test_a_bucket_of_a_value(value: str | bool, node: Node) -> None:
    (made,) = buckets_of(Bucket, "source", [(value, 3)], [value])
    plain = Bucket(value, 3, node, selected=True)
    assert made == plain
    assert hash(made) == hash(plain)
    assert repr(made) == repr(plain)
    assert (made.value, made.count, made.node, made.low, made.high, made.selected) == (value, 3, node, None, None, True)
    assert made != Bucket(value, 3, node)


def test_copies_are_whole() -> None:
    made = buckets_of(Bucket, "source", [("AFP", 3), ("dpa", 2)], ["dpa"])
    facet = Facet("source", made, missing=1, distinct=2)
    assert copy.copy(made[0]) == copy.deepcopy(made[0]) == pickle.loads(pickle.dumps(made[0])) == made[0]
    assert pickle.loads(pickle.dumps(facet)).buckets == facet.buckets
    unit = Bucket("1979", 1, Between("date", 1, 2), 1.0, 2.0)
    assert pickle.loads(pickle.dumps(unit)) == copy.copy(unit) == unit


def test_a_bucket_is_a_frozen_dataclass() -> None:
    (made,) = buckets_of(Bucket, "source", [("AFP", 3)], ())
    assert dataclasses.replace(made, count=9) == Bucket("AFP", 9, Term("source", "AFP"))
    assert dataclasses.asdict(made)["node"] == {"field": "source", "value": "AFP"}
    match made:
        case Bucket(value, count, node):
            assert (value, count, node) == ("AFP", 3, Term("source", "AFP"))
    for name in ("count", "node", "other"):
        with pytest.raises(AttributeError, match="cannot assign to field"):
            setattr(made, name, 1)
    with pytest.raises(AttributeError, match="cannot delete field"):
        del made.count
