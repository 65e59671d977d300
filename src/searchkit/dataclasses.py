"""Dataclasses that are made quickly.

A program that opens an index and asks one thing makes some sixty dataclasses first. The standard ones compile source
for each, and import `inspect`, `ast` and `tokenize` before the first: together more than a third of the time until the
answer is there. Here `__init__` is compiled once for each number of fields, and a class gets a copy with its own names.

What is here behaves as its namesake of the standard library, as far as it goes; the functions of that library
(`dataclasses.replace`, `fields`, `asdict`, `is_dataclass`) take these classes too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, Final, NamedTuple, TypeVar, dataclass_transform

__all__ = ["MISSING", "Field", "asdict", "dataclass", "field", "fields", "replace"]

T = TypeVar("T")


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()
"""The default of a field that has none."""
_FIELDS: Final = "__searchkit_fields__"


class Field(NamedTuple):
    """A field of a dataclass: its name, its type as written, and its default or what makes it."""

    name: str
    type: str
    default: Any = MISSING
    default_factory: Any = MISSING


def field(*, default_factory: Callable[[], T]) -> T:
    """A field whose default is made anew for each instance."""
    return Field("", "", default_factory=default_factory)  # type: ignore[return-value]


def fields(kind: object) -> tuple[Field, ...]:
    """The fields of a dataclass, or of an instance, in order."""
    return tuple(getattr(kind, _FIELDS).values())


def replace(value: T, **changes: Any) -> T:
    """The same with other values in some fields."""
    kept = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in changes}
    return value.__class__(**kept, **changes)


def asdict(value: object) -> dict[str, Any]:
    """Field → value, with dataclasses inside, in whatever tuples, lists and dicts, turned into dicts too."""
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}


def _plain(value: Any) -> Any:
    if hasattr(type(value), _FIELDS):
        return asdict(value)
    if isinstance(value, list | tuple):
        return type(value)(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


@dataclass_transform(field_specifiers=(field,))
def dataclass(*, frozen: bool = False, slots: bool = False) -> Callable[[type[T]], type[T]]:
    """Gives a class `__init__`, `__repr__`, `__eq__`, `__match_args__`, and where it is frozen `__hash__`.

    frozen: instances cannot be changed. slots: they have no `__dict__`; the class is made anew then, so that `super()`
    without arguments does not work in it.
    """

    def made(kind: type[T]) -> type[T]:
        namespace = dict(kind.__dict__)
        found = _inherited(kind)
        for name, annotation in namespace.get("__annotations__", {}).items():
            if not annotation.startswith("ClassVar"):
                found[name] = _field(name, annotation, namespace.get(name, MISSING))
                namespace.pop(name, None)
                if not slots and name in kind.__dict__:
                    delattr(kind, name)
        if slots:
            before = _inherited(kind)
            kind = _with_slots(kind, namespace, [name for name in found if name not in before])
        _equip(kind, found, frozen)
        return kind

    return made


def _inherited(kind: type) -> dict[str, Field]:
    return dict(next((base.__dict__[_FIELDS] for base in kind.__mro__[1:] if _FIELDS in base.__dict__), {}))


def _field(name: str, annotation: str, default: Any) -> Field:
    if isinstance(default, Field):
        return Field(name, annotation, default_factory=default.default_factory)
    return Field(name, annotation, default)


def _with_slots(kind: type[T], namespace: dict[str, Any], names: list[str]) -> type[T]:
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    namespace["__slots__"] = tuple(names)
    make: Any = type(kind)
    made: type[T] = make(kind.__name__, kind.__bases__, namespace)
    made.__qualname__ = kind.__qualname__
    return made


def _equip(kind: Any, found: dict[str, Field], frozen: bool) -> None:
    names = tuple(found)
    key: Callable[[Any], Any] = attrgetter(*names) if names else lambda value: ()

    def is_equal(self: Any, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def shown(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({values})"

    def state(self: Any) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in names)

    def restore(self: Any, values: tuple[Any, ...]) -> None:
        for name, value in zip(names, values, strict=True):
            object.__setattr__(self, name, value)

    setattr(kind, _FIELDS, found)
    kind.__dataclass_fields__ = _ForTheStandardLibrary()
    if "__init__" not in kind.__dict__:
        kind.__init__ = _initialiser(kind, found, frozen)
    setattr(kind, "__match_args__", names)  # noqa: B010  # a checker knows it as one that nobody assigns to
    kind.__eq__ = is_equal
    if "__slots__" in kind.__dict__:
        # For copies and pickles, which otherwise know of no slots that cannot be set.
        kind.__getstate__, kind.__setstate__ = state, restore
    if "__repr__" not in kind.__dict__:
        kind.__repr__ = shown
    kind.__hash__ = None
    if frozen:
        kind.__hash__ = lambda self: hash(key(self))
        kind.__setattr__, kind.__delattr__ = _refuse_to_set, _refuse_to_delete


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise AttributeError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise AttributeError(f"cannot delete field {name!r}")


class _ForTheStandardLibrary:
    """`__dataclass_fields__`, put together when somebody looks at it."""

    def __get__(self, instance: object, kind: type) -> dict[str, Any]:
        import dataclasses

        specified = []
        for one in fields(kind):
            options = {"default": one.default, "default_factory": one.default_factory}
            given: Any = {name: value for name, value in options.items() if value is not MISSING}
            specified.append((one.name, one.type, dataclasses.field(**given)))
        made: dict[str, Any] = dataclasses.make_dataclass(kind.__name__, specified).__dict__["__dataclass_fields__"]
        return made


def _initialiser(kind: type, found: dict[str, Field], frozen: bool) -> FunctionType:
    fresh = [one.name for one in found.values() if one.default_factory is not MISSING]
    plain = not frozen and not fresh
    template = _template(len(found), plain, hasattr(kind, "__post_init__"))
    scope: dict[str, Any] = {"__builtins__": {}}
    names = template.co_names
    if plain:
        names = tuple(found) + names[len(found) :]
    else:
        scope |= {f"put{number}": _put(kind, one) for number, one in enumerate(found.values())}
    code = template.replace(co_varnames=("self", *found), co_names=names)
    defaults = [_FRESH if one.name in fresh else one.default for one in found.values()]
    given = tuple(default for default in defaults if default is not MISSING)
    if MISSING in defaults[len(defaults) - len(given) :]:
        raise TypeError(f"{kind.__name__}: a field without a default follows one that has one")
    made = FunctionType(code, scope, "__init__", given)
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    made.__annotations__ = {one.name: one.type for one in found.values()} | {"return": None}
    return made


class _Fresh:
    def __repr__(self) -> str:
        return "<factory>"


_FRESH: Final = _Fresh()


def _put(kind: type, one: Field) -> Callable[[Any, Any], None]:
    """What sets a field of an instance, frozen or not."""
    slot = kind.__dict__.get(one.name) or getattr(kind, one.name, None)
    put: Callable[[Any, Any], None]
    if slot is None:
        name = one.name

        def put(instance: Any, value: Any) -> None:
            object.__setattr__(instance, name, value)

    else:
        put = slot.__set__
    make = one.default_factory
    return put if make is MISSING else lambda instance, value: put(instance, make() if value is _FRESH else value)


@cache
def _template(count: int, plain: bool, checked: bool) -> CodeType:
    """The code of an `__init__` for so many fields, of which the names are still to be put in.

    plain: values are simply assigned; else each by a function `put…` of its scope. checked: `__post_init__` follows.
    """
    numbers = range(count)
    lines = [f"self.a{n} = b{n}" if plain else f"put{n}(self, b{n})" for n in numbers]
    lines += ["self.__post_init__()"] if checked else []
    scope: dict[str, Any] = {}
    exec(f"def made(self{''.join(f', b{n}' for n in numbers)}):\n " + "\n ".join(lines or ["pass"]), scope)
    code: CodeType = scope["made"].__code__
    return code
