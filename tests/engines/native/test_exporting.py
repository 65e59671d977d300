"""What is exported comes back as it was."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchkit
from searchkit import ARTICLE, ArticleError, Bool, Date, Index, Keyword, Number, QueryError, Schema, Stored, Text
from searchkit.articles import read
from searchkit.kernels import COMPILED

OWN = Schema(
    {
        "head": Text(short=True),
        "text": Text(language=None),
        "kind": Keyword(),
        "tags": Keyword(many=True, parts=False),
        "seen": Date(),
        "printed": Date(),
        "price": Number(),
        "sold": Bool(),
        "notes": Stored(),
    },
    key="number",
    date="seen",
    timezone="America/St_Johns",
)
ODD = '\x00\x1b\x7f\x85\u2028\u2029\u202e\ufeff\U0001f600\uffff é"\\\r\n\t{}'
text = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), numbers, text),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(text, inner, max_size=3)),
    max_leaves=6,
)
zones: st.SearchStrategy[Any] = st.sampled_from(
    [None, UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-11))]
)
dates = st.one_of(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=zones),
    st.dates().map(str).filter(lambda day: "0002" < day < "9998"),
    st.integers(-(10**9), 10**9),
)


def _value(kind: object) -> st.SearchStrategy[Any]:
    match kind:
        case Text():
            return text
        case Keyword(many=True):
            return st.lists(text, max_size=3)
        case Keyword():
            return text
        case Date():
            return dates
        case Number():
            return st.one_of(numbers, st.integers(-(10**6), 10**6))
        case Bool():
            return st.booleans()
    return json_values


def _documents(schema: Schema) -> st.SearchStrategy[dict[str, Any]]:
    ids = st.one_of(st.integers(0, 5).map(str), text.filter(lambda id: bool(id.strip())))
    optional = {name: st.one_of(st.none(), _value(kind)) for name, kind in schema.fields.items()}
    return st.fixed_dictionaries({schema.key: ids}, optional=optional)


@pytest.mark.parametrize("schema", [ARTICLE, OWN], ids=["article", "own"])
@pytest.mark.parametrize("name", ["all.jsonl", "all.ndjson.gz", "all.jsonl.xz", "all.jsonl.zst"])
@settings(
    max_examples=15 if COMPILED else 3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_round_trip(schema: Schema, name: str, data: st.DataObject) -> None:
    batches = data.draw(st.lists(st.lists(_documents(schema), max_size=5), max_size=3))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / name
        with (
            searchkit.open(Path(folder) / "first", schema=schema) as index,
            searchkit.open(Path(folder) / "second", schema=schema) as copy,
        ):
            for batch in batches:
                assert not index.add(batch).rejected
            assert index.export(target) == len(index)
            report = copy.add(read(target))
            assert (report.added, report.replaced, report.rejected) == (len(index), 0, [])
            for sort in ("date", "-date"):
                assert [hit.fields for hit in copy.scan(sort=sort)] == [hit.fields for hit in index.scan(sort=sort)]
            again = io.BytesIO()
            copy.export(again)
            whole = io.BytesIO()
            index.export(whole)
            assert again.getvalue() == whole.getvalue()
        assert sorted(path.name for path in Path(folder).iterdir()) == sorted(["first", "second", name])


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index")
    index.add(
        [
            {"id": "a", "title": "Embassy", "date": "1979-11-04T01:00:00+01:00", "tags": ["x", "é"], "source": "Wire"},
            {"id": "b", "title": "Oil\u2028", "date": "1973"},
        ]
    )
    return index


A = '{"id":"a","title":"Embassy","date":"1979-11-04T00:00:00+00:00","source":"Wire","tags":["x","é"]}\n'
B = '{"id":"b","title":"Oil\\u2028","date":"1973-01-01T00:00:00+00:00"}\n'


def test_what_a_line_looks_like(index: Index) -> None:
    out = io.StringIO()
    assert index.export(out) == 2
    assert sorted(json.loads(line)["id"] for line in out.getvalue().splitlines()) == ["a", "b"]
    lines = {json.dumps(json.loads(line), sort_keys=True) for line in out.getvalue().splitlines()}
    assert lines == {json.dumps(json.loads(line), sort_keys=True) for line in (A, B)}
    assert "\u2028" not in out.getvalue()
    assert "é" in out.getvalue()


def test_streams_of_bytes_and_of_other_encodings(index: Index) -> None:
    raw = io.BytesIO()
    index.export(raw, "embassy")
    assert "é".encode() in raw.getvalue()
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    index.export(narrow, "embassy")
    narrow.flush()
    assert b"\\u00e9" in narrow.buffer.getvalue()


def test_compressed_as_named(index: Index, tmp_path: Path) -> None:
    out = io.BytesIO()
    index.export(out)
    for name, reading in (("a.jsonl.gz", gzip.open), ("a.jsonl.xz", lzma.open)):
        index.export(tmp_path / name)
        with reading(tmp_path / name) as stream:
            assert stream.read() == out.getvalue()
    first = (tmp_path / "a.jsonl.gz").read_bytes()
    index.export(tmp_path / "b.jsonl.gz")
    assert (tmp_path / "b.jsonl.gz").read_bytes() == first


def test_only_what_is_asked_for_in_the_order_asked_for(index: Index) -> None:
    def ids(*query: str, **options: Any) -> list[str]:
        out = io.StringIO()
        index.export(out, *query, **options)
        return [json.loads(line)["id"] for line in out.getvalue().splitlines()]

    assert ids() == ["b", "a"]
    assert ids(sort="-date") == ["a", "b"]
    assert ids("embassy oil", match="any", until="1975") == ["b"]
    assert ids("*", selected={"source": "Wire"}) == ["a"]
    with pytest.raises(QueryError):
        ids('"embassy')


def test_names_that_would_be_read_as_something_else(index: Index, tmp_path: Path) -> None:
    for name in ("all.csv", "all", "all.gz", "all.json", "all.yaml.gz"):
        with pytest.raises(ArticleError, match="an export is JSON Lines"):
            index.export(tmp_path / name)
        assert not (tmp_path / name).exists()
    with pytest.raises(TypeError, match="the target of an export"):
        index.export(7)  # type: ignore[arg-type]


def test_where_it_fails_the_file_before_stays(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "all.jsonl"
    index.export(target)
    before = target.read_bytes()
    monkeypatch.setattr("searchkit.articles.json_writing.json_line", _full)
    with pytest.raises(ArticleError, match=r"all\.jsonl: cannot be written: No space left"):
        index.export(target)
    assert (target.read_bytes(), sorted(path.name for path in tmp_path.iterdir())) == (before, ["all.jsonl", "index"])
    with pytest.raises(ArticleError, match="cannot be written: No such file"):
        index.export(tmp_path / "nowhere" / "all.jsonl")


def _full(*_: object, **__: object) -> str:
    raise OSError(28, "No space left on device")
