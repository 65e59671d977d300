"""The hot loops, in Cython's pure-Python mode: compiled where a compiler was at hand at install, else run as they
stand.

A kernel takes bytes-like objects and integers; few hold other Python objects. Set the environment variable
`SEARCHKIT_UNCOMPILED=1` to run the sources even where compiled ones are there.
"""

from __future__ import annotations

import os
import sys
import warnings
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

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
# All of them, compiled.
_LIBRARY = "_compiled"
_FOLDER = os.path.dirname(__file__)
_FORCED = os.environ.get("SEARCHKIT_UNCOMPILED", "") not in ("", "0")


def _load_compiled() -> bool:
    """Whether this Python has a library of all kernels; one that is older than some, or of another system, is none."""
    paths = [os.path.join(_FOLDER, _LIBRARY + suffix) for suffix in EXTENSION_SUFFIXES]
    for path in filter(os.path.exists, paths):
        try:
            for kernel in (_SHARED, *_KERNELS):
                name = f"{__name__}.{kernel}"
                _load(spec_from_file_location(name, path, loader=ExtensionFileLoader(name, path)))
        except ImportError:
            break
        return True
    return False


def _load_sources() -> None:
    from searchkit.kernels import _stand_in

    with _stand_in.installed(__name__) as cimports:
        for kernel in _KERNELS:
            path = os.path.join(_FOLDER, f"{kernel}.py")
            _load(spec_from_file_location(f"{__name__}.{kernel}", path), cimports)


def _load(spec: ModuleSpec | None, *packages: ModuleType) -> None:
    """Runs a kernel, and puts it into this package and others."""
    assert spec is not None
    assert spec.loader is not None
    module, kernel = module_from_spec(spec), spec.name.rpartition(".")[2]
    for package in (sys.modules[__name__], *packages):
        sys.modules[f"{package.__name__}.{kernel}"] = module
        setattr(package, kernel, module)
    spec.loader.exec_module(module)


COMPILED = not _FORCED and _load_compiled()
BUILD = "compiled" if COMPILED else "uncompiled"

if not COMPILED:
    _load_sources()
    if not _FORCED:
        warnings.warn(
            "searchkit runs uncompiled, and slowly: install a C compiler and reinstall it to get the fast build",
            UncompiledWarning,
            stacklevel=2,
        )
