"""一是、二是、三是 skipped, repeated or out of order.

What it does:
    Follows 一是 … 二是 … through a paragraph and the paragraphs after it and reports the member that breaks
    the order, with the number that belongs there.

Why it matters:
    A point taken out or moved leaves 二是 four, and the reader looks for the missing third.

Example:
    一是抓培育，二是抓平台，四是抓服务。

Use instead:
    一是抓培育，二是抓平台，三是抓服务。

Limits:
    A list may start anew at 一是; a list whose beginning is not written as 一是 is followed from its second
    member on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checking.case import Case
from assistant.checking.numbering import Misnumbered, misnumbered
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.loaders.enumerators import ordinal, read_enumerator
from assistant.quantities.numerals import chinese
from assistant.records import Evidence, Finding, Fix, Span

_MEMBER = re.compile(
    r"(?:(?<=^)|(?<=[，,；;。：:、！？!?\s”）)]))([一二三四五六七八九]|十[一二三四五]?)(?=[是要])(?!是否|要么)",
    re.M,
)
_MAXIMUM_DISTANCE = 4000
_ALONE = 0.3  # “一是……，一是……” is old but good style


def find(case: Case) -> Iterator[Finding]:
    """List after list; a heading ends a list."""
    for members in _lists(case.text):
        numbers = [ordinal(member.of(case.text)) for member in members]
        for fault in misnumbered(numbers, alone=_ALONE):
            if fault.index:
                yield _finding(case, members, fault)


def _lists(text: str) -> Iterator[list[Span]]:
    """Members that belong to one list, or to lists that follow one another without a heading between."""
    members: list[Span] = []
    for found in _MEMBER.finditer(text):
        span = Span(*found.span(1))
        if members and _apart(text, members[-1], span):
            yield members
            members = []
        members.append(span)
    if members:
        yield members


def _apart(text: str, before: Span, after: Span) -> bool:
    between = text[before.end : after.start]
    if len(between) > _MAXIMUM_DISTANCE:
        return True
    headings = (read_enumerator(line.strip()) for line in between.split("\n")[1:])
    return any(head is not None and head.series == "level" for head in headings)


def _finding(case: Case, members: list[Span], fault: Misnumbered) -> Finding:
    span, before = members[fault.index], members[fault.index - 1]
    numeral, suffix = span.of(case.text), case.text[span.end]
    right = chinese(Decimal(fault.expected))
    message = Said(
        f"列举序号不连续：此处为“{numeral}{suffix}”，按顺序应为“{right}{suffix}”。",
        f"The list is not numbered in order: “{numeral}{suffix}” should be “{right}{suffix}”.",
    )
    quote = case.text[before.start : before.start + 30].split("\n")[0]
    evidence = (Evidence("draft", case.document.title, quote, before, Said("前一项", "the item before")),)
    return RULE.finding(span, message, evidence, fix=Fix(span, right))


RULE = Rule(
    id="structure.enumerator",
    title=Said("列举序号", "Numbering of a list"),
    severity="error",
    find=find,
    flagged=(
        Example("一是抓培育，二是抓平台，四是抓服务。"),
        Example("一是抓培育。二是抓平台。二是抓转化。四是抓服务。"),
        Example("一是抓培育；一是抓平台；三是抓服务。"),
        Example("主要做法：一是建机制。\n二是强保障。\n四是促落实。\n五是严考核。"),
        Example("一要统一思想，三要压实责任，四要严明纪律。"),
    ),
    passed=(
        Example("一是抓培育，二是抓平台，三是抓服务。"),
        Example("一是抓培育，二是抓平台。另一方面，一是强监管，二是优服务。"),
        Example("统一是前提，第一是速度。"),
        Example("首先抓培育，二是抓平台，三是抓服务。"),
        Example("（一）培育。一是建库，二是辅导。\n（二）平台。一是新建，二是提升。"),
    ),
)
