"""Terms are looked up once, give what the dictionary has, and damaged ones are told."""

from __future__ import annotations

import pytest

from searchkit.kernels.dictionary import FLAG_TERM, Dictionary
from searchkit.kernels.known_terms import KnownTerms, frequency_of, look_up
from searchkit.kernels.lookup import find
from searchkit.kernels.records import SectionSizes, TermRecord
from tests.kernels.test_lookup import fields, made


class Damaged(Exception):
    """What a segment would raise."""


def dictionary(*words: tuple[str, int]) -> Dictionary:
    return made({word.encode(): (FLAG_TERM, frequency - 1, 0, 0) for word, frequency in words}, 1)


def known(words: Dictionary, documents: int = 1000) -> KnownTerms:
    sizes = SectionSizes(documents, 1000, 1000, 1000, 1000, 1000, 1000)
    return KnownTerms(words, sizes, lambda record: Damaged(record.entry))


def test_a_term_is_looked_up_once() -> None:
    words = dictionary(("embassy", 3), ("hostage", 5))
    terms = known(words)
    record = terms.get(b"hostage")
    assert isinstance(record, TermRecord)
    assert fields(record) == fields(find(words, b"hostage"))
    assert terms.get(b"hostage") is record
    assert terms.get(b"treaty") is None
    assert terms.get(b"treaty") is None


def test_frequencies_are_those_of_all_segments() -> None:
    segments = [known(dictionary(("embassy", 3), ("hostage", 5))), known(dictionary(("hostage", 7)))]
    look_up(segments, [b"hostage", b"embassy", b"treaty"])
    assert [frequency_of(segments, key) for key in (b"hostage", b"embassy", b"treaty")] == [12, 3, 0]
    look_up(segments, [])
    look_up([], [b"hostage"])
    assert frequency_of([], b"hostage") == 0


def test_a_record_that_leads_outside_is_told() -> None:
    segments = [known(dictionary(("embassy", 3))), known(dictionary(("aid", 1), ("embassy", 30)), documents=20)]
    with pytest.raises(Damaged) as caught:
        look_up(segments, [b"embassy"])
    assert caught.value.args == (1,)
    with pytest.raises(Damaged):
        segments[1].get(b"embassy")
