"""Builds the kernels where a compiler is at hand; without one the same files run uncompiled."""

import os
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

KERNELS = Path("src/searchkit/kernels")
FLAGS = ["-O3", "-ffp-contract=off", "-Wno-unreachable-code"]

extensions = [
    Extension(f"searchkit.kernels.{source.stem}", [source.as_posix()], extra_compile_args=FLAGS)
    for source in sorted(KERNELS.glob("*.py"))
    if not source.stem.startswith("_")
]

extensions = cythonize(extensions, language_level=3, quiet=True, include_path=["src"])
for extension in extensions:
    # A failed compilation is reported and the install goes on; cythonize forgets the option.
    extension.optional = True

setup(ext_modules=extensions, options={"build_ext": {"parallel": os.cpu_count() or 1}})
