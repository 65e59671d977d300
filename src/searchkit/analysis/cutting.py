"""No word is longer than a limit of bytes; what is longer is cut there, between two characters."""

from __future__ import annotations

from searchkit.limits import TOKEN_BYTES

__all__ = ["TOKEN_BYTES", "cut"]


def cut(form: str) -> str:
    """The form, or as much of it as fits."""
    if len(form) * 4 <= TOKEN_BYTES:
        return form
    return form.encode("utf-8", "surrogatepass")[:TOKEN_BYTES].decode("utf-8", "ignore")
