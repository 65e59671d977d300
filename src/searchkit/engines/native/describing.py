"""What there is to know of an index, for `info`."""

from __future__ import annotations

import platform
import unicodedata
from typing import Any

from searchkit.analysis import stemmer_version
from searchkit.engines.native.reading import Reader, open_store
from searchkit.kernels import BUILD
from searchkit.search.snapshot import Snapshot
from searchkit.storage import Store
from searchkit.version import VERSION

__all__ = ["describe", "describe_folder", "versions"]


def versions() -> dict[str, str]:
    """The versions of what decides which words match."""
    return {"searchkit": VERSION, "stemmer": stemmer_version(), "unicode": unicodedata.unidata_version}


def describe_folder(path: str) -> dict[str, Any]:
    """What there is to know of the index in a folder; its filters need not be known. Raises `IndexNotFound`."""
    store = open_store(path)
    try:
        return describe(Reader(store, None).snapshot(), store)
    finally:
        store.close()


def describe(snapshot: Snapshot, store: Store) -> dict[str, Any]:
    """JSON values."""
    manifest = store.current()
    return {
        "path": store.path,
        "documents": len(snapshot),
        "segments": [
            {
                "id": entry.id,
                "documents": entry.documents,
                "live": entry.live,
                "bytes": entry.file.size,
            }
            for entry in manifest.segments
        ],
        "generation": manifest.generation,
        "bytes": sum(file.size for file in manifest.files()),
        "average_length": round(snapshot.scoring.average, 1),
        "schema": manifest.schema,
        "made_with": manifest.settings,
        "versions": {**versions(), "python": platform.python_version()},
        "build": BUILD,
    }
