"""Dataclasses as plain JSON and back: a row of fields for each, in the order of their definition."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import Field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

Decoder = Callable[[Any], Any]
_PLAIN = (str, int, bool)


def encoded(value: Any) -> Any:
    """The value in lists, objects, strings and numbers; sets in order."""
    if hasattr(value, "packed"):
        return value.packed()
    if is_dataclass(value):
        return [encoded(getattr(value, f.name)) for f in _kept(value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {k: encoded(v) for k, v in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [encoded(v) for v in value]
    return value


@cache
def decoder(kind: Any) -> Decoder:
    """What makes a value of the type ``kind`` of what ``encoded`` gave.

    It raises ValueError for anything else.

    Args:
        kind: a dataclass, an enumeration, ``str``, ``int``, ``bool``, one of them or None, a ``tuple``,
            ``frozenset`` or ``Mapping`` of these, or a class with ``packed`` and ``unpacked``.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if hasattr(kind, "unpacked"):
        packed = decoder(Mapping[str, str])
        return lambda value: kind.unpacked(packed(value))
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if origin is tuple and inner[1:] == (...,):
        return _of_sequence(tuple, inner[0])
    if origin is frozenset:
        return _of_sequence(frozenset, inner[0])
    if origin is Mapping:
        return _of_mapping(inner[1])
    if origin is UnionType and NoneType in inner:
        (other,) = (decoder(each) for each in inner if each is not NoneType)
        return lambda value: None if value is None else other(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _of_type(kind)


def _of_dataclass(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    parts = [decoder(hints[f.name]) for f in _kept(kind)]

    def decode(row: Any) -> Any:
        return kind(*[part(value) for part, value in zip(parts, _checked(row, list), strict=True)])

    return decode


def _kept(kind: Any) -> list[Field[Any]]:
    """Its fields, but for those whose metadata say ``{"kept": False}``; they stand last and have a default."""
    return [f for f in fields(kind) if f.metadata.get("kept", True)]


def _of_sequence(kind: Callable[[Iterable[Any]], Any], inner: Any) -> Decoder:
    parts = _of_several(inner)
    return lambda row: kind(parts(_checked(row, list)))


def _of_mapping(inner: Any) -> Decoder:
    parts = _of_several(inner)
    return lambda value: dict(zip(_checked(value, dict), parts(value.values()), strict=True))


def _of_several(inner: Any) -> Callable[[Collection[Any]], Iterable[Any]]:
    """What decodes values of one type; plain ones, which are most, are checked at a time."""
    if inner in _PLAIN:

        def plain(values: Collection[Any]) -> Iterable[Any]:
            if not set(map(type, values)) <= {inner}:
                raise ValueError(f"not {inner.__name__} throughout")
            return values

        return plain
    part = decoder(inner)
    return lambda values: [part(value) for value in values]


def _of_type(kind: type) -> Decoder:
    return lambda value: _checked(value, kind)


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{type(value).__name__} instead of {kind.__name__}")
    return value
