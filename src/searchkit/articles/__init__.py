"""files → documents."""
