"""The hot loops, in Cython's pure-Python mode: compiled where a compiler was at hand at install, else run as they
stand.

A kernel takes bytes-like objects and integers; few hold other Python objects. Set the environment variable
`SEARCHKIT_UNCOMPILED=1` to run the sources even where compiled ones are there.
"""

from __future__ import annotations

import os
import sys
import warnings
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location

from searchkit.errors import UncompiledWarning

__all__ = ["BUILD", "COMPILED"]

# In order of their imports of each other.
_KERNELS = (
    "buffers",
    "trimming",
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
    "radix",
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
    "listing",
    "top",
    "nodes",
    "positions",
    "occurrences",
    "phrases",
    "streams",
    "sloppy",
    "near",
    "plans",
    "known_words",
    "plain_text",
    "plain_dates",
    "plain_query",
    "plain_plans",
    "bounds",
    "constants",
    "fixed",
    "tree",
    "zoned",
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
    "list_cursor",
    "merge",
    "merged_keys",
)
# What Cython adds to compiled kernels, once for all; `setup.py` has it generated.
_SHARED = "_shared"
# All of them, compiled.
_LIBRARY = "_compiled"
_FOLDER = os.path.dirname(__file__)
_FORCED = os.environ.get("SEARCHKIT_UNCOMPILED", "") not in ("", "0")


class _Finder:
    """Has a kernel loaded from the library by whoever asks for it first: other threads may, while one loads all."""

    def __init__(self, library: str) -> None:
        self._library = library

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """As the system of imports wants it."""
        package, _, kernel = name.rpartition(".")
        if package != __name__ or kernel not in (_SHARED, *_KERNELS):
            return None
        return spec_from_file_location(name, self._library, loader=ExtensionFileLoader(name, self._library))


def _load_compiled() -> str | None:
    """Loads all kernels from the library of this Python; returns why it did not: one that lacks a kernel, since it is
    older, or cannot be loaded, is none.
    """
    paths = [os.path.join(_FOLDER, _LIBRARY + suffix) for suffix in EXTENSION_SUFFIXES]
    library = next(filter(os.path.exists, paths), None)
    if library is None:
        return "there is no library of its kernels"
    finder = _Finder(library)
    names = [f"{__name__}.{kernel}" for kernel in (_SHARED, *_KERNELS)]
    sys.meta_path.insert(0, finder)
    try:
        for name in names:
            import_module(name)
    except ImportError as error:
        for name in names:
            sys.modules.pop(name, None)
        return str(error)
    finally:
        sys.meta_path.remove(finder)
    return None


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


_reason = "SEARCHKIT_UNCOMPILED is set" if _FORCED else _load_compiled()
COMPILED = _reason is None
BUILD = "compiled" if COMPILED else "uncompiled"

if not COMPILED:
    _load_sources()
    if not _FORCED:
        warnings.warn(
            f"searchkit runs uncompiled, and slowly ({_reason}); "
            "install a C compiler and reinstall it to get the fast build",
            UncompiledWarning,
            stacklevel=2,
        )
