"""A quantity bound to what it says: indicator, period, place, status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.quantity import Period, Quantity
from assistant.records.span import Span

Status = Literal["actual", "plan", "forecast"]
ClaimKind = Literal["level", "change", "rate", "share", "rank", "completion", "multiple"]
Direction = Literal["up", "down", "flat", ""]
Comparator = Literal["", "year_on_year", "period_on_period", "prior_year_end", "other_place", "target"]
Part = Literal["review", "plan", "definition", ""]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a figure.

    kind: level (23家), change (增加5家), rate (增长18.3%), share (占比42%), rank, completion (完成率), multiple.
    `indicator` is the canonical name (synonyms resolved: 高企 -> 高新技术企业); `indicator_span` is where
    the name stands, `None` when it was carried over from an earlier clause and not written again.
    """

    quantity: Quantity
    sentence: Span
    indicator: str = ""
    indicator_span: Span | None = None
    subject: str = ""  # place or body: 全县, 云溪县, 规上工业企业
    period: Period | None = None
    status: Status = "actual"
    kind: ClaimKind = "level"
    direction: Direction = ""
    comparator: Comparator = ""
    qualifiers: tuple[str, ...] = ()  # 新增, 累计, 其中, 规上, 有效
    part: Part = ""
