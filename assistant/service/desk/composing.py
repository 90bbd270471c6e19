"""Writing sections of a draft in a job: the drafter's events told to the page, each finished section kept."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
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
from assistant.drafting.facts import bound
from assistant.drafting.repair import is_lasting
from assistant.errors import (
    AssistantError,
    DraftChanged,
    DraftLocked,
    DraftUnknown,
    FactsInvalid,
    ModelError,
    Said,
)
from assistant.records import FactSection, FactsFile, Section, Sentence, Span
from assistant.service.desk.base import DeskBase, Touch
from assistant.service.desk.job import Job, told
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.provenance import with_text
from assistant.service.desk.sharing import Stopped
from assistant.service.desk.showing import sentence_views
from assistant.service.desk.store import Held

LONGEST_WHY = 60
PARTIAL = Said(
    "写作时停止，本节只写了前面一部分",
    "stopped while it was written; only the beginning of this section is there",
)


def is_opening(section: HeldSection) -> bool:
    """Whether a section is the report's opening, which has no heading and no facts."""
    return not section.heading and not section.fact_ids


def outlined(state: Manuscript, facts: FactsFile) -> FactsFile:
    """The facts under the draft's own headings, in its own order and bound by them; the opening is no section of them."""
    known = {fact.id: fact for fact in facts.facts}
    sections = tuple(
        FactSection(one.heading, max(one.level, 1), tuple(known[i] for i in one.fact_ids if i in known))
        for one in state.sections
        if not is_opening(one)
    )
    named = {"title": state.title, "organisation": state.organisation, "year": state.year}
    return bound(replace(facts, genre=state.genre, sections=sections, **named))  # type: ignore[arg-type]


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
    """One job that writes `sections`, and the `opening` where that is wanted, of a draft as it was `asked` for.

    What the writer changes in one of them after that is not written over.
    """

    desk: DeskBase
    job: Job
    asked: Held
    sections: Sequence[str]
    opening: str = ""
    own: set[str] = field(default_factory=set)  # locked sentences of the writer's hand
    told: list[TextPiece] = field(default_factory=list)
    failures: list[ModelError] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
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
        self.sections = [outline[number].id for number in numbers]
        kept = {number: locked_sentences(outline[number]) for number in numbers}
        known = {sentence for one in outline for sentence in one.sentences}
        self.own = {one.text for sentences in kept.values() for one in sentences if one not in known}
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
            self.failed.add(self._id(event.index))
            self._fail(self._id(event.index), event.error)
        elif isinstance(event, SectionDone):
            self._finish(self._id(event.index), event.section)

    def _id(self, index: int) -> str:
        return self.opening if index == OPENING else self.sections[index]

    def _begin(self, section_id: str, heading: str) -> None:
        self.told.clear()
        self.job.sections[section_id] = "writing"
        self.job.tell("section_started", section_id, heading)

    def _finish(self, section_id: str, section: Section) -> None:
        """Keep a finished section, unless the model failed and there is a text that it would push out."""
        failed = section_id in self.failed or self._lasting() is not None
        if failed and section_id != self.opening:
            self.job.unwritten.append(section_id)
        if failed and self.asked.manuscript.section(section_id).text:
            self.unwritten += 1
        else:
            self._keep(section_id, section)
        self.job.sections.pop(section_id, None)
        self.desk.office.jobs.advance(self.job, self.job.done + 1)
        self.job.tell("section_done", section_id, detail=Said.joined(section.notes))

    def _keep(self, section_id: str, section: Section) -> None:
        try:
            self.desk.change(
                self.job.draft_id,
                lambda state: state.with_section(self._renewed(state.section(section_id), section)),
                f"起草：{section.heading or '开头'}"[:LONGEST_WHY],
                version=self.asked.version,
                touch=Touch(section_id, "text", self.asked.manuscript.section(section_id).text),
            )
            self.written += 1
        except (DraftChanged, DraftUnknown, DraftLocked) as error:
            self.unwritten += 1
            self._fail(section_id, error)

    def _renewed(self, now: HeldSection, section: Section) -> HeldSection:
        """The section with its new text, its locks in place; the writer's own locked sentences stay the writer's own."""
        known = tuple(one for one in section.sentences if one.text not in self.own)
        return replace(with_text(now, section.text), sentences=known, notes=section.notes)

    def _fail(self, section_id: str, error: AssistantError) -> None:
        self.job.tell("section_failed", section_id, error.said, ok=False, detail=error.code)

    def _keep_partial(self) -> None:
        """What was told of the section that was being written, where there was no text before."""
        section_id = next((one for one, state in self.job.sections.items() if state == "writing"), "")
        if not (self.told and section_id) or self.asked.manuscript.section(section_id).text:
            return
        before = self.asked.manuscript.section(section_id)
        text = "".join(
            ("\n" if piece.paragraph and number else "") + piece.text
            for number, piece in enumerate(self.told)
        )
        sentences = tuple(piece.sentence for piece in self.told)
        self._keep(section_id, Section(before.heading, before.level, text, sentences, (PARTIAL,)))

    def _lasting(self) -> ModelError | None:
        return next((error for error in self.failures if is_lasting(error)), None)

    def _result(self) -> str:
        parts = [Said(f"已写 {self.written} 节", f"{self.written} sections written")]
        if self.failures:
            parts.append(
                Said(
                    f"模型出错 {len(self.failures)} 次，有关章节按事实原文写出",
                    f"{len(self.failures)} errors of the model, these sections in the words of the facts",
                )
            )
        if self.unwritten:
            parts.append(
                Said(f"{self.unwritten} 节保留原有文字", f"{self.unwritten} sections keep their text")
            )
        return Said.joined(parts, "，", ", ")
