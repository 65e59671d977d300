"""What all tests share: the option that asks for the long forms."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long form of the fuzz, crash and soak tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skipped = pytest.mark.skip(reason="the long form of a test: asked for with --long")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skipped)
