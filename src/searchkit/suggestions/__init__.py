"""What could be asked next, or instead: completions, articles alike, misspelt words, and why nothing matched."""

from searchkit.suggestions.completion import Completion, complete
from searchkit.suggestions.likeness import Source, alike
from searchkit.suggestions.spelling import Speller, Suggestion
from searchkit.suggestions.why_nothing import ClauseCount, Relaxation, WhyNothing, why_nothing

__all__ = [
    "ClauseCount",
    "Completion",
    "Relaxation",
    "Source",
    "Speller",
    "Suggestion",
    "WhyNothing",
    "alike",
    "complete",
    "why_nothing",
]
