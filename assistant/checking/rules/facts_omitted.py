"""A supplied fact that never appears in the draft.

What it does:
    Looks for each fact by its words and its figures and lists those of which the draft has neither.

Why it matters:
    The writer supplied it to be told.

Example:
    Fact: 选任科技特派员126名. Draft: no word of 科技特派员.

Use instead:
    A sentence that carries the fact, or a fact less in the file.

Limits:
    A fact of the year before, and one without figures of which half the words appear, count as told. Leaving
    a fact out may be meant, so this is a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.alignment import bigrams
from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding, Span

_TITLE = 30
_TOLD = 0.5


def find(case: Case) -> Iterator[Finding]:
    """Facts that no figure of the draft rests on."""
    told = {pair.line for pair in case.pairs if pair.score >= _TOLD}
    words = bigrams(case.text)
    for number, line in enumerate(case.fact_lines):
        if line.earlier or number in told:
            continue
        grams = bigrams(line.masked.text)
        if not line.figures and len(grams & words) >= _TOLD * len(grams):
            continue
        fact = line.text.rstrip("。")
        message = Said(f"事实“{fact}”没有写进本稿。", f"The draft leaves out the fact “{fact}”.")
        yield RULE.finding(Span(0, min(len(case.text), _TITLE)), message, (line.evidence,))


_FACTS = ("新认定高新技术企业23家", "技术合同登记额5.6亿元", "选任科技特派员126名")

RULE = Rule(
    id="facts.omitted",
    title=Said("事实遗漏", "Fact left out"),
    severity="note",
    find=find,
    flagged=(
        Example("新认定高新技术企业23家。", _FACTS),
        Example("技术合同登记额5.6亿元。", _FACTS),
        Example("全年工作有序推进。", _FACTS),
        Example("新认定高新技术企业23家，技术合同登记额5.6亿元。", _FACTS),
        Example("选任科技特派员126名。", _FACTS),
    ),
    passed=(
        Example("新认定高新技术企业23家，技术合同登记额5.6亿元，选任科技特派员126名。", _FACTS),
        Example("选任科技特派员126名；新认定高新技术企业23家；技术合同登记额5.6亿元。", _FACTS),
        Example("全年新认定高新技术企业23家。技术合同登记额达到5.6亿元。共选任科技特派员126名。", _FACTS),
        Example("新认定高企23家，技术合同登记额56000万元，选任科技特派员126名。", _FACTS),
        Example("强化党建引领，健全工作机制。", ("强化党建引领，健全工作机制",)),
    ),
)
