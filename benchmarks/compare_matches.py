"""Compares which documents match in searchkit and in SQLite FTS5, question by question, and explains every difference.

`python compare_matches.py` asks some hundred questions about reuters21578, drawn from its documents: words, unions,
intersections, phrases, prefixes, negations, dates. Twice: with stemming (searchkit's English against FTS5's
`porter unicode61`) and without (`unicode61`). Ends with exit code 1 where a difference is left that the ways in which
the engines work (see `match_model`) don't explain.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import searchkit
from corpora import MissingCorpusError, records
from match_model import Model
from match_questions import KINDS, Question, draw
from searchkit import Date, Index, Limits, Schema, Text
from tables import table

_CORPUS = "reuters21578"
_FIELDS = ("id", "title", "date", "body")
_SEED = 1987
_SHOWN = 5
_PAGE = 100_000


@dataclass
class Cause:
    """What a group of differences comes from: which questions, how many documents, and examples."""

    questions: set[Question] = field(default_factory=set)
    documents: int = 0
    more: int = 0
    examples: list[str] = field(default_factory=list)
    words: Counter[tuple[str, str]] = field(default_factory=Counter)


class Engines:
    """The same documents in both engines."""

    def __init__(self, folder: Path, documents: Sequence[dict[str, str]], language: str | None) -> None:
        texts = {name: Text(language=language) for name in ("title", "body")}
        schema = Schema({**texts, "date": Date()}, date="date")
        limits = Limits(page=_PAGE, prefix_expansions=_PAGE)
        self.index: Index = searchkit.open(folder, schema=schema, limits=limits)
        self.index.add(documents)
        self._numbers = {document["id"]: number for number, document in enumerate(documents)}
        self._connection = sqlite3.connect(":memory:")
        tokenizer = "porter unicode61" if language else "unicode61"
        self._connection.execute(f"CREATE VIRTUAL TABLE articles USING fts5(title, body, tokenize='{tokenizer}')")
        self._connection.execute("CREATE TABLE dates (day TEXT)")
        rows = [(number, *(one[name] for name in ("title", "body"))) for number, one in enumerate(documents)]
        self._connection.executemany("INSERT INTO articles (rowid, title, body) VALUES (?, ?, ?)", rows)
        days = [(number, one["date"][:10]) for number, one in enumerate(documents)]
        self._connection.executemany("INSERT INTO dates (rowid, day) VALUES (?, ?)", days)

    def searchkit(self, question: Question) -> set[int]:
        """The documents that searchkit finds, by number."""
        match: Literal["any", "all"] = "any" if question.kind == "or" else "all"
        results = self.index.search(question.text, limit=_PAGE, match=match)
        found = {self._numbers[hit.id] for hit in results}
        if not len(results) == len(found) == results.total == self.index.count(question.text, match=match):
            sys.exit(f"compare_matches: {question.text}: the total is not the number of hits")
        return found

    def fts5(self, question: Question) -> set[int]:
        """The documents that FTS5 finds, by number."""
        sql, values = "SELECT rowid FROM articles WHERE articles MATCH ?", [question.fts5]
        if question.kind == "date":
            sql += " AND rowid IN (SELECT rowid FROM dates WHERE day BETWEEN ? AND ?)"
            values += [question.since, question.until]
        return {number for (number,) in self._connection.execute(sql, values)}

    def words(self) -> dict[int, list[list[str]]]:
        """What FTS5 has in its index: the words of each document, by field, in order."""
        self._connection.execute("CREATE VIRTUAL TABLE places USING fts5vocab(articles, instance)")
        found: dict[int, list[list[tuple[int, str]]]] = defaultdict(lambda: [[], []])
        for word, number, name, place in self._connection.execute("SELECT term, doc, col, offset FROM places"):
            found[number][name == "body"].append((place, word))
        return {number: [[word for _, word in sorted(texts)] for texts in both] for number, both in found.items()}

    def close(self) -> None:
        """Let go of both."""
        self.index.close()
        self._connection.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=_SHOWN, help="how many to show of each cause")
    parser.add_argument("--seed", type=int, default=_SEED, help="other numbers draw other questions")
    options = parser.parse_args()
    try:
        documents = [{name: record[name] or "" for name in _FIELDS} for record in records(_CORPUS)]
    except MissingCorpusError as error:
        print(f"compare_matches: {error}", file=sys.stderr)
        return 1
    questions = draw(documents, options.seed)
    print(f"{_CORPUS}, {len(documents):,} documents, {len(questions)} questions; SQLite {sqlite3.sqlite_version}")
    explained = True
    for language in ("english", None):
        print(f"\n## {'English stems' if language else 'No stems'}\n")
        explained &= compare(documents, questions, language, options.examples)
    return 0 if explained else 1


def compare(
    documents: Sequence[dict[str, str]], questions: Sequence[Question], language: str | None, shown: int
) -> bool:
    """Ask both engines all questions and print what came of it; False where a difference is left unexplained."""
    model = Model(documents, language)
    with tempfile.TemporaryDirectory(prefix="searchkit-matches-") as folder:
        engines = Engines(Path(folder) / "index", documents, language)
        if language is None:
            odd = sum(model.odd_words(number, found) for number, found in engines.words().items())
            print(f"documents in which FTS5 finds other words once apostrophes and dots are spaces: {odd}\n")
        agreed: Counter[str] = Counter()
        matched: Counter[str] = Counter()
        causes: dict[tuple[str, ...], Cause] = defaultdict(Cause)
        for question in questions:
            ours, theirs = engines.searchkit(question), engines.fts5(question)
            agreed[question.kind] += ours == theirs
            matched[question.kind] += len(ours)
            for number in sorted(ours ^ theirs):
                found = model.causes(question, number, number in ours)
                _note(causes[found], question, documents[number], number in ours)
                if "stems" in found:
                    causes[found].words.update(model.stems_that_differ(question, number))
        engines.close()
    _print(questions, agreed, matched, causes, shown)
    return not any(name.startswith("UNEXPLAINED") for names in causes for name in names)


def _note(cause: Cause, question: Question, document: dict[str, str], ours: bool) -> None:
    cause.documents += 1
    cause.more += ours
    if question not in cause.questions:
        cause.questions.add(question)
        cause.examples.append(f"{question.text}: document {document['id']}, {'searchkit' if ours else 'FTS5'} only")


def _print(
    questions: Sequence[Question],
    agreed: Counter[str],
    matched: Counter[str],
    causes: dict[tuple[str, ...], Cause],
    shown: int,
) -> None:
    asked = Counter(question.kind for question in questions)
    rows = [[kind, str(asked[kind]), str(agreed[kind]), f"{matched[kind]:,}"] for kind in KINDS]
    rows.append(["all", str(asked.total()), str(agreed.total()), f"{matched.total():,}"])
    print(table(["questions", "asked", "agree exactly", "matches"], rows))
    ranked = sorted(causes.items(), key=lambda item: -len(item[1].questions))
    heads = ["differences by", "questions", "documents", "searchkit only", "FTS5 only", *KINDS]
    print("\n" + table(heads, [_row(names, cause) for names, cause in ranked]))
    for names, cause in ranked:
        print(f"\n{' + '.join(names)}:")
        for example in cause.examples[:shown]:
            print(f"  {example}")
        if cause.words:
            print("  words:", ", ".join(f"{a}/{b}" for (a, b), _ in cause.words.most_common(4 * shown)))


def _row(names: Sequence[str], cause: Cause) -> list[str]:
    kinds = Counter(question.kind for question in cause.questions)
    figures = [len(cause.questions), cause.documents, cause.more, cause.documents - cause.more]
    return [" + ".join(names), *(f"{figure:,}" for figure in figures), *(str(kinds[kind] or "–") for kind in KINDS)]


if __name__ == "__main__":
    raise SystemExit(main())
