"""Measures snippets: those of the ten best hits of a query, by searchkit and by tantivy's SnippetGenerator.

For example: python benchmarks/snippets.py --corpus wiki-en-2014 --articles 2000

An article is documents of the corpus one after the other, cut at 10,000 characters. The search itself is not timed;
reading the bodies is, and so is making HTML of the snippets. Times are those of the processor, of one thread; queries
with less than three hits are left out, and the time of those with less than ten is scaled up.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import thread_time

import searchkit
from corpora import MissingCorpusError, documents
from drawing import questions_for
from peers import PEERS
from peers.protocol import Document

_SETS = ("word", "union", "intersection", "phrase-2", "phrase-3")
_HITS, _LEAST, _SIZE = 10, 3, 240

Snippets = Callable[[str], Callable[[], list[str]]]
"""From a query's text to what makes the snippets of its ten best hits, and is timed."""


def main() -> int:
    options = _options()
    sources = options.articles * 60 if options.corpus == "generated" else None
    try:
        articles = list(_articles(options.corpus, sources, options.characters, options.articles))
        sets = questions_for(options.corpus, sources or options.articles * 20, options.queries, dated=False)
    except MissingCorpusError as error:
        print(f"snippets: {error}; --corpus generated needs no folder", file=sys.stderr)
        return 1
    length = sum(len(article["body"]) for article in articles) // len(articles)
    print(f"{options.corpus}: {len(articles):,} articles of {length:,} characters; milliseconds for ten hits")
    print("| queries | engine | first, median | again, median | again, 99th percentile |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="searchkit-benchmark-") as folder:
        engines = {"searchkit": _searchkit(Path(folder), articles, options.fragments)}
        if PEERS["tantivy"].missing() is None:
            engines["tantivy"] = _tantivy(Path(folder), articles)
        for kind in _SETS:
            texts = [question.typed() for question in sets[kind]]
            for name, engine in engines.items():
                print(_line(kind, name, engine, texts, options.rounds), flush=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="wiki-en-2014", help='a corpus by name, or "generated"')
    parser.add_argument("--articles", type=int, default=2_000, help="how many articles to make of it, at most")
    parser.add_argument("--characters", type=int, default=10_000, help="the length of an article")
    parser.add_argument("--fragments", type=int, default=1, help="pieces of a text to show (searchkit only)")
    parser.add_argument("--queries", type=int, default=100, help="at most so many queries a class")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed again")
    return parser.parse_args()


def _articles(corpus: str, sources: int | None, characters: int, most: int) -> Iterator[Document]:
    body: list[str] = []
    made = length = 0
    for source in documents(corpus, sources):
        body += [source["title"] + ".", source["body"]]
        length += len(source["title"]) + len(source["body"])
        if length >= characters:
            yield {"id": str(made), "title": source["title"], "body": "\n\n".join(body)[:characters]}
            made, length, body = made + 1, 0, []
            if made == most:
                return


def _searchkit(folder: Path, articles: list[Document], fragments: int) -> Snippets:
    index = searchkit.open(folder / "searchkit")
    index.add(articles)

    def snippets(text: str) -> Callable[[], list[str]]:
        hits = list(index.search(text, limit=_HITS, match=None if "+" in text else "any"))
        extra = {} if fragments == 1 else {"fragments": fragments}
        return lambda: [hit.snippet("body", size=_SIZE, **extra).html() for hit in hits]

    return snippets


def _tantivy(folder: Path, articles: list[Document]) -> Snippets:
    import tantivy

    (folder / "tantivy").mkdir()
    PEERS["tantivy"]().build(folder / "tantivy", articles)
    index = tantivy.Index.open(str(folder / "tantivy"))
    searcher = index.searcher()

    def snippets(text: str) -> Callable[[], list[str]]:
        query = index.parse_query(text, ["title", "body"])
        addresses = [address for _, address in searcher.search(query, _HITS, count=False).hits]

        def make() -> list[str]:
            generator = tantivy.SnippetGenerator.create(searcher, query, index.schema, "body")
            generator.set_max_num_chars(_SIZE)
            return [generator.snippet_from_doc(searcher.doc(address)).to_html() for address in addresses]

        return make

    return snippets


def _line(kind: str, name: str, engine: Snippets, texts: list[str], rounds: int) -> str:
    first, again = [], []
    for text in random.Random(_SIZE).sample(texts, len(texts)):
        make = engine(text)
        times = [_timed(make) for _ in range(rounds + 1)]
        if times[0] is not None:
            first.append(times[0])
            again.append(median(time for time in times[1:] if time is not None))
    if len(first) < 2:
        return f"| {kind} | {name} | too few queries with hits | | |"
    tail = quantiles(again, n=100, method="inclusive")[98]
    return f"| {kind} ({len(first)}) | {name} | {median(first):.3f} | {median(again):.3f} | {tail:.3f} |"


def _timed(make: Callable[[], list[str]]) -> float | None:
    """The milliseconds that ten snippets take; None where there are too few hits to tell."""
    start = thread_time()
    made = make()
    return (thread_time() - start) * 1000 * _HITS / len(made) if len(made) >= _LEAST else None


if __name__ == "__main__":
    raise SystemExit(main())
