"""What a writer takes of memory while it indexes stays below what it was given, whatever the number of segments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from searchkit.indexing.short_texts import ShortTexts
from searchkit.kernels import COMPILED

_MEMORY = 48 << 20
_INDEXING = """
import random
import sys
import searchkit
from searchkit.engines.native.writer import Writer

def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))

def articles(count):
    chosen = random.Random(5)
    words = [f"word{chosen.randrange(1 << 30):x}" for _ in range(30_000)]
    for number in range(count):
        body = " ".join(words[int(30_000 ** chosen.random()) - 1] for _ in range(150))
        fields = {"author": f"author {number % 999}", "date": f"{1900 + number % 90}-01-01"}
        yield {"id": f"article-{number}", "title": body[:80], "body": body, **fields}

with searchkit.open(sys.argv[1]) as index:
    index.add(articles(100))
    before = peak()
    with Writer(index._store, index.schema, timeout=1.0, memory=int(sys.argv[2]), workers=1) as writer:
        writer.add_all(articles(90_000))
    print(peak() - before, len(index.info()["segments"]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells of the most memory that was used")
@pytest.mark.skipif(not COMPILED, reason="uncompiled, what is made of texts takes other memory, and minutes")
def test_a_writer_keeps_to_its_memory(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _INDEXING, str(tmp_path / "index"), str(_MEMORY)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used, segments = map(int, printed.split())
    assert segments >= 3
    assert used <= _MEMORY


def test_short_texts_come_back_in_any_order() -> None:
    texts = ShortTexts()
    texts.add([b"one", b"", "zwölf".encode()])
    texts.add([])
    texts.add([b"three"])
    assert texts.ordered([3, 0, 2]) == [b"three", b"one", "zwölf".encode()]
    assert texts.ordered([1]) == [None]
