"""A state of a draft and its sources to findings and figures, with their places in the draft."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.archive import Archive
from assistant.checking import RULES, Case, CheckReport, FigureTrace, check_case, trace
from assistant.checking.check import counted
from assistant.checking.source_lines import SourceLines
from assistant.records import Document, Fact, FactsFile, Finding
from assistant.service.checking import sources_of
from assistant.service.desk.cited import rested, without
from assistant.service.desk.manuscript import Manuscript
from assistant.service.desk.reading import ReadDraft
from assistant.service.lastyear import comparable, look
from assistant.service.places import Places

OMITTED = "facts.omitted"


@dataclass(frozen=True)
class Bound:
    """The sources of a draft, read; `state` differs whenever they may."""

    state: Hashable
    facts: FactsFile | None
    prior: tuple[Document, ...]
    others: tuple[Document, ...]
    notes: tuple[str, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """What the draft is compared with, by name."""
        names = (self.facts.name,) if self.facts else ()
        return (*names, *(one.title for one in (*self.prior, *self.others)))

    @cached_property
    def lines(self) -> SourceLines:
        """The same for the check, cut into lines once."""
        return SourceLines(sources_of([self.facts] if self.facts else [], self.prior, self.others))


@dataclass(frozen=True, slots=True)
class Checked:
    """One state of a draft with what was found; spans count in `read.document`."""

    read: ReadDraft
    case: Case
    report: CheckReport
    figures: tuple[FigureTrace, ...]
    bound: Bound


def bind_sources(
    state: Hashable,
    draft: Document,
    facts: FactsFile | None,
    prior: Collection[Document],
    others: Collection[Document],
    archive: Archive | None,
) -> Bound:
    """What `draft` is to be checked against; with `archive`, last year's report and the policy texts in it too."""
    kept, notes = comparable(draft, list(prior))
    found = look(archive, draft) if archive is not None else None
    if found is not None:
        known = {one.id for one in (*kept, *others)}
        kept += [one for one in found.prior if one.id not in known]
        others = (*others, *(one for one in found.policies if one.id not in known))
        notes = (*notes, *(found.notes if not prior else ()))
    return Bound(state, facts, tuple(kept), tuple(others), notes)


def check_draft(state: Manuscript, bound: Bound, off: Collection[str]) -> Checked:
    """Check a state with the rules that are not in `off`."""
    read = ReadDraft(state)
    case = Case(read.document, bound.lines)
    report = check_case(case, off={*off, OMITTED})
    omitted = () if OMITTED in off else tuple(_omitted(state, bound, read, case))
    places = Places([read.document, *bound.prior, *bound.others])
    figures = rested(state, read, trace(case))
    findings = [places.finding(one) for one in (*without(report.findings, figures), *omitted)]
    findings.sort(key=lambda one: (one.span.start, one.span.end, one.rule))
    notes = (*bound.notes, *report.notes)
    report = replace(
        report, findings=tuple(findings), notes=notes, coverage=counted(one.state for one in figures)
    )
    return Checked(read, case, report, tuple(map(places.figure, figures)), bound)


def _omitted(state: Manuscript, bound: Bound, read: ReadDraft, case: Case) -> Iterator[Finding]:
    """Facts that the draft does not tell, each at the heading that it belongs under; none of unwritten sections."""
    rule = next(rule for rule in RULES if rule.id == OMITTED)
    facts = {(fact.text, fact.place or fact.id): fact for fact in (bound.facts.facts if bound.facts else ())}
    for finding in rule.find(case):
        told = finding.evidence[0]
        fact = facts.get((told.quote, told.place))
        home = _home(state, fact)
        if home is None or home[1]:
            yield replace(finding, span=read.heading_span(home[0]) if home else finding.span)


def _home(state: Manuscript, fact: Fact | None) -> tuple[str, bool] | None:
    """The section that a fact belongs to, and whether it has text."""
    for section in state.sections:
        if fact is not None and fact.id in section.fact_ids:
            return section.id, bool(section.text.strip())
    return None
