"""An "Original:" line → the source's name and the address."""

from __future__ import annotations

import re

__all__ = ["origin"]

_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?((?:[^()<>\s]|\([^()]*\))*)>?(?:\s+\"[^\"]*\")?\s*\)")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://\S+")
_MARKS = " \t*_`"


def origin(line: str) -> tuple[str | None, str | None]:
    """The source and the URL in what follows "Original:": a Markdown link, an address alone, or a name alone.

    A link whose text is an address itself names no source.
    """
    link = _LINK.search(line)
    name, url = (link[1], link[2]) if link else (line, "")
    name = name.strip(_MARKS)
    address = _ADDRESS.search(name)
    if address:
        url = url or address[0].rstrip(">")
        name = name.replace(address[0], "").strip(_MARKS + "<>():,-–—")
    return name or None, url or None
