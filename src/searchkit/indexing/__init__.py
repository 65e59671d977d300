"""documents → postings in memory → a segment."""
