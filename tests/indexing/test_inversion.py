"""Inversion gives what counting by hand gives."""

from __future__ import annotations

from array import array
from contextlib import closing
from itertools import accumulate, chain, islice, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.background import Workers
from searchkit.indexing import inversion
from searchkit.indexing.inversion import Inversion
from searchkit.indexing.vocabulary import Vocabulary
from searchkit.kernels import COMPILED
from searchkit.kernels.buffers import zeros
from searchkit.kernels.invert import FIRST_LIST, present_zones
from searchkit.kernels.packing import PackedTokens

Document = tuple[tuple[int, ...], ...]
"""The surfaces of each zone."""
Lists = dict[int, list[tuple[int, tuple[int, ...], list[int]]]]
"""Term → for each document its number, its vector and its positions, zone after zone."""


def vocabulary(words: list[tuple[int, ...]], keys: int) -> Vocabulary:
    """words: the terms of each surface."""
    terms, lists = array("I"), array("I")
    for found in words:
        if len(found) == 1:
            terms.append(found[0])
        else:
            terms.append(FIRST_LIST + len(lists))
            lists.extend([len(found), *found])
    lists.append(0)
    stops = array("I", [len(found) // 2 for found in words])
    order = memoryview(array("I", range(keys)))
    return Vocabulary(b"", order, order, terms, lists, stops, memoryview(bytes(keys)), order, {})


def inverted(
    documents: list[Document], order: list[int], words: list[tuple[int, ...]], keys: int, workers: Workers
) -> Inversion:
    zones = len(documents[0])
    numbers = array("I", [surface for document in documents for zone in document for surface in zone])
    ends = memoryview(array("I", accumulate(len(zone) for document in documents for zone in document)))
    packed = PackedTokens()
    half = len(ends) // (2 * zones) * zones
    split = ends[half - 1] if half else 0
    # In two batches, as texts come in.
    packed.add(memoryview(numbers)[:split], ends[:half])
    for at in range(half, len(ends)):
        ends[at] -= split
    packed.add(memoryview(numbers)[split:], ends[half:])
    assert len(packed) == len(numbers)
    made = Inversion(packed, ends, zones, memoryview(array("I", order)), vocabulary(words, keys), workers)
    made.sort()
    return made


def read(made: Inversion) -> Lists:
    """All that an inversion says, put together again."""
    written = b"".join(bytes(positions) for turn in made.positions() for positions, _ in turn)
    found: Lists = {}
    at = 0
    for lists in chain.from_iterable(map(made.lists, made.runs())):
        assert sorted(set(lists.numbers)) == list(range(len(lists.vectors)))
        for number, term in enumerate(lists.terms):
            start, count = lists.starts[number], lists.frequencies[number]
            entry = found[term] = []
            begin = at
            for posting in range(start, start + count):
                vector = made.table.vector(lists.vectors[lists.numbers[posting]])
                positions = []
                for frequency in vector:
                    place = 0
                    for _ in range(frequency):
                        delta = shift = 0
                        while written[at] >= 128:
                            delta |= (written[at] & 127) << shift
                            shift += 7
                            at += 1
                        place += delta | written[at] << shift
                        at += 1
                        positions.append(place)
                entry.append((lists.documents[posting], vector, positions))
            assert at - begin == lists.lengths[number]
    assert at == len(written)
    assert sum(map(made.postings_of, made.runs())) == sum(map(len, found.values()))
    return found


def by_hand(documents: list[Document], order: list[int], words: list[tuple[int, ...]]) -> Lists:
    found: dict[int, list[tuple[int, tuple[int, ...], list[int]]]] = {}
    for number, arrived in enumerate(order):
        zones = [[term for surface in zone for term in words[surface]] for zone in documents[arrived]]
        for term in sorted({term for zone in zones for term in zone}):
            places = [[at for at, other in enumerate(zone) if other == term] for zone in zones]
            vector = tuple(map(len, places))
            found.setdefault(term, []).append((number, vector, [at for zone in places for at in zone]))
    return dict(sorted(found.items()))


@st.composite
def batches(draw: st.DrawFn) -> tuple[list[Document], list[int], list[tuple[int, ...]], int]:
    keys, zones = draw(st.integers(1, 12)), draw(st.integers(1, 3))
    term = st.integers(0, keys - 1)
    words = draw(st.lists(st.one_of(st.tuples(term), st.lists(term, max_size=3).map(tuple)), min_size=1, max_size=9))
    # Numbers of surfaces around those that take two units.
    far = [0, 0xEFFF, 0xF000, 0xFFFF, 0x10000, 0x10001][: draw(st.integers(1, 6))]
    surfaces = far + list(range(1, len(words)))
    table: list[tuple[int, ...]] = [(0,)] * (max(surfaces) + 1)
    for surface, found in zip(surfaces, [*words, *words], strict=False):
        table[surface] = found
    zone = st.lists(st.sampled_from(surfaces), max_size=150).map(tuple)
    documents = draw(st.lists(st.tuples(*[zone] * zones), min_size=1, max_size=12))
    order = draw(st.permutations(range(len(documents))))
    return documents, list(order[: draw(st.integers(0, len(order)))]), table, keys


@settings(deadline=None, max_examples=60)
@given(batches(), st.sampled_from([1, 7, 1 << 20]), st.sampled_from([1, 2, 5]))
def test_what_is_inverted_is_what_is_counted_by_hand(
    batch: tuple[list[Document], list[int], list[tuple[int, ...]], int], small: int, count: int
) -> None:
    documents, order, words, keys = batch
    with pytest.MonkeyPatch.context() as patch, closing(Workers(count)) as workers:
        patch.setattr(inversion, "_SMALL", small)
        made = inverted(documents, order, words, keys, workers)
        expected = by_hand(documents, order, words)
        tokens = {term: sum(map(sum, (vector for _, vector, _ in found))) for term, found in expected.items()}
        assert made.counts.tolist() == [tokens.get(term, 0) for term in range(keys)]
        lengths = [sum(len(words[s]) for s in zone) for arrived in order for zone in documents[arrived]]
        assert made.ends.tolist() == list(accumulate(lengths))
        light = [sum(len(words[s]) // 2 for zone in documents[arrived] for s in zone) for arrived in order]
        ends = [0, *made.ends.tolist()][:: len(documents[0])]
        assert made.sizes.tolist() == [b - a - less for (a, b), less in zip(pairwise(ends), light, strict=True)]
        assert read(made) == expected


def test_the_zones_of_documents_are_those_with_a_token() -> None:
    ends, found = memoryview(array("I", [0, 3, 4, 4, 4, 4, 5, 5, 9])), zeros(3, "B")
    present_zones(ends, 3, 3, found)
    assert found.tolist() == [0b110, 0b000, 0b101]


@pytest.mark.skipif(not COMPILED, reason="takes half a minute uncompiled")
def test_there_may_be_more_vectors_than_sixteen_bits_can_tell() -> None:
    vectors = list(islice(product(range(1, 5), *[range(5)] * 7), 66_000))
    documents: list[Document] = [tuple((0,) * count for count in vector) for vector in vectors]
    made = inverted(documents, list(range(len(documents))), [(0,)], 1, Workers(1))
    found = read(made)
    assert len(made.table) == len(vectors) > 1 << 16
    assert [(number, vector) for number, vector, _ in found[0]] == list(enumerate(vectors))
