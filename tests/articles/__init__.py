"""Files of every format become articles."""
