"""Facts in, a draft out, section by section.

When the model fails, the section and (unless it was one bad answer) the rest are written from the facts alone:
the writer gets every fact, the coded error, and a note on each section that went without the model.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
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
from assistant.drafting.keeping import with_kept, without_kept
from assistant.drafting.lock import Part, Words, certain, lock
from assistant.drafting.opening import opening_section
from assistant.drafting.outline import propose_outline
from assistant.drafting.plan import SectionPlan, batches, plan_section
from assistant.drafting.repair import Repair, is_lasting
from assistant.drafting.telling import Telling, pieces
from assistant.drafting.verify import verify_section
from assistant.errors import ArchiveError, ModelError, QueryInvalid, Said
from assistant.records import Draft, FactSection, FactsFile, Section, Sentence
from assistant.settings import Settings

_Ask = Callable[[int], Iterator[Answer]]
"""The growing answer for a paragraph of a section, by its number."""
OPENING = -1
"""The index of the opening, which no section of the facts stands behind, in events."""
NOTHING_KEPT: Mapping[int, Sequence[Sentence]] = {}


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

    def stream(self, facts: FactsFile, only: Sequence[str | int] = ()) -> Iterator[DraftEvent]:
        """The events of one draft, ending with `DraftDone`; close the iterator to stop.

        `only` names sections by their heading, a part of it, or their number from 0; the draft then has these
        alone. The opening and each heading are told before a model is asked for anything.

        Raises:
            QueryInvalid: `only` names no section.
            FactsInvalid: from reading; a FactsFile without facts cannot be made.
        """
        facts = propose_outline(facts, self._archive)
        chosen = _chosen(facts, only)
        return self.sections(facts, chosen, opening=len(chosen) == len(facts.sections))

    def sections(
        self,
        facts: FactsFile,
        numbers: Sequence[int],
        *,
        opening: bool = False,
        kept: Mapping[int, Sequence[Sentence]] = NOTHING_KEPT,
    ) -> Iterator[DraftEvent]:
        """The same for some sections of an outline that stays as it is, by their numbers from 0.

        `kept` are sentences of a section that stay as they are, in text order; the facts that they tell are
        not told again, and the section's text comes when it is whole.
        """
        return _Run(self._chat, self._archive, self._settings, facts, numbers, opening, kept).events()


@dataclass(slots=True)
class _Run:
    """One draft in the making."""

    chat: BaseChatModel
    archive: Archive | None
    settings: Settings
    facts: FactsFile
    chosen: Sequence[int]
    opened: bool
    kept: Mapping[int, Sequence[Sentence]]
    done: list[Section] = field(default_factory=list)
    failures: list[SectionFailed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def events(self) -> Iterator[DraftEvent]:
        if self.opened:
            yield from self._open()
        with closing(self._prepared()) as prepared:
            for number, index in enumerate(self.chosen):
                section = self.facts.sections[index]
                yield SectionStarted(number, len(self.chosen), section.heading, section.level)
                yield from self._section(number, self.kept.get(index, ()), *next(prepared))
        yield DraftDone(self._draft(), tuple(self.failures))

    def _open(self) -> Iterator[DraftEvent]:
        opening = self._opening()
        if opening is None:
            return
        yield SectionStarted(OPENING, len(self.chosen), opening.heading, opening.level)
        for number, sentence in enumerate(opening.sentences):
            yield TextPiece(OPENING, sentence, paragraph=number == 0)
        self.done.append(opening)
        yield SectionDone(OPENING, opening, self._draft())

    def _prepared(self) -> Generator[tuple[_Job, _Ask, Repair], None, None]:
        """Each section's job when its turn comes: nothing is looked up before the first heading was told."""
        finder = self._finder()
        composer = Composer(self.chat, self.settings, self._report_style(finder), self._way())
        repair = Repair(composer, {fact.id: fact for fact in self.facts.facts})
        jobs = (self._job(index, finder) for index in self.chosen)
        with self._answers(composer, jobs) as answers:
            for job, ask in answers:
                yield job, ask, repair

    def _section(
        self, index: int, kept: Sequence[Sentence], job: _Job, ask: _Ask, repair: Repair
    ) -> Iterator[DraftEvent]:
        telling = Telling(index, repair.facts, silent=bool(kept))
        usable = bool(job.section.facts) and not self._gone()
        for number, part in enumerate(job.parts):
            words = Words(lead=job.lead if number == 0 else ())
            try:
                for settled in repair.growing(part, ask(number), words.lead) if usable else ():
                    words = settled.words
                    yield from telling.pieces(certain(part, settled))
            except ModelError as error:
                usable = False
                self.notes.append(
                    Said(
                        f"模型出错（{error.code}），本节按事实原文写出",
                        f"the model failed ({error.code}); this section is in the words of the facts",
                    )
                )
                self.failures.append(SectionFailed(index, job.section.heading, error))
                yield self.failures[-1]
            if part.groups:
                yield from telling.close(lock(part, words))
        text, sentences = telling.text()
        notes = (*job.notes, *self._taken(repair))
        section = Section(job.section.heading, job.section.level, text, sentences, notes)
        if kept:
            section = with_kept(section, kept, [fact.id for fact in repair.facts.values()])
            yield from pieces(index, section.text, section.sentences)
        self.done.append(section)
        yield SectionDone(index, section, self._draft(), tuple(verify_section(section, job.section.facts)))

    def _gone(self) -> bool:
        """Whether the model failed for good in an earlier section; the section's note says so."""
        lasting = next((failure.error for failure in self.failures if is_lasting(failure.error)), None)
        if lasting:
            self.notes.append(
                Said(
                    f"模型不可用（{lasting.code}），本节按事实原文写出",
                    f"the model is unavailable ({lasting.code}); this section is in the words of the facts",
                )
            )
        return lasting is not None

    @contextmanager
    def _answers(self, composer: Composer, jobs: Iterator[_Job]) -> Iterator[Iterator[tuple[_Job, _Ask]]]:
        """Each job with its answers: asked for when its turn comes, or side by side where settings say so."""
        if self.settings.draft_parallel == 1:
            yield ((job, partial(_growing, composer, job)) for job in jobs)
            return
        pool = ThreadPoolExecutor(self.settings.draft_parallel)
        try:
            submitted = [(job, pool.submit(_asked, composer, job)) for job in jobs]
            yield ((job, partial(_finished, answers)) for job, answers in submitted)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _job(self, index: int, finder: EvidenceFinder | None) -> _Job:
        kept = self.kept.get(index, ())
        section = without_kept(self.facts.sections[index], kept)
        parents = [one.heading for one in self.facts.sections[:index] if one.level < section.level][-2:]
        plan = plan_section(section, parents)
        if kept:
            plan = replace(plan, theme=plan.theme and bool(kept[0].fact_ids), enumerate=False)
        parts = tuple(batches(plan))
        if not finder or not section.facts or plan.form != "prose" or kept:
            return _Job(section, parts, plan.notes)
        try:
            lead = () if plan.ahead else finder.policy(section)
            return _Job(section, parts, plan.notes, finder.section_style(section), lead)
        except ArchiveError as error:
            return _Job(section, parts, (*plan.notes, _without(Said("资料库", "the archive"), error)))

    def _opening(self) -> Section | None:
        try:
            return opening_section(self.facts, self.archive)
        except ArchiveError as error:
            said = _without(Said("往年报告", "past reports"), error)
            self.notes.append(Said(f"开头{said}", f"opening {said.en}"))
            return opening_section(self.facts)

    def _finder(self) -> EvidenceFinder | None:
        try:
            return EvidenceFinder(self.archive, self.facts) if self.archive else None
        except ArchiveError as error:
            self.notes.append(_without(Said("资料库", "the archive"), error))
            return None

    def _report_style(self, finder: EvidenceFinder | None) -> str:
        if finder is None:
            return ""
        try:
            return finder.report_style()
        except ArchiveError as error:
            self.notes.append(_without(Said("往年报告", "past reports"), error))
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


def _growing(composer: Composer, job: _Job, number: int) -> Iterator[Answer]:
    return composer.growing(job.parts[number], job.sample)


def _asked(composer: Composer, job: _Job) -> list[Answer]:
    return [composer.ask(part, job.sample) for part in job.parts]


def _finished(answers: Future[list[Answer]], number: int) -> Iterator[Answer]:
    yield answers.result()[number]


def _without(what: Said, error: ArchiveError) -> Said:
    """The note on a section that was drafted without what it could have been drafted after."""
    told = error.said
    return Said(f"未能参考{what}（{error.code}）：{told}", f"without {what.en} ({error.code}): {told.en}")


def _chosen(facts: FactsFile, only: Sequence[str | int]) -> tuple[int, ...]:
    """The numbers of the sections that `only` names; all when it is empty."""
    if not only:
        return tuple(range(len(facts.sections)))
    found: set[int] = set()
    for name in only:
        if isinstance(name, int):
            found.add(range(len(facts.sections))[name])
            continue
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
