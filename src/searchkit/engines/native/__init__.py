"""the engine of our own segments."""
