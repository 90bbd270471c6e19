"""A figure as written, and what it is worth exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from assistant.records.span import Span

QuantityKind = Literal[
    "money",  # 1860万元, 3000万美元: value in the currency's unit
    "count",  # 23家, 3.2万人次, or a bare number (unit "")
    "physical",  # 56公里, 4.5万亩, 12.3万吨: value in the written unit without 万/亿
    "percent",  # 18.3%, 百分之八, 八成, 3‰: value in per cent
    "points",  # 2.1个百分点: value in percentage points
    "multiple",  # 2.3倍, 翻一番: value = multiple of the base (增长1.2倍 -> 2.2)
    "fraction",  # 三分之一
    "ratio",  # 1:3, 6.1:41.2:52.7 -> parts
    "rank",  # 第2位, 全省首位, 第一
    "period",  # 1—9月, 上半年, 2023年, 今年
    "date",  # 11月30日, 2025年3月1日
    "duration",  # 三年, 15天, 两个月
    "document_number",  # 国发〔2021〕3号
    "masked",  # xx家, x.x亿元: a placeholder, no value
]

Approximation = Literal[
    "exact",
    "about",  # 约, 左右, 上下: two-sided
    "nearly",  # 近, 接近: at or a little below
    "over",  # 超, 逾, 余, 多, 突破: above
    "at_least",  # 以上, 不少于, 不低于
    "at_most",  # 以内, 以下, 不超过
    "several",  # 十几, 数百, 若干: an order of magnitude only
]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, both ends included; `None` where it could not be resolved without a year."""

    start: date | None
    end: date | None
    relative: bool = False  # written as 今年, 上半年, 去年同期 and resolved against the document's year

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years it touches, ascending."""
        if self.start is None or self.end is None:
            return ()
        return tuple(range(self.start.year, self.end.year + 1))


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure in a text.

    `value` is exact and in `unit`; 万/亿 are multiplied in (5.6亿元 -> 560000000 元, scale 10^8).
    `precision` is half of the last written digit's place, in `unit` (5.6亿元 -> 5000000).
    A range has `low` and `high` and no `value`; a ratio has `parts`; a masked figure has none of them.
    """

    kind: QuantityKind
    span: Span
    text: str
    value: Decimal | None = None
    unit: str = ""
    scale: Decimal = Decimal(1)
    precision: Decimal = Decimal(0)
    approximation: Approximation = "exact"
    low: Decimal | None = None
    high: Decimal | None = None
    parts: tuple[Decimal, ...] = ()
    period: Period | None = None  # for kinds period, date
    scope: str = ""  # for ranks: 全市, 全省, 全国
    number: str = ""  # for document numbers: 国发〔2021〕3号, brackets normalised

    @property
    def is_figure(self) -> bool:
        """Whether it states an amount that a source must carry (not a date, period or document number)."""
        return self.kind not in ("period", "date", "duration", "document_number", "masked")
