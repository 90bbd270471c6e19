"""An outline where the writer gave none: the headings of a past report of the genre, facts put under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.archive import Archive, ArchivedDocument, Filters
from assistant.drafting.facts import bare_heading, bound
from assistant.drafting.plan import is_ahead_heading, is_ahead_text, related
from assistant.drafting.words import content_pairs
from assistant.records import Document, Fact, FactSection, FactsFile

_ORDINALS = "一二三四五六七八九十"
_YEAR = re.compile(r"20\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class _Place:
    """A heading of the past report with the text that stood under it; `parent` is the heading above."""

    heading: str
    level: int
    parent: str
    text: str


def has_outline(facts: FactsFile) -> bool:
    """Whether the writer gave any heading."""
    return any(section.heading for section in facts.sections)


def propose_outline(facts: FactsFile, archive: Archive | None = None) -> FactsFile:
    """`facts` under headings: the writer's own if there are any, else those of the nearest past report.

    Each fact goes to the heading whose past text has most to do with it, plans to headings of plans; headings
    that get no fact are left out and the rest numbered anew. Facts keep their ids, order and places.
    Without a past report, review and plan are two sections.
    """
    if has_outline(facts):
        return facts
    report = _nearest(facts, archive) if archive else None
    places = _places(archive.document(report.id)) if archive and report else []
    if report and report.year and facts.year:
        places = [_moved(place, facts.year - report.year) for place in places]
    sections = _assigned(facts.facts, places) if places else _halves(facts)
    return bound(replace(facts, sections=tuple(_numbered(sections))))


def _nearest(facts: FactsFile, archive: Archive) -> ArchivedDocument | None:
    """The organisation's latest report before this year; else the report that is most like the facts."""
    reports = {one.id: one for one in archive.documents() if one.genre == facts.genre}
    own = [one for one in reports.values() if one.organisation and one.organisation == facts.organisation]
    earlier = [one for one in own if not facts.year or (one.year or 0) < facts.year]
    if earlier:
        return max(earlier, key=lambda one: one.year or 0)
    question = " ".join([facts.title, *(fact.text for fact in facts.facts)])[:400].strip()
    hits = archive.search(question, filters=Filters(genre=facts.genre), k=5)
    return next(
        (reports[hit.passage.document_id] for hit in hits if hit.passage.document_id in reports), None
    )


def _places(document: Document) -> list[_Place]:
    """The headings of level 1 and 2, run-in ones too, each with the text down to the next."""
    marks: list[tuple[int, str, int]] = []
    for block in document.blocks:
        span = block.span if block.kind == "heading" else block.run_in
        if span and block.level in (1, 2):
            marks.append((span.start, span.of(document.text).strip().rstrip("。"), block.level))
    places: list[_Place] = []
    parent = ""
    for number, (start, heading, level) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(document.text)
        parent = heading if level == 1 else parent
        places.append(_Place(heading, level, parent if level == 2 else "", document.text[start:end]))
    return places


def _moved(place: _Place, years: int) -> _Place:
    """Years in headings moved on: 2024年 becomes 2025年."""

    def shift(text: str) -> str:
        return _YEAR.sub(lambda match: str(int(match.group()) + years), text)

    return replace(place, heading=shift(place.heading), parent=shift(place.parent))


def _assigned(facts: Sequence[Fact], places: Sequence[_Place]) -> list[FactSection]:
    found: dict[int, list[Fact]] = {}
    for fact in facts:
        best = max(range(len(places)), key=lambda number: (_closeness(fact.text, places[number]), -number))
        found.setdefault(best, []).append(fact)
    used = {places[number].parent for number in found}
    return [
        FactSection(place.heading, place.level, tuple(found.get(number, ())))
        for number, place in enumerate(places)
        if number in found or (place.level == 1 and place.heading in used)
    ]


def _closeness(fact: str, place: _Place) -> float:
    """Shared matter with the heading and with what stood under it; plans and reviews don't mix."""
    pairs = content_pairs(fact)
    shared = len(pairs & content_pairs(place.text)) / len(pairs) if pairs else 0.0
    agrees = is_ahead_text(fact) == bool(is_ahead_heading(place.heading, (place.parent,)))
    return (10.0 if agrees else 0.0) + 3 * shared + min(related(fact, place.heading), 6) / 3


def _halves(facts: FactsFile) -> list[FactSection]:
    ahead = tuple(fact for fact in facts.facts if is_ahead_text(fact.text))
    done = tuple(fact for fact in facts.facts if fact not in ahead)
    year, next_year = (f"{facts.year}年", f"{facts.year + 1}年") if facts.year else ("", "下一年")
    sections = [
        FactSection(f"一、{year}工作开展情况", 1, done),
        FactSection(f"二、{next_year}工作计划", 1, ahead),
    ]
    return [section for section in sections if section.facts]


def _numbered(sections: Sequence[FactSection]) -> list[FactSection]:
    """Enumerators counted anew: 一、 within the report, （一） within each of these."""
    counts = {1: 0, 2: 0}
    numbered = []
    for section in sections:
        counts[section.level] += 1
        if section.level == 1:
            counts[2] = 0
        ordinal = _ORDINALS[min(counts[section.level], len(_ORDINALS)) - 1]
        mark = f"{ordinal}、" if section.level == 1 else f"（{ordinal}）"
        numbered.append(replace(section, heading=mark + bare_heading(section.heading)))
    return numbered
