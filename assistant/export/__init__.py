"""Drafts and findings out of the program: Word, Markdown, tables."""

from assistant.export.files import replacing, write_text
from assistant.export.markdown import (
    by_severity,
    counts_sentence,
    coverage_sentence,
    draft_markdown,
    findings_markdown,
    provenance_markdown,
)
from assistant.export.placeholders import placeholders
from assistant.export.plain import plain
from assistant.export.provenance import (
    ProvenanceCounts,
    ProvenanceRow,
    provenance_counts,
    provenance_rows,
    unused_facts,
)
from assistant.export.word import write_word

__all__ = [
    "ProvenanceCounts",
    "ProvenanceRow",
    "by_severity",
    "counts_sentence",
    "coverage_sentence",
    "draft_markdown",
    "findings_markdown",
    "placeholders",
    "plain",
    "provenance_counts",
    "provenance_markdown",
    "provenance_rows",
    "replacing",
    "unused_facts",
    "write_text",
    "write_word",
]
