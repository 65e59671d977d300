"""Snippets: the part of a text that shows why it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from searchkit.analysis.analyzer import Analyzer
from searchkit.arguments import whole
from searchkit.dataclasses import dataclass
from searchkit.results.fragments import place_window, windows
from searchkit.results.highlighting import ANSI, HTML, MARKDOWN, PLAIN, Style, render
from searchkit.results.occurrences import Marks, Occurrence, find_occurrences
from searchkit.results.targets import Target

__all__ = ["Fragment", "Snippet", "make_snippet"]

_ELLIPSIS = "…"
_LOOK = 64


@dataclass(slots=True)
class Fragment:
    """One piece of a text.

    text: the piece as it stands in the text, which is `source[start:end]`.
    start, end: its offsets in the text, in characters, half open.
    highlights: the (start, end) offsets of what matched, in the whole text, in order and apart.
    cut_before: whether there is more text between the fragment before it, or the start, and this one.
    cut_after: whether the text goes on after it.
    """

    text: str
    start: int
    end: int
    highlights: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(slots=True)
class Snippet:
    """The pieces of a text that show why it was found, in their order there.

    `text`, `start`, `end` and `highlights` are those of the first.
    """

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The first piece as it stands in the text."""
        return self.fragments[0].text

    @property
    def start(self) -> int:
        """Where the first piece starts in the text, in characters."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Where the first piece ends in the text, in characters, exclusive."""
        return self.fragments[0].end

    @property
    def highlights(self) -> tuple[tuple[int, int], ...]:
        """The (start, end) offsets of what matched in the first piece, in the whole text."""
        return self.fragments[0].highlights

    def plain(self) -> str:
        """On one line, without marks, with "…" where the text goes on; safe to print on a terminal."""
        return self._rendered(PLAIN)

    def ansi(self) -> str:
        """As `plain`, with what matched in bold for a terminal."""
        return self._rendered(ANSI)

    def html(self) -> str:
        """As `plain`, escaped for HTML, with what matched in <mark>."""
        return self._rendered(HTML)

    def markdown(self) -> str:
        """As `plain`, escaped for Markdown, with what matched in **bold**."""
        return self._rendered(MARKDOWN)

    def __str__(self) -> str:
        return self.plain()

    def _rendered(self, style: Style) -> str:
        rendered = _ELLIPSIS * self.fragments[0].cut_before
        for place, fragment in enumerate(self.fragments):
            if place:
                rendered += f" {_ELLIPSIS} " if fragment.cut_before else " "
            rendered += _rendered(fragment, style)
        return rendered + _ELLIPSIS * self.fragments[-1].cut_after


def make_snippet(
    text: str, targets: Sequence[Target], analyzer: Analyzer, *, size: int = 240, fragments: int = 1
) -> Snippet:
    """The parts of a text that best show the targets; where none is in it, its beginning.

    size: the greatest number of characters of a part, at least 1. fragments: the greatest number of parts; those that
    show something are given, apart, in their order in the text.
    """
    whole("size", size, 1)
    whole("fragments", fragments, 1)
    wanted = tuple(targets)
    marks: Marks = {}
    occurrences = find_occurrences(text, wanted, analyzer, marks) if wanted else []
    found = sorted(windows(text, occurrences, wanted, size, fragments)) if occurrences else []
    shown: list[Fragment] = []
    for window in found or [place_window(text, _beginning(text), size)]:
        shown.append(_fragment(text, window, occurrences, marks, shown[-1].end if shown else 0))
    return Snippet(tuple(shown))


def _fragment(
    text: str, window: tuple[int, int], occurrences: Iterable[Occurrence], marks: Marks, end_before: int
) -> Fragment:
    """A window as a fragment; end_before: where the fragment before it ends."""
    start, end = _trimmed(text, *window)
    highlights = _merged(sorted(_shown(occurrences, marks, start, end)))
    return Fragment(
        text[start:end], start, end, highlights, _has_text(text, end_before, start), _has_text(text, end, len(text))
    )


def _has_text(text: str, start: int, end: int) -> bool:
    """Whether there is more than white space; most often one look tells."""
    return any(not text[place : min(end, place + _LOOK)].isspace() for place in range(start, end, _LOOK))


def _beginning(text: str) -> tuple[int, int]:
    place = len(text) - len(text.lstrip())
    return place, place


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _shown(occurrences: Iterable[Occurrence], marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is to be marked in a window."""
    whole = [one for one in occurrences if start <= one[0] and one[1] <= end]
    # Where nothing fits as a whole, one phrase is longer than the window.
    for one in whole or [one for one in occurrences if one[0] < end and one[1] > start][:1]:
        for low, high in marks.get(one, [one[:2]]):
            if low < end and high > start:
                yield max(low, start), min(high, end)


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _rendered(fragment: Fragment, style: Style) -> str:
    relative = [(start - fragment.start, end - fragment.start) for start, end in fragment.highlights]
    return render(fragment.text, relative, style)
