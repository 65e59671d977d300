"""Opens or creates an index in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from searchkit.analysis import analyzer_of
from searchkit.arguments import function, instance, path_of, seconds
from searchkit.engines.native.index import Index
from searchkit.engines.native.reading import open_store
from searchkit.errors import IndexExists, IndexNotFound, SchemaMismatch
from searchkit.limits import DEFAULT_LIMITS, Limits
from searchkit.schema import ARTICLE, Schema, Text
from searchkit.schema.instants import zone_of
from searchkit.storage import Store

if TYPE_CHECKING:
    from searchkit.engines.native.synonyms import SynonymsGiven
    from searchkit.search.synonyms import Synonyms

__all__ = ["open_index"]


def open_index(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    schema: Schema | type | None = None,
    mode: Literal["r", "w", "x"] = "w",
    timeout: float = 10.0,
    limits: Limits = DEFAULT_LIMITS,
    now: Callable[[], datetime] | None = None,
    synonyms: SynonymsGiven = None,
) -> Index:
    """Opens the index in a folder, or creates it there; or several indexes as one, for reading.

    path: the folder. It may hold hidden files and a README beside the index, nothing else. Or several folders, each of
        which has an index; see `searchkit.engines.native.several.SeveralIndexes`.
    schema: the fields; for a new index the schema of articles by default, for an existing one its own. A dataclass is
        made into a schema. Where an existing index has another one, `SchemaMismatch` says what differs; fields may be
        added, and weights, k1 and b changed. An index whose fields have filters needs them here: it keeps their names
        only.
    mode: "w" opens or creates, "r" opens for reading and writes nothing, "x" creates and raises `IndexExists` where
        there is an index.
    synonyms: what else a query looks for: a YAML file, or what such a file holds: a list, of lists of texts that mean
        the same, and of mappings from a text to what it means besides. `Index.set_synonyms` changes them.
    timeout: seconds that a writer waits for another one. limits: what queries may cost. now: the clock of relative
        dates.

    Raises `IndexNotFound` (mode "r"), `CorruptIndex`, `FormatTooNew`, `ConfigError` for a file of synonyms.
    """
    if mode not in ("r", "w", "x"):
        raise ValueError(f"mode is 'r', 'w' or 'x', not {mode!r}")
    instance("limits", limits, Limits, "a searchkit.Limits")
    seconds("timeout", timeout)
    function("now", now)
    meant = None
    if synonyms is not None:
        from searchkit.engines.native.synonyms import synonyms_of

        meant = synonyms_of(synonyms)
    wanted = _wanted(schema)
    if isinstance(path, Sequence) and not isinstance(path, str | bytes):
        if mode == "x":
            raise ValueError("several indexes are opened for reading, not created; mode is 'r'")
        return _open_several(path, wanted, limits, now, meant)
    path = path_of("path", path)
    exists = Store.exists(path)
    if mode == "x" and exists:
        raise IndexExists(f"{os.fspath(path)}: there is an index already")
    if exists:
        store = Store.open(path)
    elif mode == "r":
        raise IndexNotFound(f"{os.fspath(path)}: there is no index")
    else:
        store = _create(path, _usable(wanted or ARTICLE), timeout, mode)
    kept = _agreed(store, wanted, read_only=mode == "r", timeout=timeout)
    return Index(store, kept, read_only=mode == "r", timeout=timeout, limits=limits, now=now, synonyms=meant)


def _open_several(
    paths: Sequence[str | os.PathLike[str]],
    wanted: Schema | None,
    limits: Limits,
    now: Callable[[], datetime] | None,
    synonyms: Synonyms | None,
) -> Index:
    from searchkit.engines.native.several import SeveralIndexes, agreed

    if not paths:
        raise ValueError("no index is named; give at least one folder")
    stores: list[Store] = []
    try:
        for path in paths:
            stores.append(open_store(path_of("path", path)))
        schemas = [_agreed(store, wanted, read_only=True, timeout=0.0) for store in stores]
        schema = agreed(schemas, [store.path for store in stores])
        return SeveralIndexes(stores, schema, limits=limits, now=now, synonyms=synonyms)
    except BaseException:
        for store in stores:
            store.close()
        raise


def _wanted(schema: Schema | type | None) -> Schema | None:
    if schema is None:
        return None
    if isinstance(schema, Mapping):
        raise TypeError("schema is a Schema or a dataclass; Schema.from_dict makes one of a mapping")
    made = Schema.from_dataclass(schema) if isinstance(schema, type) else schema
    instance("schema", made, Schema, "a Schema, a dataclass or None")
    return made.loaded()


def _create(path: str | os.PathLike[str], schema: Schema, timeout: float, mode: str) -> Store:
    # Only here, as everything that writes: reading starts sooner without it.
    from searchkit.engines.native.describing import versions

    try:
        return Store.create(path, schema=schema.to_dict(), settings=dict(versions()), timeout=timeout)
    except IndexExists:
        # Another process was faster.
        if mode == "x":
            raise
        return Store.open(path)


def _agreed(store: Store, wanted: Schema | None, *, read_only: bool, timeout: float) -> Schema:
    """The schema to go on with: the index's own, or one that adds fields to it."""
    held = Schema.from_dict(store.current().schema)
    if wanted is None:
        return held.bound(held.unfiltered())
    if wanted == held:
        return wanted
    differences = held.differences(wanted)
    if read_only or not wanted.extends(held):
        raise SchemaMismatch(differences)
    # The fields that are there keep their order, which is that of the zones in the segments.
    added = {name: field for name, field in wanted.fields.items() if name not in held.fields}
    held = held.bound(wanted)
    from searchkit.engines.native.writer import Writer

    grown = _usable(Schema({**held.fields, **added}, held.key, held.date, held.timezone).tuned_as(wanted))
    if grown != held:
        Writer(store, grown, timeout=timeout, tune=True).commit()
    return grown


def _usable(schema: Schema) -> Schema:
    """The schema, before an index depends on it; raises `SchemaError` for a time zone or language that is unknown."""
    zone_of(schema.timezone)
    for field in schema.fields.values():
        if isinstance(field, Text):
            analyzer_of(field)
    return schema
