"""What a script of the page sent: read by name and type, so that nothing unexpected goes further in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.errors import RequestUnusable

_LONGEST = 2_000_000


class Given(dict[str, Any]):
    """One object out of JSON. Its readers raise RequestUnusable where a value is missing or of another type.

    >>> given = Given.of({"id": "a1", "version": 3})
    >>> given.text("id"), given.number("version"), given.text("title", "")
    ('a1', 3, '')
    """

    @classmethod
    def of(cls, data: object) -> Given:
        """`data` if it is an object, else an empty one: a script that sends nothing asks for nothing special."""
        return cls(data) if isinstance(data, Mapping) else cls()

    def text(self, name: str, default: str | None = None) -> str:
        """A text of at most 2,000,000 characters; lone surrogates, which no file can hold, are replaced."""
        value: str = self._value(name, str, default)
        if len(value) > _LONGEST:
            raise RequestUnusable(reason=name)
        return value.encode("utf-8", "replace").decode("utf-8")

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        value: int = self._value(name, int, default)
        if isinstance(value, bool):
            raise RequestUnusable(reason=name)
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        """True or false."""
        return bool(self._value(name, bool, default))

    def texts(self, name: str, default: list[str] | None = None) -> list[str]:
        """A list of texts."""
        values = self._value(name, list, default)
        if not all(isinstance(value, str) for value in values):
            raise RequestUnusable(reason=name)
        return list(values)

    def items_of(self, name: str) -> list[Given]:
        """A list of objects; empty when it is not there."""
        values = self._value(name, list, [])
        if not all(isinstance(value, Mapping) for value in values):
            raise RequestUnusable(reason=name)
        return [Given.of(value) for value in values]

    def maybe(self, name: str) -> str | None:
        """A text, or None when it is missing or null."""
        return None if self.get(name) is None else self.text(name)

    def _value(self, name: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - as the JSON has it
        value = self.get(name)
        if value is None:
            value = default
        if not isinstance(value, kind):
            raise RequestUnusable(reason=name)
        return value
