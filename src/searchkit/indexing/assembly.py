"""Puts the parts of a segment together and writes them, section by section."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate

from searchkit.background import Workers
from searchkit.dataclasses import dataclass
from searchkit.indexing.inversion import Inversion
from searchkit.indexing.keywords import KeywordTerms
from searchkit.indexing.vocabulary import Vocabulary
from searchkit.kernels.arrays import add
from searchkit.kernels.buffers import zeros
from searchkit.kernels.dictionary import FLAG_TERM
from searchkit.kernels.invert import present_zones
from searchkit.schema import Schema
from searchkit.segment.codebook import rank_vectors
from searchkit.segment.container import ContainerWriter
from searchkit.segment.lengths import SMALLEST, length_codes
from searchkit.segment.meta import Meta, write_meta
from searchkit.segment.postings import Keys, PostingsRun, PostingsWriter
from searchkit.segment.reference import Reference
from searchkit.segment.written import Written

__all__ = ["SegmentParts", "write_segment"]


@dataclass(slots=True)
class SegmentParts:
    """What a segment holds beside words: so many documents, the columns of these fields, which are written, and by
    keyword term the documents that have it.
    """

    documents: int
    columns: tuple[str, ...]
    keywords: KeywordTerms


def write_segment(
    writer: ContainerWriter,
    schema: Schema,
    parts: SegmentParts,
    vocabulary: Vocabulary,
    inversion: Inversion,
    workers: Workers,
) -> Written:
    """Writes everything but the stored content and `parts`, and ends the container."""
    zones, documents, keywords = len(schema.texts), parts.documents, parts.keywords
    norms, present = length_codes(inversion.sizes), _present(inversion.ends, zones, documents)
    length = sum(map(SMALLEST.__getitem__, norms))
    reference = Reference.now(schema, documents, length)
    _write_positions(writer, inversion, workers)
    keyword_keys = sorted(keywords.documents)
    keyword_postings = sum(map(len, keywords.documents.values()))
    zero = inversion.table.add((0,) * zones, keyword_postings) if keyword_postings else 0
    codebook, ranks = rank_vectors(inversion.table)
    keys = _join_keys(keyword_keys, vocabulary, inversion.counts)
    postings = PostingsWriter(documents, norms, codebook, reference, len(keys.order))
    _encode_keywords(postings, [keywords.documents[key] for key in keyword_keys], zero, ranks)
    _encode_words(postings, len(keyword_keys), inversion, ranks, workers)
    postings.write(writer, keys, workers)
    writer.add("zones", present)
    write_meta(writer, Meta(documents, len(keys.order), length, schema.texts, parts.columns, reference, schema.longs))
    writer.finish()
    return Written(documents, length)


def _present(ends: memoryview, zones: int, documents: int) -> memoryview:
    """The bits of the zones of each document that have a token."""
    present = zeros(documents, "B")
    present_zones(ends, zones, documents, present)
    return present


def _join_keys(keyword_keys: Sequence[bytes], vocabulary: Vocabulary, tokens: memoryview) -> Keys:
    """One dictionary of the keys of keywords, which sort first, and of words; tokens: of each word."""
    first, count = len(keyword_keys), len(vocabulary.order)
    base = sum(map(len, keyword_keys))
    starts, order = zeros(first + len(vocabulary.starts)), zeros(first + count)
    if first:
        starts[:first] = memoryview(array("I", accumulate(map(len, keyword_keys[:-1]), initial=0)))
        order[:first] = memoryview(array("I", range(first)))
    add(vocabulary.starts, base, starts[first:])
    add(vocabulary.order, first, order[first:])
    flags = bytearray([FLAG_TERM]) * first + vocabulary.flags(tokens)
    target_starts, targets = vocabulary.pointers()
    pointer_starts, pointers = zeros(first + count + 1), zeros(len(targets) + 1)
    add(memoryview(target_starts), 0, pointer_starts[first:])
    add(memoryview(targets), first, pointers)
    return Keys(b"".join(keyword_keys) + vocabulary.blob, starts, order, memoryview(flags), pointer_starts, pointers)


def _encode_keywords(postings: PostingsWriter, lists: Sequence[array[int]], zero: int, ranks: Sequence[int]) -> None:
    if not lists:
        return
    frequencies = array("I", map(len, lists))
    documents = array("I")
    for found in lists:
        documents.extend(found)
    numbers = array("I", [zero]) * len(documents)
    starts = array("I", accumulate(frequencies[:-1], initial=0))
    lengths = zeros(len(lists))
    views = [memoryview(one) for one in (starts, frequencies, documents, numbers)]
    entries = memoryview(array("I", range(len(lists))))
    postings.run(len(documents)).encode(entries, views[0], views[1], lengths, views[2], views[3], ranks)


def _write_positions(writer: ContainerWriter, inversion: Inversion, workers: Workers) -> None:
    """Writes the positions and their index; some are written while the next ones are gathered."""
    index = bytearray()

    def write(turn: Sequence[tuple[memoryview, memoryview]]) -> None:
        for positions, more in turn:
            writer.write(positions)
            index.extend(more.cast("B"))

    writer.begin("positions")
    written: Callable[[], None] | None = None
    for turn in inversion.positions():
        if written is not None:
            written()
        written = workers.start(partial(write, turn))
    if written is not None:
        written()
    writer.end()
    writer.add("positions.index", index)


def _encode_words(
    postings: PostingsWriter, first: int, inversion: Inversion, ranks: Sequence[int], workers: Workers
) -> None:
    """Encodes the postings of words; first: the entry of the first key of a word."""

    def encode(given: tuple[range, PostingsRun]) -> None:
        slices, run = given
        for lists in inversion.lists(slices):
            entries = zeros(len(lists.terms))
            add(lists.terms, first, entries)
            counted = lists.starts, lists.frequencies, lists.lengths
            here = array("I", map(ranks.__getitem__, lists.vectors))
            run.encode(entries, *counted, lists.documents, lists.numbers, here)

    workers.share(encode, [(slices, postings.run(inversion.postings_of(slices))) for slices in inversion.runs()])
