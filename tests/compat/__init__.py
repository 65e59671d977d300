"""The files on disk are what the documents say, whatever reads them."""
