"""What each package exports exists, is in order, and is documented."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest

import searchkit

_COMPILED = "searchkit.kernels."


def _modules() -> list[str]:
    found = pkgutil.walk_packages(searchkit.__path__, "searchkit.")
    names = [module.name for module in found if not module.name.startswith(_COMPILED)]
    return ["searchkit", *(name for name in names if not name.endswith("__main__"))]


def _exports(name: str) -> list[str]:
    exported = getattr(importlib.import_module(name), "__all__", [])
    assert isinstance(exported, list)
    return exported


def _order(name: str) -> tuple[int, str]:
    """CONSTANTS first, then Classes (and single capitals), then the rest: as ruff sorts."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)


def _undocumented(module: ModuleType, names: list[str]) -> Iterator[str]:
    for name in names:
        thing = getattr(module, name)
        if inspect.isclass(thing):
            yield from (f"{name}{member}" for member in _bare_members(thing))
        elif inspect.isroutine(thing) and not inspect.getdoc(thing):
            yield name


def _bare_members(kind: type) -> Iterator[str]:
    made_up = f"{kind.__name__}("  # A dataclass without a docstring gets its signature as one.
    if not kind.__doc__ or kind.__doc__.startswith(made_up):
        yield ""
    for name, member in vars(kind).items():
        public = not name.startswith("_") and (inspect.isroutine(member) or isinstance(member, property))
        if public and not inspect.getdoc(getattr(kind, name)):
            yield f".{name}"


@pytest.mark.parametrize("name", _modules())
def test_all_is_sorted_and_true(name: str) -> None:
    module, exported = importlib.import_module(name), _exports(name)
    assert exported == sorted(set(exported), key=_order)
    assert [one for one in exported if not hasattr(module, one)] == []


@pytest.mark.parametrize("name", _modules())
def test_public_names_have_docstrings(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    assert list(_undocumented(module, _exports(name))) == []


def test_the_names_that_others_build_on_are_exported() -> None:
    assert {"ARTICLE", "Schema", "SearchkitError", "open"} <= set(searchkit.__all__)
