"""files → articles: every format that articles come in, one file a format."""

from searchkit.articles.article import Article
from searchkit.articles.files import SourceFile, list_files
from searchkit.articles.reading import read, read_file

__all__ = ["Article", "SourceFile", "list_files", "read", "read_file"]
