"""Hypothesis strategies: documents that share stems, dates that tie, queries that match, and what befalls an index.

The words are few and the ids fewer, so that documents collide, phrases match and updates replace.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from searchkit.query.factors import Factor, Recency, Saturation
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
from searchkit.query.ranking import Ranking
from searchkit.schema import ARTICLE, Bool, Date, Keyword, Number, Schema, Text
from tests.oracle.documents import microseconds
from tests.oracle.engine import Match, Sort

FAMILIES = ["embassy", "Embassies", "hostage", "hostages", "HOSTAGE", "crisis", "crises", "negotiate", "negotiating"]
PLAIN = ["oil", "Tehran", "Téhéran", "Iran's", "anti-American", "1979", "1980", "C++", "посольство", "ß", "—"]
ACRONYMS = ["U.S.", "US", "us"]
DENSE = ["北京", "北京大学", "京", "学"]
STOP = ["the", "of", "to", "be", "or", "not", "The"]
COMMON = ["embassy", "embassies", "hostage", "Hostages", "crisis", "oil", "the", "of"]
WORDS = COMMON * 6 + FAMILIES + PLAIN + ACRONYMS + DENSE + STOP
SAYINGS = ["to be or not to be", "oil oil oil"]
PREFIXES = ["e", "emb", "embassi", "Host", "hostages", "negoti", "cris", "t", "té", "19", "пос", "zzz"]
WILDCARDS = ["*", "emb*y", "*s", "?il", "h*st?ge*", "*is", "н*", "*é*", "?", "19?9", "*bass*", "zz*z", "Emb*S"]
EXPRESSIONS = [
    "emb.*",
    "(oil|hostages?)",
    "[a-f].*",
    ".{3}",
    "cris[ie]s",
    "[^eoh].*",
    "(em|bas?|sy)+",
    "\\d{4}",
    "Oil",
    "q*",
]
MISSPELT = [
    "embasy",
    "embassies",
    "hotsage",
    "crsis",
    "oli",
    "iol",
    "oil",
    "teh",
    "to",
    "negotaite",
    "1997",
    "посольств",
    "q",
]
AUTHORS = ["AFP", "Atta Kenare", "atta kenare", "Kenare, A.", "Ruhollah the Elder", "Élise Dupont"]
SOURCES = ["Yahoo", "yahoo", "The Times", "Le Monde"]
TAGS = ["oil", "hostage crisis", "hostages", "1979"]
MOMENTS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1951, 5, 2, 12, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1979, 1, 1, tzinfo=UTC),
    datetime(1979, 11, 4, 6, 30, tzinfo=UTC),
    datetime(1979, 11, 4, 6, 30, 0, 1, tzinfo=UTC),
    datetime(1979, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1980, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]
YEARS = {
    year: (microseconds(datetime(int(year), 1, 1, tzinfo=UTC)), microseconds(datetime(int(year) + 1, 1, 1, tzinfo=UTC)))
    for year in ("1951", "1969", "1979", "1980", "2024")
}

RICH = Schema(
    fields={
        "lead": Text(weight=0.7),
        **ARTICLE.fields,
        "note": Text(weight=0.0),
        "section": Keyword(parts=False),
        "seen": Date(),
        "rating": Number(),
        "checked": Bool(),
    },
    date="date",
)
"""A schema with every type of field, four zones, and one of weight 0."""

UNDATED = Schema(fields={"body": Text(), "title": Text(weight=2.3), "source": Keyword()}, key="name", k1=0.8, b=0.9)
"""A schema without a date, with another key, its zones the other way round, and a k1 and b of its own."""


def meant(word: str) -> str | tuple[str, ...] | None:
    """A filter that joins words, splits one in two, drops one, and makes a word of a stop word."""
    return {"crises": "crisis", "oil": ("crude", "oil"), "京": "北", "iran": None, "of": "embassy"}.get(word, word)


def short(word: str) -> str:
    """A filter that makes the beginning of any long word the word."""
    return word[:6]


FILTERED = Schema(
    fields={
        "title": Text(weight=3.0, short=True, filters=[meant, short]),
        "author": Keyword(many=True),
        "date": Date(),
        "source": Keyword(),
        "body": Text(filters=[meant, short]),
    },
    date="date",
)
"""A schema whose text fields have filters."""

SCHEMAS = {"article": ARTICLE, "rich": RICH, "undated": UNDATED, "filtered": FILTERED}


@dataclass(frozen=True)
class Add:
    """Add documents as one commit."""

    documents: list[dict[str, Any]]


@dataclass(frozen=True)
class Delete:
    """Delete a document, which may not be there, as one commit."""

    id: str


@dataclass(frozen=True)
class Write:
    """Additions (dicts) and deletions (ids), in turn, by one writer; rolled back where `fails`."""

    steps: list[dict[str, Any] | str]
    fails: bool


@dataclass(frozen=True)
class Merge:
    """Merge all segments into one."""


@dataclass(frozen=True)
class Reopen:
    """Close the index and open it again."""


Step = Add | Delete | Write | Merge | Reopen


def ids() -> SearchStrategy[str]:
    """Few, so that documents replace each other."""
    return st.sampled_from([f"d{number}" for number in range(20)])


@st.composite
def texts(draw: DrawFn, longest: int = 10) -> str:
    """Some words; now and then a run of them many times over, beyond any small code for a frequency or a length."""
    words = draw(
        st.lists(st.sampled_from(WORDS + SAYINGS), min_size=draw(st.sampled_from([0, 2, 4])), max_size=longest)
    )
    times = draw(st.sampled_from([1, 1, 1, 1, 1, 2, 3, 9, 20, 70, 300]))
    return draw(st.sampled_from([" ", " ", ", ", "\n"])).join(words * times)


def moments() -> SearchStrategy[datetime]:
    """Instants that tie, lie a microsecond apart, before 1970, or at the ends of what a date can be."""
    return st.sampled_from(MOMENTS)


@st.composite
def documents(draw: DrawFn, schema: Schema) -> dict[str, Any]:
    """A document of the schema; each field may be missing."""
    document: dict[str, Any] = {schema.key: draw(ids())}
    for name, field in schema.fields.items():
        if draw(st.integers(0, 9)) < 3 and name not in ("body", "title"):
            continue
        document[name] = draw(_values(name, field))
    return document


def _values(name: str, field: object) -> SearchStrategy[Any]:
    match field:
        case Text():
            return texts(4 if name == "title" else 10)
        case Keyword(many=True):
            return st.lists(st.sampled_from(known_values(name)), max_size=3, unique=True)
        case Keyword():
            return st.sampled_from(known_values(name))
        case Date():
            return moments()
        case Number():
            return st.sampled_from([-1.5, 0.0, 0.25, 4.0, 1e300])
        case Bool():
            return st.booleans()
    return st.just("https://news.example.com/article.html")


def known_values(name: str) -> list[str]:
    """The values that a keyword field of a document may have."""
    return {"author": AUTHORS, "tags": TAGS}.get(name, SOURCES)


@cache
def steps(name: str) -> SearchStrategy[list[Step]]:
    """What happens to an index, from its making on; it begins with some documents."""
    one = documents(SCHEMAS[name])
    batch = st.lists(one, min_size=1, max_size=6)
    first = st.lists(one, min_size=5, max_size=12)
    later = st.one_of(
        st.builds(Add, batch),
        st.builds(Delete, ids()),
        st.builds(Write, st.lists(st.one_of(one, ids()), max_size=5), st.sampled_from([False, False, True])),
        st.just(Merge()),
        st.just(Reopen()),
    )
    return st.builds(lambda added, others: [Add(added), *others], first, st.lists(later, max_size=7))


def texts_of(steps: list[Step], schema: Schema) -> list[str]:
    """All texts of the documents that the steps add."""
    added: list[dict[str, Any]] = []
    for step in steps:
        if isinstance(step, Add):
            added += step.documents
        elif isinstance(step, Write):
            added += [item for item in step.steps if isinstance(item, dict)]
    return [document[name] for document in added for name in schema.texts if name in document]


@dataclass(frozen=True)
class Quote(Node):
    """A phrase still to be taken from the documents: words `start` to `start + length` of the `text`-th text."""

    text: int
    start: int
    length: int
    field: str | None
    slop: int = 0
    turned: int = 0


@dataclass(frozen=True)
class Beside(Node):
    """Two words or phrases still to be taken from the documents, of `lengths` words, with `gap` words between them."""

    text: int
    start: int
    lengths: tuple[int, int]
    gap: int
    distance: int
    field: str | None


def quoted(node: Node, texts: list[str]) -> Node:
    """The query with its quotes taken from the texts, so that they match."""
    match node:
        case Quote(text, start, length, field, slop, turned):
            words = texts[text % len(texts)].split() if texts else []
            begin = start % max(1, len(words))
            taken = words[begin : begin + length]
            return Phrase(" ".join(taken[turned:] + taken[:turned]), field, slop)
        case Beside(text, start, (first, second), gap, distance, field):
            words = texts[text % len(texts)].split() if texts else []
            begin = start % max(1, len(words))
            one, other = words[begin : begin + first], words[begin + first + gap : begin + first + gap + second]
            if start % 2:
                one, other = other, one
            return Near(_side(one, field), _side(other, field), distance)
        case And(children):
            return And(tuple(quoted(child, texts) for child in children))
        case Alternatives(children):
            return Alternatives(tuple(quoted(child, texts) for child in children))
        case Or(children):
            return Or(tuple(quoted(child, texts) for child in children))
        case Not(child):
            return Not(quoted(child, texts))
        case Constant(child, score):
            return Constant(quoted(child, texts), score)
        case Boost(child, factor):
            return Boost(quoted(child, texts), factor)
        case Bag(clauses):
            return Bag(tuple(Clause(quoted(clause.node, texts), clause.occur) for clause in clauses))
    return node


def _side(words: list[str], field: str | None) -> Word | Phrase:
    return Word(words[0], field) if len(words) == 1 else Phrase(" ".join(words), field)


def leaves(schema: Schema) -> SearchStrategy[Node]:
    """Every kind of node that has no children."""
    words = st.sampled_from(WORDS)
    text_fields = st.sampled_from([None, None, *schema.texts])
    kinds: list[SearchStrategy[Node]] = [
        st.builds(Word, words),
        st.builds(Word, words, text_fields),
        st.builds(Quote, st.integers(0, 99), st.integers(0, 30), st.integers(1, 5), text_fields),
        st.builds(Phrase, st.lists(words, max_size=3).map(" ".join), text_fields),
        st.builds(Phrase, st.sampled_from([*SAYINGS, "be or not to", "oil oil"]), text_fields),
        *sloppy_leaves(text_fields),
        st.builds(Prefix, st.sampled_from(PREFIXES), text_fields),
        st.builds(Wildcard, st.sampled_from(WILDCARDS), text_fields),
        st.builds(Regex, st.sampled_from(EXPRESSIONS), text_fields),
        st.builds(Fuzzy, st.sampled_from(MISSPELT), text_fields, st.sampled_from([None, None, 0, 1, 2])),
        st.sampled_from([Year(text, low, high) for text, (low, high) in YEARS.items()]),
        st.builds(Has, st.sampled_from(list(schema.fields))),
        st.sampled_from([All(), Nothing()]),
        st.builds(Term, st.just(schema.key), ids()),
        *(_keyword_leaves(name) for name in schema.of_type(Keyword)),
        *(_intervals(name, [microseconds(moment) for moment in MOMENTS]) for name in schema.of_type(Date)),
        *(_intervals(name, [-1.5, 0.0, 0.3, 4.0, 4]) for name in schema.of_type(Number)),
        *(st.builds(Term, st.just(name), st.sampled_from(["true", "false"])) for name in schema.of_type(Bool)),
    ]
    return st.one_of(kinds)


def sloppy_leaves(fields: SearchStrategy[str | None]) -> list[SearchStrategy[Node]]:
    """Sloppy phrases and pairs of words near each other, of which some match."""
    words, reaches = st.sampled_from(WORDS), st.sampled_from([1, 1, 2, 3, 4, 9])
    prefixes = st.sampled_from(PREFIXES)
    side = st.one_of(words, st.sampled_from(["anti-American", "北京大学", "oil oil"]))
    return [
        st.builds(Quote, st.integers(0, 99), st.integers(0, 30), st.integers(2, 4), fields, reaches, st.integers(0, 2)),
        st.builds(Phrase, st.lists(words, min_size=2, max_size=3).map(" ".join), fields, reaches),
        st.builds(Phrase, st.sampled_from(["oil oil", "be to", "oil 学", "学 学", "北京 oil 京"]), fields, reaches),
        st.builds(
            Beside,
            st.integers(0, 99),
            st.integers(0, 30),
            st.tuples(st.integers(1, 2), st.integers(1, 2)),
            st.integers(0, 3),
            reaches,
            fields,
        ),
        fields.flatmap(
            lambda field: st.builds(
                Near,
                st.builds(Prefix, prefixes, st.just(field)),
                st.one_of(st.builds(Word, words, st.just(field)), st.builds(Prefix, prefixes, st.just(field))),
                reaches,
            )
        ),
        fields.flatmap(
            lambda field: st.builds(
                Near,
                st.one_of(_patterns(field), st.builds(Word, words, st.just(field))),
                _patterns(field),
                reaches,
            )
        ),
        st.tuples(side, side, reaches, fields).map(
            lambda drawn: Near(_side(drawn[0].split(), drawn[3]), _side(drawn[1].split(), drawn[3]), drawn[2])
        ),
    ]


def _patterns(field: str | None) -> SearchStrategy[Wildcard | Regex | Fuzzy]:
    return st.one_of(
        st.builds(Wildcard, st.sampled_from(WILDCARDS), st.just(field)),
        st.builds(Regex, st.sampled_from(EXPRESSIONS), st.just(field)),
        st.builds(Fuzzy, st.sampled_from(MISSPELT), st.just(field), st.sampled_from([None, 0, 1, 2])),
    )


def _keyword_leaves(name: str) -> SearchStrategy[Node]:
    values = st.sampled_from([*known_values(name), "nobody"])
    words = st.sampled_from(["AFP", "afp", "kenare", "Atta", "the", "elise", "Times", "hostage", "Yahoo", "1979"])
    return st.one_of(
        st.builds(Term, st.just(name), values),
        st.builds(Word, words, st.just(name)),
        st.builds(Phrase, values, st.just(name)),
        st.builds(
            Phrase, st.sampled_from(["kenare atta", "elder the", "Atta"]), st.just(name), st.sampled_from([1, 2])
        ),
        st.builds(Near, st.just(Word("atta", name)), st.just(Word("Kenare", name)), st.sampled_from([1, 2])),
        st.builds(Near, st.just(Phrase("the elder", name)), st.just(Word("ruhollah", name)), st.just(1)),
        st.builds(Near, st.just(Word("atta", name)), st.just(Wildcard("k*e", name)), st.just(1)),
        st.builds(Near, st.just(Regex("[aeé].*", name)), st.just(Fuzzy("kenrae", name)), st.just(2)),
        st.builds(Wildcard, st.sampled_from(["k*e", "*a", "?fp", "A*", "*s", "Y?h*"]), st.just(name)),
        st.builds(Regex, st.sampled_from(["[ak].*", "afp|atta", "yaho{2}", "(y|t).*"]), st.just(name)),
        st.builds(Fuzzy, st.sampled_from(["kenrae", "apf", "yaho", "elise", "hostgae"]), st.just(name)),
        st.builds(Prefix, st.sampled_from(["ken", "Att", "é", "host", "y", "1"]), st.just(name)),
    )


def _intervals(name: str, ends: list[Any]) -> SearchStrategy[Node]:
    end = st.one_of(st.none(), st.sampled_from(ends))
    return st.builds(Between, st.just(name), end, end)


@cache
def queries(name: str) -> SearchStrategy[Node]:
    """Query trees over every kind of node, a few levels deep, often bags as people type them; quotes still to take."""

    def grown(children: SearchStrategy[Node]) -> SearchStrategy[Node]:
        several = st.lists(children, max_size=4).map(tuple)
        return st.one_of(
            st.builds(And, several),
            st.builds(Or, several),
            st.builds(Not, children),
            st.builds(Boost, children, st.sampled_from([0.0, 0.1, 0.5, 2.0, 3.7, 1000.0])),
            st.builds(Constant, children, st.sampled_from([0.0, 0.3, 1.0, 7.5, 1000.0])),
            bags(children),
        )

    leaf = st.one_of(leaves(SCHEMAS[name]), alternatives(SCHEMAS[name]))
    plain_bag = st.lists(st.builds(Word, st.sampled_from(WORDS)), min_size=2, max_size=4).map(
        lambda words: Bag(tuple(Clause(word) for word in words))
    )
    loud_bag = st.builds(Boost, st.builds(Boost, bags(leaf), st.just(1000.0)), st.sampled_from([0.3, 3.7, 1000.0]))
    return st.one_of(plain_bag, bags(leaf), loud_bag, st.recursive(leaf, grown, max_leaves=10))


def alternatives(schema: Schema) -> SearchStrategy[Node]:
    """A word, a phrase, or several words, and what means the same."""
    words, fields = st.sampled_from(WORDS), st.sampled_from([None, None, *schema.texts])
    text = st.one_of(
        st.builds(Word, words, fields),
        st.builds(Phrase, st.lists(words, min_size=1, max_size=3).map(" ".join), fields),
        st.builds(Quote, st.integers(0, 99), st.integers(0, 30), st.integers(1, 3), fields),
    )
    several = st.lists(st.builds(Clause, st.builds(Word, words)), min_size=2, max_size=3).map(tuple)
    text = st.one_of(text, text, *sloppy_leaves(fields))
    typed: SearchStrategy[Node] = st.one_of(text, st.builds(Bag, several))
    return st.builds(lambda first, rest: Alternatives((first, *rest)), typed, st.lists(text, min_size=1, max_size=3))


def bags(children: SearchStrategy[Node]) -> SearchStrategy[Node]:
    """Clauses side by side, most of them neither required nor prohibited."""
    occurs = st.sampled_from([Occur.DEFAULT] * 4 + [Occur.REQUIRED, Occur.PROHIBITED])
    return st.builds(Bag, st.lists(st.builds(Clause, children, occurs), max_size=5).map(tuple))


@dataclass(frozen=True)
class Question:
    """A query and how it is asked; `since` and `until` are datetimes."""

    node: Node
    match: Match = None
    limit: int = 10
    offset: int = 0
    sort: Sort = None
    since: datetime | None = None
    until: datetime | None = None
    ranking: Ranking | None = None


@st.composite
def rankings(draw: DrawFn, schema: Schema) -> Ranking | None:
    """Most often none; else some of what a ranking can say, ends of its bounds among it."""
    if draw(st.booleans()):
        return None
    weights = st.dictionaries(st.sampled_from(schema.texts), st.sampled_from([0.0, 0.3, 1.0, 2.5, 1000.0]), max_size=2)
    k1, b = st.sampled_from([None, 0.01, 0.9, 2.0, 100.0]), st.sampled_from([None, 0.0, 0.3, 1.0])
    factors: list[SearchStrategy[Factor]] = []
    for field in schema.of_type(Date):
        spans = st.sampled_from(["1h", "30d", "50y"])
        factors.append(st.builds(Recency, spans, st.sampled_from([0.0, 0.5, 1.0]), st.just(field)))
    for field in schema.of_type(Number):
        factors.append(st.builds(Saturation, st.just(field), st.sampled_from([0.1, 4.0]), st.sampled_from([0.0, 0.9])))
    several = st.lists(st.one_of(factors), max_size=2).map(tuple) if factors else st.just(())
    return Ranking(draw(weights), draw(k1), draw(b), draw(several))


@st.composite
def questions(draw: DrawFn, name: str, texts: list[str]) -> Question:
    """A query with options: as often as not none of them."""
    schema = SCHEMAS[name]
    node = quoted(draw(queries(name)), texts)
    if draw(st.booleans()):
        return Question(node)
    dates = st.one_of(st.none(), moments()) if schema.date else st.none()
    return Question(
        node,
        match=draw(st.sampled_from([None, "all", "any"])),
        limit=draw(st.sampled_from([1, 2, 3, 10, 100])),
        offset=draw(st.sampled_from([0, 0, 1, 5])),
        sort=draw(st.sampled_from([None, "date", "-date"])) if schema.date else None,
        since=draw(dates),
        until=draw(dates),
        ranking=draw(rankings(schema)),
    )


@st.composite
def cases(draw: DrawFn, name: str) -> tuple[list[Step], list[Question]]:
    """A life of an index with the schema of that name, and questions that its documents may answer."""
    made = draw(steps(name))
    texts = texts_of(made, SCHEMAS[name])
    asked = [draw(questions(name, texts)) for _ in range(draw(st.integers(1, 6)))]
    return made, asked
