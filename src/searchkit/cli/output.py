"""Answers on standard output: for people, as JSON, as lines of JSON, as ids."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from searchkit.cli.terminal import Paint, is_terminal, one_line, width_of, wrapped
from searchkit.results.groups import GroupHit
from searchkit.results.hit import Hit
from searchkit.results.results import Results
from searchkit.schema import Schema
from searchkit.schema.instants import zone_of

__all__ = ["FEW", "JSON_VERSION", "Answer", "json_text", "print_ids", "print_json", "print_json_lines", "print_list"]

JSON_VERSION = 1
"""Of every JSON that is printed: goes up when a key changes its meaning or goes; new keys may come at any time."""

# What JSON lets through, but a terminal should not get.
_UNSAFE = "[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
_INDENT = "    "
_LONGEST_MEANING = 200
_PIPE_WIDTH = 1 << 30
FEW = 5
"""Articles: where fewer are found, misspelt words are looked for."""


class Answer:
    """The results of a query, and what is to be known of it to print them."""

    __slots__ = ("explain", "limit", "offset", "query", "results", "schema", "several")

    def __init__(
        self,
        query: str,
        results: Results,
        schema: Schema,
        limit: int,
        offset: int,
        *,
        explain: bool = False,
        several: bool = False,
    ) -> None:
        self.query, self.results, self.schema = query, results, schema
        self.limit, self.offset, self.explain, self.several = limit, offset, explain, several

    @property
    def title(self) -> str:
        """The name of the field that heads a hit."""
        texts = self.schema.texts
        return "title" if "title" in texts else texts[0]

    @property
    def body(self) -> str:
        """The name of the field that snippets are of."""
        texts = self.schema.texts
        return "body" if "body" in texts else next((name for name in reversed(texts) if name != self.title), self.title)

    def ranked(self) -> Iterator[tuple[int, Hit]]:
        """The hits with their ranks, counted from 1 over all pages."""
        return enumerate(self.results, self.offset + 1)


def json_text(value: object, *, indent: int | None = None) -> str:
    """A value as JSON that any terminal and any encoding of standard output can take."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    text = json.dumps(value, ensure_ascii=encoding != "utf8", indent=indent, default=_plain)
    return re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


def print_json(answer: Answer) -> None:
    """The whole answer as one JSON object."""
    results = answer.results
    problems = [
        {"message": one.message, "start": one.start, "end": one.end, "suggestion": one.suggestion}
        for one in results.problems
    ]
    whole = {
        "version": JSON_VERSION,
        "query": answer.query,
        "interpretation": results.interpretation,
        "problems": problems,
        "partial": results.partial,
        "total": results.total,
        "limit": answer.limit,
        "offset": answer.offset,
        "next_page": results.next_page,
        "hits": [_hit(answer, rank, hit) for rank, hit in answer.ranked()],
        "suggestions": _suggestions(answer),
        "why_nothing": _why(answer),
    }
    print(json_text(whole, indent=2))


def _suggestions(answer: Answer) -> list[dict[str, Any]]:
    from searchkit.cli.suggest import as_json

    return as_json(answer.results.suggestions) if answer.results.total < FEW else []


def _why(answer: Answer) -> dict[str, Any] | None:
    why = answer.results.why_nothing()
    if why is None:
        return None
    from searchkit.cli.why import why_as_json

    return why_as_json(why)


def print_json_lines(answer: Answer) -> None:
    """A JSON object a hit, one a line."""
    for rank, hit in answer.ranked():
        print(json_text({"version": JSON_VERSION, **_hit(answer, rank, hit)}))


def print_ids(answer: Answer) -> None:
    """An id a line."""
    for hit in answer.results:
        print(one_line(hit.id))


def print_list(answer: Answer, paint: Paint) -> None:
    """The hits for people: title, date, authors and source, score, snippet, id; then how many there are."""
    width = width_of(sys.stdout) if is_terminal(sys.stdout) else _PIPE_WIDTH
    for rank, hit in answer.ranked():
        number = f"{rank:>2}. "
        title = one_line(str(hit[answer.title] or "")) or "(no title)"
        first, *others = wrapped(title, width, " " * len(number))
        print(paint.faint(number) + paint.title(first[len(number) :]))
        for line in others:
            print(paint.title(line))
        for line in wrapped(" · ".join(_facts(answer, hit)), width, _INDENT):
            print(paint.faint(line))
        if answer.body != answer.title:
            snippet = hit.snippet(answer.body)
            for line in wrapped(snippet.ansi() if paint.colors else snippet.plain(), width, _INDENT):
                print(line)
        print(_INDENT + paint.faint(one_line(hit.id)))
        for line in str(hit.explain()).splitlines() if answer.explain else ():
            print(_INDENT + paint.faint(one_line(line)))
        print()
    print(_total(answer))
    if not is_terminal(sys.stdout):
        return
    if answer.results.total < FEW and (meant := answer.results.suggestions):
        texts = " or ".join(paint.title(one_line(one.text)) for one in meant[:3])
        print(f"did you mean {texts}?")
    if (why := answer.results.why_nothing()) is not None:
        from searchkit.cli.why import print_why

        print_why(why, paint)


def _facts(answer: Answer, hit: Hit) -> Iterator[str]:
    if hit.date is not None:
        yield hit.date.astimezone(zone_of(answer.schema.timezone)).date().isoformat()
    for name in ("author", "source"):
        value = hit.get(name)
        if value:
            yield one_line(", ".join(value) if isinstance(value, tuple) else str(value))
    yield f"score {hit.score:.2f}"
    if isinstance(hit, GroupHit) and hit.group_size > 1:
        yield f"{hit.group_size - 1:,} more"
    if answer.several:
        yield f"in {one_line(os.path.relpath(hit.index))}"


def _total(answer: Answer) -> str:
    results = answer.results
    count = f"{results.total:,} article{'' if results.total == 1 else 's'}"
    if 0 < len(results) < results.total:
        first, last = answer.offset + 1, answer.offset + len(results)
        count = f"{first:,}{f'-{last:,}' if last > first else ''} of {count}"
    meaning = one_line(results.interpretation)
    return f"{count}: {meaning if len(meaning) <= _LONGEST_MEANING else meaning[:_LONGEST_MEANING] + '…'}"


def _hit(answer: Answer, rank: int, hit: Hit) -> dict[str, Any]:
    snippet = hit.snippet(answer.body)
    group = {"group_size": hit.group_size} if isinstance(hit, GroupHit) else {}
    return {
        "rank": rank,
        "id": hit.id,
        "index": hit.index,
        "score": hit.score,
        "date": hit.date,
        "fields": {name: value for name, value in hit.fields.items() if name != answer.schema.key},
        "snippet": {
            "field": answer.body,
            "text": snippet.text,
            "start": snippet.start,
            "end": snippet.end,
            "highlights": snippet.highlights,
        },
        **({"explanation": hit.explain().to_dict()} if answer.explain else {}),
        **group,
    }
