"""Apostrophes inside words: what goes with them, by language.

In English the endings 's 'll 're 've 'd 'm go ("who's" is "who"), else the apostrophe alone ("don't" is "dont",
"O'Brien" "obrien", "d'Estaing" "destaing"). In French, Italian and Catalan an elided article or pronoun before it goes
("l'amour" is "amour").
"""

from __future__ import annotations

import re

__all__ = ["without_apostrophes"]

_ENGLISH_ENDING = re.compile(r"(?<=.)'(?:s|ll|re|ve|d|m)$", re.MULTILINE)
_ELISIONS = {
    "french": re.compile(r"^(?:[cdjlmnst]|qu|jusqu|quoiqu|lorsqu|puisqu)'(?=.)", re.MULTILINE),
    "italian": re.compile(
        r"^(?:[cdlmstv]|un|gl|agl|al|all|coll|dagl|dall|degl|dell|negl|nell|pell|quell|quest|sugl|sull)'(?=.)",
        re.MULTILINE,
    ),
    "catalan": re.compile(r"^[dlmnst]'(?=.)", re.MULTILINE),
}
_CLITICS = {"english": _ENGLISH_ENDING, "porter": _ENGLISH_ENDING, **_ELISIONS}


def without_apostrophes(word: str, language: str | None) -> str:
    """A folded word, or each of several on lines of their own, without its apostrophes and what `language` (as for
    `Analyzer`) hangs on them.
    """
    clitic = _CLITICS.get(language) if language else None
    if clitic is not None:
        word = clitic.sub("", word)
    return word.replace("'", "")
