"""hits, snippets, highlighting."""

from searchkit.results.hit import Hit
from searchkit.results.results import Results
from searchkit.results.snippets import Fragment, Snippet, make_snippet
from searchkit.results.targets import Target

__all__ = ["Fragment", "Hit", "Results", "Snippet", "Target", "make_snippet"]
