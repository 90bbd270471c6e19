"""Records as plain data for JSON: what a program reads instead of a table."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from assistant.errors import Language, in_language
from assistant.records import Span

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def plain(value: object, language: Language | None = None) -> Plain:
    """`value` as JSON can hold it; what the program says in it in `language`, where one is given.

    A record becomes an object with its field names, a Span `[start, end]`, an exact Decimal its text
    (never a float), a date ISO 8601, a path its text.

    >>> plain({"span": Span(2, 5), "value": Decimal("5.60")})
    {'span': [2, 5], 'value': '5.60'}

    Raises:
        TypeError: a value of a kind that JSON has no form for.
    """
    if isinstance(value, str):
        return in_language(value, language) if language else value
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Decimal | Path):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return _composed(value, language)


def _composed(value: object, language: Language | None) -> Plain:
    if isinstance(value, dict):
        return {str(key): plain(item, language) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, language) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), language) for field in fields(value)}
    raise TypeError(f"no plain form for {type(value).__name__}")
