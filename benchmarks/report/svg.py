"""Two kinds of charts as SVG, written by hand: bars on a logarithmic axis, and lines on two of them.

Colours follow the reader's light or dark theme by a style sheet inside the picture; the background is clear.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Panel", "bar_chart", "line_charts"]

_COLOURS = {
    "searchkit": ("#0b6bcb", "#58a6ff"),
    "tantivy": ("#c2571a", "#f0883e"),
    "fts5": ("#57606a", "#9aa4af"),
    "bm25s": ("#1a7f37", "#3fb950"),
    "whoosh3": ("#8250df", "#bc8cff"),
}
_NAMES = {
    "searchkit": "searchkit",
    "tantivy": "tantivy-py",
    "fts5": "SQLite FTS5",
    "bm25s": "bm25s",
    "whoosh3": "Whoosh",
}
_FONT = "font-family: system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"
_WIDTH, _LABELS, _NUMBERS, _BAR, _GAP = 760, 232, 60, 13, 12


@dataclass(frozen=True)
class Panel:
    """A chart of lines: each line its points (x, y), by the name of its peer and of a dash; unit: of y."""

    title: str
    unit: str
    lines: Mapping[tuple[str, str], Sequence[tuple[float, float]]]


def bar_chart(title: str, unit: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    """A group of bars a row, one a peer, on a logarithmic axis; each with its value."""
    values = [value for row in rows.values() for value in row.values() if value > 0]
    low, high = _decades(values)
    span = _WIDTH - _LABELS - _NUMBERS
    peers = list(dict.fromkeys(peer for row in rows.values() for peer in row))
    height = 78 + sum(len(row) * _BAR + _GAP for row in rows.values())
    parts = [_title(title), _legend(peers, 46)]

    def across(value: float) -> float:
        return _LABELS + span * (math.log10(max(value, low)) - math.log10(low)) / math.log10(high / low)

    for tick in _ticks(low, high):
        place = across(tick)
        parts.append(f'<line class="grid" x1="{place:.1f}" y1="58" x2="{place:.1f}" y2="{height - 18}"/>')
        parts.append(_text(place, height - 4, _number(tick) + f" {unit}", "small", "middle"))
    top = 64.0
    for label, row in rows.items():
        parts.append(_text(_LABELS - 10, top + len(row) * _BAR / 2 + 4, label, "label", "end"))
        for peer, value in row.items():
            wide = max(1.0, across(value) - _LABELS)
            shape = f'x="{_LABELS}" y="{top:.1f}" width="{wide:.1f}" height="{_BAR - 2}" rx="1.5"'
            parts.append(f'<rect class="{peer}" {shape}/>')
            parts.append(_text(_LABELS + wide + 5, top + _BAR - 4, _number(value), "small"))
            top += _BAR
        top += _GAP
    return _document(_WIDTH, height, title, parts, peers)


def line_charts(title: str, panels: Sequence[Panel], across: str) -> str:
    """Charts side by side, two in a row, all with logarithmic axes; `across` says what x is."""
    peers = list(dict.fromkeys(peer for panel in panels for peer, _ in panel.lines))
    dashes = list(dict.fromkeys(dash for panel in panels for _, dash in panel.lines))
    wide, high = _WIDTH / 2, 230.0
    height = 70 + math.ceil(len(panels) / 2) * high
    parts = [_title(title), _legend(peers, 46), _dashes(dashes, 46)]
    for number, panel in enumerate(panels):
        parts += _panel(panel, number % 2 * wide, 66 + number // 2 * high, wide, high, dashes, across)
    return _document(_WIDTH, height, title, parts, peers)


def _panel(
    panel: Panel, left: float, top: float, wide: float, high: float, dashes: Sequence[str], across: str
) -> list[str]:
    points = [point for line in panel.lines.values() for point in line]
    x_low, x_high = _decades([x for x, _ in points])
    y_low, y_high = _decades([y for _, y in points])
    inner_left, inner_right, inner_top, inner_bottom = left + 74, left + wide - 16, top + 24, top + high - 44

    def place(x: float, y: float) -> tuple[float, float]:
        right = (math.log10(x) - math.log10(x_low)) / math.log10(x_high / x_low)
        up = (math.log10(max(y, y_low)) - math.log10(y_low)) / math.log10(y_high / y_low)
        return inner_left + right * (inner_right - inner_left), inner_bottom - up * (inner_bottom - inner_top)

    parts = [_text(inner_left, top + 12, panel.title, "label")]
    for tick in _ticks(x_low, x_high):
        x, _ = place(tick, y_low)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{inner_top:.1f}" x2="{x:.1f}" y2="{inner_bottom:.1f}"/>')
        parts.append(_text(x, inner_bottom + 17, _short(tick), "small", "middle"))
    for tick in _ticks(y_low, y_high):
        _, y = place(x_low, tick)
        parts.append(f'<line class="grid" x1="{inner_left:.1f}" y1="{y:.1f}" x2="{inner_right:.1f}" y2="{y:.1f}"/>')
        parts.append(_text(inner_left - 5, y + 4, f"{_number(tick)} {panel.unit}", "small", "end"))
    parts.append(_text((inner_left + inner_right) / 2, inner_bottom + 32, across, "small", "middle"))
    for (peer, dash), line in panel.lines.items():
        drawn = [place(x, y) for x, y in sorted(line)]
        pattern = f' stroke-dasharray="{_pattern(dashes.index(dash))}"' if dashes.index(dash) else ""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
        parts.append(f'<polyline class="line {peer}-line" points="{path}"{pattern}/>')
        parts += [f'<circle class="{peer}" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>' for x, y in drawn]
    return parts


def _decades(values: Sequence[float]) -> tuple[float, float]:
    """From the power of ten below all values to the one above."""
    positive = [value for value in values if value > 0] or [1.0]
    low, high = math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)))
    return 10.0**low, 10.0 ** max(high, low + 1)


def _ticks(low: float, high: float) -> list[float]:
    return [10.0**power for power in range(round(math.log10(low)), round(math.log10(high)) + 1)]


def _number(value: float) -> str:
    """Two figures, or all before the point; without an exponent."""
    if value >= 99.5:
        return f"{value:,.0f}"
    if value <= 0:
        return "0"
    shown = f"{value:.{max(0, 1 - math.floor(math.log10(value)))}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _short(value: float) -> str:
    """1k, 10k, 1M."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if value >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"


def _pattern(number: int) -> str:
    return ("", "5 3", "1.5 3", "8 3 2 3", "3 2", "10 4")[number % 6]


def _title(text: str) -> str:
    return _text(8, 22, text, "title")


def _legend(peers: Sequence[str], down: float) -> str:
    parts, left = [], 8.0
    for peer in peers:
        parts.append(f'<rect class="{peer}" x="{left:.1f}" y="{down - 10}" width="11" height="11" rx="2"/>')
        parts.append(_text(left + 16, down, _NAMES.get(peer, peer), "small"))
        left += 34 + 7 * len(_NAMES.get(peer, peer))
    return "".join(parts)


def _dashes(dashes: Sequence[str], down: float) -> str:
    """What the patterns of lines mean, at the right; nothing where there is one only."""
    parts, right = [], _WIDTH - 8.0
    for number, dash in reversed(list(enumerate(dashes))) if len(dashes) > 1 else ():
        wide = 7.0 * len(dash)
        parts.append(_text(right, down, dash, "small", "end"))
        line = f'x1="{right - wide - 36:.1f}" y1="{down - 4}" x2="{right - wide - 6:.1f}" y2="{down - 4}"'
        parts.append(f'<line class="line any-line" {line} stroke-dasharray="{_pattern(number)}"/>')
        right -= wide + 50
    return "".join(parts)


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _document(width: float, height: float, title: str, parts: Sequence[str], peers: Sequence[str]) -> str:
    box = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">'
    body = "\n".join(parts)
    return f"{head}\n<title>{escape(title)}</title>\n<style>\n{_style(peers)}\n</style>\n{body}\n</svg>\n"


def _style(peers: Sequence[str]) -> str:
    def colours(which: int, ink: str, faint: str) -> str:
        rules = [f"text {{ fill: {ink}; {_FONT} }}", f".grid {{ stroke: {faint} }}", f".any-line {{ stroke: {ink} }}"]
        for peer in peers:
            colour = _COLOURS[peer][which]
            rules += [f".{peer} {{ fill: {colour} }}", f".{peer}-line {{ stroke: {colour} }}"]
        return "\n".join(rules)

    fixed = ".title { font-size: 16px; font-weight: 600 }\n.label { font-size: 12.5px }\n.small { font-size: 11px }\n"
    fixed += ".grid { stroke-width: 1 }\n.line { fill: none; stroke-width: 2 }\n"
    dark = colours(1, "#c9d1d9", "#30363d")
    return f"{fixed}{colours(0, '#24292f', '#d8dee4')}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"
