"""Manifests with a right checksum and wrong contents: every field is checked, and no name leads out of the folder."""

from __future__ import annotations

import json
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import CorruptIndex, FormatTooNew
from searchkit.storage.manifest import FORMAT_VERSION, decode
from tests.corrupt.test_manifest_bytes import DATA, MANIFEST


def signed(body: bytes, version: int = FORMAT_VERSION) -> bytes:
    """A manifest file with this body and a checksum that says it is whole."""
    head = b"searchkit-manifest %04d %010d " % (version, len(body))
    return head + b"%08x\n" % crc32(body, crc32(head)) + body


def fields() -> dict[str, Any]:
    value = json.loads(DATA.partition(b"\n")[2])
    assert isinstance(value, dict)
    return value


def changed(path: str, value: Any) -> bytes:
    """The good manifest with the value at a path such as `segments.0.file.name` replaced."""
    everything = fields()
    *parents, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = everything
    for step in parents:
        place = place[step]
    place[last] = value
    return signed(json.dumps(everything).encode())


NUMBERS = ["generation", "next_sequence", "segments.0.documents", "segments.0.live", "segments.0.length"]
FILES = ["segments.0.file", "segments.1.deletes", "attachments.sources"]
WRONG_NUMBERS = [-1, 1.0, "1", True, None, 1 << 63, [], 1e300]
WRONG_NAMES = [
    "../" + "b1" * 16 + ".seg",
    "/etc/passwd",
    "b1" * 16,
    "b1" * 16 + ".seg/",
    "b1" * 16 + ".seg\n",
    "B1" * 16 + ".seg",
    "b1" * 16 + ".\u0131",
    "\u0661" * 32 + ".seg",
    "manifest-1",
    "lock",
    "",
    None,
    7,
    ["b1"],
]


def test_the_unchanged_one_passes() -> None:
    assert decode(signed(json.dumps(fields()).encode()), "manifest-12", 12) == MANIFEST


@pytest.mark.parametrize("path", [*NUMBERS, *(f"{file}.{name}" for file in FILES for name in ("size", "crc32"))])
@pytest.mark.parametrize("value", WRONG_NUMBERS, ids=repr)
def test_numbers(path: str, value: object) -> None:
    with pytest.raises(CorruptIndex, match=path.rpartition(".")[2]):
        decode(changed(path, value), "manifest-12", 12)


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("value", WRONG_NAMES, ids=repr)
def test_names(path: str, value: object) -> None:
    with pytest.raises(CorruptIndex, match="name is not the name of a file of an index"):
        decode(changed(f"{path}.name", value), "manifest-12", 12)


@pytest.mark.parametrize("path", ["index_id", "segments.0.id"])
@pytest.mark.parametrize("value", ["", "b1" * 15, "b1" * 17, "B1" * 16, "zz" * 16, 5, None], ids=repr)
def test_identifiers(path: str, value: object) -> None:
    with pytest.raises(CorruptIndex, match="32 hexadecimal digits"):
        decode(changed(path, value), "manifest-12", 12)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("schema", [], "schema is not an object"),
        ("settings", None, "settings is not an object"),
        ("segments", {}, "segments is not a list"),
        ("segments", [7], "SegmentEntry needs an object"),
        ("segments.0", {}, "SegmentEntry needs an object"),
        ("segments.0.file", None, "FileEntry needs an object"),
        ("segments.0.deletes", False, "FileEntry needs an object"),
        ("segments.0.more", 1, "SegmentEntry needs an object with exactly"),
        ("attachments", [], "attachments is not an object"),
        ("attachments.sources", "x", "FileEntry needs an object"),
        ("attachments", {"../x": {"name": "e4" * 16 + ".json", "size": 2, "crc32": 1}}, "attachment's name"),
        ("more", 1, "Manifest needs an object with exactly"),
        ("segments.0.crc32", 1, "exactly"),
        ("segments.0.file.crc32", 1 << 32, "crc32"),
        ("segments.0.live", 11, "11 live documents of 10"),
        ("segments.1.id", "b1" * 16, "segment id comes twice"),
        ("segments.1.deletes.name", "b1" * 16 + ".seg", "file name comes twice"),
        ("generation", 11, "holds generation 11"),
    ],
)
def test_shapes(path: str, value: object, reason: str) -> None:
    with pytest.raises(CorruptIndex, match=reason):
        decode(changed(path, value), "manifest-12", 12)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        b"null\n",
        b"[]\n",
        b"{}\n",
        b"{",
        b"\xff\xfe{\x00}\x00",
        b'{"a":1,"a":1}',
        b"NaN",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        '{"ü":1}'.encode(),
    ],
    ids=lambda body: repr(body[:12]),
)
def test_bodies(body: bytes) -> None:
    with pytest.raises(CorruptIndex):
        decode(signed(body), "manifest-12", 12)


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_constants_that_are_not_json(constant: str) -> None:
    body = json.dumps(fields()).replace("3.5", constant).encode()
    with pytest.raises(CorruptIndex, match="not a number"):
        decode(signed(body), "manifest-12", 12)


def test_versions() -> None:
    body = json.dumps(fields()).encode()
    with pytest.raises(FormatTooNew, match="format version 2, this searchkit reads up to 1: upgrade"):
        decode(signed(body, FORMAT_VERSION + 1), "manifest-12", 12)
    with pytest.raises(FormatTooNew):
        decode(signed(b"\x00 anything", 9999), "manifest-12", 12)
    with pytest.raises(CorruptIndex, match="unknown format version 0"):
        decode(signed(body, 0), "manifest-12", 12)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
PATHS = [*fields(), "segments.0", "segments.1", *(f"segments.1.{key}" for key in fields()["segments"][1]), *FILES]


@given(st.sampled_from(PATHS), JSON)
def test_any_json_anywhere(path: str, value: object) -> None:
    try:
        manifest = decode(changed(path, value), "manifest-12", 12)
    except CorruptIndex:
        return
    assert all(type(entry.size) is int and len(entry.name) > 32 for entry in manifest.files())
    assert manifest.generation == 12
