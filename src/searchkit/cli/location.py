"""Where the index is: as an option says, else the environment, else the nearest `searchkit.yaml`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from searchkit.errors import IndexNotFound

if TYPE_CHECKING:
    from searchkit.config import Settings
    from searchkit.engines.native.index import Index

__all__ = ["VARIABLE", "Location", "locate", "opened", "opened_to_write", "settings_here"]

VARIABLE = "SEARCHKIT_INDEX"
# Spelt out here, so that settings need not be loaded to see that there are none.
_SETTINGS_NAME = "searchkit.yaml"


class NoIndexNamed(IndexNotFound):
    """Nothing says where the index is."""


class Location:
    """folders: of the index, or of several. settings: of the project, where it was they that named the folder."""

    __slots__ = ("folders", "settings")

    def __init__(self, folders: Sequence[str], settings: Settings | None = None) -> None:
        self.folders, self.settings = folders, settings

    @property
    def path(self) -> str:
        """The folder of the only index."""
        (folder,) = self.folders
        return folder

    @property
    def target(self) -> str | Sequence[str]:
        """What `searchkit.open` takes."""
        return self.folders[0] if len(self.folders) == 1 else self.folders


def locate(option: str | Sequence[str] | None) -> Location:
    """The index that a command is about; `option` is the value of `-i`, or the values of several.

    Raises `IndexNotFound` where nothing names one, `ConfigError`.
    """
    named = option if option is not None else os.environ.get(VARIABLE) or None
    if named is not None:
        return Location([named] if isinstance(named, str) else named)
    settings = settings_here()
    if settings is None:
        raise NoIndexNamed(f"no index: name its folder with -i or ${VARIABLE}, or in a {_SETTINGS_NAME}")
    return Location([str(settings.index)], settings)


def opened(location: Location, **options: Any) -> Index:
    """The index at a location, by `searchkit.open` with its options.

    Where its settings name filters, it is opened with their schema: an index has but the names of its filters. Synonyms
    are those of the settings: an index has none.
    """
    import searchkit

    settings = location.settings
    if settings is not None:
        options["schema"] = settings.schema if settings.schema.filters else None
        options["synonyms"] = settings.synonyms
    return searchkit.open(location.target, **options)


def opened_to_write(path: str, settings: Settings | None, **options: Any) -> Index:
    """The index in a folder, with the schema of settings where there are any, by `searchkit.open` with its options;
    created where there is none.

    Raises `ConfigError` where the settings ask for what cannot be had, such as an unknown language.
    """
    import searchkit
    from searchkit.errors import ConfigError, SchemaError, SchemaMismatch

    try:
        return searchkit.open(path, schema=None if settings is None else settings.schema, **options)
    except SchemaMismatch:
        raise
    except SchemaError as error:
        if settings is None:
            raise
        raise ConfigError(settings.path, f"schema: {error}") from None


def settings_here() -> Settings | None:
    """The settings that hold in the current folder, if there are any. Raises `ConfigError`."""
    if not _has_settings(os.getcwd()):
        return None
    from searchkit.config import find_settings

    return find_settings()


def _has_settings(folder: str) -> bool:
    while not os.path.isfile(os.path.join(folder, _SETTINGS_NAME)):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return False
    return True
