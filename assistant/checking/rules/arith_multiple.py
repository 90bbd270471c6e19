"""A stated multiple that does not follow from the two figures.

What it does:
    Recomputes 从X增加到Y，是原来的m倍, 增长m倍 and 翻一番 from X and Y.

Why it matters:
    增长2倍 is three times the base: the two ways of counting are mixed up again and again.

Example:
    接待游客从120万人次增加到360万人次，增长3倍。

Use instead:
    接待游客从120万人次增加到360万人次，增长2倍。

Limits:
    Base and result must both be written in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import failed
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding


def find(case: Case) -> Iterator[Finding]:
    """Derivations of this kind that do not hold."""
    yield from failed(case, RULE, "multiple", Said("倍数", "multiple"))


RULE = Rule(
    id="arith.multiple",
    title=Said("倍数不符", "Multiple does not follow"),
    severity="error",
    find=find,
    flagged=(
        Example("接待游客从120万人次增加到360万人次，增长3倍。"),
        Example("专项债券从407.6亿元增加到702.0亿元，是原来的1.2倍。"),
        Example("高新技术企业从40家增加到86家，是原来的3.1倍。"),
        Example("研发经费从2.1亿元增加到3.5亿元，翻了一番。"),
        Example("技术合同登记额从1.2亿元增加到5.6亿元，是原来的3.7倍。"),
    ),
    passed=(
        Example("接待游客从120万人次增加到360万人次，增长2倍。"),
        Example("专项债券从407.6亿元增加到702.0亿元，是原来的1.7倍。"),
        Example("高新技术企业从40家增加到86家，是原来的2.2倍。"),
        Example("研发经费从2.1亿元增加到4.2亿元，翻了一番。"),
        Example("技术合同登记额达到5.6亿元，是2020年的3.7倍。"),
    ),
)
