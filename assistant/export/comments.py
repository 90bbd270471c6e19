"""Findings as Word comments, anchored at the very words that they are about."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import docx

from assistant.errors import Language, in_language
from assistant.export import gbt9704, word_layout
from assistant.export.anchors import Anchors, Place
from assistant.export.markdown import coverage_sentence, labels
from assistant.export.marks import Marks
from assistant.export.shown import ShownFinding, shown
from assistant.export.signs import storable
from assistant.export.word_file import MAIN, WordFile
from assistant.export.word_tables import add_table
from assistant.records import Block, Document, Finding
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
    accepted: Collection[Finding] = (),
    language: Language = "zh",
) -> tuple[ShownFinding, ...]:
    """Write the draft to `path` with a comment for each finding.

    `original` is the draft's own .docx, which stays as it is but for the marks; without it a new Word
    document is made of the text. The fixes of the `accepted` findings are tracked changes, for the writer to
    accept or reject in the word processor. What became of the figures is a comment on the first line.
    Returns the findings whose words were not found in the Word file; these are told in that first comment.

    Raises:
        ExportError: `original` cannot be read, or `path` not be written.
    """
    word = WordFile.open(original) if original else _made([document for document, _ in reports])
    notes = [word.read(name) for kind in ("footnotes", "endnotes") if (name := word.related(kind))]
    anchors = Anchors(word.tree(MAIN), *notes)
    say = Wording("assistant.export", "check_labels.yaml", language).say
    marks = Marks(word, say("comment.author"), _INITIALS)
    lost: list[ShownFinding] = []
    fixes: list[tuple[Place, str]] = []
    for document, report in reports:
        for one in shown(document, report.findings, language):
            place = anchors.find(document, one.span)
            if place is None:
                lost.append(one)
            else:
                marks.comment(*anchors.runs(place), storable(comment_text(one, language)))
        fixes += _fixes(anchors, document, [one for one in report.findings if one in accepted])
    _summary(anchors, marks, reports, lost, language)
    for place, text in _apart(fixes):
        marks.replace(anchors.inside(place), text)
    word.save(path)
    return tuple(lost)


def _fixes(anchors: Anchors, document: Document, findings: Sequence[Finding]) -> Iterator[tuple[Place, str]]:
    """Where the fixes go; those of text boxes and footnotes stay comments."""
    for finding in findings:
        if finding.fix is None or finding.fix.span.of(document.text) == finding.fix.text:
            continue
        place = anchors.find(document, finding.fix.span)
        whole = place is not None and "\n" not in finding.fix.span.of(document.text)
        if place is not None and whole and not anchors.hangs(place):
            yield place, storable(finding.fix.text)


def _apart(fixes: Sequence[tuple[Place, str]]) -> list[tuple[Place, str]]:
    """From the last place to the first, so that places before a change stay true; one change for a place."""
    kept: list[tuple[Place, str]] = []
    for place, text in sorted(fixes, key=lambda fix: (fix[0].paragraph, fix[0].start, fix[0].end)):
        before = kept[-1][0] if kept else None
        if before is None or before.paragraph < place.paragraph or before.end <= place.start:
            kept.append((place, text))
    return kept[::-1]


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
    cells = [
        (cell.row, cell.column, cell.row_span, cell.column_span, cell.span.of(document.text))
        for cell in block.cells
    ]
    add_table(word, cells)


def _made(documents: Sequence[Document]) -> WordFile:
    """A new Word file of drafts that were no Word file."""
    stream = io.BytesIO()
    compose(documents).save(stream)
    return WordFile(stream.getvalue())


def _summary(
    anchors: Anchors,
    marks: Marks,
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
        lines.append(coverage_sentence(report.coverage, language))
        lines += [in_language(note, language) for note in report.notes]
    lines += [comment_text(one, language) for one in lost]
    marks.comment(*anchors.runs(place), storable("\n".join(lines)))
