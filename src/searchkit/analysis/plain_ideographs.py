"""Long surfaces of plain Chinese, Japanese and Korean: what is wanted in them is found without making their tokens.

A paragraph without a space is one surface, and no two are the same, so there is nothing to remember. But where it
holds only characters that stand for themselves and punctuation, its tokens are its pairs of neighbours (see
`ideographs`), and a pair that is wanted is found as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from searchkit.analysis.tokens import Piece

__all__ = ["count_plain", "find_plain", "is_plain"]

# Each is one character to a reader, and its own folding; none is touched by any stemmer. Then punctuation.
_DENSE = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_APART = (
    "\u2014\u201c\u201d\u2026\u3001-\u3003\u3008-\u3011\u3014-\u301b\u30fb"
    "\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
)
# Strings, which `re` compiles when they are first used.
_PLAIN = f"[{_DENSE}{_APART}a-z0-9]*"
_NOT_DENSE = f"[{_APART}a-z0-9]+"
_ASCII = "[a-z0-9]+"
_RUN = f"[{_DENSE}]+|[a-z0-9]+"


def is_plain(surface: str) -> bool:
    """Whether the other functions here may be asked about a surface; not where filters change words."""
    return re.fullmatch(_PLAIN, surface) is not None


def count_plain(surface: str) -> int:
    """How many tokens a plain surface has."""
    return len(re.sub(_NOT_DENSE, "", surface)) + len(re.findall(_ASCII, surface))


def find_plain(
    surface: str, terms: Iterable[str], pieces: Callable[[str], tuple[Piece, ...]]
) -> list[tuple[int, str, int, int]]:
    """The tokens of a plain surface that are one of the terms: index among its tokens, term, start, end.

    pieces: the tokens of a word in ASCII, exactly one.
    """
    there = [term for term in terms if term in surface]
    if not there and not re.search(_ASCII, surface):
        return []
    wanted = frozenset(terms)
    found = []
    index = 0
    for match in re.finditer(_RUN, surface):
        run, start = match[0], match.start()
        if run[0] <= "z":
            ((term, _, low, high),) = pieces(run)
            found += [(index, term, start + low, start + high)] if term in wanted else []
            index += 1
        else:
            for term in there:
                found += [(index + at, term, start + at, start + at + len(term)) for at in _places(run, term)]
            index += len(run)
    found.sort()
    return found


def _places(run: str, term: str) -> list[int]:
    """Where a term is a token of a run: a pair anywhere, a single character at its end."""
    if len(term) == 1:
        return [len(run) - 1] if run.endswith(term) else []
    places = []
    place = run.find(term) if len(term) == 2 else -1
    while place >= 0:
        places.append(place)
        place = run.find(term, place + 1)
    return places
