"""Revisions: what a draft was before, compared character by character, brought back, undone and done again."""

from __future__ import annotations

from collections.abc import Iterator

from diff_match_patch import diff_match_patch
from sqlalchemy import select

from assistant.service.desk import showing, store, tables
from assistant.service.desk.base import DeskBase
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.naming import revision_name
from assistant.service.desk.views import ComparedSection, DraftView, RevisionRow

_SIGNS = {0: "=", -1: "-", 1: "+"}
_SECONDS = 1.0


class Revisions(DeskBase):
    """The states of a draft."""

    def revisions(self, draft_id: str) -> tuple[RevisionRow, ...]:
        """All revisions, the newest first. Raises DraftUnknown."""
        held = self.store.held(draft_id)
        names = ("number", "saved", "why", "characters")
        query = select(*(tables.revisions.c[name] for name in names))
        query = query.where(tables.revisions.c.draft_id == draft_id)
        with self.store.read() as connection:
            rows = connection.execute(query.order_by(tables.revisions.c.number.desc())).all()
        return tuple(
            RevisionRow(row.number, row.saved, revision_name(row.why), row.characters, row.number == held.at)
            for row in rows
        )

    def revision(self, draft_id: str, number: int) -> DraftView:
        """The draft as it was at a revision; its version is that of now. Raises DraftUnknown."""
        held = self.store.held(draft_id)
        state = self._state(draft_id, number)
        return showing.draft_view(showing.as_it_was(held, state), None, {})

    def compare(self, draft_id: str, one: int, other: int) -> tuple[ComparedSection, ...]:
        """What differs from revision `one` to revision `other`: the title and the sections that do.

        Raises:
            DraftUnknown: no such draft or revision.
        """
        self.store.held(draft_id)
        return tuple(differences(self._state(draft_id, one), self._state(draft_id, other)))

    def restore(self, draft_id: str, number: int) -> DraftView:
        """Bring a revision back; what was there until now stays a revision too. Raises DraftUnknown."""
        self.store.held(draft_id)
        state = self._state(draft_id, number)
        return self.view(self.change(draft_id, lambda _: state, f"恢复第 {number} 版"))

    def undo(self, draft_id: str) -> DraftView:
        """Go back to the revision before; the draft as it is when there is none. Raises DraftUnknown."""
        with self.store.write() as connection:
            held = self.store.held_in(connection, draft_id)
            before = store.revision_before(connection, draft_id, held.at)
            if before:
                state = store.state_of(connection, draft_id, before)
                self.go(connection, held, state, at=before, redo=(held.at, *held.redo))
        return self.view(self.store.held(draft_id))

    def redo(self, draft_id: str) -> DraftView:
        """Take back the last undo; the draft as it is when there is none. Raises DraftUnknown."""
        with self.store.write() as connection:
            held = self.store.held_in(connection, draft_id)
            if held.redo:
                state = store.state_of(connection, draft_id, held.redo[0])
                self.go(connection, held, state, at=held.redo[0], redo=held.redo[1:])
        return self.view(self.store.held(draft_id))

    def _state(self, draft_id: str, number: int) -> Manuscript:
        with self.store.read() as connection:
            return store.state_of(connection, draft_id, number)


def differences(one: Manuscript, other: Manuscript) -> Iterator[ComparedSection]:
    """The title and the sections that differ, in the order of `other`, what is gone at the end."""
    if one.title != other.title:
        yield ComparedSection("", "", operations(one.title, other.title))
    before = {section.id: section for section in one.sections}
    for section in other.sections:
        old = before.pop(section.id, None)
        if old is None or (old.heading, old.text) != (section.heading, section.text):
            yield ComparedSection(section.id, section.heading, _changes(old, section))
    for section in before.values():
        yield ComparedSection(section.id, section.heading, _changes(section, None))


def operations(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The way from `old` to `new`, character by character, in stretches that a reader can follow.

    >>> operations("新增23家。", "新增25家。")
    (('=', '新增2'), ('-', '3'), ('+', '5'), ('=', '家。'))
    """
    compare = diff_match_patch()
    compare.Diff_Timeout = _SECONDS
    found = compare.diff_main(old, new, checklines=False)
    compare.diff_cleanupSemantic(found)
    return tuple((_SIGNS[sign], words) for sign, words in found)


def _changes(old: HeldSection | None, new: HeldSection | None) -> tuple[tuple[str, str], ...]:
    """Heading and text compared apart, a line break between them; the heading only where it changed."""
    was, now = (old.heading, old.text) if old else ("", ""), (new.heading, new.text) if new else ("", "")
    heading = (*operations(was[0], now[0]), ("=", "\n")) if was[0] != now[0] else ()
    return (*heading, *operations(was[1], now[1]))
