"""A draft as files: Word, Word with the findings as comments, Markdown, the evidence table."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal, TypedDict

from assistant.errors import Language, QueryInvalid, Said
from assistant.export import draft_markdown, write_comments, write_evidence, write_text
from assistant.export.word import WordOptions
from assistant.records import Draft
from assistant.service.desk import findings
from assistant.service.desk.check import Checked
from assistant.service.desk.manuscript import Manuscript
from assistant.service.desk.reviewing import Reviewing
from assistant.service.desk.store import Held, state_of
from assistant.service.files import harmless
from assistant.service.word_options import word_options, write_draft
from assistant.settings import Settings

ExportFormat = Literal["docx", "docx-comments", "md", "evidence"]
_ENDINGS = {"docx": ".docx", "docx-comments": "（批注）.docx", "md": ".md", "evidence": "（数字依据表）.xlsx"}
_MEGABYTE = 1_000_000


class ExportOptions(TypedDict, total=False):
    """`signed` is the date below the body's name (ISO 8601); `tracked` puts fixes in as tracked changes."""

    signed: str
    addressee: str
    attachments: Sequence[str]
    tracked: bool
    language: Language


class Exporting(Reviewing):
    """Files out of a draft."""

    def export(self, draft_id: str, kind: ExportFormat, options: ExportOptions | None = None) -> Path:
        """Write a draft into the owner's folder; the file bears the draft's title.

        Comments go into the Word file that the draft was read from, as long as the draft is as it was read.

        Raises:
            DraftUnknown: there is no such draft.
            QueryInvalid: an unknown kind, or a date that is none.
            ExportError: the file cannot be written.
        """
        if kind not in _ENDINGS:
            raise QueryInvalid(reason=Said(f"不能导出为“{kind}”", f"there is no export “{kind}”"))
        held = self.store.held(draft_id)
        given = options or {}
        path = self._folder(draft_id) / harmless((held.manuscript.title or "文稿") + _ENDINGS[kind])
        if kind == "md":
            return write_text(path, draft_markdown(self._record(held)))
        if kind == "docx":
            return write_draft(self._record(held), path, _word_options(self.office.settings, given))
        checked = self.checked(held)
        if kind == "evidence":
            traced = (checked.read.document, checked.report.coverage, checked.figures)
            return write_evidence([traced], path, given.get("language", "zh"))
        self._comments(held, checked, path, given)
        return path

    def _record(self, held: Held) -> Draft:
        facts = self.facts_file(held.manuscript)
        return held.manuscript.draft(facts.name if facts else "")

    def _comments(self, held: Held, checked: Checked, path: Path, given: ExportOptions) -> None:
        aside = self.store.ignored(held.id)
        found = tuple(one.finding for one in findings.named(checked) if one.entry not in aside)
        reports = [(checked.read.document, replace(checked.report, findings=found))]
        accepted = [one for one in found if one.fix] if given.get("tracked") else []
        language = given.get("language", "zh")
        data = self._original(held)
        with tempfile.TemporaryDirectory() as folder:
            original = Path(folder) / "original.docx"
            if data is not None:
                original.write_bytes(data)
            write_comments(
                reports, path, original=original if data else None, accepted=accepted, language=language
            )

    def _original(self, held: Held) -> bytes | None:
        """The Word file that the draft was read from, while the draft says the same; else None."""
        for attachment, role, name in self.store.attached(held.id):
            if role == "original" and name.lower().endswith(".docx") and self._unchanged(held):
                return self.store.attachment(attachment).data
        return None

    def _unchanged(self, held: Held) -> bool:
        with self.store.read() as connection:
            first = state_of(connection, held.id, 1)
        return _words(first) == _words(held.manuscript)

    def _folder(self, draft_id: str) -> Path:
        owner = hashlib.sha256(self.owner.encode()).hexdigest()[:24]
        return self.office.settings.home / "desk" / "exports" / owner / draft_id


def _words(state: Manuscript) -> tuple[str, ...]:
    return (state.title, *(part for one in state.sections for part in (one.heading, one.text)))


def _word_options(settings: Settings, given: ExportOptions) -> WordOptions:
    try:
        signed = date.fromisoformat(given["signed"]) if given.get("signed") else None
    except ValueError as error:
        raise QueryInvalid(
            reason=Said("成文日期应写成 2025-12-31", "write the date as 2025-12-31")
        ) from error
    return word_options(
        settings,
        signed=signed,
        addressee=given.get("addressee", ""),
        attachments=given.get("attachments", ()),
    )
