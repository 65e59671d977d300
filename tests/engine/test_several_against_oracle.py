"""Several indexes answer as the naive engine does with all their documents in one."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchkit
from searchkit.kernels import COMPILED
from searchkit.schema import Schema
from tests.engine.test_against_oracle import compare
from tests.oracle.strategies import SCHEMAS, Add, Delete, Question, Step, Write, cases
from tests.oracle.systems import NOW, Naive, Real

COMPARISON = settings(
    max_examples=60 if COMPILED else 6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


class Together(Real):
    """The indexes in several folders, searched as one."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.path = paths
        self.index = searchkit.open(paths, now=lambda: NOW)


def is_of(id: str, part: int, parts: int) -> bool:
    """Whether a document belongs to one of several indexes."""
    return crc32(id.encode()) % parts == part


def share(step: Step, key: str, part: int, parts: int) -> Step | None:
    """What of a step befalls one of several indexes."""
    match step:
        case Add(documents):
            return Add([one for one in documents if is_of(one[key], part, parts)])
        case Delete(id):
            return step if is_of(id, part, parts) else None
        case Write(items, fails):
            kept = [one for one in items if is_of(one if isinstance(one, str) else one[key], part, parts)]
            return Write(kept, fails)
    return step


def live_apart(schema: Schema, steps: list[Step], questions: list[Question], parts: int) -> None:
    """The steps befall indexes that each have a share of the documents; the naive engine has all of them."""
    naive = Naive(schema)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / str(part) for part in range(parts)]
        for part, path in enumerate(paths):
            real = Real(path, schema)
            for step in steps:
                if (own := share(step, schema.key, part, parts)) is not None:
                    naive.run(own)
                    real.run(own)
            real.close()
        together = Together(paths)
        assert len(together) == len(naive)
        for question in questions:
            compare(naive, together, question)
        together.close()


@pytest.mark.parametrize("schema", ["article", "rich", "undated"])
@COMPARISON
@given(st.data(), st.integers(2, 3))
def test_several_answer_as_one(schema: str, data: st.DataObject, parts: int) -> None:
    live_apart(SCHEMAS[schema], *data.draw(cases(schema)), parts)
