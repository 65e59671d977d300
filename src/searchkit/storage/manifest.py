"""The manifest: the one root of trust, which names every file of a generation with its size and checksum.

On disk: a header line, `searchkit-manifest <format version> <length of the body> <CRC-32>`, and a body of one line of
JSON. The checksum covers the header before it and the body. The header's layout stays the same in every format version.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from searchkit.dataclasses import asdict, dataclass, field
from searchkit.errors import CorruptIndex, FormatTooNew
from searchkit.storage import fields

__all__ = ["FORMAT_VERSION", "LARGEST", "FileEntry", "Manifest", "SegmentEntry", "decode", "encode"]

FORMAT_VERSION = 1
LARGEST = 64 << 20
"""Bytes of a manifest that are read at most: some hundred thousand segments."""

_MAGIC = b"searchkit-manifest"
_HEADER = re.compile(rb"(searchkit-manifest ([0-9]{4}) ([0-9]{10}) )([0-9a-f]{8})\n")


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as it was finished: its name in the index's folder, its size in bytes and the CRC-32 of all of it."""

    name: str
    size: int
    crc32: int


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: its file, its deleted documents where it has some, and the figures that planning needs.

    documents: all of them; live: those not deleted; length: the sum of the live documents' lengths.
    """

    id: str
    file: FileEntry
    deletes: FileEntry | None
    documents: int
    live: int
    length: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of an index.

    schema, settings: JSON objects that other packages understand. attachments: further files, by a name of their own.
    next_sequence: the number that the next document added will get.
    """

    generation: int
    index_id: str
    schema: dict[str, Any]
    settings: dict[str, Any]
    segments: tuple[SegmentEntry, ...] = ()
    attachments: dict[str, FileEntry] = field(default_factory=dict)
    next_sequence: int = 0

    def files(self) -> Iterator[FileEntry]:
        """Every file that this generation needs, the manifest itself aside."""
        for segment in self.segments:
            yield segment.file
            if segment.deletes is not None:
                yield segment.deletes
        yield from self.attachments.values()


def encode(manifest: Manifest) -> bytes:
    """The manifest as it stands on disk; `ValueError` where it could not be read back."""
    try:
        text = json.dumps(asdict(manifest), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"a manifest that cannot be written: {error}") from error
    body = text.encode("ascii") + b"\n"
    head = b"%s %04d %010d " % (_MAGIC, FORMAT_VERSION, len(body))
    data = head + b"%08x\n" % crc32(body, crc32(head)) + body
    try:
        decode(data, "manifest", manifest.generation)
    except CorruptIndex as error:
        raise ValueError(f"a manifest that could not be read back: {error.reason}") from error
    return data


def decode(data: bytes, path: str, generation: int) -> Manifest:
    """The manifest in `data`, read from `path`, whose name says `generation`.

    Raises `CorruptIndex` for whatever differs from what `encode` writes, `FormatTooNew` for a whole manifest of a later
    format version.
    """
    body = _body(data, path)
    try:
        manifest = _manifest(_json(body))
    except RecursionError:
        raise CorruptIndex(path, "nested too deeply") from None
    except ValueError as error:
        raise CorruptIndex(path, str(error)) from None
    if manifest.generation != generation:
        raise CorruptIndex(path, f"holds generation {manifest.generation}")
    return manifest


def _body(data: bytes, path: str) -> bytes:
    header = _HEADER.match(data)
    if header is None:
        raise CorruptIndex(path, "not a manifest of searchkit, or its first line is damaged")
    body = data[header.end() :]
    if len(body) != int(header[3]):
        raise CorruptIndex(path, f"{len(body)} bytes after the header, which says {int(header[3])}")
    if crc32(body, crc32(header[1])) != int(header[4], 16):
        raise CorruptIndex(path, "the checksum does not match")
    version = int(header[2])
    if version > FORMAT_VERSION:
        raise FormatTooNew(path, version, FORMAT_VERSION)
    if version < FORMAT_VERSION:
        raise CorruptIndex(path, f"unknown format version {version}")
    return body


def _json(body: bytes) -> Any:
    return json.loads(
        body.decode("ascii"),
        object_pairs_hook=fields.unique,
        parse_constant=fields.refuse_constant,
        parse_float=fields.finite,
    )


def _manifest(value: Any) -> Manifest:
    known = fields.record(value, Manifest)
    manifest = Manifest(
        generation=fields.natural(known, "generation"),
        index_id=fields.identifier(known, "index_id"),
        schema=fields.mapping(known, "schema"),
        settings=fields.mapping(known, "settings"),
        segments=tuple(_segment(entry) for entry in fields.sequence(known, "segments")),
        attachments={fields.label(name): _file(entry) for name, entry in fields.mapping(known, "attachments").items()},
        next_sequence=fields.natural(known, "next_sequence"),
    )
    fields.distinct("file name", [entry.name for entry in manifest.files()])
    fields.distinct("segment id", [segment.id for segment in manifest.segments])
    return manifest


def _segment(value: Any) -> SegmentEntry:
    known = fields.record(value, SegmentEntry)
    segment = SegmentEntry(
        id=fields.identifier(known, "id"),
        file=_file(known["file"]),
        deletes=None if known["deletes"] is None else _file(known["deletes"]),
        documents=fields.natural(known, "documents"),
        live=fields.natural(known, "live"),
        length=fields.natural(known, "length"),
    )
    if segment.live > segment.documents:
        raise ValueError(f"segment {segment.id} has {segment.live} live documents of {segment.documents}")
    return segment


def _file(value: Any) -> FileEntry:
    known = fields.record(value, FileEntry)
    return FileEntry(fields.file_name(known, "name"), fields.natural(known, "size"), fields.natural(known, "crc32", 32))
