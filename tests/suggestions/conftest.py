"""An index of a few articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit

ARTICLES = [
    {"id": "1", "title": "Embassy seized", "date": "1979-11-04", "source": "Meridian Wire",
     "author": ["Leila Farahani"],
     "body": "Students seized the embassy. The hostage crisis began. The president was silent."},
    {"id": "2", "title": "Hostages freed", "date": "1981-01-20", "source": "Meridian Wire",
     "body": "The hostages left Tehran. The crisis of the embassy was over, said the president."},
    {"id": "3", "title": "Oil prices", "date": "1979-12-01", "source": "Ledger", "author": ["Peter Halloran"],
     "body": "Oil producers met. The price of oil rose. Embargo or no embargo, producers said."},
    {"id": "4", "title": "A film", "date": "2012-10-12", "source": "Ledger",
     "body": "A film about the hostage crisis and the embassy, presided over by nobody."},
    {"id": "5", "title": "大使館", "date": "2012-10-13", "body": "東京の大使館の前で人質事件の映画が上映された。"},
]  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> Iterator[searchkit.Index]:
    """The articles in two segments."""
    with searchkit.open(tmp_path / "index") as opened:
        opened.add(ARTICLES[:3])
        opened.add(ARTICLES[3:])
        yield opened
