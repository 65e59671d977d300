"""Counts of what a query matches, by the values of fields."""

from searchkit.search.facets.facet import Bucket, Facet
from searchkit.search.facets.requests import DateFacet, RangeFacet, TermFacet

__all__ = ["Bucket", "DateFacet", "Facet", "RangeFacet", "TermFacet"]
