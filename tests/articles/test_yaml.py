from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from searchkit.articles import Article
from searchkit.articles.yaml_records import read_yaml_records
from searchkit.errors import DocumentError
from tests.articles.support import read_as, refusal

NAMES = st.text(alphabet="abcxyz_", min_size=1)
VALUES = st.text(alphabet=st.characters(codec="ascii")) | st.integers() | st.booleans() | st.lists(st.text("ab :"))
RECORDS = st.lists(st.dictionaries(NAMES, VALUES, min_size=1), min_size=1, max_size=4)


@given(RECORDS)
def test_records_come_back(records: list[dict[str, Any]]) -> None:
    assert [value for _, value in read_yaml_records(yaml.safe_dump(records))] == records


def test_lists_mappings_and_documents(tmp_path: Path) -> None:
    articles = read_as(tmp_path, "a.yaml", "- {id: 1}\n- id: 2\n  title: x\n---\nid: 3\n---\n")
    good = [article for article in articles if isinstance(article, Article)]
    assert [(article.fields["id"], article.line) for article in good] == [(1, 1), (2, 2), (3, 5)]
    assert [article.number for article in good] == [1, 2, 3]
    assert "a mapping is needed, not NoneType" in str(articles[3])
    assert read_as(tmp_path, "b.yml", "# nothing\n") == []


def test_dates_stay_text(tmp_path: Path) -> None:
    text = "- {date: 2019}\n- {date: 2019-11-03}\n- {date: 2019-99-99}\n- {date: 1572778857}\n- {seen: 2019}\n"
    articles = read_as(tmp_path, "a.yaml", text)
    dates = [article.fields for article in articles if isinstance(article, Article)]
    expected = [{"date": "2019"}, {"date": "2019-11-03"}, {"date": "2019-99-99"}, {"date": 1572778857}, {"seen": 2019}]
    assert dates == expected


def test_merged_keys_are_no_duplicates(tmp_path: Path) -> None:
    articles = read_as(tmp_path, "a.yaml", "- &base {id: 1, source: x}\n- {<<: *base, id: 2}\n")
    assert [article.fields for article in articles if isinstance(article, Article)][1] == {"id": 2, "source": "x"}


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("just text", "a mapping is needed, not str"),
        ("{a: 1, a: 2}", "the key 'a' occurs twice"),
        ("{a: !!python/object/apply:os.getcwd []}", "could not determine a constructor"),
        ("{[a]: 1}", "unhashable key"),
    ],
)
def test_a_bad_item_is_named_and_the_others_go_on(tmp_path: Path, item: str, reason: str) -> None:
    first, bad, last = read_as(tmp_path, "a.yaml", f"- id: 1\n- {item}\n- id: 2\n")
    assert isinstance(first, Article)
    assert isinstance(bad, DocumentError)
    assert isinstance(last, Article)
    assert reason in bad.reason
    assert bad.line == 2


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"- id: [1\n- id: 2\n", "not YAML", 2),
        (b"a: *nowhere\n", "undefined alias", 1),
        (b"- \xff", "not UTF-8", 1),
        (b"- " + b"[" * 50 + b"}\n", "not YAML", 1),
        (b"- id: 1\n- " + b"[" * 200_000 + b"]" * 200_000, "nested more than 100 deep", 2),
        (b"- " * 200_000, "nested more than 100 deep", 1),
    ],
)
def test_bad_yaml_is_named(tmp_path: Path, content: bytes, reason: str, line: int) -> None:
    error = refusal(tmp_path, "a.yaml", content)
    assert reason in error.reason
    assert error.line == line
