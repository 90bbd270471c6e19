"""A figure that the sources give, but for another indicator.

What it does:
    Finds the source sentence with the words of the draft, sees that its figure differs, and finds the
    draft's figure elsewhere in the sources.

Why it matters:
    Every figure is true and the statement is false: a look-up of figures passes it.

Example:
    Facts: 高新技术企业86家；科技型中小企业142家. Draft: 高新技术企业142家.

Use instead:
    高新技术企业86家.

Limits:
    The words must be found in a source; a figure in words of its own is unsupported, not misattributed.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import in_conflict
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding


def find(case: Case) -> Iterator[Finding]:
    """Figures that the alignment judged so."""
    for conflict in in_conflict(case, "misattributed"):
        message = Said(
            f"来源中该处为“{conflict.source.text}”，此处的“{conflict.figure.text}”是另一指标的数值。",
            f"The source has “{conflict.source.text}” there; “{conflict.figure.text}” is the figure of another indicator.",
        )
        yield RULE.finding(conflict.figure.span, message, conflict.evidence, fix=conflict.fix)


_FACTS = (
    "有效高新技术企业达86家",
    "科技型中小企业入库142家",
    "选任科技特派员126名，实现行政村全覆盖",
    "新增示范带动农户460名",
    "技术合同登记额5.6亿元",
    "争取省级项目资金2.3亿元",
)

RULE = Rule(
    id="number.misattributed",
    title=Said("张冠李戴", "Figure of another indicator"),
    severity="error",
    find=find,
    flagged=(
        Example("有效高新技术企业达142家。", _FACTS),
        Example("科技型中小企业入库86家。", _FACTS),
        Example("选任科技特派员460名，实现行政村全覆盖。", _FACTS),
        Example("技术合同登记额2.3亿元。", _FACTS),
        Example("争取省级项目资金5.6亿元。", _FACTS),
    ),
    passed=(
        Example("有效高新技术企业达86家。", _FACTS),
        Example("科技型中小企业入库142家。", _FACTS),
        Example("选任科技特派员126名，实现行政村全覆盖。", _FACTS),
        Example("技术合同登记额5.6亿元，争取省级项目资金2.3亿元。", _FACTS),
        Example("全县有效高新技术企业达86家，科技型中小企业入库142家。", _FACTS),
    ),
)
