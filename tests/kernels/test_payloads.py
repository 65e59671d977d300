"""Payloads fill a block as far as it goes."""

from __future__ import annotations

from array import array

from searchkit.kernels.payloads import fill

TEXTS = [b"title", b"body", b"", b"longer"]


def filled(
    *, most: int = 1000, room: int = 100, used: int = 0, first: int = 0
) -> tuple[int, int, list[bytes], list[int]]:
    parts: list[bytes] = []
    addresses = array("Q", [0, 0])
    end, taken = fill(TEXTS, 2, [1], [None, b"{}"], first, most, room, 1 << 24, used, parts, memoryview(addresses))
    return end, taken, parts, addresses.tolist()


def test_each_payload_follows_its_length_and_those_of_its_texts() -> None:
    parts = [b"\x08\0\0\0\x04\0\0\0", b"body", b"\x0c\0\0\0\x06\0\0\0", b"longer", b"{}"]
    assert filled() == (2, 28, parts, [1 << 24, (1 << 24) + 12])
    assert len(b"".join(parts)) == 28


def test_ends_before_one_that_does_not_fit() -> None:
    assert filled(room=24)[:2] == (2, 28)
    assert filled(room=23)[:2] == (1, 12)
    assert filled(room=23, used=12, first=1) == (1, 12, [], [0, 0])


def test_into_an_empty_block_any_fits() -> None:
    assert filled(room=1, first=1)[:2] == (2, 16)


def test_ends_before_one_that_is_too_large() -> None:
    assert filled(most=12)[:2] == (2, 28)
    assert filled(most=11)[:2] == (1, 12)
    assert filled(most=7) == (0, 0, [], [0, 0])
