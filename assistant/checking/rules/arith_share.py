"""A stated share that does not follow from the part and the whole.

What it does:
    Recomputes 占…的p% from the part before it and the whole that the words after 占 name, in the same
    paragraph (总量, 其中, or the whole's own name).

Why it matters:
    Shares are written last and updated least: the amounts change and the share stays.

Example:
    固定资产投资143亿元，其中民间投资77亿元，占34%。

Use instead:
    固定资产投资143亿元，其中民间投资77亿元，占54%。

Limits:
    A whole that is not in the text (占全省…) cannot be checked; where several wholes are possible, one that
    fits is enough.
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
    yield from failed(case, RULE, "share", Said("占比", "share"))


RULE = Rule(
    id="arith.share",
    title=Said("占比不符", "Share does not follow"),
    severity="error",
    find=find,
    flagged=(
        Example("固定资产投资143亿元，其中民间投资77亿元，占34%。"),
        Example("进出口总额共721亿元，重点企业320.7亿元，占总量的54.5%。"),
        Example(
            "制造业实际使用外资358.4亿美元，增长3%。其中，高技术制造业实际使用外资85.4亿美元，占制造业实际使用外资总量的27.8%。"
        ),
        Example("全市高新技术企业共200家，其中规上企业120家，占66%。"),
        Example("一般公共预算收入100亿元，其中税收收入72.5亿元，占一般公共预算收入的比重为62.5%。"),
    ),
    passed=(
        Example("固定资产投资143亿元，其中民间投资77亿元，占54%。"),
        Example("进出口总额共721亿元，重点企业320.7亿元，占总量的44.5%。"),
        Example("出口总额12亿元，占全省出口总量的5.8%。"),
        Example("全市高新技术企业共200家，其中规上企业120家，占60%。"),
        Example("出口机电产品33亿元，占出口总值的30.4%；出口服装19亿元，占20%。"),
    ),
)
