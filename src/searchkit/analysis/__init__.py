"""text → tokens."""
