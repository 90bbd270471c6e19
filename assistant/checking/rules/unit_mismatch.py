"""The number of the source with another unit.

What it does:
    Finds the source sentence with the words of the draft and sees that the number agrees and the unit does
    not: 万元 for 亿元, 个 for 家 of something else, 吨 for 万吨.

Why it matters:
    A wrong 万 or 亿 is an error of ten thousand times that nobody sees.

Example:
    Fact: 完成投资52.3亿元. Draft: 完成投资52.3万元.

Use instead:
    完成投资52.3亿元.

Limits:
    The same amount in another unit (5.6亿元, 56021万元) is no mismatch.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import in_conflict
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding


def find(case: Case) -> Iterator[Finding]:
    """Figures that the alignment judged so."""
    for conflict in in_conflict(case, "unit"):
        message = Said(
            f"来源为“{conflict.source.text}”，此处写作“{conflict.figure.text}”，单位不一致。",
            f"The source has “{conflict.source.text}”, the draft “{conflict.figure.text}”: the unit differs.",
        )
        yield RULE.finding(conflict.figure.span, message, conflict.evidence, fix=conflict.fix)


_FACTS = (
    "重点项目完成投资52.3亿元",
    "技术合同登记额5.6亿元",
    "粮食总产量12.3万吨",
    "争取上级资金1860万元",
    "高新技术产业产值18.6亿元，同比增长9%",
)

RULE = Rule(
    id="unit.mismatch",
    title=Said("单位不符", "Wrong unit"),
    severity="error",
    find=find,
    flagged=(
        Example("重点项目完成投资52.3万元。", _FACTS),
        Example("技术合同登记额5.6万元。", _FACTS),
        Example("粮食总产量12.3吨。", _FACTS),
        Example("争取上级资金1860亿元。", _FACTS),
        Example("全县高新技术产业产值18.6万元，同比增长9%。", _FACTS),
    ),
    passed=(
        Example("重点项目完成投资52.3亿元。", _FACTS),
        Example("技术合同登记额56021万元。", _FACTS),
        Example("粮食总产量12.3万吨。", _FACTS),
        Example("争取上级资金1860万元。", _FACTS),
        Example("全县高新技术产业产值18.6亿元，同比增长9%。", _FACTS),
    ),
)
