"""What all tests share: the option that asks for the long forms, and how hypothesis looks for examples."""

from __future__ import annotations

import os

import pytest
from hypothesis import Phase, settings

# No example may fail for being slow: machines differ, and so do the compiled and the uncompiled kernels.
settings.register_profile("searchkit", deadline=None)
# A failure is told at once, as it was found; shrinking it can take minutes, and is for whoever repairs it.
settings.register_profile("ci", deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate], print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "searchkit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long form of the fuzz, crash and soak tests too")
    parser.addoption("--inputs", type=int, default=1_000_000, help="how many the long fuzzes of queries take")


@pytest.fixture
def inputs(request: pytest.FixtureRequest) -> int:
    """How many inputs the long form of a fuzz of queries has."""
    return int(request.config.getoption("--inputs"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skipped = pytest.mark.skip(reason="the long form of a test: asked for with --long")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skipped)
