"""A naive search engine that says what the real one must answer, and the generators that compare the two."""
