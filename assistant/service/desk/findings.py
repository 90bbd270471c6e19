"""Findings and figures as views: where in the draft they stand, by what name, with what evidence."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assistant.checking import RULES, FigureTrace
from assistant.errors import Said
from assistant.export.evidence import check_labels
from assistant.export.markdown import labels
from assistant.export.shown import said_place
from assistant.records import Evidence, Finding
from assistant.service.desk.check import OMITTED, Checked
from assistant.service.desk.reading import Spot
from assistant.service.desk.views import (
    CoverageView,
    EvidenceRow,
    EvidenceView,
    FigureState,
    FigureView,
    FindingView,
    FixView,
    ReviewView,
)
from assistant.service.ignored import Entry, entry_of

_NAMES = {rule.id: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class Named:
    """A finding with what it is set aside by, and the key that tells it from all others of the draft."""

    key: str
    entry: Entry
    finding: Finding


def review_view(checked: Checked, version: int, aside: Collection[Entry]) -> ReviewView:
    """The check as the page shows it; `aside` are the entries of findings that the writer set aside."""
    found = tuple(
        _finding(checked, number, one, ignored=one.entry in aside)
        for number, one in enumerate(named(checked), start=1)
    )
    counts = checked.report.coverage
    return ReviewView(
        version=version,
        findings=found,
        figures=tuple(figure_views(checked)),
        coverage=CoverageView(
            counts.seen, counts.supported, counts.derived, counts.unsupported, counts.not_assessable
        ),
        compared=checked.bound.titles,
        notes=checked.report.notes,
        clean=not any(one.severity != "note" and not one.ignored for one in found),
    )


def named(checked: Checked) -> Iterator[Named]:
    """The findings in text order with their keys: rule, sentence and words, and a number where these repeat."""
    seen: Counter[Entry] = Counter()
    for finding in checked.report.findings:
        entry = entry_of(checked.read.document, finding)
        if finding.rule == OMITTED:
            entry = Entry(entry.rule, "", finding.evidence[0].quote)
        seen[entry] += 1
        yield Named(key_of(entry, seen[entry]), entry, finding)


def name_of(rule: str) -> str:
    """The name of a rule."""
    return _NAMES.get(rule, rule)


def key_of(entry: Entry, number: int = 1) -> str:
    """A short name of an entry."""
    whole = "\0".join((entry.rule, entry.sentence, entry.words, str(number)))
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:16]


def _finding(checked: Checked, number: int, one: Named, *, ignored: bool) -> FindingView:
    finding = one.finding
    spot = checked.read.spot(finding.span)
    return FindingView(
        key=one.key,
        number=number,
        rule=finding.rule,
        rule_name=name_of(finding.rule),
        severity=finding.severity,
        section_id=spot.section_id,
        field=spot.field,
        start=spot.start,
        end=spot.end,
        words=finding.span.of(checked.read.document.text).split("\n")[0][: spot.end - spot.start],
        message=finding.message,
        formula=finding.formula,
        evidence=tuple(map(evidence_view, finding.evidence)),
        fix=fix_view(checked, finding),
        ignored=ignored,
    )


def fix_view(checked: Checked, finding: Finding) -> FixView | None:
    """The fix, where its words stand in one field of the draft."""
    if finding.fix is None:
        return None
    spot = checked.read.spot(finding.fix.span)
    old = finding.fix.span.of(checked.read.document.text)
    if spot.end - spot.start != len(old) or "\n" in old:
        return None
    return FixView(spot.section_id, spot.field, spot.start, spot.end, old, finding.fix.text)


def evidence_view(evidence: Evidence) -> EvidenceView:
    """A quoted place as the page shows it."""
    return EvidenceView(
        source=evidence.source,
        source_name=labels().both(f"source.{evidence.source}"),
        title=evidence.title,
        place=said_place(evidence.place),
        quote=evidence.quote,
        document_id=evidence.document_id,
        start=evidence.span.start if evidence.span else None,
        end=evidence.span.end if evidence.span else None,
    )


def figure_views(checked: Checked) -> Iterator[FigureView]:
    """Every figure, the masked ones among them, in text order."""
    views = [_figure(checked, one) for one in checked.figures]
    masks = [(checked.read.spot(span), span) for span in checked.read.document.masks]
    text = checked.read.document.text
    views += [
        (
            span.start,
            FigureView(spot.section_id, spot.field, spot.start, spot.end, span.of(text), "masked", "", None),
        )
        for spot, span in masks
    ]
    yield from (view for _, view in sorted(views, key=lambda pair: pair[0]))


def _figure(checked: Checked, one: FigureTrace) -> tuple[int, FigureView]:
    quantity = one.claim.quantity
    spot = checked.read.spot(quantity.span)
    state: FigureState = "unsupported" if one.state == "conflict" else one.state
    source = evidence_view(one.source) if one.source else None
    return quantity.span.start, FigureView(
        section_id=spot.section_id,
        field=spot.field,
        start=spot.start,
        end=spot.end,
        text=quantity.text,
        state=state,
        indicator=one.claim.indicator,
        source=source,
        formula=one.derivation,
    )


def evidence_rows(checked: Checked) -> Iterator[EvidenceRow]:
    """The evidence table with the places of the figures in the draft."""
    both = check_labels().both
    for one in checked.figures:
        spot: Spot = checked.read.spot(one.claim.quantity.span)
        source = evidence_view(one.source) if one.source else None
        told = (source.source_name, source.title, source.place) if source else ()
        yield EvidenceRow(
            number=one.number,
            figure=one.claim.quantity.text,
            indicator=one.claim.indicator,
            state=both(f"state.{one.state}"),
            place=one.heading,
            sentence=" ".join(one.sentence.split()),
            source=Said.joined((part for part in told if part), " · ", " · "),
            quote=source.quote if source else "",
            derivation=one.derivation,
            section_id=spot.section_id,
            field=spot.field,
            start=spot.start,
            end=spot.end,
        )
