"""Which surfaces are plain words, and what becomes of the numbers of strings."""

from __future__ import annotations

from array import array
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from searchkit.kernels.buffers import zeros
from searchkit.kernels.keysort import sort_keys
from searchkit.kernels.meanings import link, order_links, rename, settle, split
from searchkit.kernels.surfaces import SurfaceTable

SURFACES = st.lists(st.text("ab'é9", min_size=1, max_size=6), max_size=20)


def view(*numbers: int) -> memoryview:
    return memoryview(array("I", numbers))


@given(texts=st.lists(SURFACES, min_size=1, max_size=3), longest=st.integers(0, 8), first=st.integers(0, 9))
def test_plain_surfaces_are_told_from_others(texts: list[list[str]], longest: int, first: int) -> None:
    table = SurfaceTable()
    for group, words in enumerate(texts):
        table.add(" ".join(words).encode(), group)
    for group in range(len(texts)):
        lines, plain, odd = zeros(1000, "B"), zeros(99), zeros(99)
        used, plains, odds = split(*table.views(), group, first, len(table), longest, lines, plain, odd)
        surfaces, groups = table.surfaces(0), table.groups()
        members = [number for number in range(first, len(table)) if groups[number] == group]
        good = [n for n in members if surfaces[n].isascii() and surfaces[n].isalnum() and len(surfaces[n]) <= longest]
        assert plain[:plains].tolist() == good
        assert odd[:odds].tolist() == [number for number in members if number not in good]
        assert bytes(lines[:used]).decode() == "".join(f"{surfaces[number]}\n" for number in good)


@given(
    text=SURFACES, strings=st.lists(st.text("ab é", max_size=30), max_size=99), slots=st.sampled_from([128, 1 << 16])
)
def test_strings_get_the_numbers_of_equal_surfaces(text: list[str], strings: list[str], slots: int) -> None:
    table = SurfaceTable(slots)
    table.add(" ".join(text).encode())
    known = {surface: number for number, surface in enumerate(table.surfaces(0))}
    for some in (strings[::2], strings):
        encoded = [string.encode() for string in some]
        found = table.number(b"".join(encoded), view(*map(len, encoded)))
        assert found.tolist() == [known.setdefault(string, len(known)) for string in some]
    assert table.surfaces(0) == list(known)


def test_strings_are_of_the_first_group() -> None:
    table = SurfaceTable()
    table.add(b"one", 1)
    table.add(b"one two", 0)
    assert table.number(b"twoone", view(3, 3)).tolist() == [2, 1]


def test_surfaces_are_settled_with_their_terms_and_stop_words() -> None:
    stops, of_surface, lists = zeros(4), zeros(4), zeros(9)
    light = memoryview(bytes([0, 0, 0, 0, 0, 1, 0, 1]))
    tokens = view(5, 6, 7), view(8, 9, 8)
    assert settle(view(3, 0, 1), view(1, 2, 0), *tokens, light, stops, of_surface, lists, 2) == 2 + 3 + 1
    assert of_surface.tolist() == [(1 << 31) + 2, (1 << 31) + 5, 0, 8]
    assert lists.tolist()[2:6] == [2, 9, 8, 0]
    assert stops.tolist() == [1, 0, 0, 1]


def test_names_become_ranks() -> None:
    of_surface, lists = view(2, 1 << 31), view(2, 0, 2, 0)
    rename(of_surface, lists, 4, view(7, 8, 9))
    assert of_surface.tolist() == [9, 1 << 31]
    assert lists.tolist() == [2, 7, 9, 0]


def test_a_form_has_one_term_unless_languages_differ() -> None:
    keys, own, targets = zeros(5, "B"), zeros(5, "B"), zeros(5)
    assert link(view(0, 1, 3), view(0, 0, 4), keys, own, targets) == 0
    assert link(view(1, 1), view(0, 4), keys, own, targets) == 1
    assert keys.tolist() == [1, 1, 0, 1, 1]
    ordered, linked = zeros(4, "B"), zeros(4)
    order_links(view(4, 3, 1, 0), view(3, 2, 0, 1, 0), own, targets, ordered, linked)
    assert ordered.tolist() == [0, 0, 0, 1]
    assert linked.tolist() == [0, 1, 4, 0]


@given(st.lists(st.binary(max_size=12), unique=True, max_size=30), st.data())
def test_some_of_many_strings_are_sorted(strings: list[bytes], data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.sampled_from(range(len(strings))), unique=True)) if strings else []
    starts = view(*accumulate(map(len, strings), initial=0))
    order = view(*wanted)
    sort_keys(b"".join(strings) or b"\0", starts, order)
    assert order.tolist() == sorted(wanted, key=strings.__getitem__)
