"""Words so common that they say nothing about what an article is about. They are indexed all the same, for phrases."""

from __future__ import annotations

__all__ = ["is_acronym", "stop_words"]

_ENGLISH = """
a about above after again against all also am an and any are arent as at be because been before being below between
both but by can cannot cant could couldnt did didnt do does doesnt doing dont down during each either else ever few for
from further had hadnt has hasnt have havent having he her here hers herself him himself his how i if in into is isnt
it its itself just me more most my myself neither no nor not of off on once only or other our ours ourselves out over
own same shall she should shouldnt so some such than that the their theirs them themselves then there these they this
those through to too under until up upon us very was wasnt we were werent what when where whether which while who whom
whose why will with within without wont would wouldnt yet you your yours yourself yourselves
"""

_WORDS = {"english": frozenset(_ENGLISH.split()), "porter": frozenset(_ENGLISH.split())}
# Acronyms that are stop words but for their capitals.
_CAPITALS = frozenset({"IT", "US", "WHO"})


def is_acronym(word: str) -> bool:
    """Whether a word was typed as an acronym ("U.S.", "US"), and means more than the stop word that it looks like."""
    return word in _CAPITALS or "." in word.strip(".")


def stop_words(language: str | None) -> frozenset[str]:
    """The stop words of a language, folded and without apostrophes; empty where none are known."""
    return _WORDS.get(language, frozenset()) if language else frozenset()
