# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Surfaces with accents, apostrophes or punctuation beyond ASCII → their folded words, where a look at each character
suffices: those whose characters are all in a table (`analysis.spellings`).

Words end at what separates, and at two apostrophes. An apostrophe between two letters stays, for the language to decide
upon; others go.
"""

from __future__ import annotations

import cython

SPACE = cython.declare(cython.uint, 32)
APOSTROPHE = cython.declare(cython.uint, 39)
LINE = cython.declare(cython.uchar, 10)


def spell(
    blob: cython.const[cython.uchar][::1],
    starts: cython.const[cython.ulonglong][::1],
    surfaces: cython.const[cython.uint][::1],
    longest: cython.uint,
    table: cython.const[cython.ushort][::1],
    lines: cython.uchar[::1],
    spelled: cython.uint[::1],
    counts: cython.uint[::1],
    others: cython.uint[::1],
) -> tuple[int, int, int]:
    """Writes the words of those of the surfaces that have at most `longest` bytes and only characters of the table to
    `lines`, each as a line of its own; their numbers to `spelled`, and how many words each has to `counts`; the numbers
    of the other surfaces to `others`. Returns how many bytes, spelled surfaces and others these are.

    blob, starts: `SurfaceTable.views`. lines: room for all surfaces, and a byte more for each.
    """
    known: cython.uint = table.shape[0] if cython.compiled else len(table)
    item: cython.Py_ssize_t
    number: cython.uint
    at: cython.ulonglong
    end: cython.ulonglong
    code: cython.uint
    letters: cython.uint
    words: cython.uint
    # Of the word at hand: 0 before it, 1 in it, 2 behind an apostrophe that may be in it.
    state: cython.uint
    used: cython.ulonglong = 0
    before: cython.ulonglong
    good: cython.uint = 0
    rest: cython.uint = 0
    with cython.nogil:
        for item in range(surfaces.shape[0]):
            number = surfaces[item]
            at = starts[number]
            end = starts[number + 1]
            before = used
            words = state = 0
            letters = SPACE if end - at <= longest else 0
            while at < end and letters:
                code = blob[at]
                at += 1
                if code >= 0xE0 and code < 0xF0 and at + 1 < end:
                    code = ((code & 15) << 12) | ((blob[at] & 63) << 6) | (blob[at + 1] & 63)
                    at += 2
                elif code >= 0xC0 and code < 0xE0 and at < end:
                    code = ((code & 31) << 6) | (blob[at] & 63)
                    at += 1
                elif code >= 0x80:
                    code = known
                letters = table[code] if code < known else 0
                if letters == APOSTROPHE and state == 1:
                    state = 2
                elif letters in (SPACE, APOSTROPHE):
                    if state:
                        lines[used] = LINE
                        used += 1
                        words += 1
                    state = 0
                elif letters:
                    if state == 2:
                        lines[used] = APOSTROPHE
                        used += 1
                    lines[used] = letters & 0xFF
                    used += 1
                    if letters >> 8:
                        lines[used] = letters >> 8
                        used += 1
                    state = 1
            if not letters:
                used = before
                others[rest] = number
                rest += 1
                continue
            if state:
                lines[used] = LINE
                used += 1
                words += 1
            spelled[good] = number
            counts[good] = words
            good += 1
    return used, good, rest
