"""Finding given terms in texts: the surfaces that an analyzer has met are remembered, with the terms that they hold.

A text is cut into surfaces and these are numbered by the same kernel that indexing uses, so what is left for Python are
the surfaces that hold a term, and those not met before.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from threading import Lock

from searchkit.analysis.plain_ideographs import count_plain, find_plain, is_plain
from searchkit.analysis.tokens import Found, Piece
from searchkit.kernels.scan import pick, to_characters
from searchkit.kernels.surfaces import SurfaceTable

__all__ = ["REMEMBERED", "REMEMBERED_LENGTH", "OneOrMore", "Vocabulary"]

# Surfaces that are remembered: how many, of how many characters at most (longer ones are paragraphs without a space,
# and do not come again), and in how many bytes.
REMEMBERED = 100_000
REMEMBERED_LENGTH = 64
_REMEMBERED_BYTES = 1 << 25
# Bytes of a text that are looked at in one go: the kernel's memory is eleven times as much.
_CHUNK = 1 << 18

OneOrMore = str | tuple[str, ...]


class Vocabulary:
    """The surfaces that an analyzer has met, by their terms. May be shared by threads.

    analyze: from surfaces to the terms of each, one or a tuple, in the same order. pieces: from a surface to its
        tokens. filtered: whether filters change words.
    """

    def __init__(
        self,
        analyze: Callable[[list[str]], Iterable[OneOrMore]],
        pieces: Callable[[str], tuple[Piece, ...]],
        filtered: bool,
    ) -> None:
        self._analyze, self._pieces, self._filtered = analyze, pieces, filtered
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._table = SurfaceTable(1 << 12)
        self._surfaces: list[str] = []
        self._counts = array("I")  # number → how many tokens
        self._marks = bytearray()  # number → whether it may hold what is wanted; long ones always may
        self._by_term: dict[str, list[int]] = {}

    def find(self, text: str, terms: frozenset[str]) -> list[Found]:
        """The tokens of a text that are one of the terms, in order."""
        # A lone surrogate is in no word, and neither is a question mark.
        encoded = text.encode("utf-8", "replace")
        found: list[Found] = []
        position = place = 0
        for chunk in _chunks(encoded):
            with self._lock:
                picks, tokens = self._pick(chunk, terms)
                if len(encoded) != len(text):
                    to_characters(chunk, picks, len(picks) // 3)
                found += self._found(picks.tolist(), terms, position, place)
            position += tokens
            if chunk is not encoded:
                place += len(chunk.decode("utf-8"))
        return found

    def _pick(self, text: bytes, terms: frozenset[str]) -> tuple[memoryview, int]:
        """The surfaces of a text that may hold a term, as `kernels.scan.pick` notes them; and its number of tokens."""
        if len(self._counts) > REMEMBERED or self._table.bytes_used > _REMEMBERED_BYTES:
            self._forget()
        table, marks = self._table, self._marks
        table.clear_tokens()
        surfaces = table.add(text)
        if len(table) > len(self._counts):
            self._learn(table.surfaces(len(self._counts)))
        by_term = self._by_term
        wanted = [number for term in terms if term in by_term for number in by_term[term]]
        for number in wanted:
            marks[number] = 1
        picks = memoryview(bytearray(12 * surfaces)).cast("I")
        count, tokens = pick(table.tokens(), table.edges(), self._counts, marks, picks) if surfaces else (0, 0)
        for number in wanted:
            marks[number] = 0
        return picks[: 3 * count], tokens

    def _found(self, picks: list[int], terms: frozenset[str], position: int, place: int) -> list[Found]:
        """The tokens of picked surfaces that are wanted; the text goes on from a position and a place."""
        surfaces, numbers = self._surfaces, picks[1::3]
        # The words that are looked for come again and again: each is looked into once.
        inside = {number: tuple(self._in_surface(surfaces[number], terms)) for number in set(numbers)}
        return [
            (position + first + index, term, place + start + low, place + start + high)
            for first, number, start in zip(picks[::3], numbers, picks[2::3], strict=True)
            for index, term, low, high in inside[number]
        ]

    def _in_surface(self, surface: str, terms: frozenset[str]) -> Iterable[tuple[int, str, int, int]]:
        """The tokens of a surface that are wanted: index among its tokens, term, start, end."""
        if len(surface) > REMEMBERED_LENGTH and self._is_plain(surface):
            return find_plain(surface, terms, self._pieces)
        pieces = enumerate(self._pieces(surface))
        return [(index, term, low, high) for index, (term, _, low, high) in pieces if term in terms]

    def _is_plain(self, surface: str) -> bool:
        return not self._filtered and is_plain(surface)

    def _count(self, surface: str) -> int:
        """How many tokens a long surface has."""
        return count_plain(surface) if self._is_plain(surface) else len(self._pieces(surface))

    def _learn(self, surfaces: list[str]) -> None:
        short = [surface for surface in surfaces if len(surface) <= REMEMBERED_LENGTH]
        known = dict(zip(short, self._analyze(short), strict=True))
        counts = [_count(known[one]) if one in known else self._count(one) for one in surfaces]
        first = len(self._counts)
        self._surfaces += surfaces
        self._marks += bytes(one not in known for one in surfaces)
        for number, surface in enumerate(surfaces, first):
            terms = known.get(surface, ())
            for term in (terms,) if isinstance(terms, str) else terms:
                self._by_term.setdefault(term, []).append(number)
        self._counts.extend(counts)  # last: what is counted is known


def _count(terms: OneOrMore) -> int:
    return 1 if isinstance(terms, str) else len(terms)


def _chunks(text: bytes) -> Iterator[bytes]:
    """A text in parts that end after a space where they can, so that no surface is torn."""
    if len(text) <= _CHUNK:
        yield text
        return
    start = 0
    while start < len(text):
        space = text.find(b" ", start + _CHUNK)
        end = space + 1 if space >= 0 else len(text)
        yield text[start:end]
        start = end
