"""A base or a streak that last year's report contradicts.

What it does:
    Compares 由X提高到Y with what the earlier report gave as the level, and 连续N年 with the earlier 连续N年
    plus the years between.

Why it matters:
    Two reports of one office lie side by side on the table of whoever reads them.

Example:
    Last year: 闽宁协作考核连续6年为“好”. Draft: 闽宁协作考核连续5年为“好”.

Use instead:
    闽宁协作考核连续7年为“好”.

Limits:
    In a report on a five-year term a base is older than last year: it is compared only with a report of that
    age. Bases within 3 % may have been revised and pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding, Fix


def find(case: Case) -> Iterator[Finding]:
    """Bases and streaks that do not follow from an earlier report."""
    for found in case.earlier:
        if found.operation == "base":
            message = Said(
                f"基数“{found.stated}”与以前年度报告中的“{found.expected}”不一致。",
                f"The base “{found.stated}” differs from “{found.expected}” in an earlier report.",
            )
            yield RULE.finding(found.span, message, (found.evidence,), fix=Fix(found.span, found.expected))
        elif found.operation == "streak":
            message = Said(
                f"“{found.stated}”与以前年度报告推算的“{found.expected}”不一致。",
                f"“{found.stated}” differs from “{found.expected}”, which follows from earlier reports.",
            )
            yield RULE.finding(found.span, message, (found.evidence,))


RULE = Rule(
    id="consistency.prior_year",
    title=Said("与上年报告不一致", "Differs from last year's report"),
    severity="error",
    find=find,
    flagged=(
        Example("东西部协作考核连续5年为“好”。", prior="东西部协作考核连续6年为“好”。"),
        Example(
            "人均基本公共卫生服务经费标准由16元提高到30元。", prior="人均基本公共卫生服务经费标准提高到25元。"
        ),
        Example("黄河干流县域段水质连续8年保持Ⅱ类。", prior="黄河干流县域段水质连续5年保持Ⅱ类。"),
        Example(
            "城乡居民医保财政补助标准由250元提高到450元。", prior="城乡居民医保财政补助标准提高到420元。"
        ),
        Example("全县连续43年无重大森林火灾。", prior="全县连续44年无重大森林火灾。"),
    ),
    passed=(
        Example("东西部协作考核连续7年为“好”。", prior="东西部协作考核连续6年为“好”。"),
        Example(
            "人均基本公共卫生服务经费标准由25元提高到30元。", prior="人均基本公共卫生服务经费标准提高到25元。"
        ),
        Example("黄河干流县域段水质连续6年保持Ⅱ类。", prior="黄河干流县域段水质连续5年保持Ⅱ类。"),
        Example("赣江干流断面连续3年保持Ⅱ类水质。", prior="数字政府能力连续6年获评优秀。"),
        Example("高新技术企业由63家增加到86家。", prior="新增高新技术企业11家。"),
    ),
)
