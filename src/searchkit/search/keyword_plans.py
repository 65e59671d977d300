"""Plans for words, phrases and prefixes in keyword fields: they filter, and add nothing to a score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from searchkit.analysis import QueryToken, analyzer_for
from searchkit.limits import Limits
from searchkit.query.nodes import Phrase, Prefix, Word
from searchkit.schema import Keyword
from searchkit.search.bitmaps import empty_bitmap
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import AnyPlan, BitmapPlan, PlanNode, TermPlan
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import query_tokens
from searchkit.segment.columns import KeywordColumn
from searchkit.segment.keys import exact_key, part_key

__all__ = ["plan_keyword"]


def plan_keyword(snapshot: Snapshot, node: Word | Phrase | Prefix, field: Keyword, limits: Limits) -> PlanNode | None:
    """The plan of a piece of text in the keyword field `node.field`; None where it has no token.

    A field with parts is searched by the words of its values, several of them in a row in one value; one without by the
    value.
    """
    name = node.field or ""
    if not field.parts:
        whole = exact_key(name, node.text)
        return _any(snapshot, whole, limits) if isinstance(node, Prefix) else TermPlan(whole, None)
    tokens = query_tokens(analyzer_for(None), node)
    if not tokens:
        return None
    if len(tokens) > 1:
        return BitmapPlan(_with_phrase(name, tokens))
    part = part_key(name, tokens[0].form)
    return _any(snapshot, part, limits) if tokens[0].prefix else TermPlan(part, None)


def _any(snapshot: Snapshot, prefix: bytes, limits: Limits) -> PlanNode:
    keys = sorted(set(snapshot.keys_from(prefix)))
    if len(keys) > limits.prefix_expansions:
        keys.sort(key=snapshot.frequency, reverse=True)
    return AnyPlan(tuple(islice(keys, limits.prefix_expansions)), None)


def _with_phrase(name: str, tokens: Sequence[QueryToken]) -> Callable[[SegmentPart], bytearray]:
    """Finds the documents of a segment with a value that has the tokens in a row."""

    def make(part: SegmentPart) -> bytearray:
        bitmap = empty_bitmap(part)
        column = part.segment.column(name)
        if not isinstance(column, KeywordColumn):
            return bitmap
        fitting = {
            ordinal for ordinal, value in enumerate(column.values) if value is not None and _has_row(value, tokens)
        }
        if fitting:
            for document in range(part.segment.documents):
                if not fitting.isdisjoint(column.ordinals(document)):
                    bitmap[document >> 3] |= 1 << (document & 7)
        return bitmap

    return make


def _has_row(value: str, tokens: Sequence[QueryToken]) -> bool:
    forms = [token.form for token in analyzer_for(None).tokens(value)]
    return any(
        all(
            form.startswith(token.form) if token.prefix else form == token.form
            for form, token in zip(forms[start:], tokens, strict=False)
        )
        for start in range(len(forms) - len(tokens) + 1)
    )
