"""`searchkit.yaml` → settings: where the articles are, where the index is, what the schema is."""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from searchkit.dataclasses import dataclass, replace
from searchkit.errors import ConfigError, SchemaError
from searchkit.schema.instants import zone_of
from searchkit.schema.schema import ARTICLE, Schema

__all__ = ["SETTINGS_NAME", "Settings", "find_settings", "load_settings", "load_synonyms"]

SETTINGS_NAME = "searchkit.yaml"
_KEYS = ("sources", "index", "schema", "exclude", "encoding", "timezone", "synonyms")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a `searchkit.yaml` says. Paths in it are relative to its folder, and absolute here.

    path: the file itself.
    sources: files, folders and globs of articles.
    index: the folder of the index.
    schema: of the documents; the article schema where the file names none. It has the file's time zone.
    exclude: shell patterns of what to pass over in the sources; the index is always among them.
    encoding: of the files.
    timezone: an IANA name, for dates that name no offset.
    synonyms: a file of synonyms, or None.
    """

    path: Path
    sources: tuple[str, ...]
    index: Path
    schema: Schema
    exclude: tuple[str, ...]
    encoding: str
    timezone: str
    synonyms: Path | None = None


def find_settings(start: str | os.PathLike[str] = ".") -> Settings | None:
    """The settings that hold for a folder: of the `searchkit.yaml` in it, or in the nearest folder above that has one.

    Returns None where there is none. Raises `ConfigError` as `load_settings` does.
    """
    folder = Path(start).absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS_NAME).is_file():
            return load_settings(candidate / SETTINGS_NAME)
    return None


def load_settings(path: str | os.PathLike[str]) -> Settings:
    """The settings in one file: a mapping with the keys sources, index, schema, exclude, encoding, timezone,
    synonyms.

    All but `sources` may be left out: the index is "index" then, the encoding UTF-8, the time zone UTC. Raises
    `ConfigError` naming the file, and the line where there is one, for what cannot be read or makes no sense.
    """
    path = Path(path).absolute()
    return _Reader(path, *_parse(path)).settings()


def load_synonyms(path: str | os.PathLike[str]) -> list[tuple[int, Any]]:
    """The entries of a file of synonyms, each with its line. Raises `ConfigError` for what cannot be read."""
    import yaml

    path = Path(path)
    try:
        loader = yaml.SafeLoader(_text_of(path))
        node = loader.get_single_node()
        items = node.value if isinstance(node, yaml.SequenceNode) else [] if node is None else [node]
        return [(item.start_mark.line + 1, loader.construct_document(item)) for item in items]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _not_yaml(path, error) from None


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(path, f"not UTF-8: the byte at offset {error.start}") from None


def _parse(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The values of the file's keys, and their lines."""
    import yaml

    try:
        text = _text_of(path)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _not_yaml(path, error) from None
    if node is None or not isinstance(values, dict):
        raise ConfigError(path, f"a mapping with the keys {', '.join(_KEYS)} is needed")
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if key.value in lines:
            raise ConfigError(path, f"the key {key.value!r} occurs twice", line)
        lines[str(key.value)] = line
    return values, lines


def _not_yaml(path: Path, error: Exception) -> ConfigError:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    return ConfigError(path, f"not YAML: {reason}", mark.line + 1 if mark is not None else None)


class _Reader:
    """Makes settings of the values of a file, and names the line of what is wrong."""

    def __init__(self, path: Path, values: Mapping[str, Any], lines: Mapping[str, int]) -> None:
        self._path, self._values, self._lines = path, values, lines

    def settings(self) -> Settings:
        for key in self._values:
            if key not in _KEYS:
                raise self._error(key, self._unknown(key))
        schema = self._schema()
        index = self._resolve(self._text("index", "index"))
        return Settings(
            path=self._path,
            sources=tuple(self._resolve(source) for source in self._sources()),
            index=Path(index),
            schema=schema,
            exclude=(*(self._pattern(pattern) for pattern in self._texts("exclude")), glob.escape(index)),
            encoding=self._encoding(),
            timezone=schema.timezone,
            synonyms=Path(self._resolve(self._text("synonyms", ""))) if self._values.get("synonyms") else None,
        )

    def _sources(self) -> list[str]:
        sources = self._texts("sources")
        if not sources:
            raise self._error("sources", "'sources' is needed: a list of files, folders and globs of articles")
        return sources

    def _schema(self) -> Schema:
        given = self._values.get("schema")
        try:
            schema = ARTICLE if given is None else Schema.from_dict(given)
        except SchemaError as error:
            raise self._error("schema", f"schema: {error}") from None
        own = schema.timezone if isinstance(given, Mapping) and given.get("timezone") else None
        timezone = self._text("timezone", schema.timezone)
        if own is not None and own != timezone:
            raise self._error("timezone", f"'timezone' is {timezone!r} here and {own!r} in the schema")
        try:
            zone_of(timezone)
        except SchemaError as error:
            raise self._error("timezone" if "timezone" in self._values else "schema", str(error)) from None
        return replace(schema, timezone=timezone)

    def _encoding(self) -> str:
        encoding = self._text("encoding", "utf-8")
        try:
            "".encode(encoding)
        except LookupError:
            raise self._error("encoding", f"unknown encoding {encoding!r}") from None
        return encoding

    def _text(self, key: str, default: str) -> str:
        value = self._values.get(key)
        if value is None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self._error(key, f"{key!r} must be a string")
        return value

    def _texts(self, key: str) -> list[str]:
        value = self._values.get(key)
        entries = [value] if isinstance(value, str) else value if value is not None else []
        if not isinstance(entries, list) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
            raise self._error(key, f"{key!r} must be a list of strings")
        return entries

    def _resolve(self, entry: str) -> str:
        return os.path.normpath(self._path.parent / Path(entry).expanduser())

    def _pattern(self, pattern: str) -> str:
        if "/" not in pattern.rstrip("/"):
            return pattern
        return os.path.normpath(os.path.join(glob.escape(str(self._path.parent)), pattern))

    def _unknown(self, key: object) -> str:
        from difflib import get_close_matches  # for messages only, and slow to import

        nearest = get_close_matches(str(key).lower(), _KEYS, n=1, cutoff=0.6)
        meant = f"did you mean {nearest[0]!r}?" if nearest else f"it takes {', '.join(_KEYS)}"
        return f"unknown key {key!r}; {meant}"

    def _error(self, key: object, reason: str) -> ConfigError:
        return ConfigError(self._path, reason, self._lines.get(str(key)))
