"""A stand-in for the `cython` module, for kernels that run uncompiled: every declaration means nothing.

It stands in `sys.modules` only while the kernels' sources are loaded, so that no other library meets it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType, TracebackType
from typing import Any

__all__ = ["installed"]


class _NoGil:
    """`cython.nogil`, which is both a decorator and a context manager."""

    def __call__(self, function: Any) -> Any:
        return function

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def _same(thing: Any) -> Any:
    return thing


def _decorator(*_arguments: Any, **_options: Any) -> Callable[[Any], Any]:
    return _same


def _value(_type: object, value: Any = None) -> Any:
    return value


class _Cython(ModuleType):
    compiled = False
    nogil = _NoGil()
    cclass = cfunc = ccall = inline = final = with_gil = staticmethod(_same)
    exceptval = staticmethod(_decorator)
    cast = declare = staticmethod(_value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return None


@contextmanager
def installed(package: str) -> Iterator[ModuleType]:
    """Puts the stand-in in place of `cython`, and an empty `cython.cimports.<package>` that the caller fills; takes
    both away at the end and restores what was there."""
    names = ["cython", "cython.cimports"]
    for part in package.split("."):
        names.append(f"{names[-1]}.{part}")
    before = {name: module for name, module in sys.modules.items() if name == "cython" or name.startswith("cython.")}
    for name in before:
        del sys.modules[name]
    made = [_Cython("cython"), *(ModuleType(name) for name in names[1:])]
    for name, module in zip(names, made, strict=True):
        module.__path__ = []
        sys.modules[name] = module
    try:
        yield made[-1]
    finally:
        for name in [name for name in sys.modules if name == "cython" or name.startswith("cython.")]:
            del sys.modules[name]
        sys.modules.update(before)
