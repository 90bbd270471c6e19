"""Changes by the writer's hand: saving a field, locking a sentence, the characters that a section should have."""

from __future__ import annotations

from dataclasses import replace

from assistant.errors import DraftUnknown, QueryInvalid, Said
from assistant.records import Span
from assistant.service.desk.base import Touch
from assistant.service.desk.fields import normal, with_field
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.reviewing import Reviewing
from assistant.service.desk.showing import sentence_views
from assistant.service.desk.views import DraftView, Field, Saved

_WHY = {"title": "改标题", "heading": "改章节标题", "text": "编辑"}


class Editing(Reviewing):
    """Saving, locking, targets."""

    def save(
        self, draft_id: str, version: int, section_id: str, field: Field, text: str, base: str | None = None
    ) -> Saved:
        """Keep one field as the writer has it now; `version` is what the page last saw.

        What others changed elsewhere in the draft since is merged and comes back in `draft`. Saves of one
        field within 30 seconds are one revision.

        Raises:
            DraftChanged: the same section was changed since, unless it still reads `base`.
            DraftLocked: a locked sentence would change.
            QueryInvalid: the text is too long.
        """
        written = normal(field, text)
        touch = Touch(section_id, field, base)
        held = self.change(
            draft_id,
            lambda state: with_field(state, section_id, field, written),
            _WHY[field],
            version=version,
            touch=touch,
            burst=f"{section_id} {field}",
        )
        merged = held.version > version + 1
        return Saved(held.version, self.view(held) if merged else None, self.review(draft_id))

    def lock(self, draft_id: str, section_id: str, start: int, end: int, locked: bool) -> DraftView:
        """Lock the sentences that the stretch touches, or unlock them.

        Raises:
            DraftUnknown: there is no text there.
        """

        def edit(state: Manuscript) -> Manuscript:
            section = state.section(section_id)
            return state.with_section(_with_lock(section, _stretch(section, start, end), locked=locked))

        return self.view(self.change(draft_id, edit, "锁定句子" if locked else "解除锁定"))

    def set_target(self, draft_id: str, section_id: str, characters: int | None) -> DraftView:
        """How many characters a section should have; None for no target. Raises QueryInvalid."""
        if characters is not None and not 0 < characters <= 100_000:
            raise QueryInvalid(reason=Said("字数目标应在 1 到 100000 之间", "a target is from 1 to 100,000"))

        def edit(state: Manuscript) -> Manuscript:
            return state.with_section(replace(state.section(section_id), target=characters))

        return self.view(self.change(draft_id, edit, "字数目标"))


def _stretch(section: HeldSection, start: int, end: int) -> Span:
    if not 0 <= start < end <= len(section.text):
        raise DraftUnknown(reason=Said("选中的文字已不在原处", "the chosen words are not there any more"))
    return Span(start, end)


def _with_lock(section: HeldSection, stretch: Span, *, locked: bool) -> HeldSection:
    spans = [span for span in section.locked if not span.overlaps(stretch)]
    if locked:
        spans += [
            Span(one.start, one.end)
            for one in sentence_views(section)
            if one.start < stretch.end and stretch.start < one.end
        ]
    return replace(section, locked=tuple(sorted(set(spans))))
