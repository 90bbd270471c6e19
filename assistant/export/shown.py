"""A finding in words: what the table, the page and the Word comments all show of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import Language, Said, in_language
from assistant.export.markdown import labels
from assistant.quantities import sentences
from assistant.records import Block, Document, Evidence, Finding, Severity, Span

_CONTEXT = 80
_PLACE = re.compile(r"(?:第\d+页)?(?:第\d+段)?(?:的?表格)?(?:第\d+行)?(?:第\d+列)?")
_PIECES = re.compile(r"第(\d+)([页段行列])|表格")
_NAMES = {"页": "page", "段": "paragraph", "行": "line", "列": "column"}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding, numbered from 1 in text order.

    `before`, `words` and `after` are its sentence with the words that it is about; `evidence` are lines
    with the place of each quote; `formula` and `fix` are empty where there is none.
    """

    number: int
    rule: str
    severity: Severity
    severity_name: str
    span: Span
    place: str
    before: str
    words: str
    after: str
    message: str
    evidence: tuple[str, ...]
    formula: str
    fix: str

    @property
    def marked(self) -> str:
        """The sentence with the words in 【】; what stands nowhere has no marks."""
        return f"{self.before}【{self.words}】{self.after}" if self.words else ""


def shown(
    document: Document, findings: Sequence[Finding], language: Language = "zh"
) -> tuple[ShownFinding, ...]:
    """The findings in text order."""
    ordered = sorted(findings, key=lambda finding: (finding.span.start, finding.span.end))
    return tuple(_shown(number, document, finding, language) for number, finding in enumerate(ordered, 1))


def _shown(number: int, document: Document, finding: Finding, language: Language) -> ShownFinding:
    say = labels(language).say
    span, text = finding.span, document.text
    start, end = around(text, span)
    return ShownFinding(
        number=number,
        rule=finding.rule,
        severity=finding.severity,
        severity_name=say(f"severity.{finding.severity}"),
        span=span,
        place=place_of(document, span, language),
        before=text[start : span.start].lstrip(),
        words=span.of(text),
        after=text[span.end : end].rstrip(),
        message=in_language(finding.message, language),
        evidence=tuple(evidence_line(one, language) for one in finding.evidence),
        formula=finding.formula,
        fix=finding.fix.text if finding.fix else "",
    )


def around(text: str, span: Span) -> tuple[int, int]:
    """Where the sentence of `span` begins and ends, not too far away."""
    start = text.rfind("\n", 0, span.start) + 1
    found = text.find("\n", span.end)
    line = text[start : found if found >= 0 else len(text)]
    for one in sentences(line):
        if one.start <= span.start - start < one.end:
            start, line = start + one.start, line[one.start : one.end]
            break
    end = max(start + len(line), span.end)
    return max(start, span.start - _CONTEXT), min(end, span.end + _CONTEXT)


def place_of(document: Document, span: Span, language: Language = "zh") -> str:
    """Heading, page and paragraph of what stands at `span`."""
    block = block_at(document, span.start)
    if block is None:
        return ""
    say = labels(language).say
    parts = [block.heading_path[-1]] if block.heading_path else []
    if block.page is not None:
        parts.append(say("place.page", number=block.page))
    if block.paragraph is not None:
        parts.append(say("place.paragraph", number=block.paragraph))
    return " · ".join(parts)


def said_place(place: str) -> Said:
    """A place that its source tells in Chinese (第3段表格第2行) in both languages; headings in it stay as they are.

    >>> said_place("第3段表格第2行").en, said_place("一、总结 · 第3段").en
    ('paragraph 3, table, line 2', '一、总结 · paragraph 3')
    """
    if isinstance(place, Said):
        return place
    return Said(place, " · ".join(map(_english_place, place.split(" · "))))


def _english_place(part: str) -> str:
    if not _PLACE.fullmatch(part):
        return part
    found = _PIECES.findall(part)
    return ", ".join(f"{_NAMES[name]} {number}" if number else "table" for number, name in found)


def block_at(document: Document, offset: int) -> Block | None:
    """The block that `offset` stands in."""
    low, high = 0, len(document.blocks)
    while low < high:
        middle = (low + high) // 2
        if document.blocks[middle].span.end <= offset:
            low = middle + 1
        else:
            high = middle
    return document.blocks[low] if low < len(document.blocks) else None


def evidence_line(evidence: Evidence, language: Language = "zh") -> str:
    """Where the evidence stands, and its words."""
    say = labels(language).say
    title = "" if evidence.source == "draft" else evidence.title
    parts = (say(f"source.{evidence.source}"), title, in_language(said_place(evidence.place), language))
    where = " · ".join(part for part in parts if part)
    return f"{where} {say('provenance.quote', text=evidence.quote)}"
