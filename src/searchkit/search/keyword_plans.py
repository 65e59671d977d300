"""Plans for words, phrases and prefixes in keyword fields: they filter, and add nothing to a score."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from searchkit.analysis import QueryToken, analyzer_for
from searchkit.analysis.folding import fold
from searchkit.deadlines import check, watched
from searchkit.kernels.ordering import members
from searchkit.limits import Limits
from searchkit.query.nodes import Near, Phrase, Prefix, Word
from searchkit.schema import Keyword
from searchkit.search.bitmaps import empty_bitmap
from searchkit.search.cuts import Cut
from searchkit.search.expansions import Expandable, expand_keyword
from searchkit.search.parts import SegmentPart
from searchkit.search.pattern_plans import cut_of
from searchkit.search.plan import AnyPlan, BitmapPlan, PlanNode, TermPlan
from searchkit.search.proximity import near_pairs, same_before, sloppy_matches
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import Textual, query_tokens
from searchkit.search.unions import union_of
from searchkit.segment.columns import KeywordColumn
from searchkit.segment.keys import exact_key, part_key

__all__ = ["plan_keyword", "plan_keyword_near"]

Fits = Callable[[str], bool]
"""Whether a form is what a word of a query means."""


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
        slop = node.slop if isinstance(node, Phrase) else 0
        return BitmapPlan(_with_value(name, tokens, _having_row(tokens, slop))), None
    form = tokens[0].form
    if tokens[0].prefix:
        return _any(snapshot, Prefix(form, name), limits, str, part_key(name, ""))
    return TermPlan(part_key(name, form), None), None


def plan_keyword_near(
    snapshot: Snapshot, node: Near, field: Keyword, limits: Limits
) -> tuple[PlanNode | None, tuple[Cut, ...]]:
    """The plan of words near each other in one value of the keyword field `node.field`, None where there is no word;
    and what limits left out.
    """
    if not field.parts:
        return AnyPlan((), None), ()
    (left, left_cut), (right, right_cut) = (_side(snapshot, side, limits) for side in (node.left, node.right))
    if not left and not right:
        return None, ()
    if not left or not right:
        plan, cut = plan_keyword(snapshot, node.left if left else node.right, field, limits)
        return plan, () if cut is None else (cut,)

    def has_pair(forms: Sequence[str]) -> bool:
        places = _rows(forms, left), len(left), _rows(forms, right), len(right)
        return next(near_pairs(*places, node.distance), None) is not None

    cuts = tuple(cut for cut in (left_cut, right_cut) if cut is not None)
    sides = [side for side in (node.left, node.right) if isinstance(side, Word | Phrase | Prefix)]
    tokens = [token for side in sides for token in query_tokens(analyzer_for(None), side)]
    return BitmapPlan(_with_value(node.field or "", tokens, has_pair)), cuts


def _side(snapshot: Snapshot, node: Textual, limits: Limits) -> tuple[list[Fits], Cut | None]:
    """For each word of a side of a pair which forms fit it; none where the side has no word."""
    if isinstance(node, Word | Phrase | Prefix):
        return list(map(_fitting, query_tokens(analyzer_for(None), node))), None
    base = part_key(node.field or "", "")
    found = expand_keyword(snapshot, node, limits, fold, base)
    forms = frozenset(key[len(base) :].decode("utf-8", "replace") for key in found.keys)
    return [] if found.empty else [forms.__contains__], cut_of(node, found)


def _any(
    snapshot: Snapshot, node: Expandable, limits: Limits, folded: Callable[[str], str], base: bytes
) -> tuple[PlanNode | None, Cut | None]:
    known = snapshot.memo.get((node, base, limits))
    if known is None:
        check()
        found = expand_keyword(snapshot, node, limits, folded, base)
        known = (None, None) if found.empty else (AnyPlan(found.keys, None), cut_of(node, found))
        snapshot.remember((node, base, limits), known)
    return known  # type: ignore[return-value]


def _with_value(
    name: str, tokens: Iterable[QueryToken], fits: Callable[[Sequence[str]], bool]
) -> Callable[[SegmentPart], bytearray]:
    """Finds the documents of a segment with a value whose words fit. tokens: which such a value has all of."""
    keys = {part_key(name, token.form) for token in tokens if not token.prefix}

    def make(part: SegmentPart) -> bytearray:
        bitmap = empty_bitmap(part)
        column = part.segment.column(name)
        if not isinstance(column, KeywordColumn):
            return bitmap
        known: dict[int, bool] = {}
        for document in watched(_with_terms(part, keys)):
            for ordinal in column.ordinals(document):
                fitting = known.get(ordinal)
                if fitting is None:
                    fitting = known[ordinal] = fits(_forms(column, ordinal))
                if fitting:
                    bitmap[document >> 3] |= 1 << (document & 7)
                    break
        return bitmap

    return make


def _forms(column: KeywordColumn, ordinal: int) -> list[str]:
    """The words of a value."""
    if ordinal >= len(column.values):
        raise column.damaged()
    return [token.form for token in analyzer_for(None).tokens(column.values[ordinal] or "")]


def _with_terms(part: SegmentPart, keys: Collection[bytes]) -> Sequence[int]:
    """The documents of a segment that have all of some terms, in any of their values."""
    if not keys:
        return range(part.segment.documents)
    bits = -1
    for key in keys:
        bits &= int.from_bytes(union_of(part, AnyPlan((key,), None)), "little")
    documents = memoryview(bytearray(4 * bits.bit_count())).cast("I")
    members(memoryview(bits.to_bytes(len(empty_bitmap(part)), "little")), documents)
    return documents


def _having_row(tokens: Sequence[QueryToken], slop: int) -> Callable[[Sequence[str]], bool]:
    """Whether the words of a value have the tokens in a row, or about so."""
    words = list(map(_fitting, tokens))
    same = same_before([(token.form, token.prefix) for token in tokens])

    def has_row(forms: Sequence[str]) -> bool:
        if len(forms) < len(words):
            return False
        if not slop:
            return bool(_rows(forms, words))
        places = [[place for place, form in enumerate(forms) if fits(form)] for fits in words]
        return next(sloppy_matches(places, same, slop), None) is not None

    return has_row


def _rows(forms: Sequence[str], words: Sequence[Fits]) -> list[int]:
    """Where words stand in a row."""
    return [
        start
        for start in range(len(forms) - len(words) + 1)
        if all(fits(form) for form, fits in zip(forms[start:], words, strict=False))
    ]


def _fitting(token: QueryToken) -> Fits:
    sought = token.form
    return (lambda form: form.startswith(sought)) if token.prefix else (lambda form: form == sought)
