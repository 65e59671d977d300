"""Lines of a text file with their numbers, and complaints that name them."""

from __future__ import annotations

import os
from collections.abc import Iterator

from searchkit.errors import EvaluationError

__all__ = ["numbered_lines", "whole_text"]


def whole_text(path: str | os.PathLike[str]) -> str:
    """The text of a file in UTF-8, or where it is something else, in Latin-1, as old collections are.

    Raises `EvaluationError` where it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise EvaluationError(path, error.strerror or str(error)) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def numbered_lines(path: str | os.PathLike[str]) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, without their ends, counted from 1."""
    for number, line in enumerate(whole_text(path).split("\n"), 1):
        if line.strip():
            yield number, line.rstrip("\r")
