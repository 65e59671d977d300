"""The list of kernels, which is in the order of their imports, has every kernel."""

from __future__ import annotations

from pathlib import Path

import searchkit.kernels
from searchkit.kernels import _KERNELS


def test_every_kernel_is_listed_once() -> None:
    folder = Path(searchkit.kernels.__file__).parent
    there = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    assert sorted(_KERNELS) == there


def test_every_kernel_comes_after_those_that_it_imports() -> None:
    folder = Path(searchkit.kernels.__file__).parent
    for place, kernel in enumerate(_KERNELS):
        text = "".join(
            (folder / name).read_text() for name in (f"{kernel}.py", f"{kernel}.pxd") if (folder / name).exists()
        )
        later = [other for other in _KERNELS[place + 1 :] if f"searchkit.kernels.{other} " in text]
        assert later == [], kernel
