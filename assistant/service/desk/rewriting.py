"""A stretch of a section written anew in a job: told, verified, kept as one revision."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.drafting import Reviser, Surroundings
from assistant.errors import DraftChanged, Said
from assistant.records import Span
from assistant.service.desk.base import DeskBase, Touch
from assistant.service.desk.composing import LONGEST_WHY
from assistant.service.desk.job import Job
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.provenance import with_text
from assistant.service.desk.store import Held

_REWRITTEN = Said("已改写", "rewritten")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should be written anew: a stretch of a section as it stood at `version`, and how."""

    section_id: str
    version: int
    span: Span
    instruction: str


def rewritten(desk: DeskBase, job: Job, wanted: Wanted) -> str:
    """Write it anew and keep it; the sentence that tells the result.

    Raises:
        DraftChanged: the section was changed while the job waited or worked; the new wording is kept as a revision.
        ModelError, Stopped: nothing was changed.
    """
    held = desk.store.held(job.draft_id)
    before = _unchanged(held, wanted)
    job.sections[before.id] = "writing"
    job.tell("section_started", before.id, before.heading)
    reviser = Reviser(desk.office.chat(job.stopping), desk.office.settings)
    made = reviser.revise(
        before.record,
        wanted.span,
        wanted.instruction,
        around=_around(desk, held.manuscript, before),
        locked=before.locked,
    )
    job.check()
    if made.changed:
        new = made.section
        desk.change(
            job.draft_id,
            lambda now: now.with_section(
                replace(with_text(now.section(before.id), new.text), sentences=new.sentences)
            ),
            f"改写：{' '.join(wanted.instruction.split())}"[:LONGEST_WHY],
            version=held.version,
            touch=Touch(before.id, "text", before.text),
        )
    job.tell("section_done", before.id, ok=made.changed, detail=Said.joined(made.notes))
    desk.office.jobs.advance(job, 1)
    told = [_REWRITTEN] if made.changed else []
    return Said.joined((*told, *made.notes))


def _unchanged(held: Held, wanted: Wanted) -> HeldSection:
    """The section as it stands. Raises DraftChanged when it is no longer what the stretch was chosen in."""
    section = held.manuscript.section(wanted.section_id)
    if section.changed > wanted.version:
        raise DraftChanged(
            reason=section.heading or Said("开头", "the opening"),
            section_id=section.id,
            field="text",
            version=held.version,
            text=section.text,
        )
    return section


def _around(desk: DeskBase, state: Manuscript, section: HeldSection) -> Surroundings:
    """The facts of the section and of its sentences, and the headings above it."""
    facts = desk.facts_file(state)
    ids = {*section.fact_ids, *(fact_id for one in section.sentences for fact_id in one.fact_ids)}
    own = tuple(fact for fact in facts.facts if fact.id in ids) if facts else ()
    parents: list[str] = []
    level = section.level
    for one in reversed(state.sections[: state.sections.index(section)]):
        if one.heading and one.level < level:
            parents.insert(0, one.heading)
            level = one.level
    return Surroundings(own, tuple(parents), state.year)
