"""The kernels come from their library, or from their sources where it is missing or wrong."""

from __future__ import annotations

import importlib.machinery
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import searchkit
from searchkit import kernels

_ASK = "from searchkit import kernels; from searchkit.kernels import top; print(kernels.BUILD, top.__file__)"


_MEANWHILE = """
import threading, time
from importlib.machinery import ExtensionFileLoader
load, seen, threads = ExtensionFileLoader.exec_module, [], []

def look():
    from searchkit.kernels.intake import Intake
    from searchkit.kernels.buffers import zeros
    seen.append(Intake)

def exec_module(self, module):
    if ".kernels." in module.__name__:
        threads.append(threading.Thread(target=look))
        threads[-1].start()
        time.sleep(0.002)
    load(self, module)

ExtensionFileLoader.exec_module = exec_module
from searchkit import kernels
from searchkit.kernels.intake import Intake
for thread in threads:
    thread.join()
print(kernels.BUILD, len(threads) == len(seen) > 40, set(seen) == {Intake}, type(Intake.add_all).__name__)
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package, without its library."""
    return Path(
        shutil.copytree(
            Path(searchkit.__file__).parent,
            tmp_path / "searchkit",
            ignore=shutil.ignore_patterns("*.so", "__pycache__"),
        )
    )


def loaded(package: Path, forced: bool = False) -> tuple[str, str, str]:
    """How the kernels of a package were built, where one of them is from, and what was said."""
    # Coverage would count each copy as code that no test runs.
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment = own | {"PYTHONPATH": str(package.parent), "SEARCHKIT_UNCOMPILED": "1" if forced else ""}
    done = subprocess.run([sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=True)
    build, file = done.stdout.split(" ", 1)
    return build, Path(file.strip()).name, done.stderr


def test_without_the_library_the_sources_run_and_say_so(copied: Path) -> None:
    build, file, said = loaded(copied)
    assert (build, file) == ("uncompiled", "top.py")
    assert "UncompiledWarning" in said
    assert loaded(copied, forced=True) == ("uncompiled", "top.py", "")


@pytest.mark.parametrize("content", [b"", b"not a library", b"\x7fELF"])
def test_a_library_that_cannot_be_loaded_is_none(copied: Path, content: bytes) -> None:
    (copied / "kernels" / f"_compiled{importlib.machinery.EXTENSION_SUFFIXES[0]}").write_bytes(content)
    build, file, said = loaded(copied)
    assert (build, file) == ("uncompiled", "top.py")
    assert "UncompiledWarning" in said


@pytest.mark.skipif(not kernels.COMPILED, reason="the kernels run uncompiled")
def test_threads_that_meet_in_the_first_import_get_the_same_kernels() -> None:
    done = subprocess.run([sys.executable, "-c", _MEANWHILE], capture_output=True, text=True, check=True)
    assert done.stdout.split()[:3] == ["compiled", "True", "True"], done.stderr
    assert "function" not in done.stdout.split()[3:]
    assert not done.stderr


@pytest.mark.skipif(not kernels.COMPILED, reason="the kernels run uncompiled")
def test_a_library_that_lacks_a_kernel_is_none(copied: Path) -> None:
    library = Path(kernels.top.__file__)
    shutil.copy(library, copied / "kernels" / library.name)
    assert loaded(copied) == ("compiled", library.name, "")
    assert loaded(copied, forced=True)[0] == "uncompiled"
    named = copied / "kernels" / "__init__.py"
    named.write_text(named.read_text().replace('    "buffers",\n', '    "buffers",\n    "newer",\n'))
    (copied / "kernels" / "newer.py").write_text("")
    build, file, said = loaded(copied)
    assert (build, file) == ("uncompiled", "top.py")
    assert "UncompiledWarning" in said
