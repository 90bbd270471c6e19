"""A draft that was edited in a word processor, back on the desk: one revision, with what reviewers said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import DraftLocked
from assistant.export.reviewed import Comment
from assistant.records import Section
from assistant.service.desk.base import DeskBase
from assistant.service.desk.manuscript import HeldSection, Manuscript, new_id
from assistant.service.desk.provenance import with_text
from assistant.service.desk.views import DraftView
from assistant.service.reimport import Reimported, reimport

_MEGABYTE = 1_000_000


class BringingBack(DeskBase):
    """Edited files taken back."""

    def bring_back(self, draft_id: str, version: int, path: Path) -> DraftView:
        """Take the text of a file that was edited outside into the draft, as one revision that tells what changed.

        Sentences that survived keep what they rest on; comments that nobody resolved become notes of the
        section that they stand in; tracked changes count as accepted.

        Raises:
            InputError: the file cannot be read.
            DraftChanged: the draft was changed since `version`; the file's text is kept as a revision.
            DraftLocked: a locked sentence does not stand in the file.
        """
        old = self.store.held(draft_id).manuscript
        came = reimport(
            [section.record for section in old.sections],
            path,
            title=old.title,
            organisation=old.organisation,
            max_bytes=self.office.settings.max_file_mb * _MEGABYTE,
        )
        state = _brought_back(old, came)
        return self.view(self.change(draft_id, lambda _: state, _told(came), version=version))


def _brought_back(old: Manuscript, came: Reimported) -> Manuscript:
    sections = tuple(
        _section(section, None if origin is None else old.sections[origin], came)
        for section, origin in zip(came.sections, came.origins, strict=True)
    )
    for number, section in enumerate(old.sections):
        if section.locked and number not in came.origins:
            raise DraftLocked(reason=section.locked[0].of(section.text))
    return replace(old, title=came.title or old.title, sections=sections)


def _section(section: Section, origin: HeldSection | None, came: Reimported) -> HeldSection:
    """The section as it came back, with the id, locks and target of the one that it was."""
    held = with_text(origin, section.text) if origin else HeldSection(new_id(), section.heading)
    return replace(
        held,
        heading=section.heading,
        level=section.level,
        text=section.text,
        sentences=section.sentences,
        notes=(
            *section.notes,
            *_notes(section, [one.comment for one in came.comments if one.fate != "deleted"]),
        ),
    )


def _notes(section: Section, comments: Sequence[Comment]) -> Iterator[str]:
    """The comments on words of a section that are still open, with their answers."""
    for one in comments:
        if one.words and one.words in (section.text + section.heading) and not one.resolved:
            answers = "".join(f"；{author}答：{text}" for author, text in one.answers)
            yield f"批注（{one.author}）“{one.words}”：{one.text}{answers}"


def _told(came: Reimported) -> str:
    """What the revision is called: “从 Word 文件取回：改动 2 节，批注 1 条，修订 3 处”."""
    changed = sum(change.fate != "same" or change.moved for change in came.changes)
    parts = [f"改动 {changed} 节"] if changed else ["文字未变"]
    parts += [f"批注 {len(came.comments)} 条"] if came.comments else []
    parts += [f"修订 {len(came.tracked)} 处"] if came.tracked else []
    return "从 Word 文件取回：" + "，".join(parts)
