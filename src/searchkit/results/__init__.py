"""hits, snippets, highlighting."""

from searchkit.results.snippets import Fragment, Snippet, make_snippet
from searchkit.results.targets import Target

__all__ = ["Fragment", "Snippet", "Target", "make_snippet"]
