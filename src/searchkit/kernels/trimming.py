# cython: language_level=3
"""Gives memory back to the system that was freed, and that the C library keeps for whoever asks next."""

from __future__ import annotations

import cython


def trim() -> None:
    """Has the C library give back what it can, where it is glibc, which by itself keeps what lies below a block in use,
    and up to twice as much as the largest that it has given back.
    """
    if cython.compiled:
        with cython.nogil:
            searchkit_trim()
