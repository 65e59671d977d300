"""Links from one document of the project to another lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.markdown import PROJECT, anchors, files, links

_ELSEWHERE = ("http://", "https://", "mailto:")


def _broken(text: str, file: Path) -> list[str]:
    """The links in a file's text that lead nowhere."""
    near = [target for target in links(text) if not target.startswith(_ELSEWHERE)]
    return [target for target in near if not _resolves(target, text, file)]


def _resolves(target: str, text: str, file: Path) -> bool:
    path, _, anchor = target.partition("#")
    there = (file.parent / path).resolve()
    if path and not (there.exists() and there.is_relative_to(PROJECT)):
        return False
    return not anchor or anchor in anchors(there.read_text(encoding="utf-8") if path else text)


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_relative_links_and_anchors_resolve(file: Path) -> None:
    assert _broken(file.read_text(encoding="utf-8"), file) == []


def test_broken_links_and_anchors_are_noticed() -> None:
    text = (
        "# One title\n[a](../LICENSE) [b](no-such.md) [c](#one-title) [d](#two) `[e](in-code.md)` [f](../../out.md)\n"
    )
    assert _broken(text, PROJECT / "docs" / "made-up.md") == ["no-such.md", "#two", "../../out.md"]
