# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Articles on their way into a segment: what of each is needed later, field by field, until there is enough of it.

Most articles are plain: dicts with an id of ASCII and texts that are strings. These become documents here, in one look
at each field. `schema.coerce` makes documents of all others, and says what is wrong with those that cannot be one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import cython

OTHERS = cython.declare(cython.Py_ssize_t, 100)
"""Bytes that a document takes while it waits, beside its texts."""
KEPT = cython.declare(cython.Py_ssize_t, 400)
"""Bytes that a document takes up to the end, beside its words."""
OBJECT = cython.declare(cython.Py_ssize_t, 50)
"""Bytes that an object of Python takes, about."""
DEPTH = cython.declare(cython.int, 8)
"""How deep into a value is looked for what it takes."""
NOT_PLAIN = 0
REPLACED = 2
FULL = object()
NONE_LEFT = object()


@cython.cclass
class Intake:
    """Takes documents, numbered from 0. An id given again replaces the document before it.

    slots: the place of each text field; converters: of each other field, the function that makes the value to keep, or
    None, of a value given, or raises `ValueError`. key, date: the names of the id and of the primary date.

    texts: the texts in UTF-8 of the documents that wait, one document after the other; dates, values: of each of them,
        the primary date and the other fields by name; None where there are none. waiting: the bytes that they take.
    ids: of all documents so far, the id → the number. added: how many were, replaced ones included; dead: the numbers
        of those that were replaced or discarded; replaced: how many were replaced; plain: how many were plain articles.
    is_open: whether plain articles are taken; whoever is done with it sets it to False.
    """

    def __init__(self, slots: dict[str, int], converters: dict[str, Callable[[Any], Any]], key: str, date: str) -> None:
        self._slots, self._converters, self._key, self._date = slots, converters, key, date
        self._blank = [b""] * len(slots)
        self.ids, self.dead, self.is_open = {}, set(), True
        self.added = self.replaced = self.plain = 0
        self.texts, self.dates, self.values, self.waiting = [], [], [], 0

    @property
    def memory(self) -> int:
        """About how many bytes the documents take: three times those that wait, for what is made of them; and what is
        kept of each.
        """
        return self._memory()

    @cython.cfunc
    @cython.inline
    @cython.exceptval(check=False)
    def _memory(self) -> cython.Py_ssize_t:
        return 3 * self.waiting + KEPT * self.added

    def drain(self) -> tuple[list, list, list]:
        """The texts, dates and values of the documents that waited, which wait no longer."""
        waited: tuple = self.texts, self.dates, self.values
        self.texts, self.dates, self.values, self.waiting = [], [], [], 0
        return waited

    def add(self, id: str, date: object, texts: Sequence[bytes], values: dict) -> bool:
        """Adds a document; whether it replaced one of the same id."""
        text: bytes
        size: cython.Py_ssize_t = 0
        for text in texts:
            size += len(text)
        self.texts += texts
        return self._added(id, date, values, size)

    def add_plain(self, article: object) -> int:
        """Adds the document that an article stands for; `NOT_PLAIN` where it was not, since the article is not plain,
        or not a document; `REPLACED` where it replaced one of the same id, else another number.
        """
        return self._add_plain(article)

    def add_all(self, articles: Iterator[object], most_waiting: int, most_memory: int) -> object:
        """Adds articles as long as they are plain; each is looked at before the next one is asked for. Returns the
        first that was not plain, `NONE_LEFT`, or `FULL` where more wait than `most_waiting`, or `memory` is more than
        `most_memory`.
        """
        waiting: cython.Py_ssize_t = most_waiting
        memory: cython.Py_ssize_t = most_memory
        for article in articles:
            if self._add_plain(article) == NOT_PLAIN:
                return article
            if self.waiting > waiting or self._memory() > memory:
                return FULL
        return NONE_LEFT

    @cython.cfunc
    @cython.exceptval(-1, check=False)
    def _add_plain(self, article: object) -> cython.int:
        if type(article) is not dict:
            return NOT_PLAIN
        fields: dict = article
        id: object = fields.get(self._key)
        if type(id) is not str or not id or not id.isascii() or id.isspace():
            return NOT_PLAIN
        # Of its own until nothing can go wrong: what converts a value may run any Python, which may add articles, too.
        texts: list = self._blank[:]
        values: dict = {}
        size: cython.Py_ssize_t = -1
        try:
            size = self._read(fields, texts, values)
        except ValueError:
            pass
        # Closed, perhaps, by what asked for this article, or converted a value.
        if size < 0 or not self.is_open:
            return NOT_PLAIN
        self.texts += texts
        self.plain += 1
        return REPLACED if self._added(id, values.get(self._date), values, size) else 1

    @cython.cfunc
    @cython.exceptval(-2, check=True)
    def _read(self, fields: dict, texts: list, values: dict) -> cython.Py_ssize_t:
        """Puts texts where they belong, and other fields into `values`; returns the bytes of the texts, or -1 where a
        field is unknown, or a text is no string.
        """
        size: cython.Py_ssize_t = 0
        text: bytes
        string: str
        for name, value in fields.items():
            slot = self._slots.get(name)
            if slot is None:
                convert = self._converters.get(name)
                if convert is None:
                    if name != self._key:
                        return -1
                elif value is not None:
                    made = convert(value)
                    if made is not None:
                        values[name] = made
            elif value is not None:
                if type(value) is not str:
                    return -1
                string = value
                text = string.encode()
                size += len(text)
                texts[slot] = text
        return size

    @cython.cfunc
    @cython.exceptval(-1, check=False)
    def _added(self, id: object, date: object, values: dict, size: cython.Py_ssize_t) -> cython.bint:
        before: object = self.ids.get(id)
        self.ids[id] = self.added
        self.added += 1
        for value in values.values():
            size += _weight(value, DEPTH)
        self.waiting += size + OTHERS
        self.dates.append(date)
        self.values.append(values or None)
        if before is None:
            return False
        self.dead.add(before)
        self.replaced += 1
        return True

    def discard(self, id: str) -> bool:
        """Takes a document out again; False where it is not there."""
        number: object = self.ids.pop(id, None)
        if number is None:
            return False
        self.dead.add(number)
        return True


@cython.cfunc
@cython.exceptval(-1, check=False)
def _weight(value: object, depth: cython.int) -> cython.Py_ssize_t:
    """About how many bytes a value takes: those of keyword fields and stored ones may be large."""
    size: cython.Py_ssize_t = OBJECT
    if type(value) is str:
        return size + len(cython.cast(str, value))
    if depth == 0:
        return size
    if type(value) is tuple or type(value) is list:
        for one in value:
            size += _weight(one, depth - 1)
    elif type(value) is dict:
        for name, one in value.items():
            size += _weight(name, depth - 1) + _weight(one, depth - 1)
    return size
