"""query text → query tree; pure data, reads no bytes."""

from searchkit.query.dates import date_interval
from searchkit.query.factors import Recency, Saturation
from searchkit.query.interpretation import interpret
from searchkit.query.nodes import (
    All,
    Alternatives,
    And,
    Bag,
    Between,
    Boost,
    Clause,
    Constant,
    Fuzzy,
    Has,
    Near,
    Node,
    Not,
    Nothing,
    Occur,
    Or,
    Phrase,
    Prefix,
    Regex,
    Term,
    Wildcard,
    Word,
    Year,
)
from searchkit.query.parsed import ParsedQuery
from searchkit.query.parser import parse
from searchkit.query.problems import Problem
from searchkit.query.ranking import Ranking

__all__ = [
    "All",
    "Alternatives",
    "And",
    "Bag",
    "Between",
    "Boost",
    "Clause",
    "Constant",
    "Fuzzy",
    "Has",
    "Near",
    "Node",
    "Not",
    "Nothing",
    "Occur",
    "Or",
    "ParsedQuery",
    "Phrase",
    "Prefix",
    "Problem",
    "Ranking",
    "Recency",
    "Regex",
    "Saturation",
    "Term",
    "Wildcard",
    "Word",
    "Year",
    "date_interval",
    "interpret",
    "parse",
]
