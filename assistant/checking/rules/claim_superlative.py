"""首个, 第一, 历史新高, 全国领先 without a source.

What it does:
    Notes superlatives in the draft whose words stand in no fact and no source.

Why it matters:
    “全省首个” is what the leaders quote, and what the neighbouring county checks.

Example:
    获批全省首个竹产业中试基地 (the fact says 获批竹产业中试基地).

Use instead:
    The fact's own words; or a source for the claim.

Limits:
    Runs only with facts. A note, for much of official prose is written in such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.checking.words import pattern
from assistant.errors import Said
from assistant.records import Finding, Span

_LIST = "superlatives.txt"
_CLAUSE = re.compile(r"[^，。；;！？\n]*")
_COMMON = 2


def find(case: Case) -> Iterator[Finding]:
    """Superlatives that no source line near in words carries."""
    if not case.sources.facts:
        return
    texts = [line.text for line in case.source_lines] + [fact.text for fact in case.sources.facts]
    for found in pattern(_LIST, "superlative").finditer(case.text):
        start = max(case.text.rfind(mark, 0, found.start()) for mark in "，。；\n") + 1
        clause = _CLAUSE.match(case.text, start)
        if clause and not any(found.group() in text and _near(clause.group(), text) for text in texts):
            message = Said(
                f"“{found.group()}”没有找到依据，请核实或改用事实材料中的表述。",
                f"No source says “{found.group()}”; check it, or write what the facts say.",
            )
            yield RULE.finding(Span(*found.span()), message)


def _near(clause: str, text: str) -> bool:
    """Whether a source speaks of the same thing: two bigrams beside the superlative in common."""
    own = {clause[at : at + 2] for at in range(len(clause) - 1)}
    return sum(text[at : at + 2] in own for at in range(len(text) - 1)) > _COMMON


_FACTS = ("获批竹产业中试基地1个", "技术合同登记额居全市第一", "入库数量创历史新高")

RULE = Rule(
    id="claim.superlative",
    title=Said("最高级表述缺少依据", "Superlative without a source"),
    severity="note",
    find=find,
    flagged=(
        Example("获批全省首个竹产业中试基地。", _FACTS),
        Example("竹产业中试基地建设走在全国前列。", _FACTS),
        Example("研发投入创历史新高。", ("研发投入5.6亿元",)),
        Example("特派员工作全国领先。", _FACTS),
        Example("建成全市唯一的中试基地。", _FACTS),
    ),
    passed=(
        Example("获批竹产业中试基地1个。", _FACTS),
        Example("技术合同登记额居全市第一。", _FACTS),
        Example("入库数量创历史新高。", _FACTS),
        Example("获批全省首个竹产业中试基地。"),
        Example("第一时间响应企业诉求。", _FACTS),
    ),
)
