"""Postings on their way to a segment: what inversion and merging both hand over, and how it is written."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from searchkit.dataclasses import dataclass
from searchkit.kernels.arrays import assign, pick
from searchkit.kernels.buffers import zeros
from searchkit.kernels.dictionary import build
from searchkit.kernels.encode import PostingsEncoder
from searchkit.segment.codebook import Codebook
from searchkit.segment.container import ContainerWriter
from searchkit.segment.ranges import RANGE, ranges_of
from searchkit.segment.reference import Reference

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["Keys", "PostingsWriter"]


@dataclass(slots=True)
class Keys:
    """The keys of a dictionary.

    blob, starts, order: entry i has the key blob[starts[order[i]]:starts[order[i] + 1]].
    flags: by entry, as in `kernels.dictionary`; pointer_starts, pointers: the entries that a form points to.
    """

    blob: bytes
    starts: memoryview
    order: memoryview
    flags: memoryview
    pointer_starts: memoryview
    pointers: memoryview


class PostingsWriter:
    """Encodes postings and writes their sections.

    documents: of the segment; norms: their length codes. entries: of the dictionary. postings: how many there are at
        most, all terms together. Terms are encoded in the order of the dictionary, in as many calls as one likes.
    """

    def __init__(
        self, documents: int, norms: bytes, codebook: Codebook, reference: Reference, entries: int, postings: int
    ) -> None:
        self._ranges = ranges_of(documents)
        self._norms = norms + bytes(self._ranges * RANGE - documents)
        self._codebook = codebook
        self._frequencies, self._lengths, self._exceptions = zeros(entries), zeros(entries), zeros(entries)
        frequent = postings // (4 * self._ranges) + 1 if self._ranges else 1
        # As large as they can become: untouched pages cost nothing.
        self._postings, self._rare = zeros(postings + 1, "H"), zeros(postings + 1)
        self._counts, self._bounds = zeros(frequent * self._ranges + 1, "H"), zeros(frequent * self._ranges + 1, "B")
        self._tops = zeros(3 * frequent, "B")
        self._where, self._which = zeros(codebook.exceptions + 1), zeros(codebook.exceptions + 1)
        self._encoder = PostingsEncoder(
            self._ranges,
            self._norms,
            reference.bounds(codebook),
            codebook.weighted(reference.weights),
            reference.lengths(),
            self._postings,
            self._rare,
            self._counts,
            self._bounds,
            self._tops,
            self._where,
            self._which,
        )

    def encode(
        self,
        entries: memoryview | array[int],
        starts: memoryview,
        frequencies: memoryview,
        lengths: memoryview,
        documents: memoryview,
        numbers: memoryview,
        ranks: Sequence[int],
    ) -> None:
        """Encodes terms, whose postings stand at documents[starts[i]:][:frequencies[i]].

        entries: the entry of each term in the dictionary, ascending. lengths: the bytes of their positions.
        numbers: the vector number of each posting; ranks: vector number → rank.
        """
        exceptions, entries = zeros(len(frequencies)), memoryview(entries)
        self._encoder.encode(starts, frequencies, documents, numbers, ranks, exceptions)
        assign(entries, frequencies, self._frequencies)
        assign(entries, lengths, self._lengths)
        assign(entries, exceptions, self._exceptions)

    def keep(self, entries: memoryview) -> None:
        """Only these entries are in the dictionary, in this order; what was encoded for them stands."""
        for name in ("_frequencies", "_lengths", "_exceptions"):
            kept = zeros(len(entries) + 1)
            pick(getattr(self, name), entries, kept)
            setattr(self, name, kept)

    def write(self, writer: ContainerWriter, keys: Keys) -> None:
        """Writes all sections but the positions."""
        postings, rare, frequent, exceptions = self._encoder.used
        sections: dict[str, Buffer] = {
            "postings": self._postings[:postings],
            "rare": self._rare[:rare],
            "ranges.counts": self._counts[: frequent * self._ranges],
            "ranges.bounds": self._bounds[: frequent * self._ranges],
            "tops": self._tops[: 3 * frequent],
            "exceptions.documents": self._where[:exceptions],
            "exceptions.ranks": self._which[:exceptions],
            "norms": self._norms,
            "vectors": self._codebook.flat(),
            "vectors.counts": zeros(len(self._codebook.counts), "Q"),
        }
        for rank, count in enumerate(self._codebook.counts):
            sections["vectors.counts"][rank] = count  # type: ignore[index]
        for name, content in sections.items():
            writer.add(name, content)
        self._write_dictionary(writer, keys)

    def _write_dictionary(self, writer: ContainerWriter, keys: Keys) -> None:
        entries = len(keys.order)
        room = len(keys.blob) + 32 * entries + 64 * (entries // 16 + 1) + 10 * len(keys.pointers) + 16
        blocks = (entries + 15) // 16
        data, index, heads = zeros(room, "B"), zeros(blocks + 1, "Q"), zeros(blocks + 1, "Q")
        used = build(
            keys.blob,
            keys.starts,
            keys.order,
            keys.flags,
            self._frequencies,
            self._lengths,
            self._exceptions,
            keys.pointer_starts,
            keys.pointers,
            self._ranges,
            data,
            index,
            heads,
        )
        writer.add("terms", data[:used])
        writer.add("terms.index", index[: blocks + 1])
        writer.add("terms.heads", heads[:blocks])
