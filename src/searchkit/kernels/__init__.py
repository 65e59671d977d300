"""The hot loops, in Cython's pure-Python mode: compiled where a compiler was at hand at install, else run as they
stand.

A kernel takes bytes-like objects and integers; few hold other Python objects. Set the environment variable
`SEARCHKIT_UNCOMPILED=1` to run the sources even where compiled ones are there.
"""

from __future__ import annotations

import os
import sys
import warnings
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import module_from_spec, spec_from_file_location

from searchkit.errors import UncompiledWarning

__all__ = ["BUILD", "COMPILED"]

# In order of their imports of each other.
_KERNELS = (
    "buffers",
    "clock",
    "presence",
    "preloading",
    "arrays",
    "intake",
    "payloads",
    "strings",
    "surfaces",
    "meanings",
    "spelling",
    "suffixes",
    "english",
    "scan",
    "packing",
    "vectors",
    "invert",
    "encode",
    "keysort",
    "records",
    "dictionary",
    "lookup",
    "known_terms",
    "distances",
    "walking",
    "finding",
    "identifiers",
    "intervals",
    "state",
    "marking",
    "leaves",
    "top",
    "nodes",
    "positions",
    "phrases",
    "streams",
    "sloppy",
    "near",
    "plans",
    "known_words",
    "plain_text",
    "plain_dates",
    "plain_plans",
    "bounds",
    "tree",
    "union",
    "sets",
    "plain_counts",
    "counting",
    "factors",
    "planting",
    "parts",
    "ranked",
    "priming",
    "search",
    "ordered",
    "matching",
    "tallies",
    "buckets",
    "execution",
    "answers",
    "plain_search",
    "ordinals",
    "ordering",
    "merge",
    "merged_keys",
)
# What Cython adds to compiled kernels, once for all; `setup.py` has it generated.
_SHARED = "_shared"
_FOLDER = os.path.dirname(__file__)
_FORCED = os.environ.get("SEARCHKIT_UNCOMPILED", "") not in ("", "0")


def _is_compiled(kernel: str) -> bool:
    return any(os.path.exists(os.path.join(_FOLDER, kernel + suffix)) for suffix in EXTENSION_SUFFIXES)


def _load_sources() -> None:
    from searchkit.kernels import _stand_in

    with _stand_in.installed(__name__) as cimports:
        for kernel in _KERNELS:
            name = f"{__name__}.{kernel}"
            spec = spec_from_file_location(name, os.path.join(_FOLDER, f"{kernel}.py"))
            assert spec is not None
            assert spec.loader is not None
            module = module_from_spec(spec)
            sys.modules[name] = sys.modules[f"{cimports.__name__}.{kernel}"] = module
            setattr(sys.modules[__name__], kernel, module)
            setattr(cimports, kernel, module)
            spec.loader.exec_module(module)


COMPILED = not _FORCED and all(map(_is_compiled, (_SHARED, *_KERNELS)))
BUILD = "compiled" if COMPILED else "uncompiled"

if not COMPILED:
    _load_sources()
    if not _FORCED:
        warnings.warn(
            "searchkit runs uncompiled, and slowly: install a C compiler and reinstall it to get the fast build",
            UncompiledWarning,
            stacklevel=2,
        )
