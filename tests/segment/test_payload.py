"""Payloads: what is stored of one document."""

from __future__ import annotations

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import CorruptIndex
from searchkit.segment.payload import PayloadCodec

TEXT = st.text(max_size=30)
ANY_TEXT = st.text(st.characters(), max_size=10)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(TEXT, max_size=3), st.dictionaries(st.sampled_from(["url", "extra", "naïve"]), ANY_TEXT | JSON))
def test_gives_back_what_was_encoded(texts: list[str], values: dict[str, object]) -> None:
    names = [f"text{number}" for number in range(len(texts))]
    codec = PayloadCodec(names)
    payload = codec.encode([text.encode() for text in texts], values)
    assert codec.decode(payload) == dict(zip(names, texts, strict=True)) | values


def test_lone_surrogates_in_stored_values_survive() -> None:
    codec = PayloadCodec([])
    assert codec.decode(codec.encode([], {"odd": "\ud800", "even": ["\udfff"]})) == {
        "odd": "\ud800",
        "even": ["\udfff"],
    }
    assert codec.decode(codec.encode([], {"odd": "\ud800"})) == {"odd": "\ud800"}


def test_one_text_costs_four_bytes() -> None:
    assert PayloadCodec(["body"]).encode([b"text"]) == b"\4\0\0\0text"
    assert PayloadCodec(["body"]).encode([b"text"], {"url": "x"}) == b'\4\0\0\0text{"url":"x"}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes"])
def test_refuses_what_is_not_json(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        PayloadCodec([]).encode([], {"value": value})


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\1\0\0",
        b"\2\0\0\0x",
        b"\xff\xff\xff\xffx",
        b"\1\0\0\0\xff",
        b"\0\0\0\0{",
        b"\0\0\0\0[1]",
        b"\0\0\0\0\xff",
        b"\0\0\0\0" + b"[" * 100_000,
    ],
)
def test_anything_else_is_damage(payload: bytes) -> None:
    with pytest.raises(CorruptIndex, match=r"x\.seg: a stored document"):
        PayloadCodec(["body"], "x.seg").decode(payload)


@given(st.binary(max_size=40), st.integers(0, 20))
def test_random_bytes_give_a_mapping_or_damage(noise: bytes, length: int) -> None:
    try:
        found = PayloadCodec(["body"], "x.seg").decode(pack("<I", length) + noise)
    except CorruptIndex:
        return
    assert found["body"].encode() == noise[:length]
