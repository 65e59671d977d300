"""A regular expression as typed → its node."""

from __future__ import annotations

import re

from searchkit.errors import LimitExceeded, QueryError
from searchkit.query.automata.automaton import make_automaton
from searchkit.query.automata.expressions import read_expression
from searchkit.query.nodes import Node, Regex
from searchkit.query.problems import Context

__all__ = ["regex_node"]

_ESCAPED = re.compile(r"(?s)\\(.)")


def regex_node(context: Context, raw: str, field: str | None, start: int) -> Node | None:
    """The node of `/…/`; None, with a problem, where it is no regular expression or beyond a limit."""
    body = raw[1:-1]
    text = _ESCAPED.sub(lambda match: match[1] if match[1] == "/" or match[1].isspace() else match[0], body)
    limits = context.limits
    try:
        make_automaton(read_expression(text, str.lower, limits.query_depth), limits.automaton_states)
    except QueryError as error:
        # The place is that in the text without the backslashes before slashes: never more than a few signs off.
        context.problem(
            f"{error.reason}: this regular expression is left out", start + 1 + error.start, start + 1 + error.end
        )
        return None
    except LimitExceeded as error:
        context.limit(error.limit, f"{error.reason}: this one is left out", start, start + len(raw))
        return None
    return Regex(text, field)
