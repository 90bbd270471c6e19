"""A growth rate that does not follow from the figures beside it.

What it does:
    Recomputes 由X增加到Y，增长r%, and Y，比上年增加D，增长r%; with last year's report, also a level with its
    growth rate against the level reported then.

Why it matters:
    The rate is what the reader remembers, and it is the figure most often left over from a former version.

Example:
    技术合同登记额由4.7亿元增加到5.6亿元，增长29.1%。

Use instead:
    技术合同登记额由4.7亿元增加到5.6亿元，增长19.1%。

Limits:
    A rate that the source has as stated is not blamed for a level that differs from its source.
    生产总值, 增加值, incomes and 可比口径 grow in constant prices and are never recomputed from levels.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import failed
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding, Fix


def find(case: Case) -> Iterator[Finding]:
    """Growth within the text, then growth over an earlier report."""
    yield from failed(case, RULE, "growth", Said("增幅", "growth rate"))
    for found in case.earlier:
        if found.operation == "growth" and not (found.level and case.echoes(found.span, (found.level,))):
            message = Said(
                f"增幅“{found.stated}”与上年报告的数据不符，按{found.formula}应为{found.expected}。",
                f"The growth rate “{found.stated}” does not follow from last year's report: “{found.formula}” gives “{found.expected}”.",
            )
            fix = Fix(found.span, found.expected) if found.expected[0].isdigit() else None
            yield RULE.finding(found.span, message, (found.evidence,), formula=found.formula, fix=fix)


RULE = Rule(
    id="arith.growth",
    title=Said("增幅不符", "Growth rate does not follow"),
    severity="error",
    find=find,
    flagged=(
        Example("技术合同登记额由4.7亿元增加到5.6亿元，增长29.1%。"),
        Example("全年接待游客1044.72万人次，比上年增加265.13万人次，增长24.01%。"),
        Example("高新技术企业从86家增加到109家，同比增长16.7%。"),
        Example("实现旅游收入12.5亿元，比上年减少1.5亿元，下降15.2%。"),
        Example("全县经营主体达1163.7万户、增长3.8%。", prior="全县经营主体达1095.2万户、增长5.9%。"),
    ),
    passed=(
        Example("技术合同登记额由4.7亿元增加到5.6亿元，增长19.1%。"),
        Example("全年接待游客1044.72万人次，比上年增加265.13万人次，增长34.01%。"),
        Example("高新技术企业从86家增加到109家，同比增长26.7%。"),
        Example("地区生产总值达到13697亿元，比2020年增加4374亿元，增长33.6%。"),
        Example("全县经营主体达1163.7万户、增长6.3%。", prior="全县经营主体达1095.2万户、增长5.9%。"),
        Example(
            "入库科技型中小企业136家，同比增长15.6%。",
            facts=("入库科技型中小企业163家，同比增长15.6%",),
            prior="入库科技型中小企业141家，同比增长19.5%。",
        ),
    ),
)
