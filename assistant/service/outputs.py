"""What a draft leaves behind: the draft in two formats, its provenance, its findings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ExportError, Language, Said
from assistant.export import (
    WordOptions,
    draft_markdown,
    findings_markdown,
    plain,
    provenance_markdown,
    write_text,
    write_word,
)
from assistant.records import Draft, FactsFile
from assistant.service.layout import count_pages
from assistant.service.review import Review

FINDINGS_VERSION = 1
_DRAFT_SUFFIXES = (".md", ".docx")


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files of one draft."""

    draft_markdown: Path
    draft_word: Path
    provenance: Path
    findings: Path
    findings_json: Path

    @property
    def paths(self) -> dict[str, Path]:
        """All of them by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def output_paths(target: Path, facts_path: Path) -> Outputs:
    """Where the files go: into the folder `target`, or beside the draft that `target` names (.md or .docx).

    Raises:
        ExportError: a file would replace the facts file itself.
    """
    if target.suffix.lower() in _DRAFT_SUFFIXES and not target.is_dir():
        folder, stem, draft = target.parent, target.stem, target.stem
    else:
        folder, stem = target, facts_path.stem
        draft = f"{stem}.draft"
    outputs = Outputs(
        draft_markdown=folder / f"{draft}.md",
        draft_word=folder / f"{draft}.docx",
        provenance=folder / f"{stem}.provenance.md",
        findings=folder / f"{stem}.findings.md",
        findings_json=folder / f"{stem}.findings.json",
    )
    if facts_path.resolve() in {path.resolve() for path in outputs.paths.values()}:
        reason = Said(
            zh="会覆盖事实材料，请另取文件名", en="it would replace the facts file; choose another name"
        )
        raise ExportError(name=facts_path.name, reason=reason)
    return outputs


def write_outputs(
    outputs: Outputs,
    draft: Draft,
    facts: FactsFile,
    review: Review,
    *,
    word: WordOptions | None = None,
    language: Language = "zh",
) -> Outputs:
    """Write all files, each whole or not at all; files of a former run are replaced.

    Raises:
        ExportError: one cannot be written; those before it are there.
    """
    write_text(outputs.draft_markdown, draft_markdown(draft))
    write_word(draft, outputs.draft_word, options=word, pages=count_pages)
    write_text(outputs.provenance, provenance_markdown(draft, facts, language))
    write_text(outputs.findings, findings_markdown(review.report, review.document, language))
    write_text(outputs.findings_json, findings_json(draft, review, language))
    return outputs


def findings_json(draft: Draft, review: Review, language: Language = "zh") -> str:
    """Findings, coverage and notes, with the text that the spans count in."""
    whole = {
        "version": FINDINGS_VERSION,
        "title": draft.title,
        "text": review.document.text,
        "findings": plain(review.report.findings, language),
        "coverage": plain(review.report.coverage),
        "notes": plain(review.report.notes, language),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
