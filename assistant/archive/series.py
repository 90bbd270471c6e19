"""Series of one indicator out of the indicator table: results over the years, with the targets beside them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from assistant.archive.indicators import read_claim
from assistant.archive.schema import documents, indicators
from assistant.quantities import agree, bind_text, canonical
from assistant.quantities.counting import Measure, measure_of
from assistant.records import Citation, Claim, ClaimKind, Genre, Span

KINDS: tuple[ClaimKind, ...] = ("level", "share")
_ORDER = {"actual": 0, "forecast": 1, "plan": 2}


@dataclass(frozen=True, slots=True)
class Point:
    """One value and where it is said; `year` is that of the claim's period, not of the document."""

    claim: Claim
    year: int
    citation: Citation
    genre: Genre

    @property
    def text(self) -> str:
        """The figure as written."""
        return self.claim.quantity.text

    @property
    def months(self) -> str:
        """“1—11月” of a value that is not of the whole year; else ""."""
        period = self.claim.period
        if period is None or period.start is None or period.end is None:
            return ""
        first, last = period.start.month, period.end.month
        if period.start.year != period.end.year or (first, last) == (1, 12):
            return ""
        return f"{first}月" if first == last else f"{first}—{last}月"


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one indicator of one organisation, by year; conflicting ones are all there.

    `measure` tells totals from what was added; `qualifiers` are the level (省级) and the like.
    """

    indicator: str
    organisation: str
    place: str
    subject: str
    measure: Measure
    kind: ClaimKind
    unit: str
    qualifiers: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def results(self) -> tuple[Point, ...]:
        """What was reached."""
        return tuple(point for point in self.points if point.claim.status == "actual")

    @property
    def targets(self) -> tuple[Point, ...]:
        """What was aimed at or foretold."""
        return tuple(point for point in self.points if point.claim.status != "actual")

    @property
    def conflicts(self) -> tuple[int, ...]:
        """Years of which two results for the same stretch of time do not agree."""
        found = set()
        for year, points in _by_year(self.results).items():
            for one in points:
                if any(_contradicts(one, other) for other in points):
                    found.add(year)
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: an indicator's name with its words (有效高新技术企业), and what narrows it."""

    name: str
    organisation: str = ""
    place: str = ""
    years: Collection[int] = ()
    kinds: Collection[ClaimKind] = KINDS


def series(connection: Connection, owner: str, wanted: Wanted) -> tuple[Series, ...]:
    """The series of an owner's ready documents, the longest first."""
    groups: dict[Series, list[Point]] = defaultdict(list)
    for row in connection.execute(_query(connection, owner, wanted)):
        point = _point(row)
        if not wanted.years or point.year in wanted.years:
            groups[_empty(row, point.claim)].append(point)
    measure = _measure_asked(wanted.name)
    chosen = [key for key in groups if not measure or key.measure == measure] or list(groups)
    found = [replace(key, points=_ordered(groups[key])) for key in chosen]
    return tuple(
        sorted(found, key=lambda one: (-len(one.points), one.organisation, one.measure, one.subject))
    )


def _query(connection: Connection, owner: str, wanted: Wanted) -> Select[Any]:
    columns = [*indicators.c, documents.c.id, documents.c.title, documents.c.genre]
    joined = indicators.join(documents, documents.c.key == indicators.c.document_key)
    query = select(*columns).select_from(joined)
    query = query.where(
        indicators.c.owner == owner, documents.c.state == "ready", indicators.c.year.is_not(None)
    )
    query = query.where(indicators.c.kind.in_(list(wanted.kinds)), indicators.c.value != "")
    for column, text in (
        (indicators.c.organisation, wanted.organisation),
        (indicators.c.place, wanted.place),
    ):
        query = query.where(column.contains(text, autoescape=True)) if text else query
    name = canonical(wanted.name)
    exact = query.where(indicators.c.indicator == name)
    if connection.execute(exact.limit(1)).first() is None:
        exact = query.where(indicators.c.indicator.contains(name, autoescape=True))
    return exact.order_by(indicators.c.year, documents.c.year, documents.c.title, indicators.c.position)


def _measure_asked(name: str) -> Measure:
    """The measure that the words of the question ask for (有效…, …总量, 新认定…); "" when they leave it open."""
    claim = next(iter(bind_text(f"{name}1家")), None)
    return measure_of(claim, f"{name}1家") if claim else ""


def _empty(row: Row[Any], claim: Claim) -> Series:
    """The series that a row belongs to, still without points."""
    return Series(
        indicator=row.indicator,
        organisation=row.organisation,
        place=row.place,
        subject="" if _own(row.subject, row.place) else row.subject,
        measure=row.measure,
        kind=row.kind,
        unit=claim.quantity.unit,
        qualifiers=tuple(word for word in claim.qualifiers if "级" in word),
        points=(),
    )


def _own(subject: str, place: str) -> bool:
    """Whether a figure's subject is the document's own place (全县 in a county's report)."""
    return subject in ("", place) or (subject.startswith("全") and subject[1:] == place[-1:])


def _point(row: Row[Any]) -> Point:
    claim = read_claim(row.claim)
    citation = Citation(
        passage_id="",
        document_id=row.id,
        title=row.title,
        quote=row.quote,
        span=Span(row.start, row.end),
        heading_path=tuple(json.loads(row.heading_path)),
        page=row.page,
        paragraph=row.paragraph,
    )
    return Point(claim, row.year, citation, row.genre)


def _ordered(points: Iterable[Point]) -> tuple[Point, ...]:
    """By year and status; what the same document repeats with the same value stands once."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda one: (one.year, _ORDER[one.claim.status])):
        if not any(_repeats(point, other) for other in kept):
            kept.append(point)
    return tuple(kept)


def _repeats(one: Point, other: Point) -> bool:
    same = (one.year, one.claim.status, one.months, one.citation.document_id)
    quantity, said = one.claim.quantity, other.claim.quantity
    return same == (other.year, other.claim.status, other.months, other.citation.document_id) and (
        (quantity.value, quantity.unit) == (said.value, said.unit)
    )


def _by_year(points: Sequence[Point]) -> dict[int, list[Point]]:
    years: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        years[point.year].append(point)
    return years


def _contradicts(one: Point, other: Point) -> bool:
    alike = one.months == other.months
    return alike and not (
        agree(one.claim.quantity, other.claim.quantity) or agree(other.claim.quantity, one.claim.quantity)
    )
