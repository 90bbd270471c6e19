"""What the words around a figure say: kind, direction, comparator, status, qualifiers (data/claims.txt)."""

from __future__ import annotations

import re

from assistant.quantities.wordlists import pattern
from assistant.records import ClaimKind, Comparator, Direction, Quantity, Status

_WORDS = "claims.txt"
_REACHED = re.compile(
    r"(?:增长|增加|上升|提高|提升|上涨|扩大|下降|减少|降低|回落|增|降|升|减|跌)(?:了)?(?:到|至|为)"
)
_DELTA = re.compile(
    r"(?:增长|增加|上升|提高|提升|上涨|扩大|下降|减少|降低|回落|下滑|收窄|净增|高|低|快|慢|增|降|多|少|还差|相差|尚差)(?:了|约|近|超过?)?$"
)
_RATED = re.compile(r"(?:率|强度|指数|度|比例|比重|占比|水平)$")
_ALREADY = re.compile(r"(?:完成|达到|占|超额完成|实现)[^，。；]{0,8}(?:计划|目标|任务)")
_GOAL_BEFORE = re.compile(
    r"(?:年度|全年|年初|预期|计划|既定)(?:目标|任务|计划)(?:任务|指标|值|数)?(?:的|是|为)?$"
)
_GOAL_AFTER = re.compile(r"(?:以上|左右)?的?(?:年初|年度|全年|既定|预期|计划|规划|预定)*(?:目标|任务)(?!\d)")
_BASE_AFTER = re.compile(
    r"[^，。；]{0,6}?(?:提高|增加|提升|上升|扩大|增长|压减|下降|降低|减少|精简|缩短|[增升降减])(?:到|至|为)"
)
_REALLY = re.compile(r"实际(?:完成|达到?|实现|为|到位)")
_COMPARATORS: tuple[Comparator, ...] = (
    "period_on_period", "prior_year_end", "other_place", "year_on_year", "target",
)  # fmt: skip


def direction_of(before: str) -> Direction:
    """The last word of rise or fall before the figure, in its clause."""
    best, found = -1, ""
    for direction in ("up", "down", "flat"):
        for match in pattern(_WORDS, direction).finditer(before):
            if match.end() > best:
                best, found = match.end(), direction
    return "up" if found == "up" else "down" if found == "down" else "flat" if found == "flat" else ""


def kind_of(figure: Quantity, indicator: str, before: str, after: str) -> ClaimKind:
    """level, change, rate, share, rank, completion or multiple, from the unit and the words."""
    if figure.kind == "rank":
        return "rank"
    if figure.kind in ("multiple", "ratio"):
        return "multiple"
    if pattern(_WORDS, "completion").search(before) or after.startswith("的年度"):
        return "completion" if figure.kind == "percent" else "level"
    if figure.kind == "points":
        return "change"
    delta = bool(_DELTA.search(before.rstrip())) and not _REACHED.search(before)
    if figure.kind == "percent":
        return _percentage(indicator, before, delta=delta)
    return "change" if delta and not before.rstrip().endswith("新增") else "level"


def _percentage(indicator: str, before: str, *, delta: bool) -> ClaimKind:
    if "占" in before or "比重" in before or "占比" in before:
        return "share"
    if delta:
        return "rate"
    if _RATED.search(indicator) or _REACHED.search(before):
        return "level"
    return "rate" if direction_of(before) else "level"


def comparator_of(before: str, after: str) -> Comparator:
    """What the figure is compared with, as far as its clause says."""
    for comparator in _COMPARATORS:
        if pattern(_WORDS, comparator).search(before):
            return comparator
    return "target" if after.startswith("的目标") else ""


def qualifiers_of(before: str) -> tuple[str, ...]:
    """新增, 累计, 其中 … in the order written; of several levels (省级15名、市级30名) only the last."""
    found = list(dict.fromkeys(pattern(_WORDS, "qualifier").findall(before)))
    levels = [word for word in found if "级" in word]
    return tuple(word for word in found if word not in levels[:-1])


def is_goal(before: str, after: str) -> bool:
    """Whether the figure is the goal that something is measured by (超出60家的目标, 完成年度目标4.8亿元的98.5%)."""
    return bool(_GOAL_BEFORE.search(before) or _GOAL_AFTER.match(after))


def is_base(before: str, after: str) -> bool:
    """Whether the figure is what a change starts from (由58%提高到83%)."""
    return before.endswith(("由", "从")) and bool(_BASE_AFTER.match(after))


def status_of(clause: str, carried: Status) -> Status:
    """Plan or forecast when a word of the clause says so; a finished thing ends it; else as `carried`."""
    if pattern(_WORDS, "forecast").search(clause):
        return "forecast"
    if _ALREADY.search(clause) or _REALLY.search(clause):
        return "actual"
    told = pattern(_WORDS, "not_plan").sub("", clause)
    return "plan" if pattern(_WORDS, "plan").search(told) else carried
