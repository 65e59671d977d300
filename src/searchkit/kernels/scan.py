# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which surfaces of a text are wanted, and where they stand: one pass over the numbers of its surfaces.

`kernels.surfaces` has numbered the surfaces; whoever asks has marked the numbers that it wants. What comes out is a
triple for each of them: the position of its first token among all tokens of the text, its number, and the place where
it starts, first in bytes.
"""

from __future__ import annotations

import cython


def pick(
    numbers: cython.const[cython.uint][::1],
    edges: cython.const[cython.uint][::1],
    counts: cython.const[cython.uint][::1],
    marks: cython.const[cython.uchar][::1],
    picks: cython.uint[::1],
) -> tuple[int, int]:
    """Notes the marked surfaces of a text, in order.

    numbers: of its surfaces; edges: where each starts and ends, by turns. counts, marks: surface number → its tokens,
    and whether it is wanted; both hold an entry for every number. picks: where the triples go; room for one a surface.
    Returns how many there are, and how many tokens the text has.
    """
    surfaces: cython.Py_ssize_t = numbers.shape[0] if cython.compiled else len(numbers)
    at: cython.Py_ssize_t
    position: cython.uint = 0
    found: cython.Py_ssize_t = 0
    number: cython.uint
    with cython.nogil:
        for at in range(surfaces):
            number = numbers[at]
            if marks[number]:
                picks[3 * found] = position
                picks[3 * found + 1] = number
                picks[3 * found + 2] = edges[2 * at]
                found += 1
            position += counts[number]
    return found, position


def to_characters(text: cython.const[cython.uchar][::1], picks: cython.uint[::1], count: cython.Py_ssize_t) -> None:
    """Makes the places of `count` triples, ascending offsets in a text in UTF-8, into offsets in characters."""
    at: cython.uint = 0
    following: cython.uint = 0
    place: cython.uint
    number: cython.Py_ssize_t
    with cython.nogil:
        for number in range(count):
            place = picks[3 * number + 2]
            while at < place:
                following += (text[at] & 0xC0) == 0x80
                at += 1
            picks[3 * number + 2] = place - following
