"""Any order, page by page, collapsed or not: as the naive engine has it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.kernels import COMPILED
from searchkit.query.nodes import All, Node, Or, Word
from searchkit.query.ranking import Ranking
from searchkit.schema import ARTICLE
from searchkit.search.sorting import SortKey
from tests.oracle import bulk
from tests.oracle.documents import microseconds
from tests.oracle.engine import Match, Sort
from tests.oracle.sorting import Hits, naive_groups, naive_order, sort_keys
from tests.oracle.strategies import SCHEMAS, Add, Step, Write, queries, quoted, rankings, steps, texts_of
from tests.oracle.systems import NOW, Naive, Real

COMPARISON = settings(
    max_examples=60 if COMPILED else 10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

MATCHES: tuple[Match, ...] = (None, "all", "any")
SORTS: tuple[Sort, ...] = ("date", "-date")


class Both:
    """The two engines, and the documents as they were given."""

    def __init__(self, naive: Naive, real: Real) -> None:
        self.naive, self.real = naive, real
        self.documents: dict[str, dict[str, Any]] = {}

    def run(self, step: Step) -> None:
        """Let a step befall both."""
        self.naive.run(step)
        self.real.run(step)
        added = step.documents if isinstance(step, Add) else []
        if isinstance(step, Write) and not step.fails:
            added = [item for item in step.steps if isinstance(item, dict)]
        self.documents |= {document[self.naive.index.words.schema.key]: document for document in added}

    def expected(self, node: Node, keys: list[SortKey], match: Match, ranking: Ranking | None = None) -> Hits:
        """All that matches, in order."""
        return naive_order(self.naive.index, self.documents, node, keys, match, ranking)

    def paged(self, size: int, **options: Any) -> list[Any]:
        """All hits, page by page."""
        hits: list[Any] = []
        token = None
        while True:
            page = self.real.index.search(limit=size, after=token, **options)
            hits += page
            token = page.next_page
            if token is None:
                return hits


@COMPARISON
@given(st.data(), st.sampled_from(["rich", "undated"]))
def test_any_order_and_its_pages(data: st.DataObject, name: str) -> None:
    made = data.draw(steps(name))
    with tempfile.TemporaryDirectory() as folder:
        both = Both(Naive(SCHEMAS[name]), Real(Path(folder) / "index", SCHEMAS[name]))
        for step in made:
            both.run(step)
        for _ in range(3):
            node = quoted(data.draw(queries(name)), texts_of(made, SCHEMAS[name]))
            keys, match = data.draw(sort_keys(name)), data.draw(st.sampled_from(MATCHES))
            if not both.naive.is_settled(node):
                continue
            ranking = data.draw(rankings(SCHEMAS[name]))
            expected = both.expected(node, keys, match, ranking)
            offset = data.draw(st.sampled_from([0, 0, 2]))
            whole = both.real.index.search(node, sort=keys, match=match, limit=100, offset=offset, ranking=ranking)
            assert [(hit.id, hit.score) for hit in whole] == expected[offset:], (node, keys)
            assert whole.total == len(expected)
            pages = both.paged(data.draw(st.integers(1, 4)), query=node, sort=keys, match=match, ranking=ranking)
            assert [(hit.id, hit.score) for hit in pages] == expected, (node, keys)
            best = both.naive.index.search(node, match=match, limit=100, ranking=ranking, now=microseconds(NOW)).hits
            assert [(hit.id, hit.score) for hit in both.paged(3, query=node, match=match, ranking=ranking)] == best
            groups = naive_groups(both.naive.index, expected, "source")
            options: dict[str, Any] = {
                "query": node,
                "sort": keys,
                "match": match,
                "collapse": "source",
                "ranking": ranking,
            }
            for found in (list[Any](both.real.index.search(limit=100, **options)), both.paged(2, **options)):
                assert [(hit.id, hit.score, hit.group_size) for hit in found] == groups, (node, keys)
        both.real.close()


def test_several_ranges_of_documents(tmp_path: Path) -> None:
    random = Random(1987)
    size = 9_000 if COMPILED else 4_500
    both = Both(Naive(ARTICLE), Real(tmp_path / "index", ARTICLE))
    both.run(Add(bulk.documents(random, range(size * 2 // 3))))
    both.run(Add(bulk.documents(random, range(size * 2 // 3, size))))
    both.run(Write([str(id) for id in random.sample(range(size), size // 20)], fails=False))
    some = Or(tuple(Word(bulk.word(random)) for _ in range(4)))
    for node in (All(), some):
        for keys in ([SortKey("source"), SortKey("score", True)], [SortKey("date")], [SortKey("title", True)]):
            expected = both.expected(node, keys, None)
            found = both.real.index.search(node, sort=keys, limit=10_000)
            assert [(hit.id, hit.score) for hit in found] == expected
            assert [hit.id for hit in both.paged(1_000, query=node, sort=keys)] == [id for id, _ in expected]
        for sort in SORTS:
            dated = both.naive.index.search(node, sort=sort, limit=10_000).hits
            assert [(hit.id, hit.score) for hit in both.paged(1_000, query=node, sort=sort)] == dated
    both.real.close()
