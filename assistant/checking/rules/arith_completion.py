"""A completion rate that does not follow from target and result.

What it does:
    Recomputes 目标X，完成Y，完成率p% (or 完成年度计划的p%).

Why it matters:
    The completion rate decides how the year is judged.

Example:
    技术合同登记额目标任务5亿元，实际完成5.6亿元，完成率102%。

Use instead:
    技术合同登记额目标任务5亿元，实际完成5.6亿元，完成率112%。

Limits:
    Target and result must stand in the same sentence as the rate.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import failed
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding


def find(case: Case) -> Iterator[Finding]:
    """Derivations of this kind that do not hold."""
    yield from failed(case, RULE, "completion", Said("完成率", "completion rate"))


RULE = Rule(
    id="arith.completion",
    title=Said("完成率不符", "Completion rate does not follow"),
    severity="error",
    find=find,
    flagged=(
        Example("技术合同登记额目标任务5亿元，实际完成5.6亿元，完成率102%。"),
        Example("固定资产投资年度计划715.4亿元，已完成786.7亿元，完成年度计划的101.0%。"),
        Example("新认定高新技术企业目标20家，实际完成23家，完成率105%。"),
        Example("争取资金目标任务1860万元，实际完成1500万元，完成率96.5%。"),
        Example("培训计划500人，已完成620人，完成年度计划的142%。"),
    ),
    passed=(
        Example("技术合同登记额目标任务5亿元，实际完成5.6亿元，完成率112%。"),
        Example("固定资产投资年度计划715.4亿元，已完成786.7亿元，完成年度计划的110.0%。"),
        Example("新认定高新技术企业目标20家，实际完成23家，完成率115%。"),
        Example("争取资金目标任务1860万元，实际完成1500万元，完成率80.6%。"),
        Example("技术合同登记额5.6亿元，完成年度目标的112%。"),
    ),
)
