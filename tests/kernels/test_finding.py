"""What is found in a dictionary is what a look at every key finds."""

from __future__ import annotations

import re
import tempfile
from array import array
from random import Random

import pytest

import searchkit
from searchkit import Fuzzy, Keyword, Schema, Text
from searchkit.kernels import COMPILED
from searchkit.kernels.finding import Matcher, smallest
from searchkit.query.automata.automaton import make_automaton
from searchkit.query.automata.expressions import read_expression
from tests.oracle.patterns import distance_to

SCHEMA = Schema(fields={"body": Text(language=None), "k": Keyword()})
ROUNDS, ASKED = (24, 30) if COMPILED else (4, 8)
ENTRY = (1 << 32) - 1


def found(matcher: Matcher, ranks: memoryview) -> dict[str, int]:
    """Key → distance of what was found, which is in the order of the dictionary."""
    entries = [rank & ENTRY for rank in ranks]
    assert entries == sorted(set(entries))
    return {key.decode(): rank >> 61 for key, rank in zip(matcher.keys(entries), ranks, strict=True)}


def words(random: Random, alphabet: str, count: int) -> list[str]:
    longest = random.choice([3, 6, 9])
    return sorted({"".join(random.choices(alphabet, k=random.randint(1, longest))) for _ in range(count)})


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_against_every_key(seed: int) -> None:
    random = Random(seed)
    alphabet = random.choice(["ab", "abc", "abcdefg", "aéßя𝒳b"])
    made = words(random, alphabet, random.choice([1, 20, 400]))
    with tempfile.TemporaryDirectory() as folder, searchkit.open(folder, schema=SCHEMA) as index:
        index.add([{"id": str(at), "body": " ".join(made[at::5]), "k": made[at % len(made)]} for at in range(5)])
        segment = index._snapshot().parts[0].segment
        walker = segment.dictionary.walk()
        keys = []
        while walker.advance():
            keys.append((walker.key().decode(), walker.flags()))
        forms = [key for key, flags in keys if flags & 2]
        values = [key[3:] for key, flags in keys if flags & 1 and key.startswith("\x01k=")]
        for _ in range(ASKED):
            ask(segment.matcher, random, alphabet, forms, values)


def ask(matcher: Matcher, random: Random, alphabet: str, forms: list[str], values: list[str]) -> None:
    """Each kind of question once, for a word of the alphabet."""
    word = "".join(random.choices(alphabet, k=random.randint(0, 7)))
    most = random.choice([0, 1, 2])
    like = {form: distance_to(Fuzzy(word, None, most), form, folded=False) for form in forms}
    assert found(matcher, matcher.like(b"", True, array("I", map(ord, word)), most)) == {
        form: distance for form, distance in like.items() if distance is not None
    }
    expression = "".join(random.choice([c, c, c + "*", ".", ".*", f"[^{c}]", c + "?"]) for c in word)
    automaton = make_automaton(read_expression(expression, str, 50), 10_000)
    fitting = {form for form in forms if re.fullmatch(expression, form)}
    assert set(found(matcher, matcher.fitting(b"", True, *automaton))) == fitting
    keywords = {f"\x01k={value}" for value in values if re.fullmatch(expression, value)}
    assert set(found(matcher, matcher.fitting(b"\x01k=", False, *automaton))) == keywords
    starting = {form for form in forms if form.startswith(word[:2])}
    assert set(found(matcher, matcher.starting(word[:2].encode(), True))) == starting


@pytest.mark.parametrize("count", [0, 1, 7, 50, 99])
def test_the_smallest(count: int) -> None:
    random = Random(count)
    numbers = array("Q", [random.randrange(60) for _ in range(100)])
    expected = sorted(numbers)[:count]
    smallest(numbers, count)
    assert sorted(numbers[:count]) == expected


def test_damaged_data_give_nonsense_and_no_crash() -> None:
    with tempfile.TemporaryDirectory() as folder, searchkit.open(folder, schema=SCHEMA) as index:
        index.add([{"id": "1", "body": " ".join(words(Random(1), "abcé", 300)), "k": "abc"}])
        segment = index._snapshot().parts[0].segment
        data = bytes(segment.container.section("terms"))
        offsets, heads = (segment.container.typed(name, "Q") for name in ("terms.index", "terms.heads"))
        automaton = make_automaton(read_expression(".*a.?b.*", str, 50), 10_000)
        random = Random(7)
        for _ in range(300 if COMPILED else 20):
            damaged = bytearray(data)
            for _ in range(random.randint(1, 30)):
                damaged[random.randrange(len(data))] = random.choice([0, 127, 128, 255, random.randrange(256)])
            matcher = Matcher(damaged, offsets, heads, len(segment.dictionary))
            for ranks in (
                matcher.like(b"", True, array("I", map(ord, "abcab")), 2),
                matcher.fitting(b"", True, *automaton),
                matcher.starting(b"a", True),
            ):
                entries = [rank & ENTRY for rank in ranks]
                assert all(entry < len(segment.dictionary) for entry in entries)
                matcher.keys(entries)
