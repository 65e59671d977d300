"""The figures that README.md shows, between two marks: a picture, and a table of the kinds of work that matter most."""

from __future__ import annotations

from building import Built
from report.figures import Figures, command_of
from tables import ratio, table

__all__ = ["with_figures"]

_BEGIN, _END = "<!-- figures -->\n", "<!-- /figures -->\n"
_PEERS = {"searchkit": "searchkit", "tantivy": "tantivy-py", "fts5": "SQLite FTS5", "bm25s": "bm25s"}
_ROWS = {
    "word": "one word, ms",
    "union": "any of several words, ms",
    "frequent": "any of several frequent words, ms",
    "intersection": "all of several words, ms",
    "phrase-2": "phrase of 2 words, ms",
    "phrase-stop": "phrase with stop words, ms",
    "limit-1000": "1,000 hits, ms",
    "count-union": "count only, ms",
}
_CORPORA = {"wiki-en-2014": "Wikipedia articles", "generated": "generated articles"}


def with_figures(text: str, figures: Figures, picture: str) -> str:
    """A README with its figures replaced; as it was where there are no figures of indexing and queries."""
    if not figures.indexing.get("plain") or not figures.queries["plain"]:
        return text
    before, _, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"the README has no place for figures: {_BEGIN.strip()} and {_END.strip()}")
    return f"{before}{_BEGIN}{_block(figures, picture)}{_END}{after}"


def _block(figures: Figures, picture: str) -> str:
    built = {one.peer: one for one in figures.indexing["plain"]}
    first, machine = figures.indexing["plain"][0], figures.machines["queries-plain"]
    head = (
        f"{first.documents:,} {_CORPORA.get(first.corpus, first.corpus)} ({first.text / 1e6:.0f} MB) on "
        f"{machine['cores']} cores, Python {machine['python']}, everything durable and stored; text in,\n"
        "ten hits with id and title out. Medians; in brackets how many times as fast as tantivy-py with one thread\n"
        f"in the same run of `{command_of(machine)}`."
    )
    rows = [["indexing, MB/s", *(_speed(built.get(peer), built.get("tantivy")) for peer in _PEERS)]]
    rows.append(["size of the index / text", *(_size(built.get(peer)) for peer in _PEERS)])
    for name, title in _ROWS.items():
        if by := figures.queries["plain"].get(name):
            base = by["tantivy"].median if "tantivy" in by else None
            medians = {peer: by[peer].median for peer in _PEERS if peer in by}
            rows.append([title, *(_median(peer, medians.get(peer), base) for peer in _PEERS)])
    return f"{head}\n\n{table(['work', *_PEERS.values()], rows)}\n\n![Time of a query]({picture})\n"


def _speed(one: Built | None, base: Built | None) -> str:
    if one is None:
        return "–"
    return f"{one.speed:.1f}" + _times(one.peer, ratio(one.speed, base.speed if base else None))


def _size(one: Built | None) -> str:
    return "–" if one is None else f"{one.size / one.text:.2f}"


def _median(peer: str, value: float | None, base: float | None) -> str:
    return (
        "–" if value is None else (f"{value:.3f}" if value < 10 else f"{value:.0f}") + _times(peer, ratio(base, value))
    )


def _times(peer: str, times: str) -> str:
    return "" if peer == "tantivy" else f" ({times})"
