"""A stated increase or decrease that does not follow from the two figures.

What it does:
    Recomputes 由X提高到Y，提高Z (percentage points for percentages, the unit itself for amounts).

Why it matters:
    The three figures stand side by side: any reader can see that they disagree.

Example:
    常住人口城镇化率由65.1%提高到67.9%，提高3.8个百分点。

Use instead:
    常住人口城镇化率由65.1%提高到67.9%，提高2.8个百分点。

Limits:
    Rounding of all three figures is allowed for; 年均, 可比 and 同口径 changes are not recomputed.
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
    yield from failed(case, RULE, "difference", Said("增减数", "rise or fall"))


RULE = Rule(
    id="arith.difference",
    title=Said("增减额不符", "Rise or fall does not follow"),
    severity="error",
    find=find,
    flagged=(
        Example("常住人口城镇化率由65.1%提高到67.9%，提高3.8个百分点。"),
        Example("高新技术企业由86家增加到109家，增加32家。"),
        Example("城镇调查失业率由5.6%下降到5.2%，下降0.6个百分点。"),
        Example("技术合同登记额从5.6亿元增加到7.2亿元，增加2.6亿元。"),
        Example("森林覆盖率从61.2%提高到62.5%，比上年提高2.3个百分点。"),
    ),
    passed=(
        Example("常住人口城镇化率由65.1%提高到67.9%，提高2.8个百分点。"),
        Example("高新技术企业由86家增加到109家，增加23家。"),
        Example("城镇调查失业率由5.6%下降到5.2%，下降0.4个百分点。"),
        Example("技术合同登记额从5.6亿元增加到7.2亿元，增加1.6亿元。"),
        Example("参保率从91%提高到95%，低保、特困标准分别提高8%、9%。"),
    ),
)
