"""What was promised and what came of it: last year's targets beside this year's outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.archive import ArchivedDocument
from assistant.archive.indicators import measure_of
from assistant.chat.answer import Reply, Statement, Table
from assistant.chat.asked import Asked
from assistant.chat.matching import matter_of
from assistant.chat.reading import Read, Reader
from assistant.checking.commitments import targets
from assistant.quantities import canonical, synonyms
from assistant.quantities.compare import conversion
from assistant.records import Claim, Quantity

State = Literal["met", "missed", "told", "unreported"]
_STATES: dict[State, str] = {
    "met": "已完成",
    "missed": "未达到",
    "told": "有提及，但没有可以对照的数",
    "unreported": "报告中未见交代",
}
_REPORTS = ("annual-summary", "government-report", "other")
_BOUNDS = ("以上", "以内", "左右", "以下")
_MOST = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A target and the outcome that is counted in the same way (total for total, added for added), if told."""

    target: Claim
    outcome: Claim | None
    state: State


def commitment(asked: Asked, reader: Reader) -> Reply:
    """Each target for a year (the newest by default) with its outcome; with an indicator named, only that one.

    The targets stand in the report of the year before, the outcomes in that of the year itself.
    """
    statements: list[Statement] = []
    rows: list[tuple[str, ...]] = []
    notes: list[str] = []
    read: list[str] = []
    items = [item for item in reader.about(asked) if item.genre in _REPORTS and item.year]
    for owner in dict.fromkeys(item.organisation or item.place for item in items):
        pair = _pair(asked, [item for item in items if (item.organisation or item.place) == owner])
        if pair is None:
            notes.append(f"{owner or '资料'}没有前后两年可以对照的报告。")
            continue
        before, after = (reader.read(item.id) for item in pair)
        read += [before.document.id, after.document.id]
        for one in kept(before, after):
            if _wanted(asked, one.target) and len(statements) < _MOST:
                statements.append(_stated(one, before, after))
                rows.append(_row(one, owner))
    table = Table(("单位", "指标", "目标", "结果", "情况"), tuple(rows)) if rows else None
    return Reply(tuple(statements), tuple(notes), table, read=tuple(read))


def kept(before: Read, after: Read) -> list[Kept]:
    """The targets of a report's plan part, in its order, with what the next report says of them."""
    results = [claim for claim in after.claims if claim.part != "plan" and claim.status == "actual"]
    found: dict[tuple[str, str, str], Kept] = {}
    for target in targets(before.document):
        measure = measure_of(target, before.document.text)
        same = [claim for claim in results if claim.indicator == target.indicator]
        outcome = _outcome(target, measure, same, after)
        named = bool(same) or any(name in after.document.text for name in synonyms(target.indicator))
        state = _state(target, outcome, named=named)
        found.setdefault((target.indicator, target.kind, measure), Kept(target, outcome, state))
    return list(found.values())


def _outcome(target: Claim, measure: str, same: Sequence[Claim], after: Read) -> Claim | None:
    """The first result of the same kind, unit and measure."""
    like = [
        claim
        for claim in same
        if claim.kind == target.kind and conversion(claim.quantity, target.quantity) is not None
    ]
    equal = [claim for claim in like if measure_of(claim, after.document.text) == measure]
    plain = [claim for claim in like if not measure_of(claim, after.document.text)]
    return next(iter(equal or (plain if measure != "new" else [])), None)


def _state(target: Claim, outcome: Claim | None, *, named: bool) -> State:
    """Met when the outcome reaches the target, or stays below it where the target is a ceiling."""
    if outcome is None:
        return "told" if named else "unreported"
    factor = conversion(outcome.quantity, target.quantity)
    aim, got = target.quantity.value, outcome.quantity.value
    if factor is None or aim is None or got is None:
        return "told"
    ceiling = target.quantity.approximation == "at_most" or (target.direction == "down" and target.kind == "level")
    reached = got * factor <= aim if ceiling else got * factor >= aim
    return "met" if reached else "missed"


def _pair(asked: Asked, items: list[ArchivedDocument]) -> tuple[ArchivedDocument, ArchivedDocument] | None:
    """The report with the plan and the one with the outcome, for the year asked for or the newest possible."""
    by_year = {item.year: item for item in items if item.year}
    years = [year + 1 for year in asked.years] if asked.of_report else list(asked.years)
    for year in years or sorted((year for year in by_year if year), reverse=True):
        if year in by_year and year - 1 in by_year:
            return by_year[year - 1], by_year[year]
    return None


def _wanted(asked: Asked, target: Claim) -> bool:
    """Whether the target is of the indicator that the question names, if it names one."""
    names = {canonical(form) for form in matter_of(asked.matter).forms}
    named = [name for name in names if len(synonyms(name)) > 1 and any(one in asked.text for one in synonyms(name))]
    return not named or target.indicator in named


def _stated(one: Kept, before: Read, after: Read) -> Statement:
    citations = [before.cite(one.target.sentence)]
    outcome = ""
    if one.outcome is not None:
        outcome = f"，结果{_written(after, one.outcome.quantity)}"
        citations.append(after.cite(one.outcome.sentence))
    aim = _written(before, one.target.quantity)
    told = _STATES[one.state]
    text = f"{one.target.indicator}：《{before.document.title}》提出目标{aim}{outcome}，{told}。"
    figures = tuple(claim.quantity.text for claim in (one.target, one.outcome) if claim)
    return Statement(text, tuple(found for found in citations if found), figures, remark=told)


def _written(read: Read, quantity: Quantity) -> str:
    """The figure with the word that bounds it (以上, 以内), as it stands."""
    behind = read.document.text[quantity.span.end : quantity.span.end + 2]
    return quantity.text + (behind if behind in _BOUNDS else "")


def _row(one: Kept, owner: str) -> tuple[str, ...]:
    outcome = one.outcome.quantity.text if one.outcome else "—"
    return (owner, one.target.indicator, one.target.quantity.text, outcome, _STATES[one.state])
