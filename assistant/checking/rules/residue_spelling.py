"""Evasive spellings left in a draft: d建, 20d, mz生活h.

What it does:
    Reports spellings that sites use to slip past their filters, with what they stand for.

Why it matters:
    They come along when a text is copied from the web, and no official paper may carry them.

Example:
    夯实d建基础，学习20d精神。

Use instead:
    夯实党建基础，学习二十大精神。

Limits:
    Only spellings of the list in the loaders' data are known; upper case (3D打印) is never meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding, Fix


def find(case: Case) -> Iterator[Finding]:
    """Each spelling that the loader located."""
    for spelling in case.document.spellings:
        message = Said(
            f"“{spelling.written}”是网络变体写法，应写作“{spelling.meaning}”。",
            f"“{spelling.written}” is an evasive spelling of “{spelling.meaning}”.",
        )
        yield RULE.finding(spelling.span, message, fix=Fix(spelling.span, spelling.meaning))


RULE = Rule(
    id="residue.spelling",
    title=Said("网络变体写法", "Evasive spelling"),
    severity="error",
    find=find,
    flagged=(
        Example("夯实d建基础。"),
        Example("深入学习贯彻20d精神。"),
        Example("召开专题mz生活h。"),
        Example("局d组专题研究。"),
        Example("开展ds学习教育。"),
    ),
    passed=(
        Example("夯实党建基础。"),
        Example("引进3D打印设备20台。"),
        Example("建设5G基站。"),
        Example("研发投入（R&D）占比提高。"),
        Example("推广科普中国app。"),
    ),
)
