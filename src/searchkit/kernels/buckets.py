# cython: language_level=3
"""The buckets of a facet, made in one go, without what nobody may ask for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import cython


@cython.cclass
class Counted:
    """A value, and how many documents have it. The node, a query for just these, is made by `_find` when somebody asks
    for it, unless it was given.
    """

    @property
    def node(self) -> Any:
        """The query for just these documents."""
        if self._node is None:
            _keep(self, self._find(self._field))
        return self._node

    @node.setter
    def node(self, node: Any) -> None:
        _keep(self, node)

    def _find(self, field: str) -> Any:
        """Makes the node of a value of a field."""
        raise NotImplementedError


@cython.cfunc
def _keep(one: Counted, node: object) -> object:
    if cython.compiled:
        one._node = node
    else:
        # Buckets are frozen, against everybody.
        object.__setattr__(one, "_node", node)
    return None


def buckets_of(kind: type, field: str, counted: list, selected: Collection) -> list:
    """Objects of a subclass of `Counted`, made without its `__init__`: one for each pair of a value and its count.

    selected: the values that are.
    """
    made: list = []
    one: Counted
    for value, count in counted:
        one = kind.__new__(kind)  # type: ignore[call-overload]
        _fill(one, value, count, value in selected, field)
        made.append(one)
    return made


@cython.cfunc
def _fill(one: Counted, value: object, count: object, selected: object, field: str) -> object:
    if cython.compiled:
        one.value, one.count, one.selected, one._field = value, count, selected, field
    else:
        given = {"value": value, "count": count, "low": None, "high": None, "selected": selected}
        for name, one_of_them in (given | {"_field": field, "_node": None}).items():
            object.__setattr__(one, name, one_of_them)
    return None
