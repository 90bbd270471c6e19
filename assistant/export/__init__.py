"""Drafts and findings out of the program: Word, Markdown, tables."""

from assistant.export.comments import write_comments
from assistant.export.evidence import write_evidence
from assistant.export.files import replacing, write_text
from assistant.export.letterhead import Letterhead
from assistant.export.markdown import (
    by_severity,
    counts_sentence,
    coverage_sentence,
    draft_markdown,
    findings_markdown,
    provenance_markdown,
)
from assistant.export.page import findings_page, write_page
from assistant.export.placeholders import placeholders
from assistant.export.plain import plain
from assistant.export.provenance import (
    ProvenanceCounts,
    ProvenanceRow,
    provenance_counts,
    provenance_rows,
    unused_facts,
)
from assistant.export.shown import ShownFinding, place_of, shown
from assistant.export.style import STANDARD, WordStyle
from assistant.export.word import WordOptions, write_word

__all__ = [
    "STANDARD",
    "Letterhead",
    "ProvenanceCounts",
    "ProvenanceRow",
    "ShownFinding",
    "WordOptions",
    "WordStyle",
    "by_severity",
    "counts_sentence",
    "coverage_sentence",
    "draft_markdown",
    "findings_markdown",
    "findings_page",
    "place_of",
    "placeholders",
    "plain",
    "provenance_counts",
    "provenance_markdown",
    "provenance_rows",
    "replacing",
    "shown",
    "unused_facts",
    "write_comments",
    "write_evidence",
    "write_page",
    "write_text",
    "write_word",
]
