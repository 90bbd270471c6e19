"""The fields of a draft (title, headings, texts): how a text is kept, how one is changed, how fixes are applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.errors import DraftChanged, DraftLocked, QueryInvalid, Said
from assistant.records import Span
from assistant.service.desk.base import Touch
from assistant.service.desk.manuscript import Manuscript
from assistant.service.desk.provenance import with_text
from assistant.service.desk.views import Field, FixView

_LONGEST = {"title": 200, "heading": 200, "text": 200_000}


def normal(field: Field, text: str) -> str:
    """The text as it is kept: Unix line ends, and one line where a heading or title is.

    Raises:
        QueryInvalid: it is too long.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair cannot be kept
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(text) > _LONGEST[field]:
        most = _LONGEST[field]
        raise QueryInvalid(reason=Said(f"文字超过 {most} 字", f"the text has more than {most:,} characters"))
    return text if field == "text" else " ".join(text.split())


def with_field(state: Manuscript, section_id: str, field: Field, text: str) -> Manuscript:
    """The state with one field changed. Raises DraftUnknown, DraftLocked."""
    if field == "title":
        return replace(state, title=text)
    section = state.section(section_id)
    changed = replace(section, heading=text) if field == "heading" else with_text(section, text)
    return state.with_section(changed)


def apart(fixes: Sequence[FixView]) -> list[FixView]:
    """The fixes that do not overlap one another, the first ones first."""
    kept: list[FixView] = []
    for fix in sorted(fixes, key=lambda one: (one.section_id, one.field, one.start, one.end)):
        last = kept[-1] if kept else None
        same = last is not None and (last.section_id, last.field) == (fix.section_id, fix.field)
        if last is None or not same or fix.start >= last.end:
            kept.append(fix)
    return kept


def is_locked_fix(state: Manuscript, fix: FixView) -> bool:
    """Whether a fix lies inside a locked sentence."""
    if fix.field != "text":
        return False
    return any(lock.overlaps(Span(fix.start, fix.end)) for lock in state.section(fix.section_id).locked)


def fixed(state: Manuscript, fixes: Sequence[FixView]) -> Manuscript:
    """The state with the fixes applied, from the back so that places stay.

    Raises:
        DraftChanged: the words of a fix are not where they were.
        DraftLocked: one is inside a locked sentence.
    """
    for fix in sorted(fixes, key=lambda one: -one.start):
        place = Touch(fix.section_id, fix.field)
        text = place.text(state)
        if text[fix.start : fix.end] != fix.old:
            raise DraftChanged(reason=fix.old, section_id=fix.section_id, field=fix.field, text=text)
        if is_locked_fix(state, fix):
            raise DraftLocked(reason=fix.old)
        state = with_field(state, fix.section_id, fix.field, text[: fix.start] + fix.text + text[fix.end :])
    return state
