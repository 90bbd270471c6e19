"""Results that are kept for the next time, the least used dropped first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """At most `most` results by key; several threads may ask at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()
        self._making: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result of `key`; made by one thread while others that want the same wait for it."""
        found = self._found(key)
        return self._made(key, make) if found is None else found

    def _made(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        with turn:
            found = self._found(key)
            if found is None:
                found = self._keep(key, make)
        return found

    def _found(self, key: Hashable) -> T | None:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def _keep(self, key: Hashable, make: Callable[[], T]) -> T:
        try:
            result = make()
            with self._lock:
                self._results[key] = result
                while len(self._results) > self._most:
                    self._results.popitem(last=False)
            return result
        finally:
            with self._lock:
                self._making.pop(key, None)
