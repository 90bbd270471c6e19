"""Dates that no calendar has: 2月30日, 13月, 9月31日.

What it does:
    Reports days and months that do not exist, leap years reckoned with.

Why it matters:
    Such a date is always a slip, often of the digit beside it.

Example:
    截至2025年9月31日。

Use instead:
    截至2025年9月30日。

Limits:
    2月29日 without a year is taken to be possible.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding, Span

_DATE = re.compile(
    r"(?:(?<!\d)(\d{4})\s*年\s*)?(?<![\d.．—–~～-])(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号](?!线|楼|台|桥))?(?!份?以?[上下内]?个)"
)
_LEAP_YEAR = 2024


def find(case: Case) -> Iterator[Finding]:
    """Each month and day that is out of the calendar."""
    for found in _DATE.finditer(case.text):
        year, month, day = (int(part) if part else None for part in found.groups())
        if not _exists(year, month or 0, day):
            message = Said(
                f"“{found.group()}”不是日历上有的日期。", f"“{found.group()}” is not in the calendar."
            )
            yield RULE.finding(Span(*found.span()), message)


def _exists(year: int | None, month: int, day: int | None) -> bool:
    if day is None and year is None:
        return True  # 18月 alone may be a duration
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]


RULE = Rule(
    id="date.impossible",
    title=Said("日期不存在", "Date that does not exist"),
    severity="error",
    find=find,
    flagged=(
        Example("截至2025年9月31日，完成投资3亿元。"),
        Example("2月30日召开动员会。"),
        Example("2025年2月29日印发方案。"),
        Example("2025年13月完成验收。"),
        Example("11月31日前报送材料。"),
    ),
    passed=(
        Example("截至2025年9月30日，完成投资3亿元。"),
        Example("2024年2月29日印发方案。"),
        Example("2月28日召开动员会。"),
        Example("12月31日前报送材料。"),
        Example("建设周期18个月。"),
    ),
)
