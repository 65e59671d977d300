"""Regular expressions that are compiled when they are first used: most queries are plain words, and begin sooner."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["pattern"]


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A regular expression by its source."""
    return re.compile(source)
