"""Answers that are kept, for functions that are asked for the same words again and again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(Generic[K, V]):
    """What `find` answers, found once for each key; beyond `most` answers all are forgotten.

    Quicker than `functools.lru_cache`, which notes at each call what was asked last: for a hundred thousand words that takes
    longer than to read most of them anew.
    """

    def __init__(self, find: Callable[[K], V], most: int) -> None:
        self._find, self._most = find, most
        self._known: dict[K, V] = {}

    def each(self, keys: Collection[K]) -> list[V]:
        """The answers for `keys`, in their order."""
        known = self._known
        try:
            return [known[key] for key in keys]
        except KeyError:
            return [known[key] if key in known else self(key) for key in keys]

    def __call__(self, key: K) -> V:
        """The answer for `key`."""
        known = self._known
        if key not in known:
            if len(known) >= self._most:
                known.clear()
            known[key] = self._find(key)
        return known[key]
