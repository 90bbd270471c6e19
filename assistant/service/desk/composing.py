"""Writing sections of a draft in a job: the drafter's events told to the page, each finished section kept."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import cast

from assistant.drafting import (
    Drafter,
    DraftEvent,
    SectionDone,
    SectionFailed,
    SectionStarted,
    TextPiece,
)
from assistant.drafting.drafter import OPENING
from assistant.drafting.repair import is_lasting
from assistant.errors import AssistantError, DraftChanged, DraftUnknown, FactsInvalid, ModelError, Said
from assistant.records import FactSection, FactsFile, Section, Sentence, Span
from assistant.service.desk.base import DeskBase, Touch
from assistant.service.desk.jobs import Job, told
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.sharing import Stopped
from assistant.service.desk.showing import sentence_views

LONGEST_WHY = 60
PARTIAL = "写作时停止，本节只写了前面一部分"


def is_opening(section: HeldSection) -> bool:
    """Whether a section is the report's opening, which has no heading and no facts."""
    return not section.heading and not section.fact_ids


def outlined(state: Manuscript, facts: FactsFile) -> FactsFile:
    """The facts under the draft's own headings, in its own order; the opening is no section of them."""
    known = {fact.id: fact for fact in facts.facts}
    sections = tuple(
        FactSection(one.heading, max(one.level, 1), tuple(known[i] for i in one.fact_ids if i in known))
        for one in state.sections
        if not is_opening(one)
    )
    named = {"title": state.title, "organisation": state.organisation, "year": state.year}
    return replace(facts, genre=state.genre, sections=sections, **named)  # type: ignore[arg-type]


def locked_sentences(section: HeldSection) -> tuple[Sentence, ...]:
    """The sentences of a section that nothing may change, the writer's own among them."""
    known = {sentence.span: sentence for sentence in section.sentences}
    kept = []
    for view in sentence_views(section):
        span = Span(view.start, view.end)
        if view.locked:
            kept.append(known.get(span) or Sentence(span.of(section.text), span, "connective"))
    return tuple(kept)


@dataclass(slots=True)
class Composing:
    """One job that writes `sections`, in the order of the draft, and the `opening` where that is wanted."""

    desk: DeskBase
    job: Job
    sections: Sequence[str]
    opening: str = ""
    begun: tuple[int, HeldSection] | None = None
    told: list[TextPiece] = field(default_factory=list)
    failures: list[ModelError] = field(default_factory=list)
    written: int = 0
    unwritten: int = 0

    def run(self) -> str:
        """Write them all; the sentence that tells the result.

        Raises:
            Stopped: the job was stopped; finished sections are kept, and of an empty one what was told.
            ModelError: the model failed for good; what it did not write was written from the facts alone.
        """
        try:
            with closing(self._events()) as events:
                for event in events:
                    self.job.check()
                    self._take(event)
        except Stopped:
            self._keep_partial()
            raise
        self.job.result = self._result()
        if self.failures:
            self.job.error = told(self.failures[0])
        lasting = self._lasting()
        if lasting:
            raise lasting
        return self.job.result

    def _events(self) -> Generator[DraftEvent, None, None]:
        office, owner = self.desk.office, self.desk.owner
        state = self.desk.store.held(self.job.draft_id).manuscript
        facts = self.desk.facts_file(state)
        if facts is None:
            raise FactsInvalid(name=state.title, reason=Said("没有附事实材料", "there are none with it"))
        outline = [one for one in state.sections if not is_opening(one)]
        numbers = [number for number, one in enumerate(outline) if one.id in self.sections]
        kept = {number: locked_sentences(outline[number]) for number in numbers}
        drafter = Drafter(office.chat(self.job.stopping), office.archive(owner), office.settings)
        stream = drafter.sections(
            outlined(state, facts),
            numbers,
            opening=bool(self.opening),
            kept={number: one for number, one in kept.items() if one},
        )
        return cast("Generator[DraftEvent, None, None]", stream)

    def _take(self, event: DraftEvent) -> None:
        if isinstance(event, SectionStarted):
            self._begin(self._id(event.index), event.heading)
        elif isinstance(event, TextPiece):
            self.told.append(event)
            self.job.tell("text", self._id(event.index), event.text, paragraph=event.paragraph)
        elif isinstance(event, SectionFailed):
            self.failures.append(event.error)
            self._fail(self._id(event.index), event.error)
        elif isinstance(event, SectionDone):
            self._finish(self._id(event.index), event.section)

    def _id(self, index: int) -> str:
        return self.opening if index == OPENING else self.sections[index]

    def _begin(self, section_id: str, heading: str) -> None:
        held = self.desk.store.held(self.job.draft_id)
        self.told.clear()
        self.begun = None
        with suppress(DraftUnknown):  # taken out of the outline meanwhile: its text has nowhere to go
            self.begun = held.version, held.manuscript.section(section_id)
        self.job.sections[section_id] = "writing"
        self.job.tell("section_started", section_id, heading)

    def _finish(self, section_id: str, section: Section) -> None:
        """Keep a finished section, unless the model failed and there is a text that it would push out."""
        if self.begun and self.begun[1].text and self._model_failed(section):
            self.unwritten += 1
        else:
            self._keep(section_id, section)
        self.job.sections.pop(section_id, None)
        self.desk.office.jobs.advance(self.job, self.job.done + 1)
        self.job.tell("section_done", section_id, detail="；".join(section.notes))

    def _model_failed(self, section: Section) -> bool:
        return bool(self.failures) and any(
            "按事实原文写出" in note and "模型" in note for note in section.notes
        )

    def _keep(self, section_id: str, section: Section) -> None:
        if self.begun is None:
            self.unwritten += 1
            return
        version, before = self.begun
        try:
            self.desk.change(
                self.job.draft_id,
                lambda state: state.with_section(_renewed(state.section(section_id), before, section)),
                f"起草：{section.heading or '开头'}"[:LONGEST_WHY],
                version=version,
                touch=Touch(section_id, "text", before.text),
            )
            self.written += 1
        except (DraftChanged, DraftUnknown) as error:
            self.unwritten += 1
            self._fail(section_id, error)

    def _fail(self, section_id: str, error: AssistantError) -> None:
        self.job.tell("section_failed", section_id, error.sentence(), ok=False, detail=error.code)

    def _keep_partial(self) -> None:
        """What was told of the section that was being written, where there was no text before."""
        if not (self.told and self.begun) or self.begun[1].text or self.begun[1].id not in self.job.sections:
            return
        before = self.begun[1]
        text = "".join(
            ("\n" if piece.paragraph and number else "") + piece.text
            for number, piece in enumerate(self.told)
        )
        sentences = tuple(piece.sentence for piece in self.told)
        self._keep(before.id, Section(before.heading, before.level, text, sentences, (PARTIAL,)))

    def _lasting(self) -> ModelError | None:
        return next((error for error in self.failures if is_lasting(error)), None)

    def _result(self) -> str:
        parts = [f"已写 {self.written} 节"]
        if self.failures:
            parts.append(f"模型出错 {len(self.failures)} 次，有关章节按事实原文写出")
        if self.unwritten:
            parts.append(f"{self.unwritten} 节保留原有文字")
        return "，".join(parts)


def _renewed(now: HeldSection, before: HeldSection, section: Section) -> HeldSection:
    """The section with its new text; sentences of the writer's own among the locked ones stay the writer's own."""
    locked = locked_sentences(before)
    own = {one.text for one in locked if one not in before.sentences}
    texts = {one.text for one in locked}
    return replace(
        now,
        text=section.text,
        sentences=tuple(one for one in section.sentences if one.text not in own),
        locked=tuple(one.span for one in section.sentences if one.text in texts),
        notes=section.notes,
    )
