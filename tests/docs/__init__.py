"""The documents of the project hold what they say."""
