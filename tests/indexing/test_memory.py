"""What a writer takes of memory while it indexes or merges stays small, whatever the number of segments."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

import searchkit
from searchkit.indexing import inversion
from searchkit.indexing.keyword_values import KeywordValues
from searchkit.indexing.short_texts import ShortTexts
from searchkit.kernels import COMPILED

_MEMORY = 48 << 20
_PEAK = """
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))
"""
_INDEXING = """
import random
import sys
import searchkit
from searchkit import Date, Keyword, Schema, Text
from searchkit.engines.native.writer import Writer

def articles(count):
    chosen = random.Random(5)
    words = [f"word{chosen.randrange(1 << 30):x}" for _ in range(30_000)]
    for number in range(count):
        body = " ".join(words[int(30_000 ** chosen.random()) - 1] for _ in range(150))
        fields = {"author": f"author {number % 999}", "date": f"{1900 + number % 90}-01-01"}
        yield {"id": f"article-{number}", "title": body[:80], "body": body, **fields}

def tagged(count):
    for number in range(count):
        yield {"id": str(number), "tags": [f"tag {number}, {other}" for other in range(20)]}

schema = Schema({"title": Text(), "body": Text(), "author": Keyword(), "date": Date(), "tags": Keyword(many=True)})
with searchkit.open(sys.argv[1], schema=schema) as index:
    index.add(articles(100))
    before = peak()
    with Writer(index._store, index.schema, timeout=1.0, memory=int(sys.argv[2]), workers=1) as writer:
        writer.add_all({"words": articles, "tags": tagged}[sys.argv[3]](int(sys.argv[4])))
    print(peak() - before, len(index.info()["segments"]))
"""
_MERGING = """
import sys
import searchkit

with searchkit.open(sys.argv[1]) as index:
    index.search("word")
    before = peak()
    index.merge()
    print(peak() - before, len(index.info()["segments"]))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries keep more of what was freed")
@pytest.mark.skipif(not COMPILED, reason="uncompiled, what is made of texts takes other memory, and minutes")
@pytest.mark.parametrize(
    ("articles", "count", "share", "merged"), [("words", 90_000, 0.875, 70), ("tags", 12_000, 1.1, 50)]
)
def test_a_writer_keeps_to_its_memory(articles: str, count: int, share: float, merged: int, tmp_path: Path) -> None:
    used, segments = printed_by(_INDEXING, tmp_path / "index", _MEMORY, articles, count)
    assert segments >= 3
    assert used <= _MEMORY * share
    # Of 200 and 10 MB of files; with all that is read, encoded or a string in memory it would be 160 and 100.
    used, segments = printed_by(_MERGING, tmp_path / "index")
    assert segments == 1
    assert used <= merged << 20


def printed_by(program: str, *arguments: object) -> list[int]:
    command = [sys.executable, "-c", _PEAK + program, *map(str, arguments)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [int(number) for number in printed.split()]


def test_what_is_given_back_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [{"id": str(number), "body": f"walrus word{number % 7} " * (number % 90)} for number in range(300)]

    def overwrite(buffer: memoryview, first: int, after: int) -> None:
        buffer[first:after] = memoryview(b"\xee" * (after - first) * buffer.itemsize).cast(buffer.format)  # type: ignore[call-overload]

    def sections(name: str) -> dict[str, bytes]:
        with searchkit.open(tmp_path / name) as index:
            index.add(articles)
            (part,) = index._snapshot().parts
            container = part.segment.container
            return {section: bytes(container.section(section)) for section in container.names}

    monkeypatch.setattr(inversion, "_SMALL", 500)
    expected = sections("as it is")
    monkeypatch.setattr(inversion, "release", overwrite)
    assert sections("overwritten") == expected


def test_short_texts_come_back_in_any_order() -> None:
    texts = ShortTexts()
    texts.add([b"one", b"", "zwölf".encode()])
    texts.add([])
    texts.add([b"three"])
    assert texts.ordered([3, 0, 2]) == [b"three", b"one", "zwölf".encode()]
    assert texts.ordered([1]) == [None]


def test_equal_keyword_values_are_one_string() -> None:
    values, names = KeywordValues(), ("Reu", "ters")
    first = values.shared(("".join(names),))
    second = values.shared(("AP", "".join(names)))
    assert second == ("AP", "Reuters")
    assert second[1] is first[0]
    before = values.memory
    values.shared(("AP", "UPI"))
    assert 1400 < values.memory - before < 1600
    before = values.memory
    assert values.shared(("".join(names),)) is first
    assert values.memory - before < 100
    values.shared(("a long value of some words " * 100,))
    assert values.memory - before > 100 * 27 + 500 * 300
