"""The fields of whatever a program calls an article: mappings, dataclasses and their likes, or plain objects."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

__all__ = ["declared_fields", "fields_of"]

_DECLARATIONS = ("__struct_fields__", "model_fields", "__fields__", "_fields")  # msgspec, pydantic 2, 1, named tuples


def fields_of(article: object, known: tuple[str, ...]) -> Mapping[str, Any]:
    """The fields of an article as a mapping.

    A mapping is taken as it is. Where a class declares its fields (dataclasses, named tuples, pydantic, msgspec,
    attrs), all of them count. Of any other object the attributes named in `known` count, since it may have others
    for other ends. Raises `ValueError` where the object has none of those.
    """
    if isinstance(article, Mapping):
        return article
    names = declared_fields(type(article))
    if names is not None:
        return {name: getattr(article, name) for name in names}
    found = {} if isinstance(article, str | bytes) else _known_attributes(article, known)
    if not found:
        kind = type(article).__name__
        raise ValueError(f"a {kind} is no article: give a mapping, a dataclass or an object with attributes")
    return found


def declared_fields(kind: type) -> tuple[str, ...] | None:
    """The names of the fields that a class declares, in order, or None where it declares none in a way known here."""
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    for attribute in _DECLARATIONS:
        declared = getattr(kind, attribute, None)
        if isinstance(declared, Mapping | tuple):
            return tuple(declared)
    attrs = getattr(kind, "__attrs_attrs__", None)
    return tuple(attribute.name for attribute in attrs) if attrs is not None else None


def _known_attributes(article: object, known: tuple[str, ...]) -> dict[str, Any]:
    missing = object()
    found = {name: getattr(article, name, missing) for name in known}
    return {name: value for name, value in found.items() if value is not missing}
