"""What may be near what, and how far: the operands of NEAR, and its and a phrase's number."""

from __future__ import annotations

import re

from searchkit.query.nodes import Fuzzy, Near, Node, Or, Phrase, Prefix, Regex, Wildcard, Word, Year
from searchkit.query.problems import Context

__all__ = ["NEAR", "bounded_reach", "distance_of", "pair_of"]

NEAR = re.compile(r"NEAR(?:/(\d+))?")
_USUAL = 10
_DIGITS = 9

_Operand = Word | Phrase | Prefix | Wildcard | Regex | Fuzzy


def distance_of(context: Context, typed: str, place: tuple[int, int]) -> int:
    """The distance of an operator as typed, NEAR or NEAR/5."""
    digits = typed[len("NEAR/") :]
    if not digits:
        return min(_USUAL, max(1, context.limits.phrase_slop))
    distance = bounded_reach(context, digits, "NEAR/", place)
    if not distance:
        context.problem("two words are at least 1 apart: read as NEAR/1", *place)
    return max(1, distance)


def bounded_reach(context: Context, digits: str, sign: str, place: tuple[int, int]) -> int:
    """The number that was typed after a sign, or the limit, with a problem, where it is above that."""
    most = context.limits.phrase_slop
    reach = int(digits) if len(digits) <= _DIGITS else most + 1
    if reach > most:
        message = f"words are looked for at most {most} places away: searched with {sign}{most}"
        context.limit("phrase_slop", message, *place)
    return min(reach, most)


def pair_of(
    context: Context, left: Node, right: Node, distance: int, place: tuple[int, int], *, again: bool = False
) -> Near | Or | None:
    """What stands on both sides of NEAR, which stands at a place, as one node: of alternatives each near each.

    again: whether the left side is also the right one of the NEAR before.

    None, with a problem, where one of them is no word, phrase or pattern, they are of different fields, or there are
    too many.
    """
    before, after = _operands(left), _operands(right)
    if not before or not after:
        context.problem("NEAR stands between words, phrases and patterns: read as AND", *place)
        return None
    if len({side.field for side in (*before, *after)}) > 1:
        context.problem("NEAR is about words of one field: read as AND", *place)
        return None
    operands = len(after) if again else len(before) + len(after)
    more = max(0, len(before) * len(after) - operands)
    if context.leaves + more > context.limits.query_clauses:
        message = f"these alternatives make more than {context.limits.query_clauses} clauses: read as AND"
        context.limit("query_clauses", message, *place)
        return None
    context.leaves += more
    pairs = tuple(Near(first, second, distance) for first in before for second in after)
    return pairs[0] if len(pairs) == 1 else Or(pairs)


def _operands(node: Node) -> list[_Operand]:
    """The alternatives that can be near something; none where one of them cannot."""
    found = [_operand(child) for child in (node.children if isinstance(node, Or) else (node,))]
    operands = [operand for operand in found if operand is not None]
    return operands if len(operands) == len(found) else []


def _operand(node: Node) -> _Operand | None:
    """A node as something that can be near; of a year the word is meant."""
    if isinstance(node, Year):
        return Word(node.text)
    if isinstance(node, Phrase):
        return None if node.slop else node
    return node if isinstance(node, Word | Prefix | Wildcard | Regex | Fuzzy) else None
