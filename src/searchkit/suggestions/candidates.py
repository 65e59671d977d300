"""Words of the dictionary, and values of keyword fields, that begin as typed."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.analysis import Analyzer, QueryToken, analyzer_for
from searchkit.dataclasses import dataclass, replace
from searchkit.deadlines import check, watched
from searchkit.query.nodes import Node, Phrase, Prefix, Term, Word
from searchkit.schema import Keyword, Text
from searchkit.search.snapshot import Snapshot
from searchkit.segment.keys import exact_key, part_key

__all__ = ["Candidate", "candidates"]

_MOST_WALKED = 100_000
_AT_ONCE = 1_024


@dataclass(frozen=True, slots=True)
class Candidate:
    """word: the completed word, or value. written: what replaces the text of the target in a query. node: what replaces
    the target. bound: at least as many documents as have it. terms, forms: of a word, its terms, and all forms of them
    that begin as typed.
    """

    word: str
    written: str
    node: Node
    bound: int
    terms: frozenset[bytes] = frozenset()
    forms: tuple[str, ...] = ()

    def spelt(self, form: str) -> Candidate:
        """The same with another of its forms."""
        written = self.written[: len(self.written) - len(self.word)] + form
        assert isinstance(self.node, Word | Phrase)
        return replace(self, word=form, written=written, node=replace(self.node, text=written))


def candidates(snapshot: Snapshot, target: Prefix | Phrase) -> Iterator[Candidate]:
    """What may complete the last word of a target, the greatest bound first."""
    field = None if target.field is None else snapshot.schema.fields.get(target.field)
    if isinstance(field, Keyword):
        found = _parts(snapshot, target) if field.parts else _values(snapshot, target)
        return iter(sorted(found, key=lambda candidate: (-candidate.bound, candidate.word)))
    return _words(snapshot, target) if target.field is None or isinstance(field, Text) else iter(())


def _words(snapshot: Snapshot, target: Prefix | Phrase) -> Iterator[Candidate]:
    """The words of text fields: one for all forms that have the same terms; stop words only for a phrase."""
    names = snapshot.schema.texts if target.field is None else (target.field,)
    analyzers = list(dict.fromkeys(map(snapshot.analyzer, names)))
    last = _last_token(analyzers[0], target.text)
    if last is None:
        return
    by_terms: dict[frozenset[bytes], list[str]] = {}
    for form, keys in _forms(snapshot, last.form).items():
        by_terms.setdefault(frozenset(keys), []).append(form)
    ranked = sorted(
        (-sum(map(snapshot.frequency, terms)), sorted(forms, key=_length), terms)
        for terms, forms in watched(by_terms.items())
    )
    for bound, forms, terms in ranked:
        stop = any(analyzer.is_stop_word(form) for form in forms for analyzer in analyzers)
        if not stop or isinstance(target, Phrase):
            yield _candidate(target, last, forms[0], -bound, terms, tuple(forms))


def _length(form: str) -> tuple[int, str]:
    return len(form), form


def _candidate(
    target: Prefix | Phrase,
    last: QueryToken,
    form: str,
    bound: int,
    terms: frozenset[bytes] = frozenset(),
    forms: tuple[str, ...] = (),
) -> Candidate:
    text = target.text[: last.start] + form
    node = Phrase(text, target.field) if isinstance(target, Phrase) else Word(text, target.field)
    return Candidate(form, text, node, bound, terms, forms)


def _last_token(analyzer: Analyzer, text: str) -> QueryToken | None:
    """The word that is being typed; None where the text does not end in one."""
    tokens = analyzer.query_tokens(text)
    return tokens[-1] if tokens and tokens[-1].end == len(text) else None


def _forms(snapshot: Snapshot, prefix: str) -> dict[str, set[bytes]]:
    """The forms of words that begin so, with the keys of their terms."""
    start = prefix.encode("utf-8", "surrogatepass")
    found: dict[str, set[bytes]] = {}
    for part in snapshot.parts:
        dictionary = part.segment.dictionary
        walker = dictionary.walk(dictionary.seek(start))
        while len(found) < _MOST_WALKED and walker.advance() and (key := walker.key()).startswith(start):
            if not len(found) % _AT_ONCE:
                check()
            keys = {dictionary.key(entry) for entry in walker.pointers()}
            if walker.flags() & 3 == 3:
                keys.add(key)
            if keys:
                found.setdefault(key.decode("utf-8", "replace"), set()).update(keys)
    return found


def _keys(snapshot: Snapshot, prefix: bytes) -> set[bytes]:
    """The keys of the terms that begin so."""
    found: set[bytes] = set()
    for part in snapshot.parts:
        dictionary = part.segment.dictionary
        walker = dictionary.walk(dictionary.seek(prefix))
        while len(found) < _MOST_WALKED and walker.advance() and walker.key().startswith(prefix):
            if not len(found) % _AT_ONCE:
                check()
            if walker.flags() & 1:
                found.add(walker.key())
    return found


def _parts(snapshot: Snapshot, target: Prefix | Phrase) -> Iterator[Candidate]:
    """Words of the values of a keyword field."""
    last = _last_token(analyzer_for(None), target.text)
    if last is None:
        return
    name = target.field or ""
    for key in _keys(snapshot, part_key(name, last.form)):
        form = key[len(part_key(name, "")) :].decode("utf-8", "replace")
        yield _candidate(target, last, form, snapshot.frequency(key))


def _values(snapshot: Snapshot, target: Prefix | Phrase) -> Iterator[Candidate]:
    """Whole values of a keyword field."""
    name = target.field or ""
    for key in _keys(snapshot, exact_key(name, target.text)):
        value = key[len(exact_key(name, "")) :].decode("utf-8", "replace")
        yield Candidate(value, value, Term(name, value), snapshot.frequency(key))
