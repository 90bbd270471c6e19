"""Facts in, a draft out, section by section.

When the model fails, the section and (unless it was one bad answer) the rest are written from the facts alone:
the writer gets every fact, the coded error, and a note on each section that went without the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from langchain_core.language_models import BaseChatModel

from assistant.archive import Archive
from assistant.drafting.compose import Answer, Composer, Way
from assistant.drafting.events import (
    DraftDone,
    DraftEvent,
    SectionDone,
    SectionFailed,
    SectionStarted,
    TextPiece,
)
from assistant.drafting.evidence import EvidenceFinder
from assistant.drafting.facts import bare_heading
from assistant.drafting.lock import Part, Words, finish, lock
from assistant.drafting.opening import opening_section
from assistant.drafting.outline import propose_outline
from assistant.drafting.plan import SectionPlan, batches, plan_section
from assistant.drafting.repair import Repair, is_lasting
from assistant.drafting.verify import verify_section
from assistant.errors import ArchiveError, ModelError, QueryInvalid, Said
from assistant.records import Draft, FactSection, FactsFile, Section
from assistant.settings import Settings

_Ask = Callable[[], list[Answer]]


@dataclass(frozen=True, slots=True)
class _Job:
    """One section on its way: its paragraphs, the style sample, and the words before its theme."""

    section: FactSection
    parts: tuple[SectionPlan, ...]
    notes: tuple[str, ...] = ()
    sample: str = ""
    lead: tuple[Part, ...] = ()


class Drafter:
    """Writes drafts with a chat model; `archive` gives style, policies and outlines, and may be left out."""

    def __init__(self, chat: BaseChatModel, archive: Archive | None, settings: Settings) -> None:
        self._chat = chat
        self._archive = archive
        self._settings = settings

    def stream(self, facts: FactsFile, only: Sequence[str] = ()) -> Iterator[DraftEvent]:
        """The events of one draft, ending with `DraftDone`; close the iterator to stop.

        `only` names sections by their heading or a part of it; the draft then has these alone.

        Raises:
            QueryInvalid: `only` names no section.
            FactsInvalid: from reading; a FactsFile without facts cannot be made.
        """
        facts = propose_outline(facts, self._archive)
        return _Run(self._chat, self._archive, self._settings, facts, _chosen(facts, only)).events()


@dataclass(slots=True)
class _Run:
    """One draft in the making."""

    chat: BaseChatModel
    archive: Archive | None
    settings: Settings
    facts: FactsFile
    chosen: tuple[int, ...]
    done: list[Section] = field(default_factory=list)
    failures: list[SectionFailed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def events(self) -> Iterator[DraftEvent]:
        whole = len(self.chosen) == len(self.facts.sections)
        opening = self._opening() if whole else None
        if opening:
            self.done.append(opening)
        finder = self._finder()
        composer = Composer(self.chat, self.settings, self._report_style(finder), self._way())
        repair = Repair(composer, {fact.id: fact for fact in self.facts.facts})
        with self._answers(composer, [self._job(index, finder) for index in self.chosen]) as answers:
            for index, (job, ask) in enumerate(answers):
                yield SectionStarted(index, len(self.chosen), job.section.heading, job.section.level)
                yield from self._section(index, job, ask, repair)
        yield DraftDone(self._draft(), tuple(self.failures))

    def _section(self, index: int, job: _Job, ask: _Ask, repair: Repair) -> Iterator[DraftEvent]:
        words, error = self._words(job, ask, repair)
        if error:
            self.failures.append(SectionFailed(index, job.section.heading, error))
            yield self.failures[-1]
        pairs = list(zip(job.parts, words, strict=True))
        paragraphs = [lock(part, one) for part, one in pairs if part.groups]
        text, sentences = finish(paragraphs, repair.facts)
        for sentence in sentences:
            start = sentence.span.start
            yield TextPiece(index, sentence.text, paragraph=start == 0 or text[start - 1] == "\n")
        section = Section(
            job.section.heading, job.section.level, text, sentences, (*job.notes, *self._taken(repair))
        )
        self.done.append(section)
        findings = tuple(verify_section(section, job.section.facts))
        yield SectionDone(index, section, self._draft(), findings)

    def _words(self, job: _Job, ask: _Ask, repair: Repair) -> tuple[list[Words], ModelError | None]:
        """The words of each paragraph; those of the plain section, with the error, when the model failed."""
        plain = [Words(lead=job.lead if number == 0 else ()) for number in range(len(job.parts))]
        if not job.section.facts:
            return plain, None
        lasting = next((failure.error for failure in self.failures if is_lasting(failure.error)), None)
        if lasting:
            self.notes.append(f"模型不可用（{lasting.code}），本节按事实原文写出")
            return plain, None
        try:
            offered = ask()
            leads = [words.lead for words in plain]
            return [
                repair.words(part, one, lead)
                for part, one, lead in zip(job.parts, offered, leads, strict=True)
            ], None
        except ModelError as error:
            self.notes.append(f"模型出错（{error.code}），本节按事实原文写出")
            return plain, error

    @contextmanager
    def _answers(self, composer: Composer, jobs: Sequence[_Job]) -> Iterator[Iterator[tuple[_Job, _Ask]]]:
        """Each job with its answer: asked for when its turn comes, or side by side where settings say so."""
        if self.settings.draft_parallel == 1:
            yield ((job, partial(_asked, composer, job)) for job in jobs)
            return
        pool = ThreadPoolExecutor(self.settings.draft_parallel)
        try:
            yield iter([(job, pool.submit(_asked, composer, job).result) for job in jobs])
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _job(self, index: int, finder: EvidenceFinder | None) -> _Job:
        section = self.facts.sections[index]
        parents = [one.heading for one in self.facts.sections[:index] if one.level < section.level][-2:]
        plan = plan_section(section, parents)
        parts = tuple(batches(plan))
        if not finder or not section.facts or plan.form != "prose":
            return _Job(section, parts, plan.notes)
        try:
            lead = () if plan.ahead else finder.policy(section)
            return _Job(section, parts, plan.notes, finder.section_style(section), lead)
        except ArchiveError as error:
            return _Job(section, parts, (*plan.notes, f"未能参考资料库（{error.code}）：{error.sentence()}"))

    def _opening(self) -> Section | None:
        try:
            return opening_section(self.facts, self.archive)
        except ArchiveError as error:
            self.notes.append(f"开头未能参考往年报告（{error.code}）：{error.sentence()}")
            return opening_section(self.facts)

    def _finder(self) -> EvidenceFinder | None:
        try:
            return EvidenceFinder(self.archive, self.facts) if self.archive else None
        except ArchiveError as error:
            self.notes.append(f"未能参考资料库（{error.code}）：{error.sentence()}")
            return None

    def _report_style(self, finder: EvidenceFinder | None) -> str:
        if finder is None:
            return ""
        try:
            return finder.report_style()
        except ArchiveError as error:
            self.notes.append(f"未能参考往年报告（{error.code}）：{error.sentence()}")
            return ""

    def _way(self) -> Way:
        if self.settings.draft_way != "auto":
            return self.settings.draft_way
        return "phrases" if self.settings.chat_is_embedded else "sentences"

    def _taken(self, repair: Repair) -> tuple[str, ...]:
        """The notes since the last section."""
        notes = (*self.notes, *repair.notes)
        self.notes.clear()
        repair.notes.clear()
        return notes

    def _draft(self) -> Draft:
        model = self.settings.chat_model or "embedded"
        facts = self.facts
        return Draft(facts.title, facts.organisation, facts.year, tuple(self.done), facts.name, model)


def _asked(composer: Composer, job: _Job) -> list[Answer]:
    return [composer.ask(part, job.sample) for part in job.parts]


def _chosen(facts: FactsFile, only: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the sections that `only` names; all when it is empty."""
    if not only:
        return tuple(range(len(facts.sections)))
    found: set[int] = set()
    for name in only:
        matches = {
            index
            for index, section in enumerate(facts.sections)
            if name.strip() and name.strip() in (section.heading, bare_heading(section.heading))
        } or {
            index
            for index, section in enumerate(facts.sections)
            if name.strip() and name.strip() in section.heading
        }
        if not matches:
            raise QueryInvalid(
                reason=Said(f"事实材料里没有名为“{name}”的章节", f"the facts file has no section “{name}”")
            )
        found |= matches
    return tuple(sorted(found))
