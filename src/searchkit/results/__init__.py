"""hits, snippets, highlighting."""
