"""query tree → plan → hits."""
