"""Shares of one whole that do not make 100 %.

What it does:
    Adds up 三次产业结构 and other ratios of three parts or more, and shares listed with 占比分别为, and
    reports a ratio that misses 100 and shares that exceed it by more than rounding allows.

Why it matters:
    One of the parts is wrong, and with it what is said about the structure.

Example:
    三次产业结构调整为8.7∶51.2∶50.1。

Use instead:
    三次产业结构调整为8.7∶41.2∶50.1。

Limits:
    Shares that add up to less than 100 % may name only some of the parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding, Quantity, Span

_WHOLE = Decimal(100)
_ROUNDING = Decimal("0.1")
_STRUCTURE = re.compile(r"产业|结构|比例|构成")
_LISTED = re.compile(r"占比?[^，。；]{0,14}分别|分别占|(?:比重|占比|比例)分别")
_JOINED = re.compile(r"^[、，和及与\s]{1,2}$")
_PLAUSIBLE = (Decimal(60), Decimal(200), Decimal(125))
_BEFORE = 24


def find(case: Case) -> Iterator[Finding]:
    """Ratios, then listed shares."""
    for figure in case.figures:
        before = case.text[max(0, figure.span.start - _BEFORE) : figure.span.start]
        total = sum(figure.parts, Decimal(0))
        structure = len(figure.parts) > 2 and _STRUCTURE.search(before)
        off = abs(total - _WHOLE) > _ROUNDING * len(figure.parts)
        if structure and off and _PLAUSIBLE[0] < total < _PLAUSIBLE[1]:
            yield _finding(figure.span, "＋".join(map(str, figure.parts)), total, Said("不等于", "not"))
    for run in _runs(case):
        total = sum((f.value for f in run if f.value is not None), Decimal(0))
        if _PLAUSIBLE[2] > total > _WHOLE + sum((f.precision for f in run), Decimal(0)):
            span = Span(run[0].span.start, run[-1].span.end)
            yield _finding(span, "＋".join(f.text for f in run), total, Said("超过", "more than"))


def _runs(case: Case) -> Iterator[list[Quantity]]:
    """Percentages listed after 占比分别为."""
    run: list[Quantity] = []
    for figure in case.figures:
        joined = run and _JOINED.match(case.text[run[-1].span.end : figure.span.start])
        if not (joined and figure.kind == "percent"):
            if len(run) > 2:
                yield run
            before = case.text[max(0, figure.span.start - _BEFORE) : figure.span.start]
            run = [figure] if figure.kind == "percent" and _LISTED.search(before) else []
        else:
            run.append(figure)
    if len(run) > 2:
        yield run


def _finding(span: Span, parts: str, total: Decimal, how: Said) -> Finding:
    message = Said(
        f"各部分占比之和为{total}，{how}100。", f"The shares add up to {total}, which is {how.en} 100."
    )
    return RULE.finding(span, message, formula=f"{parts}={total}")


RULE = Rule(
    id="arith.shares_total",
    title=Said("占比合计不符", "Shares do not add up"),
    severity="error",
    find=find,
    flagged=(
        Example("三次产业结构调整为8.7∶51.2∶50.1。"),
        Example("三次产业比为6.1:41.2:62.7。"),
        Example("农业、工业、服务业投资占比分别为12%、48%、50%。"),
        Example("三次产业结构由9.1∶42.2∶48.7调整为8.7∶40.2∶52.1。"),
        Example("高、中、低三档企业占比分别为30.5%、45.5%、34.0%。"),
    ),
    passed=(
        Example("三次产业结构调整为8.7∶41.2∶50.1。"),
        Example("三次产业比为6.1:41.2:52.7。"),
        Example("农业、工业、服务业投资占比分别为12%、48%、40%。"),
        Example("机电、农产品、服装出口占比分别为30%、20%、10%。"),
        Example("高、中、低三档企业占比分别为33.3%、33.3%、33.4%。"),
    ),
)
