"""A target of last year's plan without an outcome in this year's review.

What it does:
    Takes the figures in the plan part of last year's report that name a known indicator, and looks for that
    indicator in this year's report.

Why it matters:
    What was promised is asked for; silence reads as failure.

Example:
    Last year: 力争新认定高新技术企业20家. Draft: no word of 高新技术企业.

Use instead:
    A sentence with the outcome, met or not.

Limits:
    Only indicators of the synonym file; a target that was told in other words may be reported all the same,
    so this is a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.commitments import commitments
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding, Span

_TITLE = 30


def find(case: Case) -> Iterator[Finding]:
    """Targets that the draft does not come back to."""
    for commitment in commitments(case):
        if commitment.state == "unreported" and commitment.known:
            message = Said(
                f"上年计划的“{commitment.indicator}”目标“{commitment.target.text}”在本稿中没有交代。",
                f"Last year's plan aimed at “{commitment.target.text}” for “{commitment.indicator}”; the draft does not say what became of it.",
            )
            yield RULE.finding(Span(0, min(len(case.text), _TITLE)), message, (commitment.evidence,))


RULE = Rule(
    id="plan.unreported",
    title=Said("计划未交代", "Plan not accounted for"),
    severity="note",
    find=find,
    flagged=(
        Example(
            "一、2025年工作回顾\n各项工作有序推进。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n力争新认定高新技术企业20家。",
        ),
        Example(
            "一、2025年工作回顾\n技术合同登记额5.6亿元。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n新增专精特新企业12家。",
        ),
        Example(
            "一、2025年工作回顾\n新认定高新技术企业23家。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n研发经费投入强度达到2.6%。",
        ),
        Example(
            "一、2025年工作回顾\n各项工作有序推进。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n技术合同登记额突破5亿元。",
        ),
        Example(
            "一、2025年工作回顾\n选任科技特派员126名。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n粮食产量稳定在12万吨。",
        ),
    ),
    passed=(
        Example(
            "一、2025年工作回顾\n新认定高企23家。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n力争新认定高新技术企业20家。",
        ),
        Example(
            "一、2025年工作回顾\n专精特新中小企业新增9家。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n新增专精特新企业12家。",
        ),
        Example(
            "一、2025年工作回顾\nR&D经费投入强度达2.7%。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n研发经费投入强度达到2.6%。",
        ),
        Example(
            "一、2025年工作回顾\n技术合同登记额4.9亿元。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n技术合同登记额突破5亿元。",
        ),
        Example(
            "一、2025年工作回顾\n各项工作有序推进。",
            prior="一、2024年工作回顾\n各项工作有序推进。\n二、2025年工作计划\n办好两件大事。",
        ),
    ),
)
