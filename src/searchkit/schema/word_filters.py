"""Filters written in Python: from a folded word to what is indexed for it, each under a name that an index keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from searchkit.errors import FilterError, SchemaError

__all__ = ["Filter", "WordFilter", "word_filters"]

Filter = Callable[[str], str | tuple[str, ...] | None]

_MOST_WORDS = 255
_LOCAL = ("<lambda>", "<locals>")


class WordFilter:
    """A filter of words.

    name: what an index keeps of it. By default the function's own, "module.function"; another one for functions that
        have none (a lambda, an inner function, a `functools.partial`), or to say that a filter no longer does what it
        did: an index that was made with another name is not searched in silence.
    function: from a folded word to another word, to several (a tuple), or to None for nothing. It must depend on
        nothing but the word, since it runs once for each distinct word. None: to be imported by the name.

    Two filters are equal where their names are.
    """

    __slots__ = ("function", "name")

    def __init__(self, name: str, function: Filter | None = None) -> None:
        if not isinstance(name, str) or not name or not name.isprintable():
            raise SchemaError(f"the name of a filter is a text, not {name!r}")
        if function is not None and not callable(function):
            raise SchemaError(f"filter {name}: a function from a word to a word is needed, not {function!r}")
        self.name, self.function = name, function

    @classmethod
    def of(cls, given: WordFilter | Filter | str) -> WordFilter:
        """A filter as people give it: itself, a function, or a dotted name, which `loaded` imports."""
        if isinstance(given, WordFilter):
            return given
        if isinstance(given, str):
            return cls(given)
        if not callable(given):
            raise SchemaError(f"a filter is a function or the dotted name of one, not {given!r}")
        return cls(_name_of(given), given)

    def is_named(self) -> bool:
        """Whether the name tells the filter from others, and not only "a lambda" or "an inner function"."""
        return not any(part in self.name for part in _LOCAL)

    def loaded(self) -> WordFilter:
        """The filter with its function; imports it where only its name was given.

        Raises `SchemaError` where that fails.
        """
        if self.function is not None:
            return self
        found = _imported(self.name)
        if isinstance(found, WordFilter):
            return found.loaded()
        if not callable(found):
            raise SchemaError(f"filter {self.name!r}: that is no function but {found!r}")
        own = WordFilter(_name_of(found), found)
        # One function has one name, however it was reached; what has none of its own is called as it was found.
        return own if hasattr(found, "__qualname__") and own.is_named() else WordFilter(self.name, found)

    def __call__(self, word: str) -> tuple[str, ...]:
        """The words that are indexed for a word.

        Raises `FilterError` where the function raises, or gives something that it should not.
        """
        if self.function is None:
            raise SchemaError(f"filter {self.name!r} has not been imported")
        try:
            found: Any = self.function(word)
        except Exception as error:
            raise FilterError(self.name, word, f"raised {type(error).__name__}: {error}") from error
        several = (found,) if isinstance(found, str) else () if found is None else found
        if not isinstance(several, tuple):
            raise FilterError(self.name, word, f"gave {found!r}; a word, a tuple of words or None is needed")
        if len(several) > _MOST_WORDS:
            raise FilterError(self.name, word, f"gave {len(several)} words; {_MOST_WORDS} are possible")
        return tuple(self._checked(one, word) for one in several if one != "")

    def _checked(self, found: object, word: str) -> str:
        if not isinstance(found, str):
            raise FilterError(self.name, word, f"gave {found!r} among its words; each must be a str")
        try:
            found.encode()
        except UnicodeEncodeError:
            raise FilterError(self.name, word, f"gave {found!r}, which is no valid Unicode") from None
        # Below the space stand the marks that keys of the dictionary begin with.
        if min(found) < " ":
            raise FilterError(self.name, word, f"gave {found!r}, which has a control character")
        return str(found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordFilter) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"<filter {self.name}>"


def word_filters(given: Iterable[WordFilter | Filter | str]) -> tuple[WordFilter, ...]:
    """Filters as people give them, for a field of an index. Raises `SchemaError` for what an index cannot name."""
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise SchemaError(f"filters is a list of functions or of dotted names, not {given!r}")
    made = tuple(map(WordFilter.of, given))
    for one in made:
        if not one.is_named():
            raise SchemaError(
                f"filter {one.name!r} has no name that an index can keep: define it at the top of a module, "
                "or name it: WordFilter('name', function)"
            )
    return made


def _name_of(function: Any) -> str:
    name = getattr(function, "__qualname__", None)
    return f"{getattr(function, '__module__', '?')}.{name}" if name else f"<locals>.{type(function).__qualname__}"


def _imported(name: str) -> object:
    parts = name.split(".")
    if len(parts) < 2 or not all(map(str.isidentifier, parts)):
        raise SchemaError(f"filter {name!r}: a dotted name is needed, as 'package.module.function'")
    found: Any = None
    for place, part in enumerate(parts):
        if found is None or not hasattr(found, part):
            found = _module(name, ".".join(parts[: place + 1]), found)
        else:
            found = getattr(found, part)
    return found


def _module(name: str, path: str, inside: object) -> object:
    try:
        return import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise SchemaError(f"filter {name!r}: {path} cannot be imported: {error}") from error
        where = "where Python looks for modules" if inside is None else f"in {path.rpartition('.')[0]}"
        raise SchemaError(f"filter {name!r}: there is no {path.rpartition('.')[2]!r} {where}") from None
    except Exception as error:
        raise SchemaError(f"filter {name!r}: {path} cannot be imported: {type(error).__name__}: {error}") from error
