"""An author line → the authors' names."""

from __future__ import annotations

import re

__all__ = ["author_names"]

_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_SEMICOLON = re.compile(r"\s*;\s*")
_BETWEEN = re.compile(r"\s*(?:,\s*and\b|,|&|\band\b)\s*", re.IGNORECASE)
_BY = re.compile(r"by\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?", re.IGNORECASE)
_MARKS = " \t*_`,;"


def author_names(line: str) -> list[str]:
    """The names in what follows "Author:", in order, each once.

    Where several parts are bold, each is one name as it stands. Else semicolons separate where there are any; else
    commas, "&" and the word "and" do, and "Jr." and its like stay with the name before them. Links count by their
    text; a leading "By" is dropped.
    """
    line = _LINK.sub(r"\1", line)
    names = _several_bold(line) if len(_BOLD.findall(line)) > 1 else _split(line)
    return list(dict.fromkeys(name for name in names if name))


def _several_bold(line: str) -> list[str]:
    names, end = [], 0
    for bold in _BOLD.finditer(line):
        names += _split(line[end : bold.start()])
        names.append(_clean(bold[1] or bold[2]))
        end = bold.end()
    return names + _split(line[end:])


def _split(text: str) -> list[str]:
    text = text.replace("**", "").replace("__", "")
    if ";" in text:
        return [_clean(part) for part in _SEMICOLON.split(text)]
    names: list[str] = []
    for part in map(_clean, _BETWEEN.split(text)):
        if names and _SUFFIX.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names


def _clean(name: str) -> str:
    return _BY.sub("", name.strip(_MARKS), count=1) if _BY.match(name.strip(_MARKS)) else name.strip(_MARKS)
