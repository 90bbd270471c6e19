"""A figure of last year (or of the plan) where this year's should stand.

What it does:
    Finds the source sentence with the words of the draft, sees that its figure differs, and finds the
    draft's figure in a source line of the year before (a fact 上年（2024年）：…, or last year's report).

Why it matters:
    Reports are written over last year's file; what was not replaced looks right.

Example:
    Facts: 高新技术企业86家；上年（2024年）：高新技术企业63家. Draft: 高新技术企业63家.

Use instead:
    高新技术企业86家.

Limits:
    Needs the value of the year before, in the facts or as last year's report.
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
    for conflict in in_conflict(case, "stale"):
        message = Said(
            f"来源中本年为“{conflict.source.text}”，此处的“{conflict.figure.text}”是上年的数值。",
            f"The source has “{conflict.source.text}” for this year; “{conflict.figure.text}” is last year's figure.",
        )
        yield RULE.finding(conflict.figure.span, message, conflict.evidence, fix=conflict.fix)


_FACTS = (
    "有效高新技术企业达86家",
    "技术合同登记额5.6亿元",
    "选任科技特派员126名，实现行政村全覆盖",
    "全社会研发经费投入强度2.6%",
    "上年（2024年）：有效高新技术企业达63家",
    "上年（2024年）：技术合同登记额4.7亿元",
    "上年（2024年）：选任科技特派员98名",
    "上年（2024年）：全社会研发经费投入强度2.3%",
)

RULE = Rule(
    id="number.stale",
    title=Said("沿用旧数", "Last year's figure"),
    severity="error",
    find=find,
    flagged=(
        Example("有效高新技术企业达63家。", _FACTS),
        Example("技术合同登记额4.7亿元。", _FACTS),
        Example("选任科技特派员98名，实现行政村全覆盖。", _FACTS),
        Example("全社会研发经费投入强度2.3%。", _FACTS),
        Example("全县有效高新技术企业达63家，技术合同登记额5.6亿元。", _FACTS),
    ),
    passed=(
        Example("有效高新技术企业达86家。", _FACTS),
        Example("技术合同登记额5.6亿元。", _FACTS),
        Example("选任科技特派员126名，实现行政村全覆盖。", _FACTS),
        Example("全社会研发经费投入强度2.6%。", _FACTS),
        Example("全县有效高新技术企业达86家，技术合同登记额5.6亿元。", _FACTS),
    ),
)
