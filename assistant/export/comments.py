"""Findings as Word comments, anchored at the very words that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.text.run import Run

from assistant.errors import ExportError, Language, Said
from assistant.export import gbt9704, word_layout
from assistant.export.anchors import Anchors, Place
from assistant.export.files import replacing
from assistant.export.markdown import coverage_sentence, labels
from assistant.export.shown import ShownFinding, shown
from assistant.export.signs import storable
from assistant.records import Block, Document
from assistant.wording import Wording

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from assistant.checking import CheckReport

_STYLES = {"title": "Title", "heading": "Heading {level}"}
_INITIALS = "核"


def write_comments(
    reports: Sequence[tuple[Document, CheckReport]],
    path: Path,
    *,
    original: Path | None = None,
    language: Language = "zh",
) -> tuple[ShownFinding, ...]:
    """Write the draft to `path` with a comment for each finding.

    `original` is the draft's own .docx, which stays as it is but for the comments; without it a new Word
    document is made of the text. What became of the figures is a comment on the first line. Returns the
    findings whose words were not found in the Word file; these are told in that first comment.

    Raises:
        ExportError: `original` cannot be read, or `path` not be written.
    """
    word = _opened(original) if original else compose([document for document, _ in reports])
    anchors = Anchors(word)
    lost: list[ShownFinding] = []
    for document, report in reports:
        for one in shown(document, report.findings, language):
            place = anchors.find(document, one.span)
            if place is None:
                lost.append(one)
            else:
                _comment(word, anchors, place, comment_text(one, language), language)
    _summary(word, anchors, reports, lost, language)
    with replacing(path) as temporary:
        word.save(str(temporary))
    return tuple(lost)


def comment_text(one: ShownFinding, language: Language = "zh") -> str:
    """What a comment says: severity and rule, message, formula, evidence, fix, each a paragraph."""
    say = labels(language).say
    lines = [f"【{one.severity_name}】{one.message}（{one.rule}）"]
    if one.formula:
        lines.append(say("findings.formula", formula=one.formula))
    lines += one.evidence
    if one.fix:
        lines.append(f"{say('findings.fix')}：{one.fix}")
    return "\n".join(lines)


def compose(documents: Sequence[Document]) -> WordDocument:
    """A new Word document of the texts, in the layout of official documents."""
    word = docx.Document()
    word_layout.prepare(word)
    first = documents[0]
    author = first.organisation.value if first.organisation else ""
    word_layout.describe(word, title=storable(first.title), author=storable(author))
    for document in documents:
        for block in document.blocks:
            _block(word, document, block)
    return word


def _block(word: WordDocument, document: Document, block: Block) -> None:
    if block.kind == "table" and block.cells:
        _table(word, document, block)
        return
    level = min(max(block.level, 1), len(gbt9704.HEADINGS))
    style = _STYLES.get(block.kind, word_layout.BODY_STYLE).format(level=level)
    kind = gbt9704.TITLE if block.kind == "title" else gbt9704.BODY
    kind = gbt9704.HEADINGS[level - 1] if block.kind == "heading" else kind
    for line in block.span.of(document.text).split("\n"):
        word_layout.style_run(word.add_paragraph(style=style).add_run(storable(line)), kind)


def _table(word: WordDocument, document: Document, block: Block) -> None:
    rows = max(cell.row for cell in block.cells) + 1
    columns = max(cell.column for cell in block.cells) + 1
    table = word.add_table(rows, columns)
    for cell in block.cells:
        paragraph = table.cell(cell.row, cell.column).paragraphs[0]
        word_layout.style_run(paragraph.add_run(storable(cell.span.of(document.text))), gbt9704.BODY)


def _opened(path: Path) -> WordDocument:
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        reason = Said(zh="原文不是完好的 Word 文件", en="the draft is not a sound Word file")
        raise ExportError(name=path.name, reason=reason) from error


def _comment(word: WordDocument, anchors: Anchors, place: Place, text: str, language: Language) -> None:
    first, last = anchors.runs(place)
    author = _author(language)
    word.add_comment(
        [Run(first, word), Run(last, word)], text=storable(text), author=author, initials=_INITIALS
    )


def _author(language: Language) -> str:
    return Wording("assistant.export", "check_labels.yaml", language).say("comment.author")


def _summary(
    word: WordDocument,
    anchors: Anchors,
    reports: Sequence[tuple[Document, CheckReport]],
    lost: Sequence[ShownFinding],
    language: Language,
) -> None:
    """Coverage, notes and what could not be anchored, as a comment on the first words of the document."""
    place = anchors.first()
    if place is None:
        return
    lines = []
    for _, report in reports:
        lines += [coverage_sentence(report.coverage, language), *report.notes]
    lines += [comment_text(one, language) for one in lost]
    _comment(word, anchors, place, "\n".join(lines), language)
