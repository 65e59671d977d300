"""Strict checks of the values in a manifest; each raises `ValueError` with the reason."""

from __future__ import annotations

import math
import re
from typing import Any, NoReturn

from searchkit.dataclasses import fields
from searchkit.storage.names import is_data_name, is_identifier

__all__ = [
    "distinct",
    "file_name",
    "finite",
    "identifier",
    "label",
    "mapping",
    "natural",
    "record",
    "refuse_constant",
    "sequence",
    "unique",
]

_LABEL = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For `json.loads`: an object, refused where a key comes twice."""
    distinct("key", [key for key, _ in pairs])
    return dict(pairs)


def refuse_constant(name: str) -> NoReturn:
    """For `json.loads`: NaN and Infinity are not JSON."""
    raise ValueError(f"{name} is not a number that JSON knows")


def finite(text: str) -> float:
    """For `json.loads`: a number that a float can hold."""
    value = float(text)
    return value if math.isfinite(value) else refuse_constant(text)


def record(value: Any, kind: type) -> dict[str, Any]:
    """`value`, an object with exactly the fields of the dataclass `kind`."""
    expected = {field.name for field in fields(kind)}
    if not isinstance(value, dict) or value.keys() != expected:
        raise ValueError(f"{kind.__name__} needs an object with exactly the keys {', '.join(sorted(expected))}")
    return value


def natural(known: dict[str, Any], name: str, bits: int = 63) -> int:
    """The integer under `name`, from 0 up to `bits` bits."""
    value = known[name]
    if type(value) is not int or not 0 <= value < 1 << bits:
        raise ValueError(f"{name} is not an integer from 0 to 2**{bits} - 1")
    return value


def identifier(known: dict[str, Any], name: str) -> str:
    """The 128-bit identifier under `name`."""
    value = known[name]
    if not isinstance(value, str) or not is_identifier(value):
        raise ValueError(f"{name} is not 32 hexadecimal digits")
    return value


def file_name(known: dict[str, Any], name: str) -> str:
    """The name of a data file under `name`: no path, nothing outside the index's folder."""
    value = known[name]
    if not isinstance(value, str) or not is_data_name(value):
        raise ValueError(f"{name} is not the name of a file of an index")
    return value


def label(value: str) -> str:
    """The name of an attachment: up to 64 letters, digits and `_.-`."""
    if _LABEL.fullmatch(value) is None:
        raise ValueError("an attachment's name is not 1 to 64 letters, digits, dots, dashes and underscores")
    return value


def mapping(known: dict[str, Any], name: str) -> dict[str, Any]:
    """The object under `name`."""
    value = known[name]
    if not isinstance(value, dict):
        raise ValueError(f"{name} is not an object")
    return value


def sequence(known: dict[str, Any], name: str) -> list[Any]:
    """The list under `name`."""
    value = known[name]
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list")
    return value


def distinct(what: str, values: list[str]) -> None:
    """Refuse a list in which a value comes twice."""
    if len(set(values)) != len(values):
        raise ValueError(f"a {what} comes twice")
