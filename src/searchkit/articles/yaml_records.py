"""YAML, safely and with the line of each record. Imports PyYAML only when a file asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

__all__ = ["YamlRecord", "read_yaml_records"]

YamlRecord = tuple[int, Any]
"""A record's line, counted from 1, and its value, or the `ValueError` that says what is wrong with it."""

_YEAR = re.compile(r"[0-9]{4}")
_DATE = "date"
_DEPTH = 100


def read_yaml_records(text: str) -> Iterator[YamlRecord]:
    """The records of a YAML text: the items of its list, or its one value; of each document where there are several.

    Dates stay text, for the schema to read. Raises `ValueError`, whose `line` attribute names the place, where the text
    isn't YAML or nests more than 100 deep; the documents before that place were yielded by then.
    """
    import yaml

    _check_depth(text)
    loader = _loader()(text)
    try:
        while loader.check_node():
            node = loader.get_node()
            items = node.value if isinstance(node, yaml.SequenceNode) else [node]
            for item in items:
                yield item.start_mark.line + 1, _construct(loader, item)
    except yaml.YAMLError as error:
        raise _failure(error) from None
    finally:
        loader.dispose()


def _check_depth(text: str) -> None:
    """Refuses what is nested deeply before it is built: the C library would overflow the stack, and end the process."""
    import yaml

    depth = 0
    try:
        for event in yaml.parse(text, Loader=_loader()):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEPTH:
                    raise _refusal(f"nested more than {_DEPTH} deep", _line(event.start_mark))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as error:
        # Later versions of the C library refuse what is nested very deeply themselves. All else: building it says what
        # is wrong, once what comes before was read.
        if "nesting depth" in str(getattr(error, "problem", "")):
            raise _refusal(f"nested more than {_DEPTH} deep", _line(getattr(error, "problem_mark", None))) from None


def _construct(loader: Any, node: Any) -> Any:
    import yaml

    try:
        if not isinstance(node, yaml.MappingNode):
            return loader.construct_document(node)
        _check_distinct(node)  # before construction, which merges the keys of "<<" into the node
        value = loader.construct_document(node)
        _restore_year(node, value)
        return value
    except (yaml.YAMLError, ValueError) as error:
        return _failure(error)


def _check_distinct(node: Any) -> None:
    seen: set[str] = set()
    for name in (key.value for key, _ in node.value if isinstance(key.value, str)):
        if name in seen:
            raise ValueError(f"the key {name!r} occurs twice")
        seen.add(name)


def _restore_year(node: Any, value: dict[Any, Any]) -> None:
    """`date: 2019` is a year, though YAML reads a number: as a number it would be seconds after 1970 began."""
    for key, entry in node.value:
        if key.value == _DATE and isinstance(entry.value, str) and _YEAR.fullmatch(entry.value):
            value[_DATE] = entry.value


def _failure(error: Exception) -> ValueError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    reason = str(problem) if isinstance(error, ValueError) else f"not YAML: {problem}"
    return _refusal(reason, _line(mark))


def _line(mark: Any) -> int | None:
    return mark.line + 1 if mark is not None else None


def _refusal(reason: str, line: int | None) -> ValueError:
    made = ValueError(reason)
    made.line = line  # type: ignore[attr-defined]
    return made


@cache
def _loader() -> Any:
    """A safe loader, in C where PyYAML has it, that leaves dates to the schema."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [(tag, pattern) for tag, pattern in entries if tag != "tag:yaml.org,2002:timestamp"]
        for first, entries in base.yaml_implicit_resolvers.items()
    }
    return type("_TextDates", (base,), {"yaml_implicit_resolvers": resolvers})
