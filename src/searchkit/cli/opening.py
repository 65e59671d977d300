"""The index that a command reads; built first where it is a project's and nobody has built it yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.cli.failures import say
from searchkit.cli.location import Location, opened, opened_to_write

if TYPE_CHECKING:
    from searchkit.engines.native.index import Index

__all__ = ["opened_or_built"]


def opened_or_built(location: Location) -> Index:
    """The index; built first where it is the project's and nobody has built it yet."""
    from searchkit.errors import IndexNotFound

    try:
        index = opened(location, mode="r")
    except IndexNotFound:
        if location.settings is None:
            raise
    else:
        # A project's index may have been created, but its first build interrupted, or be under way.
        if location.settings is None or len(index) or _was_built(index):
            return index
        index.close()
    return _built(location)


def _was_built(index: Index) -> bool:
    from searchkit.engines.sources import ATTACHMENT

    return index.attachment(ATTACHMENT) is not None


def _built(location: Location) -> Index:
    from searchkit.cli.follow import follow, in_words, tell_rejected

    settings = location.settings
    assert settings is not None
    say(f"there is no index yet: building {location.path} from the sources in {settings.path}")
    with opened_to_write(location.path, settings) as index:
        report = follow(index, settings.sources, settings)
    tell_rejected(report)
    say(in_words(report))
    return opened(location, mode="r")
