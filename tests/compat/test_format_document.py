"""docs/file-format.md suffices to read a segment: a reader written from it finds what was indexed.

The reader is `format_reader`, which uses nothing of searchkit. The texts are of words that analysis leaves as they are,
so that what must be found follows from the documents alone; `test_forms_lead_to_terms` adds words that have stems.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import Date, Keyword, Schema, Text
from tests.compat.format_reader import OWN, POINTER, TERM, SegmentFile, header_of, sections_of

DOCUMENTS = 4300
ZONES = ("title", "body")
SCHEMA = Schema(
    {
        "title": Text(weight=2.5, language=None, short=True),
        "body": Text(language=None),
        "tag": Keyword(many=True),
        "day": Date(),
    },
    date="day",
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Articles = list[dict[str, Any]]


def make_articles() -> Articles:
    chance = random.Random(7)
    words = [f"w{number}" for number in range(200)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    made: Articles = []
    for number in range(DOCUMENTS):
        title = chance.choices(words, weights, k=chance.randrange(4))
        body = chance.choices(words, weights, k=chance.choice((0, 3, 6, 12, 60)))
        body += [f"few{number // 5}"] * chance.choice((1, 1, 9))
        article: dict[str, Any] = {"id": f"n{number}", "title": " ".join(title), "body": " ".join(body)}
        if chance.random() < 0.9:
            article["day"] = (EPOCH + timedelta(days=chance.randrange(900))).isoformat()
        if chance.random() < 0.5:
            article["tag"] = chance.sample(["Red Blue", "Green", "Über"], chance.randrange(1, 3))
        made.append(article)
    return made


def data_file(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes()


def manifest_of(folder: Path) -> dict[str, Any]:
    newest = max(folder.glob("manifest-*"), key=lambda path: int(path.name.partition("-")[2]))
    manifest: dict[str, Any] = json.loads(newest.read_text().splitlines()[1])
    return manifest


def segment_of(folder: Path) -> SegmentFile:
    (entry,) = manifest_of(folder)["segments"]
    return SegmentFile(data_file(folder, entry["file"]["name"]))


@pytest.fixture(scope="module", params=["written", "merged"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[SegmentFile, Articles]:
    """A segment, and the articles in it in its order: one that was written at once, one merged after deletes."""
    folder = tmp_path_factory.mktemp(request.param)
    articles = make_articles()
    with searchkit.open(folder, schema=SCHEMA) as index:
        if request.param == "written":
            index.add(articles)
        else:
            index.add(articles[:3000])
            with index.writer() as writer:
                for article in articles[3000:]:
                    writer.add(article)
                for article in articles[:3000:50]:
                    writer.delete(article["id"])
                writer.merge()
            articles = [article for number, article in enumerate(articles) if number >= 3000 or number % 50]
    # Undated ones first; of one date in the order of addition, which a stable sort keeps.
    return segment_of(folder), sorted(articles, key=lambda article: article.get("day", ""))


def expected_positions(articles: Articles) -> dict[bytes, dict[int, tuple[tuple[int, ...], ...]]]:
    """Term → document → the positions of each zone."""
    found: dict[bytes, dict[int, list[list[int]]]] = defaultdict(dict)
    for document, article in enumerate(articles):
        for zone, name in enumerate(ZONES):
            for place, word in enumerate(article[name].split()):
                of_term = found[word.encode()]
                of_term.setdefault(document, [[] for _ in ZONES])[zone].append(place)
    return {
        term: {document: tuple(map(tuple, zones)) for document, zones in documents.items()}
        for term, documents in found.items()
    }


def expected_keywords(articles: Articles) -> dict[bytes, list[int]]:
    found: dict[bytes, list[int]] = defaultdict(list)
    parts = {"Red Blue": ("red", "blue"), "Green": ("green",), "Über": ("uber",)}
    for document, article in enumerate(articles):
        for value in article.get("tag", ()):
            found[b"\x01tag=" + value.encode()].append(document)
            for part in parts[value]:
                found[b"\x01tag:" + part.encode()].append(document)
    return found


def words_of(segment: SegmentFile) -> Iterator[Any]:
    return (entry for entry in segment.entries if entry.flags & TERM and entry.position_bytes)


def test_documents_stand_in_order_of_date_and_addition(case: tuple[SegmentFile, Articles]) -> None:
    segment, articles = case
    assert (segment.version, segment.kind, segment.documents) == (1, 1, len(articles))
    assert segment.strings("id") == [article["id"] for article in articles]
    assert segment.strings(segment.column("title")) == [article["title"] or None for article in articles]
    assert segment.numbers("sequences", "Q") == tuple(int(article["id"][1:]) for article in articles)
    days = segment.numbers(f"{segment.column('day')}.integers", "q")
    microseconds = timedelta(microseconds=1)
    assert days == tuple(
        (datetime.fromisoformat(article["day"]) - EPOCH) // microseconds if "day" in article else -(2**63)
        for article in articles
    )


def test_words_have_postings_and_positions(case: tuple[SegmentFile, Articles]) -> None:
    segment, articles = case
    expected = expected_positions(articles)
    assert [entry.key for entry in segment.entries] == sorted(entry.key for entry in segment.entries)
    assert {entry.key for entry in words_of(segment)} == set(expected)
    codes: set[int] = set()
    for entry in words_of(segment):
        postings = segment.postings(entry)
        codes.update(posting.code for posting in postings)
        assert entry.flags & (OWN | POINTER) == OWN
        assert [posting.document for posting in postings] == sorted(expected[entry.key])
        assert {posting.document: posting.positions for posting in postings} == expected[entry.key]
    assert codes >= {0, 14, 15}
    assert {segment.is_frequent(entry) for entry in words_of(segment)} == {True, False}


def test_keywords_have_postings_of_their_own(case: tuple[SegmentFile, Articles]) -> None:
    segment, articles = case
    found = {}
    for entry in segment.entries:
        if entry.key.startswith(b"\x01"):
            postings = segment.postings(entry)
            assert entry.flags & ~8 == TERM
            assert {posting.vector for posting in postings} == {(0, 0)}
            found[entry.key] = [posting.document for posting in postings]
    assert found == expected_keywords(articles)


def test_the_codebook_is_ranked(case: tuple[SegmentFile, Articles]) -> None:
    segment, _ = case
    counts = segment.numbers("vectors.counts", "Q")
    met = Counter(
        posting.vector for entry in segment.entries if entry.flags & TERM for posting in segment.postings(entry)
    )
    # A merge goes by the counts of what it merges, deleted documents included.
    assert all(met[vector] <= count for vector, count in zip(segment.vectors, counts, strict=True))
    assert sum(counts) - sum(met.values()) in range(sum(counts) // 20)
    ranked = sorted(zip(counts, segment.vectors, strict=True), key=lambda one: (-one[0], one[1]))
    assert [vector for _, vector in ranked] == segment.vectors


def code_of(length: int) -> int:
    stands_for = [code if code <= 40 else ceil(40 * 2 ** ((code - 40) / 16)) for code in range(256)]
    return max(code for code in range(256) if stands_for[code] <= length)


def test_lengths_and_zones(case: tuple[SegmentFile, Articles]) -> None:
    segment, articles = case
    norms = segment.sections["norms"]
    codes = {length: code_of(length) for length in range(80)}
    assert list(norms[: len(articles)]) == [codes[sum(len(a[name].split()) for name in ZONES)] for a in articles]
    assert len(norms) == segment.ranges * 4096
    assert not any(norms[len(articles) :])
    zones = [sum(bool(article[name]) << zone for zone, name in enumerate(ZONES)) for article in articles]
    assert list(segment.sections["zones"]) == zones


def test_bounds_and_tops_are_those_of_the_reference(case: tuple[SegmentFile, Articles]) -> None:
    segment, _ = case
    reference = segment.meta["reference"]
    weights, k1, b, average = (reference[name] for name in ("weights", "k1", "b", "average"))
    assert weights == [2.5, 1.0]
    lengths = [code if code <= 40 else ceil(40 * 2 ** ((code - 40) / 16)) for code in segment.sections["norms"]]
    assert segment.meta["length"] == sum(lengths)
    assert average == sum(lengths) / segment.documents
    for entry in segment.entries:
        if not (entry.flags & TERM and segment.is_frequent(entry)):
            continue
        best = [0] * segment.ranges
        all_bounds = []
        for posting in segment.postings(entry):
            weight = sum(weight * frequency for weight, frequency in zip(weights, posting.vector, strict=True))
            factor = k1 * (1 - b + b * lengths[posting.document] / average)
            bound = int(255 * (weight / (weight + factor))) + 1
            best[posting.document >> 12] = max(best[posting.document >> 12], bound)
            all_bounds.append(bound)
        all_bounds.sort(reverse=True)
        assert list(segment.range_bounds(entry)) == best
        tops = [all_bounds[k - 1] - 1 if len(all_bounds) >= k else 0 for k in (10, 100, 1000)]
        assert list(segment.tops(entry)) == tops


def test_addresses_lead_to_the_stored_texts(case: tuple[SegmentFile, Articles]) -> None:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    segment, articles = case
    table = segment.numbers("stored.blocks", "Q")
    starts = [*table[::2], len(segment.sections["stored"])]
    stored = segment.sections["stored"]
    contents = [zstd.decompress(stored[start:end]) for start, end in pairwise(starts)]
    assert [len(content) for content in contents] == [sizes & 0xFFFFFFFF for sizes in table[1::2]]
    assert segment.meta["payload"] == ["body"]
    for address, article in zip(segment.numbers("addresses", "Q"), articles, strict=True):
        content, offset = contents[address >> 24], address & 0xFFFFFF
        length = int.from_bytes(content[offset : offset + 4], "little")
        payload = content[offset + 4 : offset + 4 + length]
        assert payload == len(article["body"]).to_bytes(4, "little") + article["body"].encode()


def test_forms_lead_to_terms(tmp_path: Path) -> None:
    texts = ["hostage crisis", "hostages crises", "the hostages"]
    with searchkit.open(tmp_path / "index") as index:
        index.add({"id": str(number), "body": text} for number, text in enumerate(texts))
    segment = segment_of(tmp_path / "index")
    entries = {entry.key: entry for entry in segment.entries}
    assert [posting.document for posting in segment.postings(entries[b"hostag"])] == [0, 1, 2]
    assert entries[b"hostag"].flags == TERM
    for form in (b"hostage", b"hostages"):
        assert entries[form].flags == POINTER
        assert [segment.entries[target].key for target in entries[form].targets] == [b"hostag"]
    assert entries[b"the"].flags == TERM | OWN


def test_deletes_and_attachments(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with searchkit.open(folder) as index:
        index.add({"id": str(number), "body": "word"} for number in range(10))
        with index.writer() as writer:
            writer.delete("3")
            writer.set_attachment("note", b"any bytes")
    manifest = manifest_of(folder)
    (entry,) = manifest["segments"]
    assert (entry["documents"], entry["live"], entry["length"]) == (10, 9, 9)
    deletes = data_file(folder, entry["deletes"]["name"])
    assert header_of(deletes) == (1, 2, bytes.fromhex(manifest["index_id"]), bytes.fromhex(entry["id"]))
    live = sections_of(deletes)["live"]
    assert len(live) == 512
    assert [document for document in range(4096) if live[document >> 3] >> (document & 7) & 1] == [
        document for document in range(10) if document != 3
    ]
    assert data_file(folder, manifest["attachments"]["note"]["name"]) == b"any bytes"
