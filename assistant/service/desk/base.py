"""What all parts of a desk share: whose it is, how a draft is read, and the one way in which it changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from assistant.errors import DraftChanged, Said
from assistant.records import FactsFile, Report, silent
from assistant.service.desk import showing, store, tables
from assistant.service.desk.attached import read_facts_body
from assistant.service.desk.manuscript import Edit, HeldSection, Manuscript
from assistant.service.desk.store import Held, Store
from assistant.service.desk.views import DraftKind, DraftView, Field, JobView, SectionState

if TYPE_CHECKING:
    from assistant.service.desk.office import Office

BURST_SECONDS = 30
CONFLICT = "冲突"


@dataclass(frozen=True, slots=True)
class Touch:
    """The one place that a change is about; `base` is the text there that the writer started from, if known."""

    section_id: str
    field: Field
    base: str | None = None

    def text(self, state: Manuscript) -> str:
        """What stands there. Raises DraftUnknown."""
        if self.field == "title":
            return state.title
        section = state.section(self.section_id)
        return section.heading if self.field == "heading" else section.text

    def changed(self, state: Manuscript) -> int:
        """The version at which it last changed."""
        return state.title_changed if self.field == "title" else state.section(self.section_id).changed


class DeskBase:
    """One owner's desk in an office; the parts of the desk are its subclasses."""

    def __init__(self, office: Office, owner: str) -> None:
        self.office = office
        self.owner = owner
        self.store = Store(office.catalogue, owner)
        self.report: Report = silent
        """Hears of each page that is recognised while a file is read; what it raises ends the reading."""

    def job_of(self, draft_id: str) -> JobView | None:
        """The job that is at work on a draft."""
        return None

    def states_of(self, draft_id: str) -> Mapping[str, SectionState]:
        """The sections of a draft that wait for a job or are being written, by id."""
        return {}

    def view(self, held: Held) -> DraftView:
        """A draft as the page shows it."""
        return showing.draft_view(held, self.job_of(held.id), self.states_of(held.id))

    def facts_file(self, state: Manuscript) -> FactsFile | None:
        """The facts that a draft was written from; None when it has none."""
        if not state.facts:
            return None
        return read_facts_body(self.store.attachment(state.facts).body)

    def change(
        self,
        draft_id: str,
        edit: Edit,
        why: str,
        *,
        version: int | None = None,
        touch: Touch | None = None,
        burst: str = "",
    ) -> Held:
        """Apply `edit` to the draft as it stands, and keep the result as a revision called `why`.

        With `version`, what the caller last saw: another section's change since is merged; where the place
        `touch` (the whole draft without it) changed too, nothing is applied, the caller's state is kept as a
        revision, and `DraftChanged` tells the newer text. Changes with the same `burst` within 30 seconds are
        one revision. An edit that changes nothing writes nothing.

        Raises:
            DraftUnknown, DraftChanged: as said; whatever `edit` raises leaves the draft as it was.
        """
        with self.store.write() as connection:
            held = self.store.held_in(connection, draft_id)
            state = edit(held.manuscript)
            stale = _stale(held, state, version, touch)
            if stale:
                self.keep(connection, draft_id, state, CONFLICT, before=held.at)
            elif not state.holds_the_same(held.manuscript):
                self._write(connection, held, state, why, burst)
        if stale:
            raise _changed(held, touch)
        return self.store.held(draft_id)

    def insert(
        self,
        connection: Connection,
        draft_id: str,
        kind: DraftKind,
        state: Manuscript,
        sources: store.Sources,
    ) -> None:
        """Write a new draft with its first revision."""
        time = self.store.time()
        number = self.keep(connection, draft_id, state, "新建")
        connection.execute(
            tables.drafts.insert().values(
                id=draft_id,
                owner=self.owner,
                kind=kind,
                version=1,
                at=number,
                redo="[]",
                created=time,
                updated=time,
                discarded="",
                sources=json.dumps(asdict(sources)),
                **row_of(state),
            )
        )

    def _write(self, connection: Connection, held: Held, state: Manuscript, why: str, burst: str) -> None:
        state = state.stamped(held.manuscript, held.version + 1)
        if not self._joined(connection, held, state, burst):
            number = self.keep(connection, held.id, state, why, burst, before=held.at)
            held = replace(held, at=number)
        self._put(connection, held, state, redo=())

    def go(
        self, connection: Connection, held: Held, state: Manuscript, *, at: int, redo: tuple[int, ...]
    ) -> None:
        """Make `state`, which revision `at` holds, the draft as it stands; `redo` are the revisions to go on to."""
        state = state.stamped(held.manuscript, held.version + 1)
        self._put(connection, replace(held, at=at), state, redo)

    def _put(self, connection: Connection, held: Held, state: Manuscript, redo: tuple[int, ...]) -> None:
        connection.execute(
            tables.drafts.update()
            .where(tables.drafts.c.id == held.id, tables.drafts.c.owner == self.owner)
            .values(
                version=held.version + 1,
                at=held.at,
                redo=json.dumps(redo),
                updated=self.store.time(),
                findings=None,
                **row_of(state),
            )
        )

    def keep(
        self,
        connection: Connection,
        draft_id: str,
        state: Manuscript,
        why: str,
        burst: str = "",
        before: int = 0,
    ) -> int:
        """Write a revision, which follows revision `before`; its number."""
        number = store.last_number(connection, draft_id) + 1
        time = self.store.time()
        connection.execute(
            tables.revisions.insert().values(
                draft_id=draft_id,
                number=number,
                before=before,
                why=why,
                burst=burst,
                began=time,
                saved=time,
                characters=state.characters,
                body=store.packed(state),
            )
        )
        return number

    def _joined(self, connection: Connection, held: Held, state: Manuscript, burst: str) -> bool:
        """Whether the change belonged to a burst of saves, whose revision now holds it."""
        if not burst or held.redo:
            return False
        here = (tables.revisions.c.draft_id == held.id) & (tables.revisions.c.number == held.at)
        row = connection.execute(tables.revisions.select().where(here)).first()
        if row is None or row.burst != burst or _seconds(row.began, self.store.time()) > BURST_SECONDS:
            return False
        changed = {"saved": self.store.time(), "characters": state.characters, "body": store.packed(state)}
        connection.execute(tables.revisions.update().where(here).values(**changed))
        return True


def row_of(state: Manuscript) -> dict[str, object]:
    """What a draft's row tells of its state."""
    return {
        "title": state.title,
        "characters": state.characters,
        "sections": len(state.sections),
        "body": store.packed(state),
    }


def _stale(held: Held, state: Manuscript, version: int | None, touch: Touch | None) -> bool:
    """Whether the caller's change was made against a text that is no longer there."""
    if version is None or version >= held.version or state.holds_the_same(held.manuscript):
        return False
    if touch is None:
        return True
    if touch.changed(held.manuscript) <= version:
        return False
    return touch.base is None or touch.base != touch.text(held.manuscript)


def _changed(held: Held, touch: Touch | None) -> DraftChanged:
    name: str | Said = Said("文稿", "the draft")
    if touch is not None and touch.field == "title":
        name = Said("标题", "the title")
    elif touch is not None:
        name = _heading(held.manuscript.section(touch.section_id))
    return DraftChanged(
        reason=name,
        version=held.version,
        section_id=touch.section_id if touch else "",
        field=touch.field if touch else "",
        text=touch.text(held.manuscript) if touch else "",
    )


def _heading(section: HeldSection) -> str | Said:
    return section.heading or Said("开头部分", "the opening")


def _seconds(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()
