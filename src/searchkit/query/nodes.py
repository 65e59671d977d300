"""The nodes of a query tree: pure data, made by the parser or by a program.

Trees combine with `&`, `|` and `~`:

    Phrase("hostage crisis") & Between("date", since, until) & ~Term("source", "yahoo")
"""

from __future__ import annotations

from enum import Enum

from searchkit.dataclasses import dataclass

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
    "Phrase",
    "Prefix",
    "Regex",
    "Term",
    "Wildcard",
    "Word",
    "Year",
]


class Node:
    """What every node of a query tree can do."""

    __slots__ = ()

    def __and__(self, other: Node) -> Node:
        return And((self, other))

    def __or__(self, other: Node) -> Node:
        return Or((self, other))

    def __invert__(self) -> Node:
        return Not(self)

    def __str__(self) -> str:
        """The tree in the query language."""
        from searchkit.query.printing import to_text  # which knows all the nodes

        return to_text(self)


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A piece of text without spaces, as typed; the search analyses it. One that analyses to several tokens
    ("anti-American") is searched as a phrase; to none, it is left out.

    field: a text field, a keyword field (then: the words of its values), or None for all text fields.
    """

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Words that follow each other in one field; stop words count. `field` as for `Word`.

    slop: how many places the words may be off, all together, in either direction: the i-th word of the phrase at
        position p is shifted by p - i, and no two words' shifts differ by more. 0: none; 2: neighbours may be swapped.
    """

    text: str
    field: str | None = None
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Near(Node):
    """Two pieces of text of one field that are near each other, in either order.

    left, right: of the same field, and phrases without slop. distance: how many positions the later one's first word
        may be after the earlier one's last; 1: they stand side by side.
    """

    left: Word | Phrase | Prefix | Wildcard | Regex | Fuzzy
    right: Word | Phrase | Prefix | Wildcard | Regex | Fuzzy
    distance: int = 10

    @property
    def field(self) -> str | None:
        """The field of both."""
        return self.left.field


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """Any word, as people wrote it, that starts so. `field` as for `Word`."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Wildcard(Node):
    r"""Any word, as people wrote it, that looks so: `*` is any characters, `?` is one, a backslash takes their meaning
    from them. `field` as for `Word`.
    """

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Regex(Node):
    """Any word, as people wrote it, that a regular expression matches as a whole. `field` as for `Word`.

    text: the expression, without slashes; see `query.automata.expressions` for its syntax.
    """

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy(Node):
    """Any word, as people wrote it, that is like this one. `field` as for `Word`.

    distance: how many characters may be added, dropped, replaced, or swapped with their neighbour; None: none in words
        of one or two characters, one in words of up to five, else two.
    """

    text: str
    field: str | None = None
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Term(Node):
    """A keyword or bool field that has exactly this value, letter case included."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Between(Node):
    """A date or number field in an interval that includes `low` and excludes `high`; None leaves an end open.

    For a date field the ends are microseconds since 1970-01-01T00:00:00Z (int), for a number field numbers. Documents
    without a value never match.
    """

    field: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Has(Node):
    """A field that has a value (a text field: at least one token)."""

    field: str


@dataclass(frozen=True, slots=True)
class Year(Node):
    """A bare year: the word itself, or the primary date within [low, high), as in `Between`: that year."""

    text: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class All(Node):
    """Every document."""


@dataclass(frozen=True, slots=True)
class Nothing(Node):
    """No document."""


@dataclass(frozen=True, slots=True)
class And(Node):
    """Documents that every child matches."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Documents that at least one child matches."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternatives(Or):
    """What was typed, the first child (a `Word`, a `Phrase`, a `Near`, or a `Bag` of words), or what means the same,
    the others.

    Each of the others weighs as much as it would alone, but no more than all that was typed. Synonyms make it.
    """


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Documents that the child does not match."""

    child: Node


@dataclass(frozen=True, slots=True)
class Boost(Node):
    """The child, with its score multiplied by `factor` (from 0 to 1000)."""

    child: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """The documents that the child matches, each with the same score (from 0 to 1000), whatever the child would give.

    Boosts above it multiply the score, those below it say nothing. Since it scores, it is no filter in a `Bag`, even
    where the child is one.
    """

    child: Node
    score: float


class Occur(Enum):
    """How a clause of a bag counts."""

    DEFAULT = "default"
    REQUIRED = "required"
    PROHIBITED = "prohibited"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a `Bag`."""

    node: Node
    occur: Occur = Occur.DEFAULT


@dataclass(frozen=True, slots=True)
class Bag(Node):
    """Clauses side by side, as people type them: `embassy +hostage -film`.

    A document matches when every required clause does, no prohibited one does, and the default ones do as the search's
    `match` asks: "all", "any" (at least one, or none where a required clause is there), or by default all, and where no
    document at all matches then, any. Default clauses that are filters (dates, keywords, numbers) are required in any
    case. A bag of prohibited clauses only matches every document that none of them does.
    """

    clauses: tuple[Clause, ...]
