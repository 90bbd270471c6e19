"""Checking any draft: against the writer's facts, last year's report, other files, the archive, and itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.checking import RULES, Case, CheckReport, FigureTrace, Sources, check_case, trace
from assistant.errors import FileUnreadable, Said, SettingsInvalid, in_language
from assistant.loaders import load, load_text
from assistant.records import Document, Fact, FactsFile, Finding, Report, silent
from assistant.service.ignored import Ignored
from assistant.service.lastyear import FromArchive, comparable
from assistant.service.places import Places
from assistant.settings import Settings

STDIN = Path("-")
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class CheckOrder:
    """What to check and against what; `draft` is a file, or `-` for text on standard input."""

    draft: Path
    facts: tuple[Path, ...] = ()
    prior: tuple[Path, ...] = ()
    sources: tuple[Path, ...] = ()
    archive: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """One draft with what was found; spans count in `document.text`.

    `report.findings` are those that count; `ignored` are those that the writer set aside.
    `figures` tell each figure's state with its source, in text order.
    """

    document: Document
    report: CheckReport
    figures: tuple[FigureTrace, ...]
    ignored: tuple[Finding, ...] = ()
    compared: tuple[str, ...] = ()  # titles of what it was compared with

    @property
    def clean(self) -> bool:
        """Whether neither an error nor a warning is left."""
        return self.report.clean

    def without(self, ignored: Ignored) -> Checked:
        """The same with what is set aside by now."""
        kept, aside = ignored.divide(self.document, self.report.findings)
        return replace(self, report=replace(self.report, findings=kept), ignored=(*self.ignored, *aside))


@dataclass
class _Given:
    """The sources of an order, read."""

    facts: list[FactsFile] = field(default_factory=list)
    prior: list[Document] = field(default_factory=list)
    others: list[Document] = field(default_factory=list)


def check_order(
    order: CheckOrder, settings: Settings, *, ignored: Ignored | None = None, report: Report = silent
) -> tuple[Checked, ...]:
    """Check the draft, or each of the reports where one file holds several; `report` hears of recognised pages.

    Raises:
        InputError: a file cannot be read.
        ArchiveError: `archive` is asked for and the archive cannot be opened.
        SettingsInvalid: a rule that is switched off does not exist.
    """
    off = rules_off(settings)
    drafts = read_draft(order.draft, settings, report)
    given = _Given(
        facts=_facts(order.facts, report),
        prior=read_files(order.prior, settings, report),
        others=read_files(order.sources, settings, report),
    )
    archive = FromArchive(settings) if order.archive else None
    return tuple(_check(draft, given, archive, ignored, off) for draft in drafts)


def _check(
    draft: Document, given: _Given, archive: FromArchive | None, ignored: Ignored | None, off: Sequence[str]
) -> Checked:
    draft = _dated(draft, given.facts)
    found = archive.sources_of(draft) if archive else None
    prior, notes = comparable(draft, given.prior)
    prior = [*prior, *(found.prior if found else ())]
    others = [*given.others, *(found.policies if found else ())]
    case = Case(draft, sources_of(given.facts, prior, others))
    report = check_case(case, off=off)
    places = Places([draft, *prior, *others])
    findings = tuple(map(places.finding, report.findings))
    kept, aside = ignored.divide(draft, findings) if ignored else (findings, ())
    notes += found.notes if found else ()
    notes += tuple(_of_file(facts.name, note) for facts in given.facts for note in facts.notes)
    report = replace(report, findings=kept, notes=(*notes, *report.notes))
    titles = [*(facts.name for facts in given.facts), *(one.title for one in (*prior, *others))]
    figures = tuple(map(places.figure, trace(case)))
    return Checked(draft, report, figures, aside, tuple(titles))


def _of_file(name: str, note: str) -> Said:
    return Said(f"“{name}”：{note}", f"“{name}”: {in_language(note, 'en')}")


def set_aside(found: Sequence[Checked], ignored: Ignored, wanted: Sequence[str]) -> None:
    """Set findings aside: each of `wanted` is a number in text order, or `RULE:words of the sentence`.

    Raises:
        QueryInvalid: one names no finding of any of the drafts.
        ExportError: the list cannot be written.
    """
    for name in wanted:
        ignored.add([(one.document, one.report.findings) for one in found], name)


def rules_off(settings: Settings) -> tuple[str, ...]:
    """The ids of the rules that are switched off.

    Raises:
        SettingsInvalid: there is no such rule; the check would silently do more than was asked for.
    """
    names = tuple(name for name in settings.rules_off.replace("，", ",").replace(" ", ",").split(",") if name)
    known = {rule.id for rule in RULES}
    for name in names:
        if name not in known:
            raise SettingsInvalid(
                name="ASSISTANT_RULES_OFF", reason=Said(zh=f"没有规则 {name}", en=f"there is no rule {name}")
            )
    return names


def read_draft(path: Path, settings: Settings, report: Report = silent) -> tuple[Document, ...]:
    """The reports of a file, or of the text on standard input for `-`.

    Raises:
        InputError: there is no text, or the file cannot be read.
    """
    if path != STDIN:
        return _load(path, settings, report)
    data = sys.stdin.buffer.read(settings.max_file_mb * _MEGABYTE)
    try:
        return load_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        reason = Said(zh="标准输入不是 UTF-8 文本", en="standard input is not UTF-8 text")
        raise FileUnreadable(name="-", reason=reason) from error


def read_files(paths: Sequence[Path], settings: Settings, report: Report = silent) -> list[Document]:
    """The reports of some files."""
    return [one for path in paths for one in _load(path, settings, report)]


def _load(path: Path, settings: Settings, report: Report) -> tuple[Document, ...]:
    return load(path, max_bytes=settings.max_file_mb * _MEGABYTE, report=report)


def _facts(paths: Sequence[Path], report: Report) -> list[FactsFile]:
    if not paths:
        return []
    from assistant.drafting import read_facts  # with its models and prompts only when facts are given

    return [read_facts(path, report) for path in paths]


def _dated(draft: Document, facts: Sequence[FactsFile]) -> Document:
    """The draft; pasted text without a year or body of its own is read as the facts' year and body."""
    from assistant.records import Reading

    year = next((one.year for one in facts if one.year), None)
    body = next((one.organisation for one in facts if one.organisation), "")
    if draft.year is None and year is not None:
        draft = replace(draft, year=Reading(str(year), "given"))
    if draft.organisation is None and body:
        draft = replace(draft, organisation=Reading(body, "given"))
    return draft


def sources_of(facts: Sequence[FactsFile], prior: Sequence[Document], others: Sequence[Document]) -> Sources:
    """Sources of one facts file, or of several as one; the places of several tell the file too."""
    if len(facts) <= 1:
        return Sources.of(facts[0] if facts else (), prior, others)
    merged = [
        replace(fact, id=f"{number}-{fact.id}", place=f"{one.name} {fact.place}".strip())
        for number, one in enumerate(facts, 1)
        for fact in one.facts
    ]
    headings = [section.heading for one in facts for section in one.sections for _ in section.facts]
    year = next((one.year for one in facts if one.year), None)
    name = "、".join(one.name for one in facts)
    return Sources(tuple[Fact, ...](merged), tuple(prior), tuple(others), tuple(headings), name, year)
