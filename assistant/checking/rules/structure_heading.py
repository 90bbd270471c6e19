"""Headings whose numbers are skipped, repeated or out of order.

What it does:
    Reads the numbers of 一、, （一）, 1. and （1） line by line, level by level, and reports the heading whose
    number breaks the order, with the number that belongs there.

Why it matters:
    Two headings （五） are the trace of a section pasted in or cut out, and the first thing that a reader of
    the printed report sees.

Example:
    （四）优化环境 … （五）培育主体 … （五）搭建平台

Use instead:
    （四）优化环境 … （五）培育主体 … （六）搭建平台

Limits:
    A list may start anew at 一 at any time. Numbers inside a paragraph, in tables and in a table of contents
    are not read. Where more than one heading in eight breaks the order (a text with lines lost in copying),
    the findings are notes, for the order can't be known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.case import Case
from assistant.checking.numbering import Misnumbered, misnumbered
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.loaders.enumerators import read_enumerator
from assistant.quantities.numerals import chinese
from assistant.records import Evidence, Finding, Fix, Severity, Span

_LEVELS = (1, 2, 3, 4)
_CLOSING = ("、", "）)", ".．、）)")
_APPENDIX = re.compile(r"^(?:附件|附|注|备注)\s*[：:]\s*(?=1[.．、])")


@dataclass(frozen=True, slots=True)
class _Head:
    """A numbered line: `span` covers the numeral alone."""

    level: int
    ordinal: int
    span: Span
    line: Span


def find(case: Case) -> Iterator[Finding]:
    """Each level on its own; a shallower heading lets the deeper ones start anew."""
    by_level: dict[int, list[tuple[_Head, bool]]] = defaultdict(list)
    fresh: set[int] = set()
    for head in _heads(case):
        by_level[head.level].append((head, head.level in fresh))
        fresh.discard(head.level)
        fresh.update(level for level in _LEVELS if level > head.level)
    for members in by_level.values():
        heads = [head for head, _ in members]
        if len(heads) < 2:
            continue
        faults = misnumbered([head.ordinal for head in heads], [start for _, start in members])
        severity: Severity = "note" if len(faults) > max(2, len(heads) // 8) else "error"
        for fault in faults:
            if fault.index and not _inside_a_line(case.text, heads, fault):
                yield _finding(case, heads, fault, severity)


def _inside_a_line(text: str, heads: list[_Head], fault: Misnumbered) -> bool:
    """Whether the number that seems left out stands inside a paragraph between the two headings."""
    if fault.found <= fault.expected:
        return False
    last, now = heads[fault.index - 1], heads[fault.index]
    between = text[last.span.end : now.line.start]
    numerals = f"{fault.expected}|{chinese(Decimal(fault.expected))}"
    closing = next((signs for signs in _CLOSING if text[now.span.end : now.span.end + 1] in signs), "")
    if not closing:
        return False
    pattern = rf"(?<=[。！？；;：:\s（(”])(?:{numerals})[ ]?[{re.escape(closing)}](?!\d)"
    glued = rf"^\s*(?:{numerals})[.．](?=\d)"  # “8.6个重大专项” opens item 8
    return bool(re.search(pattern, between) or re.search(glued, between, re.M))


def _heads(case: Case) -> Iterator[_Head]:
    tables = [block.span for block in case.document.blocks if block.kind == "table"]
    start = 0
    for line in case.text.split("\n"):
        span = Span(start, start + len(line))
        start = span.end + 1
        bare = _APPENDIX.sub("", line.lstrip())
        found = read_enumerator(bare)
        if not found or found.series != "level" or any(table.overlaps(span) for table in tables):
            continue
        numeral = "".join(c for c in found.text if c.isdecimal() or c in "零〇一二三四五六七八九十百")
        at = span.start + len(line) - len(bare) + bare.index(numeral)
        yield _Head(_level(found.level, found.text), found.ordinal, Span(at, at + len(numeral)), span)


def _level(level: int, text: str) -> int:
    """第一章 and 第一部分 stand above 一、."""
    return 0 if text.startswith("第") else level


def _finding(case: Case, heads: list[_Head], fault: Misnumbered, severity: Severity) -> Finding:
    head = heads[fault.index]
    before = heads[fault.index - 1]
    numeral = head.span.of(case.text)
    right = str(fault.expected) if numeral.isdecimal() else chinese(Decimal(fault.expected))
    kind = (
        Said("跳号", "skipped")
        if fault.found > fault.expected
        else Said("重号或倒序", "repeated or out of order")
    )
    message = Said(
        f"标题序号{kind}：此处为“{numeral}”，按顺序应为“{right}”。",
        f"The number of a heading is {kind.en}: “{numeral}” should be “{right}”.",
    )
    quote = before.line.of(case.text).strip()[:40]
    evidence = (
        Evidence(
            "draft",
            case.document.title,
            quote,
            before.span,
            Said("前一个同级标题", "the heading before, of the same level"),
        ),
    )
    return RULE.finding(head.span, message, evidence, fix=Fix(head.span, right), severity=severity)


RULE = Rule(
    id="structure.heading",
    title=Said("标题序号", "Numbering of headings"),
    severity="error",
    find=find,
    flagged=(
        Example("一、工作情况\n（一）抓培育。\n（二）抓平台。\n（二）抓转化。\n（四）抓服务。"),
        Example("一、工作情况\n有序推进。\n三、存在问题\n仍有差距。\n三、下步打算\n持续用力。"),
        Example("（一）抓培育。\n（二）抓平台。\n（四）抓转化。"),
        Example("1.建机制\n2.强保障\n2.促落实"),
        Example("一、总结\n（一）甲项。\n（二）乙项。\n二、计划\n（一）丙项。\n（三）丁项。\n（四）戊项。"),
    ),
    passed=(
        Example("一、工作情况\n（一）抓培育。\n（二）抓平台。\n二、工作计划\n（一）抓转化。\n（二）抓服务。"),
        Example("一、甲\n二、乙\n三、丙\n一、丁\n二、戊"),
        Example("1.建机制\n2.强保障\n3.促落实"),
        Example("一、总结\n全年完成投资1.5亿元。\n二、计划\n力争2.3亿元。"),
        Example("（一）甲项。1.先做。2.后做。\n（二）乙项。"),
    ),
)
