"""Apostrophes inside words: what goes with them, by language.

In English the endings 's 'll 're 've 'd 'm go ("who's" is "who"), else the apostrophe alone ("don't" is "dont",
"O'Brien" "obrien", "d'Estaing" "destaing"). In French, Italian and Catalan an elided article or pronoun before it goes
("l'amour" is "amour").
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["without_apostrophes"]

_ENGLISH_ENDING = r"(?<=.)'(?:s|ll|re|ve|d|m)$"
_CLITICS = {
    "english": _ENGLISH_ENDING,
    "porter": _ENGLISH_ENDING,
    "french": r"^(?:[cdjlmnst]|qu|jusqu|quoiqu|lorsqu|puisqu)'(?=.)",
    "italian": r"^(?:[cdlmstv]|un|gl|agl|al|all|coll|dagl|dall|degl|dell|negl|nell|pell|quell|quest|sugl|sull)'(?=.)",
    "catalan": r"^[dlmnst]'(?=.)",
}


@cache
def _clitic(language: str | None) -> re.Pattern[str] | None:
    """What a language hangs on words; compiled when it is met first, since most programs meet one, and some none."""
    found = _CLITICS.get(language) if language else None
    return None if found is None else re.compile(found, re.MULTILINE)


def without_apostrophes(word: str, language: str | None) -> str:
    """A folded word, or each of several on lines of their own, without its apostrophes and what `language` (as for
    `Analyzer`) hangs on them.
    """
    clitic = _clitic(language)
    if clitic is not None:
        word = clitic.sub("", word)
    return word.replace("'", "")
