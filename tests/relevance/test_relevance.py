"""With default settings, one configuration for all collections, rankings are as good as the best of the peers.

Needs the judged collections in `$SEARCHKIT_CORPORA`, else in `../shared/corpora` beside the checkout.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit.evaluation import Scores, run_topics, score
from searchkit.kernels import COMPILED
from tests.relevance.judged import NAMES, documents, folder_of, judgments_of, topics_of

BEST_PEER = {
    "cran": 0.4406,
    "cisi": 0.3956,
    "med": 0.7045,
    "npl": 0.4449,
    "time": 0.6848,
    "cacm": 0.4993,
    "scifact": 0.6885,
}
"""The best nDCG@10 that tantivy, bm25s, FTS5 and whoosh3 reach, each with English stems, title and body."""
BEST_MEAN = 0.5453
"""The best mean of one peer (bm25s)."""
TOPICS = {"cran": 225, "cisi": 76, "med": 30, "npl": 93, "time": 82, "cacm": 52, "scifact": 300}

MISSING = [name for name in NAMES if not folder_of(name).is_dir()]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"no collections {MISSING} (set SEARCHKIT_CORPORA to their folder)"),
    pytest.mark.skipif(not COMPILED, reason="seven collections are too much for uncompiled kernels"),
]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scores]:
    return {name: measured(name, tmp_path_factory.mktemp("collections") / name) for name in NAMES}


def measured(name: str, folder: Path) -> Scores:
    with searchkit.open(folder) as index:
        assert index.add(documents(name)).rejected == []
        topics = topics_of(name)
        return score(run_topics(index, topics, depth=100), judgments_of(name), topics)


@pytest.mark.parametrize("name", NAMES)
def test_no_collection_falls_behind_the_best_peer(scores: dict[str, Scores], name: str) -> None:
    assert scores[name].topics == TOPICS[name]
    assert scores[name].mean("nDCG@10") >= BEST_PEER[name] - 0.005


def test_the_mean_is_above_that_of_every_peer(scores: dict[str, Scores]) -> None:
    mean = sum(of_one.mean("nDCG@10") for of_one in scores.values()) / len(scores)
    assert mean >= BEST_MEAN + 0.01
