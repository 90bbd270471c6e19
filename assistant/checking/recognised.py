"""Figures read from scans: where draft and source differ by one digit of a look-alike pair, nobody is accused.

Text recognition takes 3 for 8 and 0 for 6 now and then. When either side of a finding was recognised in an
image and the two figures differ in exactly one such digit, the finding becomes a note that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.checking.case import Case
from assistant.checking.lines import figures_of
from assistant.checking.words import words
from assistant.errors import Said, in_language
from assistant.records import Document, Evidence, Finding, Span


def softened(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those that may rest on a misread digit as notes."""
    documents = {one.id: one for one in (case.document, *case.sources.prior, *case.sources.others)}
    scans = {
        key for key, one in documents.items() if any(block.confidence is not None for block in one.blocks)
    }
    facts = {fact.text for fact in case.sources.facts if fact.recognised}
    if not scans and not facts:
        return list(findings)
    return [_softened(case, one, documents, facts) for one in findings]


def lookalikes(mine: str, theirs: str) -> tuple[str, str] | None:
    """The one pair of look-alike digits in which two figures differ.

    >>> lookalikes("128家", "126家")
    ('8', '6')
    >>> lookalikes("128家", "182家") is None
    True
    """
    first, second = (
        "".join(sign for sign in text if sign.isdigit() or sign == ".") for text in (mine, theirs)
    )
    if len(first) != len(second) or not first:
        return None
    unequal = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    if len(unequal) != 1 or "".join(sorted(unequal[0])) not in words("lookalikes.txt", "digits"):
        return None
    return unequal[0]


def _softened(case: Case, finding: Finding, documents: dict[str, Document], facts: set[str]) -> Finding:
    if finding.severity == "note":
        return finding
    scanned_draft = _scanned(case.document, finding.span)
    for mine, theirs, evidence in _compared(case, finding):
        pair = lookalikes(mine, theirs)
        source = documents.get(evidence.document_id)
        scanned = evidence.quote in facts or (source is not None and _scanned(source, evidence.span))
        if pair and (scanned or scanned_draft):
            return replace(
                finding, severity="note", message=_doubted(finding.message, pair, scanned), fix=None
            )
    return finding


def _doubted(message: str, pair: tuple[str, str], in_source: bool) -> Said:
    """The message, and that one of the two digits may have been misread in the source, else in the draft."""
    first, second = pair
    zh = f"{'来源' if in_source else '本稿'}是扫描识别的文字，“{first}”与“{second}”形近，可能是识别之误，请对照原件。"
    en = f"the {'source' if in_source else 'draft'} was read from a scan, in which “{first}” and “{second}” look alike; see the original."
    return Said(f"{message.rstrip('。')}；{zh}", f"{in_language(message, 'en').rstrip('.')}; {en}")


def _compared(case: Case, finding: Finding) -> Iterator[tuple[str, str, Evidence]]:
    """Figures of the draft beside those of the evidence; where there is a fix, only what it replaces."""
    mine = [
        f.text for f in case.figures if f.span.start < finding.span.end and finding.span.start < f.span.end
    ]
    for evidence in finding.evidence:
        theirs = [finding.fix.text] if finding.fix else [f.text for f in figures_of(evidence.quote)]
        for one in mine:
            for other in theirs:
                yield one, other, evidence


def _scanned(document: Document, span: Span | None) -> bool:
    """Whether the text at `span` was recognised in an image."""
    return span is not None and any(
        block.confidence is not None and block.span.start < span.end and span.start < block.span.end
        for block in document.blocks
    )
