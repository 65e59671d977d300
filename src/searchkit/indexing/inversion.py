"""Inverts the tokens of a batch: terms with their documents, vectors and positions, in memory."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate

from searchkit.indexing.vocabulary import Vocabulary
from searchkit.kernels.arrays import nonzero, pick
from searchkit.kernels.buffers import zeros
from searchkit.kernels.invert import Gatherer, VectorTable, document_blocks, expand, expanded_size, scatter
from searchkit.kernels.surfaces import SurfaceTable

__all__ = ["Inverted", "invert"]


@dataclass(slots=True)
class Inverted:
    """The postings of the words of a batch.

    terms: the keys that have postings, ascending; counts: tokens by key.
    starts, frequencies, lengths: by index in `terms`: where its postings start, how many there are, bytes of its
    positions. documents, numbers: by posting, the document and the number of its vector in `table`.
    positions, index: the positions of all terms, and their index (see `kernels.invert`).
    ends: where each zone of each document ends, in tokens. sizes: the length of each document, as scoring takes it.
    """

    terms: memoryview
    counts: memoryview
    starts: memoryview
    frequencies: memoryview
    lengths: memoryview
    documents: memoryview
    numbers: memoryview
    positions: memoryview
    index: memoryview
    ends: memoryview
    sizes: memoryview
    table: VectorTable


def invert(table: SurfaceTable, ends: memoryview, zones: int, order: memoryview, vocabulary: Vocabulary) -> Inverted:
    """Inverts the documents in `order` (arrival numbers), which become the documents 0, 1, 2 … of the result.

    table: has the tokens of all texts in the order of their arrival, and is left without them: they and what follows
    would not fit into memory together. ends: where each zone of each document ends in them.
    """
    keys = len(vocabulary.order)
    size = expanded_size(table.tokens(), vocabulary.terms, vocabulary.lists)
    terms, new_ends, counts = zeros(size + 1), zeros(len(order) * zones), zeros(keys + 1)
    sizes = zeros(len(order))
    words_of = (vocabulary.terms, vocabulary.lists, vocabulary.stops)
    used = expand(table.tokens(), ends, zones, order, *words_of, terms, new_ends, counts, sizes)
    table.drop_tokens()
    present = zeros(keys)
    present = present[: nonzero(counts[:keys], present)]
    stops, places = zeros(keys + 1), zeros(used + 1)
    scatter(terms, used, present, counts, stops, places)
    blocks = zeros((used >> 6) + 2)
    document_blocks(new_ends, zones, len(order), blocks)
    starts = zeros(len(present) + 1)
    pick(counts, present, starts[1:])
    starts = memoryview(array("I", accumulate(starts)))[: len(present)]
    frequencies, lengths = zeros(len(present)), zeros(len(present))
    positions, index, vectors = zeros(5 * used + 1, "B"), zeros((used >> 5) + 1), VectorTable(zones)
    # The terms of the tokens are not needed any more, so that their memory takes the vector numbers.
    gatherer = Gatherer(zones, vectors, new_ends, blocks, places, terms, positions, index)
    done = 0
    while done < len(present):
        vectors.reserve(len(order) + 1)
        done = gatherer.gather(present, done, counts, stops, frequencies, lengths, len(order))
    return Inverted(
        present,
        counts[:keys],
        starts,
        frequencies,
        lengths,
        places,
        terms,
        positions[: gatherer.position_bytes],
        index[: gatherer.index_entries],
        new_ends,
        sizes,
        vectors,
    )
