"""Drafts and findings out of the program: Word, Markdown, tables.

Names are loaded when they are first used: the command line needs `plain` of all this, and no Word library, most times.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from assistant.export.plain import plain

if TYPE_CHECKING:
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
    from assistant.export.provenance import (
        ProvenanceCounts,
        ProvenanceRow,
        provenance_counts,
        provenance_rows,
        unused_facts,
    )
    from assistant.export.shown import ShownFinding, place_of
    from assistant.export.style import STANDARD, WordStyle
    from assistant.export.word import WordOptions, write_word

_HOMES = {
    "Letterhead": "letterhead",
    "ProvenanceCounts": "provenance",
    "ProvenanceRow": "provenance",
    "STANDARD": "style",
    "ShownFinding": "shown",
    "WordOptions": "word",
    "WordStyle": "style",
    "by_severity": "markdown",
    "counts_sentence": "markdown",
    "coverage_sentence": "markdown",
    "draft_markdown": "markdown",
    "findings_markdown": "markdown",
    "findings_page": "page",
    "place_of": "shown",
    "provenance_counts": "provenance",
    "provenance_markdown": "markdown",
    "provenance_rows": "provenance",
    "replacing": "files",
    "unused_facts": "provenance",
    "write_comments": "comments",
    "write_evidence": "evidence",
    "write_page": "page",
    "write_text": "files",
    "write_word": "word",
}

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
    "plain",
    "provenance_counts",
    "provenance_markdown",
    "provenance_rows",
    "replacing",
    "unused_facts",
    "write_comments",
    "write_evidence",
    "write_page",
    "write_text",
    "write_word",
]


def __getattr__(name: str) -> object:
    """The public name, from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
