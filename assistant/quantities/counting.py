"""What a count is of: all there are (有效总量86家), or what was added (新认定18家)."""

from __future__ import annotations

import re
from typing import Literal

from assistant.records import Claim

Measure = Literal["total", "new", ""]
_TOTAL = re.compile(r"总量|总数|累计|有效|存量|拥有量|保有量|实有|合计|总计")
_NEW = re.compile(
    r"新增|新认定|净增|新建|新培育|新引进|新设|新获批|新登记|新签约|新开工|新入驻|通过[^，。；]{0,12}认定"
)
_AFTER = 12
_SIGNS = "，；：,;:、"


def measure_of(claim: Claim, text: str) -> Measure:
    """The measure of a claim of `text`, from the words of its clause; "" when they do not tell.

    >>> from assistant.quantities import bind_text
    >>> text = "新认定高企18家，总量86家"
    >>> [measure_of(claim, text) for claim in bind_text(text)]
    ['new', 'total']
    """
    figure = claim.quantity.span
    before = text[clause_start(text, claim) : figure.start]
    if _TOTAL.search(before):
        return "total"
    after = re.split("[，。；]", text[figure.end : figure.end + _AFTER], maxsplit=1)[0]
    return "new" if _NEW.search(before + after) else ""


def clause_start(text: str, claim: Claim) -> int:
    """Where the clause of a claim's figure begins in `text`."""
    start = max(text.rfind(sign, claim.sentence.start, claim.quantity.span.start) for sign in _SIGNS)
    return max(start + 1, claim.sentence.start)
