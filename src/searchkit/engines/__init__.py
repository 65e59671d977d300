"""the index that a program opens."""
