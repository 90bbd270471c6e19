"""Results that are kept for the next time, the least used dropped first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """At most `most` results by key, one for each key; several threads may ask at once.

    `state` tells what a result was made from: one that was made from something else is made anew.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[Hashable, tuple[Hashable, T]] = OrderedDict()
        self._lock = Lock()
        self._making: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, state: Hashable, make: Callable[[], T]) -> T:
        """The result of `key`; made by one thread while others that want the same wait for it."""
        found = self._found(key, state)
        return self._made(key, state, make) if found is None else found

    def _made(self, key: Hashable, state: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        with turn:
            found = self._found(key, state)
            if found is None:
                found = self._keep(key, state, make)
        return found

    def _found(self, key: Hashable, state: Hashable) -> T | None:
        with self._lock:
            held = self._results.get(key)
            if held is None or held[0] != state:
                return None
            self._results.move_to_end(key)
            return held[1]

    def _keep(self, key: Hashable, state: Hashable, make: Callable[[], T]) -> T:
        try:
            result = make()
            with self._lock:
                self._results[key] = state, result
                self._results.move_to_end(key)
                while len(self._results) > self._most:
                    self._results.popitem(last=False)
            return result
        finally:
            with self._lock:
                self._making.pop(key, None)
