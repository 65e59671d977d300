"""The dictionaries of several segments as one, and the postings of each of its terms."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate

from searchkit.errors import CorruptIndex
from searchkit.kernels.list_cursor import ListCursor
from searchkit.kernels.merge import TermMerger
from searchkit.kernels.merged_keys import KeyMerger
from searchkit.segment.container import ContainerWriter
from searchkit.segment.deferred import DeferredSections
from searchkit.segment.postings import Keys, PostingsWriter
from searchkit.segment.segment import Segment

__all__ = ["merge_terms"]

_AT_ONCE = 1 << 18
"""Postings that are encoded at a time."""
_INDEX = "positions.index"
_STEP = 1 << 15
"""Postings that are merged at a time: threads that search wait for Python's lock no longer than for these."""


def merge_terms(
    writer: ContainerWriter,
    segments: Sequence[Segment],
    mappings: Sequence[array[int]],
    rank_numbers: Sequence[array[int]],
    postings: PostingsWriter,
    deferred: DeferredSections,
    ranks: Sequence[int],
    forget: Callable[[], None],
) -> Keys:
    """Writes the positions, encodes the postings, and returns the keys of the merged dictionary.

    mappings: for each segment, document → new number; rank_numbers: for each, rank → number of the vector;
        ranks: number → new rank.
    postings: what is encoded goes to `deferred`, as does the index of positions. forget: called when it went there, to
        give back the memory of what was read of the segments.
    A term that no document has any more is dropped, and so is a form that only pointed to such.
    """
    lists = TermMerger()
    sources = zip(segments, mappings, rank_numbers, strict=True)
    cursors = [ListCursor(segment.view, segment.sizes, mapping, numbers) for segment, mapping, numbers in sources]
    entries = array("Q", accumulate((len(segment.dictionary) for segment in segments), initial=0))
    keys = KeyMerger([segment.dictionary.walk() for segment in segments], cursors, lists, entries)
    writer.begin("positions")
    going = True
    while going:
        try:
            going = keys.run(lists.gathered + _STEP)
        except ValueError as error:
            raise CorruptIndex(segments[lists.segment].path, str(error)) from None
        if lists.gathered > _AT_ONCE or not going:
            postings.run(lists.gathered).encode(*keys.terms(), lists.documents(), lists.numbers(), ranks)
            postings.defer(deferred)
            writer.write(lists.positions())
            deferred.add(_INDEX, lists.index())
            lists.clear()
            forget()
    writer.end()
    writer.begin(_INDEX)
    deferred.write(writer, _INDEX)
    writer.end()
    blob, starts, kept, flags, ends, pointers = keys.finish()
    postings.keep(kept)
    return Keys(blob, starts, memoryview(array("I", range(len(kept)))), flags, ends, pointers)
