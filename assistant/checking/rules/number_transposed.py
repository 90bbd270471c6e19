"""A figure whose digits are swapped or dropped against its source.

What it does:
    Pairs each figure of the draft with the figure that stands in the same words of a fact or another
    source, and reports it when the digits are those of the source in another order, or one is missing or
    doubled (1280 for 1208, 156 for 1566).

Why it matters:
    A slip of the keyboard survives every reading, because the sentence stays plausible.

Example:
    Fact: 新认定高新技术企业128家. Draft: 新认定高新技术企业182家.

Use instead:
    The figure of the source; the finding offers it as a fix.

Limits:
    Only figures whose words are found in a source can be compared. Rounding and other units of the same
    amount are no finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import in_conflict
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding


def find(case: Case) -> Iterator[Finding]:
    """Figures that the alignment judged transposed."""
    for conflict in in_conflict(case, "transposed"):
        message = Said(
            f"“{conflict.figure.text}”与来源的“{conflict.source.text}”数字相近而不同，疑为数字错位或漏写。",
            f"“{conflict.figure.text}” has nearly the digits of “{conflict.source.text}” in the source; some may be transposed or missing.",
        )
        yield RULE.finding(conflict.figure.span, message, conflict.evidence, fix=conflict.fix)


_FACTS = ("新认定高新技术企业128家，同比增长18.3%", "技术合同登记额56021万元", "培训科技人员6820人次")

RULE = Rule(
    id="number.transposed",
    title=Said("数字错位", "Digits transposed"),
    severity="error",
    find=find,
    flagged=(
        Example("新认定高新技术企业182家，同比增长18.3%。", _FACTS),
        Example("新认定高新技术企业128家，同比增长13.8%。", _FACTS),
        Example("技术合同登记额56201万元。", _FACTS),
        Example("全年培训科技人员6280人次。", _FACTS),
        Example("全年培训科技人员682人次。", _FACTS),
    ),
    passed=(
        Example("新认定高新技术企业128家，同比增长18.3%。", _FACTS),
        Example("技术合同登记额5.6亿元。", _FACTS),
        Example("技术合同登记额56021万元，创历史新高。", _FACTS),
        Example("培训科技人员超6800人次。", _FACTS),
        Example("新认定高企128家，同比增长18%。", _FACTS),
    ),
)
