"""Filters of words in schemas: named, compared by name, imported where only the name is given."""

from __future__ import annotations

import functools
import pickle
import sys
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest

from searchkit.errors import SchemaError, SchemaMismatch
from searchkit.schema import Schema, Text, WordFilter

MODULE = """
import functools

def expand(word):
    return ("united", "nations") if word == "un" else word

class Table:
    @staticmethod
    def swap(word):
        return word[::-1]

anonymous = lambda word: word
partial = functools.partial(expand)
number = 3
"""


def upper(word: str) -> str:
    return word.upper()


def lower(word: str) -> str:
    return word.lower()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A package `filters_of_mine` with a module `words`, and one that cannot be imported."""
    folder = tmp_path / "filters_of_mine"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "words.py").write_text(MODULE)
    (folder / "broken.py").write_text("import no_such_module_at_all")
    (folder / "worse.py").write_text("1 / 0")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in [name for name in sys.modules if name.startswith("filters_of_mine")]:
        del sys.modules[name]


def loaded(name: str) -> WordFilter:
    return WordFilter(name).loaded()


def test_a_function_is_named_by_its_module_and_itself() -> None:
    (made,) = Text(filters=[upper]).analysis[1]
    assert made == WordFilter(f"{__name__}.upper")
    assert repr(made) == f"<filter {__name__}.upper>"
    assert made("oil") == ("OIL",)


def test_fields_are_compared_by_the_names_of_their_filters() -> None:
    assert Text(filters=[upper]) == Text(filters=[f"{__name__}.upper"]) == Text(filters=(WordFilter.of(upper),))
    assert Text(filters=[upper]) != Text()
    assert Text(filters=[upper, lower]) != Text(filters=[lower, upper])
    assert len({Text(filters=[upper]), Text(filters=[upper]), Text()}) == 2
    assert Text(filters=[upper]) != Text(filters=[WordFilter("version 2", upper)])


@pytest.mark.usefixtures("package")
def test_a_dotted_name_is_imported() -> None:
    assert loaded("filters_of_mine.words.expand")("un") == ("united", "nations")
    assert loaded("filters_of_mine.words.Table.swap")("oil") == ("lio",)
    assert loaded("filters_of_mine.words.Table.swap").name == "filters_of_mine.words.Table.swap"


@pytest.mark.usefixtures("package")
def test_what_has_no_name_of_its_own_is_called_as_it_was_found() -> None:
    assert loaded("filters_of_mine.words.anonymous").name == "filters_of_mine.words.anonymous"
    assert loaded("filters_of_mine.words.partial").name == "filters_of_mine.words.partial"


def test_one_function_has_one_name_however_it_was_reached() -> None:
    assert loaded("searchkit.analysis.folding.normalize").name == "unicodedata.normalize"


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("expand", "a dotted name is needed"),
        ("filters_of_mine.words.", "a dotted name is needed"),
        ("no_such_package.words.expand", "there is no 'no_such_package' where Python looks for modules"),
        ("filters_of_mine.wrods.expand", "there is no 'wrods' in filters_of_mine"),
        ("filters_of_mine.words.expnad", "cannot be imported|there is no 'expnad' in filters_of_mine.words"),
        ("filters_of_mine.broken.expand", "cannot be imported: No module named 'no_such_module_at_all'"),
        ("filters_of_mine.worse.expand", "cannot be imported: ZeroDivisionError"),
        ("filters_of_mine.words.number", "that is no function but 3"),
    ],
)
def test_what_cannot_be_imported_is_told(name: str, reason: str) -> None:
    schema = Schema({"body": Text(filters=[name])})
    with pytest.raises(SchemaError, match=reason) as caught:
        schema.loaded()
    assert str(caught.value).startswith("field 'body': filter ")


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ("package.words.expand", "filters is a list of functions or of dotted names, not 'package"),
        (upper, "filters is a list"),
        ([3], "a filter is a function or the dotted name of one, not 3"),
        ([lambda word: word], "has no name that an index can keep"),
        ([functools.partial(upper)], "has no name that an index can keep"),
        ([""], "the name of a filter is a text, not ''"),
    ],
)
def test_what_is_no_filter_is_told(filters: Any, reason: str) -> None:
    with pytest.raises(SchemaError, match=reason):
        Text(filters=filters)


def test_a_filter_is_a_function() -> None:
    with pytest.raises(SchemaError, match="a function from a word to a word is needed, not 3"):
        WordFilter("name", 3)  # type: ignore[arg-type]


def test_two_filters_of_one_name_are_told_apart() -> None:
    one, other = WordFilter("same", upper), WordFilter("same", lower)
    with pytest.raises(SchemaError, match="two filters are named 'same'"):
        Schema({"a": Text(filters=[one]), "b": Text(filters=[other])})


def test_a_schema_with_filters_goes_to_values_and_back() -> None:
    schema = Schema({"title": Text(), "body": Text(filters=[upper, "some.other.name"])})
    values = schema.to_dict()
    assert values["fields"]["body"]["filters"] == [f"{__name__}.upper", "some.other.name"]
    assert "filters" not in values["fields"]["title"]
    assert Schema.from_dict(values) == schema


@pytest.mark.parametrize("filters", ["package.words.expand", [3], 3, {"a": "b"}])
def test_values_that_are_no_list_of_names_are_told(filters: Any) -> None:
    with pytest.raises(SchemaError, match="field 'body': option 'filters' cannot be"):
        Schema.from_dict({"fields": {"body": {"type": "text", "filters": filters}}})


def test_values_with_a_bad_name_are_told() -> None:
    with pytest.raises(SchemaError, match="field 'body': the name of a filter is a text, not ''"):
        Schema.from_dict({"fields": {"body": {"type": "text", "filters": [""]}}})


def test_a_dataclass_names_filters_with_annotated() -> None:
    @dataclass
    class Note:
        id: str
        body: Annotated[str, Text(filters=[upper])]

    assert Schema.from_dataclass(Note).fields == {"body": Text(filters=[upper])}


def test_differences_name_the_filters() -> None:
    plain, filtered = Schema({"body": Text()}), Schema({"body": Text(filters=[upper, lower])})
    names = f"{__name__}.upper, {__name__}.lower"
    assert plain.differences(filtered) == [f"field 'body': filters is none in the index, {names} was given"]
    assert filtered.differences(plain) == [f"field 'body': filters is {names} in the index, none was given"]
    assert not filtered.extends(plain)


def test_a_kept_schema_is_bound_to_the_filters_that_a_program_knows() -> None:
    known = Schema({"body": Text(filters=[upper])})
    kept = Schema.from_dict(known.to_dict())
    assert kept.bound(known).filters[0].function is upper
    for other in (known.unfiltered(), Schema({"title": Text()}), Schema({"body": Text(filters=[lower])})):
        with pytest.raises(SchemaMismatch, match=r"field 'body': filters is .*upper in the index"):
            kept.bound(other)


def test_a_filter_that_was_not_imported_does_not_run() -> None:
    with pytest.raises(SchemaError, match="has not been imported"):
        WordFilter("os.getcwd")("word")


def test_schemas_with_filters_can_be_copied_and_pickled() -> None:
    schema = Schema({"body": Text(filters=[upper])})
    assert deepcopy(schema) == schema
    assert pickle.loads(pickle.dumps(schema)).filters[0]("oil") == ("OIL",)
