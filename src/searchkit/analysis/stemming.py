"""Stemming by Snowball: of English in a kernel, of all other languages through PyStemmer."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from searchkit.analysis.harmony import harmonised, unmarked
from searchkit.errors import SchemaError
from searchkit.kernels.buffers import zeros
from searchkit.kernels.english import stem_lines, stem_words

if TYPE_CHECKING:
    from searchkit.analysis.strings import Strings

__all__ = ["Stemmer", "stemmer_languages", "stemmer_version"]

_ENGLISH = "english"


class _Snowball(Protocol):
    maxCacheSize: int  # noqa: N815

    def stemWords(self, words: Sequence[str], /) -> list[str]: ...  # noqa: N802


class Stemmer:
    """Stems words of one language; may be shared by threads.

    language: one of `stemmer_languages()`; else `SchemaError`.
    """

    def __init__(self, language: str) -> None:
        if language != _ENGLISH and language not in stemmer_languages():
            raise _unknown(language)
        self.language = language
        self._harmonic = language == "turkish"
        self._local = threading.local()

    def stems(self, words: list[str]) -> list[str]:
        """The stem of each folded word, in order; where nothing is left of a word, the word."""
        if self.language == _ENGLISH:
            english: list[str] = stem_words(words)
            return english
        if self._harmonic:
            found = [unmarked(stem) for stem in self._snowball().stemWords([harmonised(word) for word in words])]
        else:
            found = self._snowball().stemWords(words)
        if "" in found:
            found = [stem or word for stem, word in zip(found, words, strict=True)]
        return found

    def stems_of_lines(self, lines: bytes) -> Strings:
        """The same for words of which each is a line, with a line feed behind it."""
        from searchkit.analysis.strings import Strings  # searching starts sooner without it

        if self.language != _ENGLISH:
            return Strings.of(self.stems(lines.decode().split("\n")[:-1]))
        stems, lengths = zeros(len(lines), "B"), zeros(lines.count(b"\n"))
        used = stem_lines(lines, stems, lengths)
        return Strings(bytes(stems[:used]), lengths)

    def _snowball(self) -> _Snowball:
        # A stemmer keeps state between calls: each thread has its own.
        made: _Snowball | None = getattr(self._local, "snowball", None)
        if made is None:
            import Stemmer as Snowball  # type: ignore[import-not-found, unused-ignore]

            made = Snowball.Stemmer(self.language)
            made.maxCacheSize = 0  # each distinct word comes once, so a cache only costs
            self._local.snowball = made
        return made


def _unknown(language: str) -> SchemaError:
    from difflib import get_close_matches  # only to say what is wrong

    near = get_close_matches(str(language).lower(), stemmer_languages(), n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(stemmer_languages())}"
    return SchemaError(f"unknown language {language!r}: {hint}")


def stemmer_languages() -> tuple[str, ...]:
    """The names of the languages that can be stemmed."""
    import Stemmer as Snowball

    return tuple(Snowball.algorithms())


def stemmer_version() -> str:
    """The version of PyStemmer: stems decide what matches, so an index notes which made it. (Those of English depend on
    the version of searchkit alone.)
    """
    import Stemmer as Snowball

    return str(Snowball.version())
