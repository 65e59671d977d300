"""query text → query tree; pure data, reads no bytes."""
