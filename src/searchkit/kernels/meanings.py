# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Surfaces and what analysis made of them, without an object for each.

`split` finds the plain surfaces: ASCII letters and digits only, and not too long. Such a one is a word as it stands, so
nothing but its stem is to be found. `measure` says how long lines are. `settle` notes the terms of surfaces, `link`
which term each form belongs to, and `order_links` puts that into the order of the dictionary. Each is one pass; strings
are numbers by then, those of `SurfaceTable`.
"""

from __future__ import annotations

import cython

SEVERAL = cython.declare(cython.uint, 1 << 31)
LINE = cython.declare(cython.uchar, 10)


def split(
    blob: cython.const[cython.uchar][::1],
    starts: cython.const[cython.ulonglong][::1],
    groups: cython.const[cython.uchar][::1],
    group: cython.uint,
    first: cython.uint,
    last: cython.uint,
    longest: cython.uint,
    lines: cython.uchar[::1],
    plain: cython.uint[::1],
    odd: cython.uint[::1],
) -> tuple[int, int, int]:
    """Parts the surfaces from number `first` up to, not including, `last` that are of a group: writes the numbers of
    plain ones of at most `longest` bytes to `plain`, and each as a line of its own to `lines`; the numbers of the
    others to `odd`. Returns how many bytes and numbers these are.

    blob, starts, groups: `SurfaceTable.views`. lines: room for all of them, and a byte more for each.
    """
    number: cython.uint
    at: cython.ulonglong
    byte: cython.uchar
    strange: cython.uchar
    used: cython.ulonglong = 0
    before: cython.ulonglong
    plains: cython.uint = 0
    odds: cython.uint = 0
    with cython.nogil:
        for number in range(first, last):
            if groups[number] != group:
                continue
            before = used
            # A surface has no other ASCII bytes than letters, digits, apostrophes and dots.
            strange = starts[number + 1] - starts[number] > longest
            for at in range(starts[number], starts[number + 1]):
                byte = blob[at]
                strange |= (byte >= 128) | (byte < 48)
                lines[used] = byte
                used += 1
            if strange:
                used = before
                odd[odds] = number
                odds += 1
            else:
                lines[used] = LINE
                used += 1
                plain[plains] = number
                plains += 1
    return used, plains, odds


def measure(lines: cython.const[cython.uchar][::1], lengths: cython.uint[::1]) -> None:
    """Writes how many bytes each line has, without the line feed behind it; `lengths` needs one a line feed."""
    size: cython.Py_ssize_t = lines.shape[0] if cython.compiled else len(lines)
    at: cython.Py_ssize_t
    line: cython.Py_ssize_t = 0
    begin: cython.Py_ssize_t = 0
    with cython.nogil:
        for at in range(size):
            if lines[at] == LINE:
                lengths[line] = at - begin
                line += 1
                begin = at + 1


def settle(
    surfaces: cython.const[cython.uint][::1],
    counts: cython.const[cython.uint][::1],
    forms: cython.const[cython.uint][::1],
    terms: cython.const[cython.uint][::1],
    light: cython.const[cython.uchar][::1],
    stops: cython.uint[::1],
    of_surface: cython.uint[::1],
    lists: cython.uint[::1],
    used: cython.uint,
) -> int:
    """Notes what surfaces became, from `counts[i]` tokens for each, which follow each other in `forms` and `terms`.

    light: by form, whether it is a stop word. stops: gets how many tokens of each surface are. of_surface: gets the
    term of each surface, or 2**31 + a place in `lists`, where a count and so many terms stand. used: how much of
    `lists` is used; returns how much then is.
    """
    at: cython.Py_ssize_t
    item: cython.uint
    token: cython.uint = 0
    surface: cython.uint
    with cython.nogil:
        for at in range(surfaces.shape[0]):
            surface = surfaces[at]
            for item in range(token, token + counts[at]):
                stops[surface] += light[forms[item]]
            if counts[at] == 1:
                of_surface[surface] = terms[token]
            else:
                of_surface[surface] = SEVERAL + used
                lists[used] = counts[at]
                used += 1
                for item in range(token, token + counts[at]):
                    lists[used] = terms[item]
                    used += 1
            token += counts[at]
    return used


def link(
    forms: cython.const[cython.uint][::1],
    terms: cython.const[cython.uint][::1],
    keys: cython.uchar[::1],
    own: cython.uchar[::1],
    targets: cython.uint[::1],
) -> int:
    """Notes for each form its term: own[form] = 1 where it is the form itself, else targets[form] = term + 1; and both
    in `keys`, as what the dictionary must have.

    Returns how many forms were met with a second other term, which is not noted.
    """
    at: cython.Py_ssize_t
    conflicts: cython.Py_ssize_t = 0
    with cython.nogil:
        for at in range(forms.shape[0]):
            keys[forms[at]] = 1
            keys[terms[at]] = 1
            if forms[at] == terms[at]:
                own[forms[at]] = 1
            elif targets[forms[at]] == 0:
                targets[forms[at]] = terms[at] + 1
            elif targets[forms[at]] != terms[at] + 1:
                conflicts += 1
    return conflicts


def order_links(
    order: cython.const[cython.uint][::1],
    rank: cython.const[cython.uint][::1],
    own: cython.const[cython.uchar][::1],
    targets: cython.const[cython.uint][::1],
    out_own: cython.uchar[::1],
    out_targets: cython.uint[::1],
) -> None:
    """What `link` noted, by the rank of each string in place of its number; order: the number of each rank."""
    at: cython.Py_ssize_t
    number: cython.uint
    with cython.nogil:
        for at in range(order.shape[0]):
            number = order[at]
            out_own[at] = own[number]
            out_targets[at] = rank[targets[number] - 1] + 1 if targets[number] else 0


def rename(
    of_surface: cython.uint[::1], lists: cython.uint[::1], used: cython.uint, rank: cython.const[cython.uint][::1]
) -> None:
    """Puts the rank of each term in place of its number, in what `settle` noted."""
    at: cython.Py_ssize_t
    place: cython.uint = 0
    last: cython.uint
    with cython.nogil:
        for at in range(of_surface.shape[0]):
            if of_surface[at] < SEVERAL:
                of_surface[at] = rank[of_surface[at]]
        while place < used:
            last = place + lists[place]
            while place < last:
                place += 1
                lists[place] = rank[lists[place]]
            place += 1
