"""Figures of the draft that follow from last year's (or an earlier) report.

Three kinds are compared, clause by clause: the base of a change (由X提高到Y), which the earlier report gives
as its result; 连续N年, which grows by one a year; and a growth rate beside a level, with the earlier level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, zip_longest
from typing import Literal

from assistant.checking.alignment import Lines, bigrams, mask, unified
from assistant.checking.derivations import HUNDRED
from assistant.checking.intervals import interval, shown
from assistant.checking.lines import figures_of
from assistant.checking.verdicts import supports
from assistant.quantities.parts import stretches
from assistant.records import Document, Evidence, Quantity, Span

_CLAUSE = re.compile(r"[，,；;。！？!?\n：:]")
_STREAK = re.compile(r"连续(?P<years>\d{1,2})年")
_BASE = re.compile(r"(?:由|从)(?P<of>[^，。；、]{0,12})$")
_RESULT = re.compile(
    r"^[^，。；]{0,10}?(?:提高|增加|提升|上升|扩大|增长|下降|降低|减少|降|增|升)(?:到|至|为)"
)
_EDGES = re.compile(
    r"^(?:其中|今年|去年|全年|一年来|五年来|我国|我省|全[国省市县区])+|(?:每人每年|每人每月|每人|每年|人均|上年的?|去年的?|20\d\d年的?|达到|达|为|的)+$"
)
_GROWN = re.compile(r"^[、，]?(?:同比|比上年)?(?P<down>下降|减少)?(?:增长|增加)?(?:了|约|近)?$")
_CONSTANT = re.compile(r"生产总值|GDP|增加值|产值|国民收入|投资|居民|人均|可比|年均|其中|新设|新增|新登记")
_PERIOD_WORDS = re.compile(r"[\d—－–~\-至]+月|[前一二三四上下半全年季度]+|实际|累计|预测|预计|完成|实现")
_ENOUGH = 0.8
_SHORTEST = 4
_SIDE = 12
_NEARLY = 0.7
_TERM = re.compile(r"五年|“十[一二三四五六]五”|[过五]年来")
_TERM_WORDS = 6
_TERM_YEARS = 4
_REVISION = Decimal("0.03")
_ADDED = re.compile(r"(?:新增|新认定|净增|新设|增加|再提高|提高|增长|减少|下降)[^到至，]{0,6}$")
_COMMON = re.compile(r"全[国省市]第?[一二三四五位]*|居|保持|稳居|连续|首位|第一")
_TOLERANCE = Decimal("1.0")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A draft span that does not follow from an earlier report."""

    operation: Literal["streak", "base", "growth"]
    span: Span
    stated: str
    expected: str
    formula: str
    evidence: Evidence
    level: Span | None = None  # the draft's figure that a growth rate was recomputed from


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with what stands before it in the sentence, its figures, and where it starts."""

    text: str
    before: str
    start: int
    figures: tuple[Quantity, ...]
    report: int = 0


class PriorReports:
    """The clauses of earlier reports, to look names up in."""

    def __init__(self, reports: Sequence[Document]) -> None:
        self.reports = reports
        self.clauses = [c for i, report in enumerate(reports) for c in clauses(report.text, i)]
        self.streaks = [clause for clause in self.clauses if _STREAK.search(clause.text)]
        self._plans = [[s for s, part, _ in stretches(report) if part == "plan"] for report in reports]
        self._lines = Lines(mask(c.before + c.text, (), None) for c in self.clauses)

    def naming(self, name: str) -> list[Clause]:
        """Clauses that hold nearly all of `name`."""
        return [self.clauses[n] for _, n in self._lines.containing(unified(name), _ENOUGH)]

    def planned(self, clause: Clause) -> bool:
        """Whether the clause stands in its report's plan: what was aimed at is not what was reached."""
        return any(part.start <= clause.start < part.end for part in self._plans[clause.report])

    def year(self, clause: Clause) -> int | None:
        """The year that the clause's report looks back on."""
        return self.reports[clause.report].reviewed_year

    def evidence(self, clause: Clause) -> Evidence:
        """The clause as evidence."""
        report = self.reports[clause.report]
        span = Span(clause.start, clause.start + len(clause.text))
        return Evidence("prior_report", report.title, clause.text, span, "", report.id)


def clauses(text: str, report: int = 0) -> Iterator[Clause]:
    """The clauses of `text` that hold a figure or 连续N年."""
    figures = figures_of(text)
    index = start = 0
    before = ""
    for match in [*_CLAUSE.finditer(text), None]:
        end = match.start() if match else len(text)
        if index < len(figures) and figures[index].span.start < end < figures[index].span.end:
            continue
        first = index
        while index < len(figures) and figures[index].span.end <= end:
            index += 1
        words = text[start:end]
        if index > first or _STREAK.search(words):
            yield Clause(words, before, start, tuple(figures[first:index]), report)
        before = "" if match is None or match[0] in "。！？!?\n" else words[-12:]
        start = end + 1


def contradictions(
    text: str, year: int | None, prior: Sequence[Document], plan: int | None = None
) -> Iterator[Earlier]:
    """What a draft on `year` takes from earlier reports and gets wrong; its plan part starts at `plan`."""
    if not prior:
        return
    reports = PriorReports(prior)
    found = list(clauses(text))
    term = len(_TERM.findall(text)) >= _TERM_WORDS
    for clause, following in zip_longest(found, found[1:]):
        yield from _streaks(year, reports, clause)
        review = plan is None or clause.start < plan
        yield from _bases(year, reports, clause, term=term and review, review=review)
        yield from _growths(reports, clause, following)


def _streaks(draft: int | None, reports: PriorReports, clause: Clause) -> Iterator[Earlier]:
    for match in _STREAK.finditer(clause.text):
        found = []
        for other in reports.streaks:
            year = reports.year(other)
            if year is not None and draft is not None:
                found += [
                    (close, theirs + draft - year, other, match[0])
                    for close, theirs in _like(clause, match, other)
                ]
        close = max((close for close, *_ in found), default=0)
        if close < _SHORTEST or any(n == int(match["years"]) for c, n, *_ in found if c >= _NEARLY * close):
            continue
        _, expected, other, _ = max(found, key=lambda row: row[0])
        span = Span(clause.start + match.start(1), clause.start + match.end(1))
        yield Earlier("streak", span, match[0], f"连续{expected}年", "", reports.evidence(other))


def _like(clause: Clause, streak: re.Match[str], other: Clause) -> Iterator[tuple[int, int]]:
    """How close each streak of `other` is in its words, and its years."""
    left, right = clause.before + clause.text[: streak.start()], clause.text[streak.end() :]
    for match in _STREAK.finditer(other.text):
        before, after = other.before + other.text[: match.start()], other.text[match.end() :]
        behind = _shared(right[:_SIDE], after[:_SIDE])
        if (
            behind
            or max(len(re.findall(r"\w", _COMMON.sub("", side[:_SIDE]))) for side in (right, after))
            < _SHORTEST
        ):
            yield _shared(left[-_SIDE:], before[-_SIDE:]) + behind, int(match["years"])


def _shared(one: str, other: str) -> int:
    """How many telling pairs of characters `one` and `other` share."""
    return len(bigrams(_COMMON.sub("，", one)) & bigrams(_COMMON.sub("，", other)))


def _bases(
    draft: int | None, reports: PriorReports, clause: Clause, *, term: bool, review: bool
) -> Iterator[Earlier]:
    """The base of a change; in a text about a five-year term only reports of that age tell it.

    A review starts from what was reached, so an earlier plan contradicts it in nothing; a plan may start
    from what the last one set.
    """
    for x, y in pairwise(clause.figures):
        at = x.span.start - clause.start
        base = _BASE.search(clause.text[:at])
        between = clause.text[x.span.end - clause.start : y.span.start - clause.start]
        if base is None or not _RESULT.match(between) or x.unit != y.unit:
            continue
        name = _EDGES.sub("", clause.text[: base.start()])
        name = name if len(name) >= _SHORTEST else _EDGES.sub("", clause.before) + name
        if len(name) < _SHORTEST:
            continue
        recent = bool(re.search("去年|上年|上半年|年初", base["of"]))
        matches = []
        for other in reports.naming(name):
            year = reports.year(other)
            gap = draft - year if draft is not None and year is not None else 1
            level = _level(other, name, x)
            if (
                level is not None
                and not (term and not recent and gap < _TERM_YEARS)
                and not (gap > 2 and not term)
            ):
                matches.append((other, level))
        accusing = [match for match in matches if not (review and reports.planned(match[0]))]
        if accusing and not any(_holds(c, x) or supports(q, y) or _revised(q, x) for c, q in matches):
            other, source = accusing[0]
            yield Earlier("base", x.span, x.text, source.text, "", reports.evidence(other))


def _revised(source: Quantity, figure: Quantity) -> bool:
    """Whether the two are so near that the source may have been revised since."""
    if not source.value or figure.value is None:
        return True
    return abs(figure.value - source.value) <= abs(source.value) * _REVISION


def _level(clause: Clause, name: str, like: Quantity) -> Quantity | None:
    """The last figure of the same unit after the name, unless it tells a change or an addition."""
    end = clause.text.rfind(name[-2:])
    if end < 0 or (name.startswith("出口") and "进" + name[:2] in clause.text):
        return None
    for figure in reversed(clause.figures):
        at = figure.span.start - clause.start
        words = clause.text[max(0, at - 12) : at]
        if figure.unit == like.unit and figure.kind == like.kind and at > end:
            return None if _ADDED.search(words) else figure
    return None


def _holds(clause: Clause, figure: Quantity) -> bool:
    return any(supports(q, figure) or supports(figure, q) for q in clause.figures)


def _growths(reports: PriorReports, clause: Clause, following: Clause | None) -> Iterator[Earlier]:
    """A level and the rate after it, in the same clause or the next."""
    rest = list(pairwise(clause.figures))
    end = clause.start + len(clause.text)
    if following is not None and following.start == end + 1 and following.figures and clause.figures:
        rest.append((clause.figures[-1], following.figures[0]))
    joined = clause.text + "，" + (following.text if following is not None else "")
    for level, rate in rest:
        between = joined[level.span.end - clause.start : rate.span.start - clause.start]
        name = _EDGES.sub("", clause.text[: level.span.start - clause.start])
        told = _GROWN.match(between) if rate.kind == "percent" else None
        if (
            told is None
            or level.kind not in ("money", "count")
            or len(_PERIOD_WORDS.sub("", name)) < _SHORTEST
            or _CONSTANT.search(name)
        ):
            continue
        yield from _grown(reports, name, level, rate, falling=bool(told["down"]))


def _grown(
    reports: PriorReports, name: str, level: Quantity, rate: Quantity, *, falling: bool
) -> Iterator[Earlier]:
    checked = []
    for other in reports.naming(name):
        before = _level(other, name, level)
        if before is None or before is not other.figures[0]:
            continue
        wrong = _growth(before, level, rate, falling=falling)
        if wrong is None:
            return
        if not reports.planned(other):  # an aim may excuse a rate, never blame one
            checked.append((wrong, other))
    for (exact, formula), other in checked[:1]:
        yield Earlier("growth", rate.span, rate.text, exact, formula, reports.evidence(other), level.span)


def _growth(before: Quantity, level: Quantity, rate: Quantity, *, falling: bool) -> tuple[str, str] | None:
    """What the rate should be, with its formula; `None` when the stated one fits.

    Where it goes the other way, the rate has its word: 下降17.6%.
    """
    then, now, stated = interval(before), interval(level), interval(rate)
    ratio = now.over(then) if now and then else None
    if ratio is None or stated is None or not before.value or level.value is None:
        return None
    low, high = (ratio.low - 1) * HUNDRED - _TOLERANCE, (ratio.high - 1) * HUNDRED + _TOLERANCE
    low, high = (-high, -low) if falling else (low, high)
    if low <= stated.high and stated.low <= high:
        return None
    change = level.value / before.value - 1
    exact = f"{shown(abs(change) * HUNDRED, rate)}%"
    sign = "−" if change < 0 else ""
    turned = (change < 0) != falling
    told = f"{'下降' if change < 0 else '增长'}{exact}" if turned else exact
    return told, f"（{level.text}−{before.text}）÷{before.text}={sign}{exact}"
