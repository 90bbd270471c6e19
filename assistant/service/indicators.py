"""The series of an indicator in the archive."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.archive import Series
from assistant.errors import QueryInvalid, Said
from assistant.service.library import Library

_LONGEST = 60


def find_series(
    library: Library, name: str, *, organisation: str = "", place: str = "", years: Sequence[int] = ()
) -> tuple[Series, ...]:
    """The series of an indicator, the fullest first.

    Raises:
        QueryInvalid: no name, or one that is too long to be an indicator's.
    """
    if not 0 < len(name.strip()) <= _LONGEST:
        reason = Said(zh="请写一个指标名称", en="give the name of an indicator")
        raise QueryInvalid(reason=reason)
    return library.archive.indicators(name.strip(), organisation=organisation, place=place, years=years)


def years_of(text: str) -> tuple[int, ...]:
    """Years from “2022-2024”, “2022,2024” or one year; none for an empty text.

    >>> years_of("2022-2024"), years_of("2023")
    ((2022, 2023, 2024), (2023,))

    Raises:
        QueryInvalid: it is not of these forms.
    """
    years: list[int] = []
    for part in text.replace("，", ",").replace("—", "-").replace("–", "-").split(","):
        ends = [end.strip() for end in part.split("-")]
        if part.strip() and (len(ends) > 2 or not all(end.isdecimal() and len(end) == 4 for end in ends)):
            reason = Said(
                zh=f"“{text}”不是年份，请写成 2022-2024", en=f"“{text}” is no range of years; try 2022-2024"
            )
            raise QueryInvalid(reason=reason)
        if part.strip():
            years += range(int(ends[0]), int(ends[-1]) + 1)
    return tuple(years)
