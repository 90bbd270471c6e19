"""Two facts that contradict each other.

What it does:
    Compares facts in the same words, of the same year, and reports values that exclude each other, at the
    place of the draft that tells one of them.

Why it matters:
    The draft can agree with one of them only; the writer must say which.

Example:
    F01 有效高新技术企业达86家. F07 有效高新技术企业达68家.

Use instead:
    One fact, the right one.

Limits:
    Facts in other words are not compared. Two rounded forms of one figure agree. Under different headings
    (review and plan) both may be right: then it is a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from assistant.checking.alignment import telling
from assistant.checking.case import Case
from assistant.checking.lines import Line
from assistant.checking.rule import Example, Rule
from assistant.checking.verdicts import supports
from assistant.errors import Said
from assistant.records import Finding, Severity, Span

_TITLE = 30
_MOST = 20


def find(case: Case) -> Iterator[Finding]:
    """Contradicting facts, at the draft's mention or at its beginning."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(case.fact_lines):
        if not line.earlier and line.figures and telling(line.masked.text):
            groups[line.masked.text].append(number)
    mentions = {pair.line: pair.draft for pair in case.pairs if pair.verbatim}
    for numbers in groups.values():
        for one, other in combinations(numbers[:_MOST], 2):
            lines = (case.fact_lines[one], case.fact_lines[other])
            if _contradict(*lines):
                at = mentions.get(one, mentions.get(other))
                span = Span(0, min(len(case.text), _TITLE)) if at is None else case.figures[at].span
                told = [line.text.rstrip("。") for line in lines]
                message = Said(
                    f"事实材料自相矛盾：“{told[0]}”与“{told[1]}”。",
                    f"The facts contradict each other: “{told[0]}” and “{told[1]}”.",
                )
                together = (
                    case.sources.sections and case.sources.sections[one] == case.sources.sections[other]
                )
                severity: Severity = "warning" if together else "note"
                places = (lines[0].evidence, lines[1].evidence)
                yield RULE.finding(span, message, places, severity=severity)


def _contradict(one: Line, other: Line) -> bool:
    pairs = zip(one.figures, other.figures, strict=True)
    return any(a.value is not None and not supports(a, b) and not supports(b, a) for a, b in pairs)


RULE = Rule(
    id="facts.conflict",
    title=Said("事实矛盾", "Facts contradict each other"),
    severity="warning",
    find=find,
    flagged=(
        Example("有效高新技术企业达86家。", ("有效高新技术企业达86家", "有效高新技术企业达68家")),
        Example("有效高新技术企业达86家。", ("技术合同登记额5.6亿元", "技术合同登记额6.5亿元")),
        Example("有效高新技术企业达86家。", ("选任科技特派员126名", "选任科技特派员162名")),
        Example(
            "有效高新技术企业达86家。",
            ("培训科技人员6820人次，覆盖12个镇", "培训科技人员6820人次，覆盖21个镇"),
        ),
        Example("有效高新技术企业达86家。", ("研发投入强度达2.6%", "研发投入强度达2.3%")),
    ),
    passed=(
        Example("有效高新技术企业达86家。", ("有效高新技术企业达86家", "新认定高新技术企业23家")),
        Example("有效高新技术企业达86家。", ("技术合同登记额5.6亿元", "技术合同登记额56021万元")),
        Example("有效高新技术企业达86家。", ("选任科技特派员126名", "选任科技特派员126名")),
        Example("有效高新技术企业达86家。", ("研发投入强度达2.6%", "研发投入强度达2.63%")),
        Example(
            "有效高新技术企业达86家。", ("有效高新技术企业达86家", "上年（2024年）：有效高新技术企业达63家")
        ),
    ),
)
