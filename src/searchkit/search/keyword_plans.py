"""Plans for words, phrases and prefixes in keyword fields: they filter, and add nothing to a score."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from searchkit.analysis import QueryToken, analyzer_for
from searchkit.analysis.folding import fold
from searchkit.limits import Limits
from searchkit.query.nodes import Phrase, Prefix, Word
from searchkit.schema import Keyword
from searchkit.search.bitmaps import empty_bitmap
from searchkit.search.cuts import Cut
from searchkit.search.expansions import Expandable, expand_keyword
from searchkit.search.parts import SegmentPart
from searchkit.search.pattern_plans import cut_of
from searchkit.search.plan import AnyPlan, BitmapPlan, PlanNode, TermPlan
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import Textual, query_tokens
from searchkit.segment.columns import KeywordColumn
from searchkit.segment.keys import exact_key, part_key

__all__ = ["plan_keyword"]


def plan_keyword(
    snapshot: Snapshot, node: Textual, field: Keyword, limits: Limits
) -> tuple[PlanNode | None, Cut | None]:
    """The plan of a piece of text in the keyword field `node.field`, None where it has no token; and what a limit left
    out.

    A field with parts is searched by the words of its values, several of them in a row in one value; one without by the
    value.
    """
    name = node.field or ""
    if not isinstance(node, Word | Phrase):
        if not field.parts:
            return _any(snapshot, node, limits, str, exact_key(name, ""))
        if not isinstance(node, Prefix):
            return _any(snapshot, node, limits, fold, part_key(name, ""))
    elif not field.parts:
        return TermPlan(exact_key(name, node.text), None), None
    tokens = query_tokens(analyzer_for(None), node)
    if not tokens:
        return None, None
    if len(tokens) > 1:
        return BitmapPlan(_with_phrase(name, tokens)), None
    form = tokens[0].form
    if tokens[0].prefix:
        return _any(snapshot, Prefix(form, name), limits, str, part_key(name, ""))
    return TermPlan(part_key(name, form), None), None


def _any(
    snapshot: Snapshot, node: Expandable, limits: Limits, folded: Callable[[str], str], base: bytes
) -> tuple[PlanNode | None, Cut | None]:
    known = snapshot.memo.get((node, base, limits))
    if known is None:
        found = expand_keyword(snapshot, node, limits, folded, base)
        known = (None, None) if found.empty else (AnyPlan(found.keys, None), cut_of(node, found))
        snapshot.remember((node, base, limits), known)
    return known  # type: ignore[return-value]


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
