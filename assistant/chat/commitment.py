"""What was promised and what came of it: last year's targets beside this year's outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.archive import ArchivedDocument
from assistant.chat.answer import Reply, Statement, Table
from assistant.chat.asked import Asked
from assistant.chat.fence import is_order
from assistant.chat.matching import match
from assistant.chat.reading import Read, Reader, of_years, under_years
from assistant.chat.value import find, stated
from assistant.chat.words import pattern
from assistant.checking import Case, Sources
from assistant.checking.commitments import Commitment, commitments
from assistant.errors import Said
from assistant.quantities.indicators import asked_namings
from assistant.records import Citation, Claim, Evidence, Quantity

_STATES = {
    "met": Said("已完成", "met"),
    "missed": Said("未达到", "not met"),
    "told": Said("有提及，但没有可以对照的数", "told, without a figure to compare"),
    "unreported": Said("报告中未见交代", "not told in the report"),
}
_REPORTS = ("annual-summary", "government-report", "other")
_BOUNDS = ("以上", "以内", "左右", "以下")
_MOST = 20
_NO_PAIR = Said("没有前后两年可以对照的报告。", "There are no reports on two years in a row to compare.")
_HEAD = (
    Said("单位", "Body"),
    Said("指标", "Indicator"),
    Said("目标", "Target"),
    Said("结果", "Result"),
    Said("情况", "State"),
)


def commitment(asked: Asked, reader: Reader) -> Reply:
    """Each target for a year (the newest by default) with its outcome; with an indicator named, only that one.

    The targets stand in the report of the year before, the outcomes in that of the year itself.
    """
    statements: list[Statement] = []
    rows: list[tuple[str, ...]] = []
    notes: list[Said] = []
    read: list[str] = []
    items = [item for item in reader.about(asked) if item.genre in _REPORTS and item.year]
    for owner in dict.fromkeys(item.organisation or item.place for item in items):
        pair = _pair(asked, [item for item in items if (item.organisation or item.place) == owner])
        if pair is None:
            whose = f" of “{owner}”" if owner else ""
            english = f"There are no reports{whose} on two years in a row to compare."
            notes.append(Said(f"{owner or '资料'}没有前后两年可以对照的报告。", english))
            continue
        before, after = (reader.read(item.id) for item in pair)
        read += [before.document.id, after.document.id]
        case = Case(after.document, Sources(prior=(before.document,)))
        for one in commitments(case):
            if one.known and _wanted(asked, one) and not _ordered(one) and len(statements) < _MOST:
                sure = _assured(one, before, after)
                if sure is not None:
                    statements.append(_stated(sure, before, after))
                    rows.append(_row(sure, owner))
    if not (asked.organisations or asked.places) and len(notes) > 1:
        notes = [] if read else [_NO_PAIR]  # nobody was asked for by name
    if not statements and read:
        return _told_apart(asked, reader, notes)
    table = Table(_HEAD, tuple(rows)) if rows else None
    return Reply(tuple(statements), tuple(notes), table, read=tuple(read))


def _told_apart(asked: Asked, reader: Reader, notes: Sequence[Said]) -> Reply:
    """The target and the result of the year asked for, each as its report has it, where they were not paired."""
    if not asked.years or not asked.matter:
        return Reply((), tuple(notes))
    matter = pattern("fulfilled").sub("", asked.matter)
    asked = replace(asked, matter=matter, text=matter)
    found = find(asked, reader, asked.years[-1])
    found = [one for one in found if one.year == asked.years[-1]]
    aims = [one for one in found if one.claim.status != "actual"][:1]
    results = [one for one in found if one.claim.status == "actual"][:1]
    if not aims:
        return Reply((), tuple(notes))
    untold = Said("没有找到可以对照的结果。", "No result to hold against the target was found.")
    told = (*notes, *(() if results else (untold,)))
    return Reply(tuple(stated(asked, one) for one in (*aims, *results)), told)


def _pair(asked: Asked, items: list[ArchivedDocument]) -> tuple[ArchivedDocument, ArchivedDocument] | None:
    """The report with the plan and the one with the outcome, for the year asked for or the newest possible."""
    items = sorted(items, key=lambda item: item.passages)  # of several of one year the longest is the report
    by_year = {item.reviewed_year: item for item in items if item.reviewed_year}
    years = list(asked.years)
    if asked.of_report and asked.years:
        years = [year + 1 for year, item in by_year.items() if item.year in asked.years] or years
    for year in years or sorted(by_year, reverse=True):
        if year in by_year and year - 1 in by_year:
            return by_year[year - 1], by_year[year]
    return None


def _wanted(asked: Asked, one: Commitment) -> bool:
    """Whether the target is of an indicator that the question names; or has its words, where it names none."""
    named = {naming.indicator for naming in asked_namings(asked.rest)}
    if named:
        return one.indicator in named
    words = pattern("generic").sub("", pattern("fulfilled").sub("", asked.matter))
    return len(words) < 2 or pattern("commitment").search(words) is not None or words in one.evidence.quote


def _assured(one: Commitment, before: Read, after: Read) -> Commitment | None:
    """The commitment with its outcome only where that is beyond doubt the same thing's; None without a sure target.

    Both figures have to stand by the indicator's own name, and the outcome must not be of several years.
    """
    if not _is_of(one.indicator, before, one.target):
        return None
    if one.outcome is None or (
        _is_of(one.indicator, after, one.outcome) and not _of_years(after, one.outcome, one.target)
    ):
        return one
    return replace(one, outcome=None, told=None, state="told", expected=False)


def _is_of(indicator: str, read: Read, figure: Quantity) -> bool:
    """Whether a figure of a document stands by the name of this indicator."""
    claim = _claim(read, figure)
    asked = Asked(text="", matter=indicator, of_report=True)
    return claim is not None and match(asked, read.document.text, claim, None) is not None


def _of_years(read: Read, figure: Quantity, target: Quantity) -> bool:
    claim = _claim(read, figure)
    citation = read.cite(claim.sentence) if claim else None
    more = (figure.value or 0) >= 2 * (target.value or 0)
    return citation is not None and (of_years(citation) or (more and under_years(citation)))


def _claim(read: Read, figure: Quantity) -> Claim | None:
    return next((claim for claim in read.claims if claim.quantity.span == figure.span), None)


def _ordered(one: Commitment) -> bool:
    """Whether target or outcome stands in a sentence that gives orders to a model."""
    return any(is_order(evidence.quote) for evidence in (one.evidence, one.told) if evidence is not None)


def _stated(one: Commitment, before: Read, after: Read) -> Statement:
    citations = [_cited(before, one.evidence), _cited(after, one.told)]
    outcome = ""
    if one.outcome is not None:
        outcome = f"，{'预计' if one.expected else ''}结果{_written(after, one.outcome)}"
    aim = _written(before, one.target)
    told = _STATES[one.state]
    text = f"{one.indicator}：《{before.document.title}》提出目标{aim}{outcome}，{told}。"
    figures = tuple(quantity.text for quantity in (one.target, one.outcome) if quantity)
    return Statement(text, tuple(found for found in citations if found), figures, remark=told)


def _cited(read: Read, evidence: Evidence | None) -> Citation | None:
    return read.cite(evidence.span) if evidence is not None and evidence.span is not None else None


def _written(read: Read, quantity: Quantity) -> str:
    """The figure with the word that bounds it (以上, 以内), as it stands."""
    behind = read.document.text[quantity.span.end : quantity.span.end + 2]
    return quantity.text + (behind if behind in _BOUNDS else "")


def _row(one: Commitment, owner: str) -> tuple[str, ...]:
    outcome = one.outcome.text if one.outcome else "—"
    return (owner, one.indicator, one.target.text, outcome, _STATES[one.state])
