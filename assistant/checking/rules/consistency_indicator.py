"""One figure told twice, with two values.

What it does:
    Looks up each item of a recapitulation (主要数据：…) in the body, and compares sentences that are written
    twice; reports values that exclude each other, with both places.

Why it matters:
    One of the two was updated and the other was not; the reader cannot know which.

Example:
    主要数据：建成高标准农田750万亩。 … 全年建成高标准农田450万亩。

Use instead:
    The same value at both places.

Limits:
    Review and plan share indicators with other values, as do half-years and months: elsewhere than in a
    recapitulation only sentences in the same words, told as done, are compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import in_draft
from assistant.checking.consistency import conflicts
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding


def find(case: Case) -> Iterator[Finding]:
    """The later or recapitulating mention, with the other as evidence."""
    for number, other in conflicts(case):
        mine, theirs = case.figures[number], case.figures[other]
        message = Said(
            f"同一数据前后不一致：此处为“{mine.text}”，另一处为“{theirs.text}”。",
            f"The same figure differs within the draft: here “{mine.text}”, elsewhere “{theirs.text}”.",
        )
        places = tuple(in_draft(case, case.claims[n].sentence) for n in (number, other))
        yield RULE.finding(mine.span, message, places)


RULE = Rule(
    id="consistency.indicator",
    title=Said("前后不一致", "Draft contradicts itself"),
    severity="error",
    find=find,
    flagged=(
        Example(
            "主要数据：建成高标准农田750万亩；新增就业2.3万人。\n一、工作回顾\n全年建成高标准农田450万亩，新增就业2.3万人。"
        ),
        Example(
            "主要数据：高新技术企业总量达86家；技术合同登记额5.6亿元。\n一年来，高新技术企业总量达68家，技术合同登记额5.6亿元。"
        ),
        Example("主要指标：常住人口城镇化率提高到73%。\n城镇建设提速，常住人口城镇化率提高到67%。"),
        Example(
            "全市共销售彩票2738.99万元，同比增长50.4%。分类看，全市共销售彩票2638.99万元，同比增长50.4%。"
        ),
        Example("上半年审结商事案件805.3万件，同比增长7.9%。\n据介绍，审结商事案件669.9万件，同比增长7.9%。"),
    ),
    passed=(
        Example(
            "主要数据：建成高标准农田450万亩；新增就业2.3万人。\n一、工作回顾\n全年建成高标准农田450万亩，新增就业2.3万人。"
        ),
        Example(
            "一、2025年工作回顾\n城镇新增就业2.3万人，城镇调查失业率5.3%。\n二、2026年工作安排\n城镇新增就业2万人，城镇调查失业率5.3%。"
        ),
        Example("主要指标：常住人口城镇化率提高到67.4%。\n城镇建设提速，常住人口城镇化率提高到67%。"),
        Example("第一产业增加值增长3.3%，第二产业增加值增长5.1%，第三产业增加值增长6.2%。"),
        Example("7月份用电量716亿千瓦时，同比增长12.3%。1—7月用电量3405亿千瓦时，同比增长4.6%。"),
    ),
)
