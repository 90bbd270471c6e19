"""Writing with the model: sections, a sentence anew, and the jobs that do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.drafting.opening import opening_section
from assistant.errors import DraftUnknown, FactsInvalid, QueryInvalid, Said
from assistant.records import FactsFile, Span
from assistant.service.desk.base import DeskBase
from assistant.service.desk.composing import Composing, is_opening, locked_sentences, outlined
from assistant.service.desk.job import Job
from assistant.service.desk.manuscript import HeldSection, Manuscript, new_id
from assistant.service.desk.rewriting import Wanted, rewritten
from assistant.service.desk.store import Held
from assistant.service.desk.views import EventsView, JobView, SectionState


class Writing(DeskBase):
    """Writing, rewriting, and the jobs of an owner."""

    def job_of(self, draft_id: str) -> JobView | None:
        """The job that is at work on a draft; the first of several."""
        at_work = self.office.jobs.at_work(self.owner, draft_id)
        return at_work[0].view if at_work else None

    def states_of(self, draft_id: str) -> Mapping[str, SectionState]:
        """The sections of a draft that wait for a job or are being written, by id."""
        states: dict[str, SectionState] = {}
        for job in self.office.jobs.at_work(self.owner, draft_id):
            states.update(job.sections)
        return states

    def write(self, draft_id: str, section_ids: Sequence[str] | None = None) -> JobView:
        """Write sections from their facts, in a job; without ids those that have no text yet, or else all.

        A section that has text is written anew; its locked sentences stay as they are. The opening is written
        with the whole draft.

        Raises:
            FactsInvalid: the draft has no facts, or none of the sections has.
            DraftUnknown: there is no such draft or section.
            DraftBusy: one of the sections is being written already.
            QueueFull: too many jobs wait; nothing was changed.
        """
        held = self.store.held(draft_id)
        facts = self.facts_file(held.manuscript)
        if facts is None:
            reason = Said("没有附事实材料", "there are none with it")
            raise FactsInvalid(name=held.manuscript.title, reason=reason)
        if section_ids is None:
            held = self._with_opening(held, facts)
        state = held.manuscript
        opening, chosen = _chosen(state, section_ids)
        everything = [*([opening] if opening else []), *chosen]
        if not everything:
            raise FactsInvalid(name=facts.name, reason=Said("所选章节没有事实", "the sections have no facts"))
        one = len(everything) == 1
        job = Job(
            owner=self.owner,
            kind="section" if one else "draft",
            label=_label("起草", "Draft", state.section(everything[0]).heading if one else state.title),
            draft_id=draft_id,
            total=len(everything),
            sections=dict.fromkeys(everything, "queued"),
        )
        return self.office.jobs.start(job, lambda job: Composing(self, job, held, chosen, opening).run())

    def rewrite(self, draft_id: str, section_id: str, start: int, end: int, instruction: str) -> JobView:
        """Write the sentences that a stretch touches anew as an instruction asks, in a job; a section by its whole text.

        Locked sentences and everything outside stay as they are. What cannot be done safely is left as it was,
        and the job's result says why.

        Raises:
            DraftUnknown: there is no such draft, section or stretch.
            QueryInvalid: the instruction is empty.
            DraftBusy: the section is being written.
            QueueFull: too many jobs wait; nothing was changed.
        """
        held = self.store.held(draft_id)
        section = held.manuscript.section(section_id)
        if not 0 <= start < end <= len(section.text):
            raise DraftUnknown(reason=Said("选中的文字已不在原处", "the chosen words are not there any more"))
        if not instruction.strip():
            raise QueryInvalid(reason=Said("请写明怎样改写", "say how it should be rewritten"))
        job = Job(
            owner=self.owner,
            kind="rewrite",
            label=_label("改写", "Rewrite", section.heading),
            draft_id=draft_id,
            total=1,
            sections={section_id: "queued"},
        )
        wanted = Wanted(section_id, held.version, Span(start, end), instruction)
        return self.office.jobs.start(job, lambda job: rewritten(self, job, wanted))

    def stop(self, job_id: str) -> JobView:
        """Stop a job; what it has finished stays. Raises DraftUnknown."""
        return self.office.jobs.stop(self.owner, job_id)

    def job(self, job_id: str) -> JobView:
        """One job, also of before a restart. Raises DraftUnknown."""
        return self.office.jobs.job(self.owner, job_id)

    def jobs(self) -> tuple[JobView, ...]:
        """The owner's latest jobs, the newest first."""
        return self.office.jobs.listed(self.owner)

    async def events(self, job_id: str, since: int = 0, wait: float = 20.0) -> EventsView:
        """What a job told after event `since`: at once where there is something, else within `wait` seconds.

        Raises:
            DraftUnknown: there is no such job.
        """
        return await self.office.jobs.events(self.owner, job_id, since, min(max(wait, 0.0), 60.0))

    def _with_opening(self, held: Held, facts: FactsFile) -> Held:
        """The draft with an empty opening in front, where its kind has one and nothing was written yet."""
        state = held.manuscript
        fresh = not any(section.text or is_opening(section) for section in state.sections)
        if not fresh or opening_section(outlined(state, facts)) is None:
            return held

        def edit(now: Manuscript) -> Manuscript:
            return replace(now, sections=(HeldSection(new_id(), "", 0), *now.sections))

        return self.change(held.id, edit, "加开头")


def _label(zh: str, en: str, heading: str) -> Said:
    return Said(f"{zh}：{heading or '开头'}", f"{en}: {heading or 'opening'}")


def _chosen(state: Manuscript, section_ids: Sequence[str] | None) -> tuple[str, list[str]]:
    """The opening's id, or "", and the ids of the other sections to write, in the order of the draft."""
    if section_ids is None:
        sections = [one for one in state.sections if not one.text and (one.fact_ids or is_opening(one))]
        if not any(one.fact_ids for one in sections):
            sections = [one for one in state.sections if one.fact_ids]
    else:
        wanted = {state.section(section_id).id for section_id in section_ids}
        sections = [one for one in state.sections if one.id in wanted]
    opening = next((one.id for one in sections if is_opening(one) and not locked_sentences(one)), "")
    return opening, [one.id for one in sections if one.fact_ids]
