"""Checks the structure of a segment, beyond its checksums: that its parts fit each other."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.kernels.dictionary import FLAG_TERM
from searchkit.kernels.list_cursor import ListCursor
from searchkit.kernels.merge import TermMerger
from searchkit.segment.lengths import SMALLEST
from searchkit.segment.segment import Segment

__all__ = ["structure"]


def structure(segment: Segment, live: memoryview | bytes, documents: int, length: int) -> Iterator[str]:
    """What is wrong, a sentence each. live: the bitmap of live documents; documents, length: what the manifest says of
    them.
    """
    alive = [d for d in range(segment.documents) if not len(live) or live[d >> 3] >> (d & 7) & 1]
    if len(alive) != documents:
        yield f"{len(alive)} live documents, the manifest says {documents}"
    if sum(SMALLEST[segment.norms[document]] for document in alive) != length:
        yield "the lengths of its documents do not add up to what the manifest says"
    yield from _dates(segment)
    yield from _identities(segment)
    yield from _terms(segment)
    for document in range(segment.documents):
        segment.fields(document)


def _dates(segment: Segment) -> Iterator[str]:
    name = segment.schema.date
    column = None if name is None else segment.column(name)
    if column is not None:
        dates = list(column.values)  # type: ignore[union-attr]
        if dates != sorted(dates):
            yield "its documents are not in the order of their dates"


def _identities(segment: Segment) -> Iterator[str]:
    for document in range(segment.documents):
        id = segment.identity.ids[document]
        if id is None or segment.identity.table.find(id) != document:
            yield f"document {document} is not found by its id"
            return


def _terms(segment: Segment) -> Iterator[str]:
    """Walks the dictionary: keys ascend, pointers lead to terms, and every list of postings can be read to its end."""
    walker = segment.dictionary.walk()
    merger = TermMerger()
    same = memoryview(bytearray(4 * max(1, segment.documents))).cast("I")
    for document in range(segment.documents):
        same[document] = document
    numbers = memoryview(bytearray(4 * max(1, len(segment.totals)))).cast("I")
    cursor = ListCursor(segment.view, segment.sizes, same, numbers)
    before, entries = b"", 0
    while walker.advance():
        entries += 1
        key = walker.key()
        if key <= before and entries > 1:
            yield f"key {key!r} of the dictionary does not follow {before!r}"
        before = key
        for target in walker.pointers():
            if not segment.term_at(target).frequency:
                yield f"form {key!r} points to nothing"
        if walker.flags() & FLAG_TERM:
            record = segment.term_at(walker.entry())
            try:
                merger.add(cursor, record)
                merger.finish()
            except ValueError as error:
                yield f"term {key!r}: {error}"
            if list(merger.documents()) != sorted(set(merger.documents())):
                yield f"the documents of term {key!r} do not ascend"
            merger.clear()
    if entries != segment.meta.entries:
        yield f"the dictionary ends after {entries} of {segment.meta.entries} entries"
