"""Counts of matches by a keyword: searchkit beside tantivy-py's aggregations.

For example: python benchmarks/facets.py --rounds 50

Both index the same dated corpus whole (reuters21578, each article with its source). Both count the ten most frequent
sources among the articles with a word: tantivy by a `terms` aggregation over a fast field, searchkit by
`index.facets(word, "source")`. That they agree is checked first; then they take turns, and of each query the median
over the rounds counts. searchkit knows more about the same pass (how many values there are, what the others add up to).
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import searchkit
from corpora import records

WORDS = ("oil", "bank", "said", "dollar", "japan", "wheat", "merger")

Counts = dict[str, int]


def main() -> int:
    options = _options()
    documents = [
        {name: one[name] or "" for name in ("id", "title", "body")} | {"source": one["source"] or "none"}
        for one in records(options.corpus)
    ]
    with tempfile.TemporaryDirectory(prefix="searchkit-facets-") as folder:
        peers = {"searchkit": _searchkit(documents, Path(folder)), "tantivy": _tantivy(documents, Path(folder))}
        print(f"{options.corpus}, {len(documents):,} documents; Python {platform.python_version()}; microseconds\n")
        print(f"{'query':<10}{'searchkit':>12}{'tantivy':>12}{'ratio':>8}")
        for word in WORDS:
            found = [sorted(count(word).values()) for count in peers.values()]
            if sum(found[0]) != sum(found[1]):
                print(f"facets: the counts of {word!r} differ: {found}")
                return 1
            ours, theirs = _times(word, list(peers.values()), options.rounds)
            print(f"{word:<10}{ours * 1e6:>12,.0f}{theirs * 1e6:>12,.0f}{ours / theirs:>8.2f}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="reuters21578", help="a corpus with sources, by name")
    parser.add_argument("--rounds", type=int, default=50, help="how often each query is timed")
    return parser.parse_args()


def _times(word: str, peers: list[Callable[[str], Counts]], rounds: int) -> list[float]:
    """The median of each peer; they take turns, and the first round doesn't count."""
    taken: list[list[float]] = [[] for _ in peers]
    for _ in range(rounds + 1):
        for count, times in zip(peers, taken, strict=True):
            start = perf_counter()
            count(word)
            times.append(perf_counter() - start)
    return [median(times[1:]) for times in taken]


def _searchkit(documents: list[dict[str, str]], folder: Path) -> Callable[[str], Counts]:
    index = searchkit.open(folder / "searchkit")
    index.add(documents)

    def count(word: str) -> Counts:
        return index.facets(word, "source")["source"].counts

    return count


def _tantivy(documents: list[dict[str, str]], folder: Path) -> Callable[[str], Counts]:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem", index_option="position")
    for name in ("id", "source"):
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    (folder / "tantivy").mkdir()
    index = tantivy.Index(builder.build(), path=str(folder / "tantivy"))
    writer = index.writer(num_threads=1)
    for document in documents:
        writer.add_document(tantivy.Document(**document))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    wanted = {"sources": {"terms": {"field": "source", "size": 10}}}

    def count(word: str) -> Counts:
        found: Any = searcher.aggregate(index.parse_query(word, ["title", "body"]), wanted)
        return {bucket["key"]: bucket["doc_count"] for bucket in found["sources"]["buckets"]}

    return count


if __name__ == "__main__":
    raise SystemExit(main())
