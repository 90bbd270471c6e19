"""One body or term under two names, the short one not introduced.

What it does:
    Notes a short name (高企, R&D, 科技局) in a draft that also uses the full one (高新技术企业, 科学技术局)
    and nowhere says “以下简称”.

Why it matters:
    The reader asks whether the two are the same count.

Example:
    高新技术企业总量86家 … 高企覆盖率63.4%

Use instead:
    高新技术企业（以下简称“高企”）总量86家 … 高企覆盖率63.4%

Limits:
    Pairs come from a list. A note, for short names are usual in headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.checking.words import words
from assistant.errors import Said
from assistant.records import Evidence, Finding, Fix, Span

_LEVELS = tuple("省市县区旗州")


def find(case: Case) -> Iterator[Finding]:
    """The first place of each short name that is not introduced."""
    for pair in words("terms.txt", "pair"):
        full, short = pair.split("=")
        first = case.text.find(full)
        place = _alone(case.text, short, full)
        if first < 0 or place is None or _introduced(case.text, short):
            continue
        message = Said(
            f"同一名称前后不一：此处写“{short}”，别处写“{full}”，且未注明简称。",
            f"One thing under two names: “{short}” here, “{full}” elsewhere, and the short name is not introduced.",
        )
        evidence = Evidence("draft", case.document.title, full, Span(first, first + len(full)))
        yield RULE.finding(place, message, (evidence,), fix=Fix(place, full))


def _alone(text: str, short: str, full: str) -> Span | None:
    """Where `short` stands outside `full`, and is not the body of another level (市科技局 beside 县科学技术局)."""
    inside = {Span(*found.span()) for found in re.finditer(re.escape(full), text)}
    levels = {text[span.start - 1 : span.start] for span in inside}
    for found in re.finditer(re.escape(short), text):
        span = Span(*found.span())
        level = text[span.start - 1 : span.start]
        if not any(place.overlaps(span) for place in inside) and (level not in _LEVELS or level in levels):
            return span
    return None


def _introduced(text: str, short: str) -> bool:
    return bool(re.search(rf"(?:简称|下称|称为?|[（(])[：:\s“”\"‘’]*{re.escape(short)}", text))


RULE = Rule(
    id="term.inconsistent",
    title=Said("名称前后不一", "One thing under two names"),
    severity="note",
    find=find,
    flagged=(
        Example("高新技术企业总量86家。高企覆盖率63.4%。"),
        Example("县科学技术局牵头，科技局负责落实。"),
        Example("地区生产总值增长5%，GDP总量居全市第2位。"),
        Example("研究与试验发展经费5.6亿元，R&D占比1.8%。"),
        Example("规模以上工业企业153家，规上工业增加值增长8%。"),
    ),
    passed=(
        Example("高新技术企业（以下简称“高企”）总量86家。高企覆盖率63.4%。"),
        Example("高新技术企业总量86家。"),
        Example("高企总量86家，高企覆盖率63.4%。"),
        Example("研究与试验发展（R&D）经费5.6亿元，R&D占比1.8%。"),
        Example("县科学技术局牵头落实。"),
        Example("县科学技术局牵头落实，被市科技局列为典型。"),
    ),
)
