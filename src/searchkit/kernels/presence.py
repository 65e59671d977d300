# cython: language_level=3
"""Whether a file is there, asked before every search.

`os.access` gives up Python's lock for the call and takes it again: threads that search at the same time then take turns
in the middle of their searches, which costs them more than a call that looks into what the system has in memory.
"""

from __future__ import annotations

import os

import cython


def is_there(path: bytes) -> bool:
    """Whether the name can be seen; False rather than an error. Other threads wait meanwhile."""
    if cython.compiled:
        found: cython.int = searchkit_is_there(path)
        if found >= 0:
            return found != 0
    return os.access(path, os.F_OK)
