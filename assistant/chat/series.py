"""A value over the years, from the indicator table: every point cited, with a table and a chart's points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from assistant.archive.series import KINDS, Point
from assistant.archive.series import Series as Indicator
from assistant.chat.answer import Reply, Series, Statement, Table
from assistant.chat.asked import Asked
from assistant.chat.fence import is_order
from assistant.chat.matching import plain_name
from assistant.chat.reading import Reader, of_years, under_years
from assistant.chat.value import Found, find, stated
from assistant.errors import Said
from assistant.quantities import canonical
from assistant.quantities.compare import conversion
from assistant.records import Citation, ClaimKind

_MOST_LINES = 4
_TIMES = 2
_MOST_YEARS = 20
_SCALES = {10**12: "万亿", 10**8: "亿", 10**4: "万"}


def series(asked: Asked, reader: Reader) -> Reply:
    """The results of each year asked for (all by default), of each organisation asked for."""
    rates: tuple[ClaimKind, ...] = ("rate",)
    lines = [] if asked.wants("rate") else _lines(asked, reader, KINDS)
    lines = lines or _lines(asked, reader, rates)
    statements = [statement for line in lines for statement in _statements(line, reader)]
    if not statements:
        return _by_reports(asked, reader)
    notes = [
        Said(
            f"{_owner(line)}{year}年的{line.indicator}各来源不一致，请核对。",
            f"The sources differ on “{line.indicator}” of “{_owner(line)}” in {year}; check it.",
        )
        for line in lines
        for year in line.conflicts
    ]
    told: set[int | None] = {point.year for line in lines for point in line.results}
    more = _each_year(asked, reader, [year for year in asked.years if year not in told])
    statements += [stated(asked, one) for one in more]
    notes += _missing(asked, told | {one.year for one in more})
    read = tuple(dict.fromkeys(point.citation.document_id for line in lines for point in line.results))
    return Reply(tuple(statements), tuple(notes), _table(lines), _chart(lines), read)


def _missing(asked: Asked, told: set[int | None]) -> list[Said]:
    """Which of the years asked for have no figure."""
    missing = [str(year) for year in asked.years if year not in told]
    if not missing:
        return []
    english = f"The archive has no figures for {', '.join(missing)}."
    return [Said(f"{'、'.join(missing)}年的数据在资料库中没有找到。", english)]


def _by_reports(asked: Asked, reader: Reader) -> Reply:
    """What the reports of each year say, targets too, where the indicator table has no results."""
    held = {item.reviewed_year for item in reader.about(asked)} | {item.year for item in reader.about(asked)}
    years = asked.years or tuple(sorted(year for year in held if year))
    found = _each_year(asked, reader, years)
    if not found:
        return Reply()
    read = tuple(dict.fromkeys(one.item.id for one in found))
    told = {one.year for one in found}
    return Reply(tuple(stated(asked, one) for one in found), tuple(_missing(asked, told)), read=read)


def _each_year(asked: Asked, reader: Reader, years: Sequence[int]) -> list[Found]:
    """For each year what one report says of it: the result, or else the target; nothing of another year."""
    best = []
    for year in years[-_MOST_YEARS:] if asked.places or asked.organisations else ():
        own = [one for one in find(asked, reader, year) if one.year == year]
        own.sort(key=lambda one: one.claim.status == "plan")
        best += own[:1]
    return best


def _lines(asked: Asked, reader: Reader, kinds: tuple[ClaimKind, ...]) -> list[Indicator]:
    """The fitting series: one for each organisation, totals rather than additions unless these are asked for."""
    name = plain_name(asked)
    if not asked.matter:
        return []
    found: list[Indicator] = []
    places = asked.organisations or asked.places or ("",)
    for side in places:
        organisation = side if side in asked.organisations else ""
        place = side if side in asked.places and not asked.organisations else ""
        found += reader.archive.indicators(
            name,
            organisation=organisation,
            place=place,
            years=asked.years,
            kinds=kinds,
        )
    chosen = {item.id for item in reader.documents}
    scoped = [_of_one_year(_within(line, chosen), reader) for line in found if _exact(asked, line)]
    kept: dict[tuple[str, str], Indicator] = {}
    for line in sorted(scoped, key=lambda line: (_unasked(asked, line), -len(line.results))):
        if line.results:
            kept.setdefault((line.organisation, line.place), line)
    return list(kept.values())[:_MOST_LINES]


def _within(line: Indicator, documents: set[str]) -> Indicator:
    """The points of these documents that report; a sentence that gives orders to a model reports nothing."""
    points = tuple(point for point in line.points if point.citation.document_id in documents)
    told = (point for point in points if point.genre != "policy" and not is_order(point.citation.quote))
    return replace(line, points=tuple(told))


def _of_one_year(line: Indicator, reader: Reader) -> Indicator:
    """The points without what several years add up to or come to on average (五年来, “十一五”时期)."""
    cited = [(point, _cited(point, reader)) for point in line.points]
    single = [point for point, citation in cited if citation and not of_years(citation)]
    values = [float(point.claim.quantity.value or 0) for point in single]
    usual = median(values) if values else 0.0
    doubted = {point for point, citation in cited if citation and under_years(citation)}
    doubted |= {point for point in single if point.year in line.conflicts}
    kept = [
        point
        for point in single
        if point not in doubted or float(point.claim.quantity.value or 0) < _TIMES * usual
    ]
    return replace(line, points=tuple(kept))


def _exact(asked: Asked, line: Indicator) -> bool:
    """Whether the series is of the very indicator: a part of its name alone is not enough."""
    return line.indicator == canonical(plain_name(asked)) and not line.qualifiers


def _unasked(asked: Asked, line: Indicator) -> int:
    """Totals first, then what says neither, then additions; additions first when they are asked for."""
    order = ("new", "", "total") if asked.wants("flow") else ("total", "", "new")
    return order.index(line.measure) + (2 if line.subject else 0)


def _owner(line: Indicator) -> str:
    return line.organisation or line.place


def _statements(line: Indicator, reader: Reader) -> list[Statement]:
    found = []
    for point in line.results:
        citation = _cited(point, reader)
        if citation is not None:
            months = point.months
            words = f"{_owner(line)}{point.year}年{months}{line.indicator}：{_written(point)}。"
            found.append(Statement(words, (citation,), (point.text,), computed=(f"{point.year}年",)))
    return found


def _written(point: Point) -> str:
    words = {"about": "约", "over": "超", "nearly": "近", "at_least": "不低于", "at_most": "不超过"}
    sign = words.get(point.claim.quantity.approximation, "")
    direction = {"up": "增长", "down": "下降"}.get(point.claim.direction, "")
    return f"{direction if point.claim.kind == 'rate' else ''}{sign}{point.text}"


def _cited(point: Point, reader: Reader) -> Citation | None:
    """The point's citation with the passage that holds it."""
    span = point.citation.span
    return reader.read(point.citation.document_id).cite(span) if span else None


def _table(lines: list[Indicator]) -> Table:
    rows = [
        (str(point.year) + (f"（{point.months}）" if point.months else ""), _owner(line), _written(point),
         point.citation.title)
        for line in lines
        for point in line.results
    ]  # fmt: skip
    return Table(
        (Said("年份", "Year"), Said("单位", "Body"), lines[0].indicator, Said("出处", "Source")),
        tuple(sorted(rows)),
    )


def _chart(lines: list[Indicator]) -> Series | None:
    """The whole-year points in the unit of the first one."""
    first = lines[0].results[0].claim.quantity
    drawn = []
    for line in lines:
        points: dict[int, float] = {}
        for point in line.results:
            quantity = point.claim.quantity
            factor = conversion(quantity, first)
            if quantity.value is not None and factor is not None and not point.months:
                points.setdefault(point.year, float(quantity.value * factor / first.scale))
        if points:
            drawn.append((_owner(line), tuple(sorted(points.items()))))
    unit = _SCALES.get(int(first.scale), "") + first.unit
    return Series(lines[0].indicator, unit, tuple(drawn)) if drawn else None
