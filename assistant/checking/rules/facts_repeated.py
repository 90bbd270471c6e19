"""A supplied fact that is told twice.

What it does:
    Finds the facts that stand word for word at two places of the draft.

Why it matters:
    Repetition is the first thing that an editor strikes out.

Example:
    新认定高新技术企业23家。 … 新认定高新技术企业23家。

Use instead:
    The fact once, where it belongs.

Limits:
    A recapitulation repeats on purpose, so this is a note, and figures in other words are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import in_draft
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding


def find(case: Case) -> Iterator[Finding]:
    """The second place of each fact that stands at two."""
    places: dict[int, set[int]] = defaultdict(set)
    for pair in case.pairs:
        if pair.verbatim and pair.source == 0:
            places[pair.line].add(pair.draft)
    for line, found in places.items():
        first, *others = sorted(found)
        if case.source_lines[line].role == "facts" and others:
            claim = case.claims[others[0]]
            fact = case.source_lines[line].text.rstrip("。")
            message = Said(
                f"事实“{fact}”写了{len(found)}次。", f"The fact “{fact}” is told {len(found)} times."
            )
            evidence = (in_draft(case, case.claims[first].sentence), case.source_lines[line].evidence)
            yield RULE.finding(claim.quantity.span, message, evidence)


_FACTS = ("新认定高新技术企业23家", "技术合同登记额5.6亿元", "选任科技特派员126名")

RULE = Rule(
    id="facts.repeated",
    title=Said("事实重复", "Fact told twice"),
    severity="note",
    find=find,
    flagged=(
        Example("新认定高新技术企业23家。\n新认定高新技术企业23家。", _FACTS),
        Example(
            "新认定高新技术企业23家，技术合同登记额5.6亿元。科技创新提质，新认定高新技术企业23家。", _FACTS
        ),
        Example("技术合同登记额5.6亿元；技术合同登记额5.6亿元。", _FACTS),
        Example("一是选任科技特派员126名。二是服务农业，选任科技特派员126名。", _FACTS),
        Example("技术合同登记额5.6亿元。\n成效明显，技术合同登记额5.6亿元，创新高。", _FACTS),
    ),
    passed=(
        Example("新认定高新技术企业23家，技术合同登记额5.6亿元，选任科技特派员126名。", _FACTS),
        Example("选任科技特派员126名。", _FACTS),
        Example("技术合同登记额5.6亿元，创新高。", _FACTS),
        Example("新认定高新技术企业23家。有效高新技术企业达86家。", _FACTS),
        Example("全年工作有序推进。", _FACTS),
    ),
)
