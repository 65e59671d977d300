"""Names of fields as people head columns and front matter with them: "Published at" is `published_at`."""

from __future__ import annotations

import re

__all__ = ["field_name"]

_SEPARATORS = re.compile(r"[\s\-]+")


def field_name(heading: str) -> str:
    """The name of the field that a heading names: trimmed, lower case, with "_" for spaces and hyphens."""
    return _SEPARATORS.sub("_", heading.strip().lower())
