"""A total that its parts do not add up to.

What it does:
    Adds the parts where a text gives all of them: parts that make up a whole by name (进口 and 出口, 税收 and
    非税, the three industries, the quarters: data/partitions.txt), and lists after 其中 that exceed the total.

Why it matters:
    When one of the figures was updated, the others were not.

Example:
    外贸进出口总额55亿元，其中出口30亿元，进口20亿元。

Use instead:
    外贸进出口总额50亿元，其中出口30亿元，进口20亿元。

Limits:
    A list after 其中 that stays below the total may name only some of the parts and is left alone.
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
    yield from failed(case, RULE, "sum", Said("合计", "total"))


RULE = Rule(
    id="arith.sum",
    title=Said("合计不符", "Total does not add up"),
    severity="error",
    find=find,
    flagged=(
        Example("外贸进出口总额55亿元，其中出口30亿元，进口20亿元。"),
        Example("一般公共预算收入12.6亿元，其中税收收入8.1亿元，非税收入3.5亿元。"),
        Example("全年培训共2100人次，其中一季度300人次，二季度500人次，三季度600人次，四季度500人次。"),
        Example("新认定企业40家，其中甲镇18家、乙镇15家、丙镇12家。"),
        Example("今年拟安排财政赤字10500亿元，其中中央财政赤字7067亿元，地方财政赤字2000亿元。"),
    ),
    passed=(
        Example("外贸进出口总额50亿元，其中出口30亿元，进口20亿元。"),
        Example("一般公共预算收入12.6亿元，其中税收收入8.1亿元，非税收入4.5亿元。"),
        Example("全年培训共1900人次，其中一季度300人次，二季度500人次，三季度600人次，四季度500人次。"),
        Example("新认定企业60家，其中甲镇18家、乙镇15家、丙镇12家。"),
        Example("外贸进出口总额50亿元，其中机电产品出口30亿元，农产品进口5亿元。"),
    ),
)
