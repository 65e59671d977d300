"""Builds the kernels where a compiler is at hand; without one the same files run uncompiled."""

from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

KERNELS = Path("src/searchkit/kernels")
FLAGS = ["-O3", "-ffp-contract=off", "-Wno-unreachable-code"]

extensions = [
    # optional: a failed compilation is reported and the install goes on.
    Extension(f"searchkit.kernels.{source.stem}", [source.as_posix()], extra_compile_args=FLAGS, optional=True)
    for source in sorted(KERNELS.glob("*.py"))
    if not source.stem.startswith("_")
]

setup(ext_modules=cythonize(extensions, language_level=3, quiet=True, include_path=["src"]))
