"""A planned or expected thing written as done, or the reverse.

What it does:
    Compares the words of time around a figure with those of its source: 预计, 力争, 计划 and 目标 in the one
    and none in the other. A fact under a heading of the plan needs no such word.

Why it matters:
    An expected result reported as reached is a false report.

Example:
    Fact: 预计全年技术合同登记额5.6亿元. Draft: 全年技术合同登记额达到5.6亿元.

Use instead:
    预计全年技术合同登记额5.6亿元.

Limits:
    Only figures that a source supports; the plan part of a report needs no such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.lines import Line
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Claim, Finding, Quantity, Span

_AHEAD = re.compile(
    r"预计|有望|力争|争取(?=[^，。]{0,8}达)|计划(?=[^，。]{0,6}[达到完成新])|确保|拟(?=[^，。]{0,4}[新建安])|目标(?:是|为)|预期"
)
_DONE = re.compile(r"(?<!预计)(?<!力争)(?<!预期)(?:已经?|实现了|完成了|达到了)")
_LEAD = re.compile(r"[。；;！？\n]")


def find(case: Case) -> Iterator[Finding]:
    """Supported figures whose status differs from the source's."""
    for claim, verdict in zip(case.claims, case.verdicts, strict=True):
        if verdict.state != "supported" or verdict.line is None or verdict.source is None:
            continue
        draft = _words(case.text, claim)
        source = verdict.line.text[: verdict.source.span.end]
        if (
            (_AHEAD.search(source) or _only_planned(case, verdict.line, verdict.source))
            and not _AHEAD.search(draft)
            and claim.part != "plan"
            and claim.status == "actual"
        ):
            message = Said(
                f"来源为预计或目标，此处“{claim.quantity.text}”写成了已完成。",
                f"The source tells a forecast or a target; here “{claim.quantity.text}” is told as done.",
            )
            yield RULE.finding(claim.quantity.span, message, (verdict.line.evidence,))
        elif _AHEAD.search(draft) and _DONE.search(source) and not _AHEAD.search(source):
            message = Said(
                f"来源为已完成，此处“{claim.quantity.text}”写成了预计或目标。",
                f"The source tells a result; here “{claim.quantity.text}” is told as a forecast or a target.",
            )
            yield RULE.finding(claim.quantity.span, message, (verdict.line.evidence,))


def _only_planned(case: Case, line: Line, figure: Quantity) -> bool:
    """Whether the figure stands in the plan of the facts, and nowhere in the sources as a result."""
    stating = case.lines.telling.stating.get((figure.unit, figure.value), ())
    return line.planned and all(other.planned for other, _ in stating)


def _words(text: str, claim: Claim) -> str:
    """The sentence of the claim up to its figure."""
    before = Span(claim.sentence.start, claim.quantity.span.start).of(text)
    return _LEAD.split(before)[-1]


RULE = Rule(
    id="plan.as_done",
    title=Said("计划写成完成", "Plan told as done"),
    severity="warning",
    find=find,
    flagged=(
        Example("全年技术合同登记额达到5.6亿元。", ("预计全年技术合同登记额5.6亿元",)),
        Example("有效高新技术企业达86家。", ("力争有效高新技术企业达86家",)),
        Example("研发投入强度达到2.6%。", ("研发投入强度有望达到2.6%",)),
        Example("预计选任科技特派员126名。", ("已选任科技特派员126名",)),
        Example("争取省级项目资金2.3亿元。", ("预计争取省级项目资金2.3亿元",)),
    ),
    passed=(
        Example("预计全年技术合同登记额5.6亿元。", ("预计全年技术合同登记额5.6亿元",)),
        Example("有效高新技术企业达86家。", ("有效高新技术企业达86家",)),
        Example("研发投入强度有望达到2.6%。", ("研发投入强度预计达到2.6%",)),
        Example("已选任科技特派员126名。", ("选任科技特派员126名",)),
        Example("二、2026年工作计划\n有效高新技术企业达到86家。", ("力争有效高新技术企业达到86家",)),
    ),
)
