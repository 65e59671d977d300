"""Patterns of words (wildcards and regular expressions) → deterministic automata; pure data, reads no index."""
