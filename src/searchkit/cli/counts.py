"""Facets on standard output: as columns for people, and as JSON."""

from __future__ import annotations

from typing import Any

from searchkit.cli.output import JSON_VERSION, json_text
from searchkit.cli.terminal import one_line
from searchkit.query.intervals import plain_numbers
from searchkit.query.nodes import Between
from searchkit.results.results import Results
from searchkit.search.facets import Bucket, Facet

__all__ = ["bucket_json", "heading", "label_of", "print_counts", "print_facets_json"]


def print_counts(results: Results) -> None:
    """Each facet under its name, a value and its count a line; then how many articles there are."""
    for name, facet in results.facets.items():
        rows = [(label_of(bucket), bucket.count) for bucket in facet]
        if facet.other:
            rows.append((f"({facet.distinct - sum(bucket.count > 0 for bucket in facet):,} others)", facet.other))
        if facet.missing:
            rows.append(("(none)", facet.missing))
        width = max((len(label) for label, _ in rows), default=0)
        digits = max((len(f"{count:,}") for _, count in rows), default=0)
        print(one_line(name))
        for label, count in rows:
            print(f"  {label:<{width}}  {count:>{digits},}")
        print()
    print(f"{results.total:,} article{'' if results.total == 1 else 's'}: {one_line(results.interpretation)}")


def label_of(bucket: Bucket) -> str:
    """The value of a bucket on one line."""
    if isinstance(bucket.value, tuple) and isinstance(bucket.node, Between):
        return plain_numbers(bucket.node)
    return one_line(str(bucket.value).lower() if isinstance(bucket.value, bool) else str(bucket.value))


def print_facets_json(query: str, results: Results) -> None:
    """All facets as one JSON object."""
    facets = {name: _facet_json(facet) for name, facet in results.facets.items()}
    print(json_text({**heading(query, results), "facets": facets}, indent=2))


def heading(query: str, results: Results) -> dict[str, Any]:
    """What every JSON of counts begins with."""
    return {
        "version": JSON_VERSION,
        "query": query,
        "interpretation": results.interpretation,
        "problems": [
            {"message": one.message, "start": one.start, "end": one.end, "suggestion": one.suggestion}
            for one in results.problems
        ],
        "partial": results.partial,
        "total": results.total,
    }


def _facet_json(facet: Facet) -> dict[str, Any]:
    return {
        "field": facet.field,
        "buckets": [bucket_json(bucket) for bucket in facet],
        "other": facet.other,
        "missing": facet.missing,
        "distinct": facet.distinct,
    }


def bucket_json(bucket: Bucket) -> dict[str, Any]:
    """A bucket as JSON; the ends of units and intervals only where there are some."""
    made: dict[str, Any] = {"value": bucket.value, "count": bucket.count, "selected": bucket.selected}
    if isinstance(bucket.node, Between):
        made |= {"low": bucket.low, "high": bucket.high}
    return made
