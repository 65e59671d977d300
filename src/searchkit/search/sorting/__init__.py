"""Matches in order of any columns, page by page."""

from searchkit.search.sorting.keys import SortKey

__all__ = ["SortKey"]
