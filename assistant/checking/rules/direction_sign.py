"""增长, 下降 or 持平 that the figures contradict.

What it does:
    Compares the words of a change with its two figures: 由86家增加到80家, and a result that falls where the
    rate is called 增长.

Why it matters:
    Either a figure or the verb is wrong, and the sentence says the opposite of what happened.

Example:
    财政补助标准由每人每年520元提高到450元。

Use instead:
    财政补助标准由每人每年420元提高到450元。

Limits:
    Both figures must be written, in one unit; ranks (由第六位上升到第四位) rise when the number falls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import in_draft
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding, Quantity

_FROM = re.compile(r"(?:由|从)[^，。；、到至]{0,12}$")
_UP = re.compile(
    r"^[^，。；、]{0,8}?(?:增加|增长|提高|提升|上升|扩大|上涨|跃升|攀升|增|升)(?:到了?|至)(?:了|约|近|超过?)?[^，。；、]{0,6}$"
)
_DOWN = re.compile(
    r"^[^，。；、]{0,8}?(?:减少|下降|降低|缩减|压减|回落|缩短|减|降)(?:到了?|至)(?:了|约|近|超过?)?[^，。；、]{0,6}$"
)
_KINDS = ("money", "count", "physical", "percent")
_REVERSED = re.compile(r"名次|排名|位次|排位|位居|第$")


def find(case: Case) -> Iterator[Finding]:
    """Neighbouring figures told as a rise or a fall that they are not."""
    previous: Quantity | None = None
    for figure in case.figures:
        if previous is not None and previous.unit == figure.unit and figure.kind in _KINDS:
            lead = case.text[max(0, previous.span.start - 20) : previous.span.start]
            between = case.text[previous.span.end : figure.span.start]
            if _FROM.search(lead) and not _REVERSED.search(lead) and _contrary(previous, figure, between):
                message = Said(
                    f"“{previous.text}”到“{figure.text}”的变化方向与所用动词相反，请核对数字或用词。",
                    f"From “{previous.text}” to “{figure.text}” is the opposite of what the verb says; check the figures or the word.",
                )
                evidence = (in_draft(case, figure.span),)
                yield RULE.finding(previous.span, message, evidence, formula=f"{previous.text}→{figure.text}")
        previous = figure


def _contrary(one: Quantity, other: Quantity, between: str) -> bool:
    if one.value is None or other.value is None or {one.approximation, other.approximation} != {"exact"}:
        return False
    fell, rose = other.value < one.value, other.value > one.value
    return bool((_UP.match(between) and fell) or (_DOWN.match(between) and rose))


RULE = Rule(
    id="direction.sign",
    title=Said("方向相反", "Direction of change reversed"),
    severity="error",
    find=find,
    flagged=(
        Example("财政补助标准由每人每年520元提高到450元。"),
        Example("高新技术企业由86家增加到80家。"),
        Example("城镇调查失业率由5.2%下降到5.6%。"),
        Example("库存由12万吨下降到15万吨。"),
        Example("技术合同登记额从5.6亿元增加到4.9亿元。"),
    ),
    passed=(
        Example("财政补助标准由每人每年420元提高到450元。"),
        Example("高新技术企业由80家增加到86家。"),
        Example("经济总量由世界第六位上升到第四位。"),
        Example("库存由15万吨下降到12万吨。"),
        Example("全国排名由第12位上升到第9位。"),
    ),
)
