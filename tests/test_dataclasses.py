"""What is here behaves as the standard library's."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import searchkit.dataclasses as ours
from searchkit.query.nodes import Bag, Clause, Node, Phrase, Word
from searchkit.storage.manifest import FileEntry, Manifest


def made(library: Any) -> dict[str, type]:
    """The same classes by one library or the other."""
    dataclass: Callable[..., Any] = library.dataclass

    @dataclass(frozen=True, slots=True)
    class Frozen:
        a: int
        b: str = "x"

    @dataclass(slots=True)
    class Open:
        a: int
        found: list[int] = library.field(default_factory=list)

    @dataclass(frozen=True)
    class Checked:
        a: int
        b: int = 2

        def __post_init__(self) -> None:
            if self.a < 0:
                raise ValueError("below 0")
            object.__setattr__(self, "b", self.a + self.b)

    @dataclass(frozen=True, slots=True)
    class Empty:
        pass

    @dataclass(frozen=True, slots=True)
    class Base:
        a: int = 1

    @dataclass(frozen=True, slots=True)
    class More(Base):
        b: int = 2

    @dataclass(slots=True)
    class Single:
        value: object

    return {kind.__name__: kind for kind in (Frozen, Open, Checked, Empty, Base, More, Single)}


OURS, THEIRS = made(ours), made(dataclasses)
CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Frozen", (1,), {}),
    ("Frozen", (1, "y"), {}),
    ("Frozen", (), {"b": "z", "a": 2}),
    ("Open", (3,), {}),
    ("Open", (3, [1]), {}),
    ("Checked", (4,), {"b": 5}),
    ("Empty", (), {}),
    ("Base", (), {}),
    ("More", (), {}),
    ("More", (7, 8), {}),
    ("Single", (None,), {}),
]


@pytest.mark.parametrize(("name", "values", "named"), CALLS)
def test_instances_are_like_those_of_the_standard_library(
    name: str, values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    mine, theirs = OURS[name](*values, **named), THEIRS[name](*values, **named)
    assert repr(mine) == repr(theirs)
    assert mine == OURS[name](*values, **named)
    assert mine != theirs
    assert type(mine).__match_args__ == type(theirs).__match_args__
    assert getattr(type(mine), "__slots__", None) == getattr(type(theirs), "__slots__", None)
    assert ours.asdict(mine) == dataclasses.asdict(theirs) == dataclasses.asdict(mine)
    assert [one.name for one in ours.fields(mine)] == [one.name for one in dataclasses.fields(theirs)]
    assert dataclasses.is_dataclass(mine)
    assert str(inspect.signature(type(mine))) == str(inspect.signature(type(theirs)))
    assert copy.copy(mine) == copy.deepcopy(mine) == mine
    if type(theirs).__hash__ is None:
        with pytest.raises(TypeError, match="unhashable"):
            hash(mine)
    else:
        assert hash(mine) == hash(OURS[name](*values, **named))


@pytest.mark.parametrize("library", [ours, dataclasses])
def test_a_part_of_an_instance_is_replaced(library: Any) -> None:
    assert repr(library.replace(OURS["Frozen"](1), b="n")) == repr(THEIRS["Frozen"](1, "n"))
    with pytest.raises(TypeError, match="unexpected keyword argument 'c'"):
        library.replace(OURS["Frozen"](1), c=2)


@pytest.mark.parametrize("kinds", [OURS, THEIRS])
def test_what_is_wrong_is_told_alike(kinds: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"Frozen\.__init__\(\) missing 1 required positional argument: 'a'"):
        kinds["Frozen"]()
    with pytest.raises(TypeError, match=r"Empty\.__init__\(\) takes 1 positional argument but 2 were given"):
        kinds["Empty"](1)
    with pytest.raises(ValueError, match="below 0"):
        kinds["Checked"](-1)
    for name in ("Frozen", "Checked"):
        with pytest.raises(AttributeError, match="cannot assign to field 'a'"):
            kinds[name](1).a = 2
        with pytest.raises(AttributeError, match="cannot delete field 'a'"):
            del kinds[name](1).a


def test_each_instance_has_a_list_of_its_own() -> None:
    kind: Any = OURS["Open"]
    first, second = kind(1), kind(1)
    first.found.append(1)
    first.a = 5
    assert (first.a, first.found, second.a, second.found) == (5, [1], 1, [])


def test_a_field_without_a_default_cannot_follow_one_that_has_one() -> None:
    with pytest.raises(TypeError, match="a field without a default follows one that has one"):

        @ours.dataclass(frozen=True)
        class Wrong:
            a: int = 1
            b: int  # type: ignore[misc]


def test_nodes_are_values() -> None:
    node: Node = Bag((Clause(Word("a")), Clause(Phrase("b c", slop=2))))
    assert pickle.loads(pickle.dumps(node)) == node == copy.deepcopy(node)
    assert len({node, Bag((Clause(Word("a")), Clause(Phrase("b c", slop=2))))}) == 1
    nodes: list[Node] = [Word("a"), Phrase("a")]
    assert nodes[0] != nodes[1]
    match node:
        case Bag((Clause(Word(text)), Clause(Phrase(_, field, slop)))):
            assert (text, field, slop) == ("a", None, 2)
        case _:
            raise AssertionError


def test_what_is_inside_becomes_a_dict_too() -> None:
    manifest = Manifest(1, "0" * 32, {}, {"a": [1]}, attachments={"x": FileEntry("n", 1, 2)})
    assert ours.asdict(manifest) == dataclasses.asdict(manifest)
    assert ours.asdict(manifest)["attachments"] == {"x": {"name": "n", "size": 1, "crc32": 2}}
