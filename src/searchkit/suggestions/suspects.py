"""The words of a query that may be misspelt, and what each may have been."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from searchkit.analysis import Analyzer, analyzer_for
from searchkit.dataclasses import dataclass, replace
from searchkit.query.nodes import Boost, Constant, Near, Node, Phrase, Word
from searchkit.schema import Keyword, Text
from searchkit.search.parts import SegmentPart
from searchkit.search.snapshot import Snapshot
from searchkit.segment.keys import part_key
from searchkit.suggestions.clauses import Place, clauses, replaced
from searchkit.suggestions.near_forms import near_forms
from searchkit.suggestions.usual import usual_form

__all__ = ["TIMES", "Meant", "Suspect", "changed", "find_meant", "find_suspects"]

TIMES = 20
"""How many times as frequent as a word that exists another must be to be suggested for it."""
_SHORTEST = 3
_LONG = 6  # characters from which on two edits are looked for, not only one
_MOST = 8


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word of a query.

    place: of its clause. node: what it is a word of: the clause, or where that is a pair, its `side`, "left" or
    "right". start, end: its own place in the node's text. form: as folded. count: how many documents have it.
    """

    place: Place
    side: str
    node: Word | Phrase
    start: int
    end: int
    form: str
    count: int

    @property
    def typed(self) -> str:
        """The word as it was typed."""
        return self.node.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a suspect may have been: a form, so many edits away, at that rank among all that it may have been."""

    suspect: Suspect
    form: str
    distance: int
    rank: int


def find_suspects(snapshot: Snapshot, node: Node, count: Callable[[Node], int]) -> Iterator[Suspect]:
    """The words of a query that are not excluded, no numbers, no stop words, and not very short."""
    for found in clauses(node):
        if found.prohibited:
            continue
        for side, piece in _pieces(found.node):
            analyzer = _analyzer(snapshot, piece.field)
            for token in analyzer.query_tokens(piece.text) if analyzer is not None else ():
                if len(token.form) >= _SHORTEST and token.form.isalpha() and not analyzer.is_stop_word(token.form):  # type: ignore[union-attr]
                    word = Word(piece.text[token.start : token.end], piece.field)
                    yield Suspect(found.place, side, piece, token.start, token.end, token.form, count(word))


def _pieces(node: Node) -> Iterator[tuple[str, Word | Phrase]]:
    """The pieces of text that a clause is made of: itself, or the sides of a pair."""
    core = node.child if isinstance(node, Boost | Constant) else node
    named = [("left", core.left), ("right", core.right)] if isinstance(core, Near) else [("", core)]
    for side, piece in named:
        if isinstance(piece, Word | Phrase):
            yield side, piece


def find_meant(
    snapshot: Snapshot, suspect: Suspect, best: Callable[[Node], Iterable[tuple[SegmentPart, int]]]
) -> Iterator[Meant]:
    """What a word may have been, the nearest first, of these the most frequent; one form of each term.

    best: the documents that match a query best.
    """
    schema, name = snapshot.schema, suspect.node.field
    base = part_key(name, "") if name is not None and isinstance(schema.fields[name], Keyword) else b""
    most = 2 if len(suspect.form) >= _LONG and not suspect.count else 1
    groups: dict[tuple[int, frozenset[bytes]], list[str]] = {}
    seen: set[frozenset[bytes]] = set()
    near = near_forms(snapshot, suspect.form, most, base)
    for form in sorted(near, key=lambda form: (near[form], form)):
        terms = frozenset([base + form.encode()]) if base else _terms(snapshot, form)
        if terms not in seen or (near[form], terms) in groups:
            seen.add(terms)
            groups.setdefault((near[form], terms), []).append(form)
    frequencies = {key: max(map(snapshot.frequency, key[1]), default=0) for key in groups}
    ranked = sorted(groups, key=lambda key: (key[0], -frequencies[key], groups[key]))
    telling = [key for key in ranked if frequencies[key] > suspect.count * TIMES]
    for rank, (distance, terms) in enumerate(telling[:_MOST]):
        forms = groups[distance, terms]
        form = usual_form(snapshot, best(Word(forms[0], name)), terms, forms) if len(forms) > 1 else forms[0]
        yield Meant(suspect, form, distance, rank)


def changed(node: Node, several: Iterable[Meant]) -> Node:
    """The query with what was meant in place of the suspects."""
    texts: dict[Place, dict[str, str]] = {}
    for meant in sorted(several, key=lambda one: -one.suspect.start):  # from the end: places before it stay
        suspect = meant.suspect
        sides = texts.setdefault(suspect.place, {})
        text = sides.get(suspect.side, suspect.node.text)
        sides[suspect.side] = text[: suspect.start] + meant.form + text[suspect.end :]
    changes: dict[Place, Node | None] = {}
    for found in clauses(node):
        if found.place in texts:
            changes[found.place] = _with_texts(found.node, texts[found.place])
    return replaced(node, changes)


def _with_texts(node: Node, sides: dict[str, str]) -> Node:
    if isinstance(node, Boost | Constant):
        return replace(node, child=_with_texts(node.child, sides))
    if isinstance(node, Near):
        return replace(node, **{side: replace(getattr(node, side), text=text) for side, text in sides.items()})
    assert isinstance(node, Word | Phrase)
    return replace(node, text=sides[""])


def _analyzer(snapshot: Snapshot, name: str | None) -> Analyzer | None:
    """What makes words of a field's text; None where it has no words."""
    field = snapshot.schema.fields.get(snapshot.schema.texts[0] if name is None else name)
    if isinstance(field, Keyword):
        return analyzer_for(None) if field.parts else None
    return snapshot.analyzer(name or snapshot.schema.texts[0]) if isinstance(field, Text) else None


def _terms(snapshot: Snapshot, form: str) -> frozenset[bytes]:
    """The terms of a form, in the languages of all text fields."""
    analyzers = dict.fromkeys(map(snapshot.analyzer, snapshot.schema.texts))
    return frozenset(
        piece[0].encode("utf-8", "surrogatepass") for analyzer in analyzers for piece in analyzer.pieces(form)
    )
