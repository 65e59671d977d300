"""the layout of a segment file: its writer and its reader."""
