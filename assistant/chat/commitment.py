"""What was promised and what came of it: last year's targets beside this year's outcomes."""

from __future__ import annotations

from assistant.archive import ArchivedDocument
from assistant.chat.answer import Reply, Statement, Table
from assistant.chat.asked import Asked
from assistant.chat.matching import matter_of
from assistant.chat.reading import Reader
from assistant.checking import Case, Sources
from assistant.checking.commitments import Commitment, commitments
from assistant.quantities import canonical, sentences, synonyms
from assistant.records import Citation, Document, Quantity, Span

_STATES = {"met": "已完成", "missed": "未达到", "told": "有提及，但没有可以对照的数", "unreported": "报告中未见交代"}
_REPORTS = ("annual-summary", "government-report", "other")
_MOST = 20


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
        own = [item for item in items if (item.organisation or item.place) == owner]
        pair = _pair(asked, own)
        if pair is None:
            notes.append(f"{owner or '资料'}没有前后两年可以对照的报告。")
            continue
        before, after = (reader.archive.document(item.id) for item in pair)
        read += [before.id, after.id]
        for one in commitments(Case(after, Sources(prior=(before,)))):
            if _wanted(asked, one) and len(statements) < _MOST:
                statements.append(_stated(one, reader, before, after))
                rows.append(_row(one, owner))
    table = Table(("单位", "指标", "目标", "结果", "情况"), tuple(rows)) if rows else None
    return Reply(tuple(statements), tuple(notes), table, read=tuple(read))


def _pair(asked: Asked, items: list[ArchivedDocument]) -> tuple[ArchivedDocument, ArchivedDocument] | None:
    """The report with the plan and the one with the outcome, for the year asked for or the newest possible."""
    by_year = {item.year: item for item in items if item.year}
    years = [year + 1 for year in asked.years] if asked.of_report else list(asked.years)
    for year in years or sorted((year for year in by_year if year), reverse=True):
        if year in by_year and year - 1 in by_year:
            return by_year[year - 1], by_year[year]
    return None


def _wanted(asked: Asked, one: Commitment) -> bool:
    """Whether the target is of the indicator that the question names, if it names one."""
    known = [name for name in (canonical(form) for form in matter_of(asked.matter).forms) if len(synonyms(name)) > 1]
    named = [name for name in known if any(form in asked.text for form in synonyms(name))]
    return not named or one.indicator in named


def _stated(one: Commitment, reader: Reader, before: Document, after: Document) -> Statement:
    aim = _written(before.text, one.target)
    citations = [_cite(reader, before.id, one.target.span)]
    outcome = ""
    if one.outcome is not None:
        outcome = f"，结果{_written(after.text, one.outcome)}"
        citations.append(_cite(reader, after.id, one.outcome.span))
    text = f"{one.indicator}：《{before.title}》提出目标{aim}{outcome}，{_STATES[one.state]}。"
    figures = tuple(quantity.text for quantity in (one.target, one.outcome) if quantity)
    return Statement(text, tuple(found for found in citations if found), figures, remark=_STATES[one.state])


def _written(text: str, quantity: Quantity) -> str:
    """The figure with the word that bounds it (以上, 力争), as it stands."""
    behind = text[quantity.span.end : quantity.span.end + 2]
    return quantity.text + (behind if behind in ("以上", "以内", "左右", "以下") else "")


def _cite(reader: Reader, document_id: str, span: Span) -> Citation | None:
    """The sentence around a figure, as a citation."""
    read = reader.read(document_id)
    passage = read.passage_at(span)
    if passage is None:
        return None
    inner = Span(span.start - passage.span.start, span.end - passage.span.start)
    around = next((one for one in sentences(passage.text) if one.contains(inner)), inner)
    return read.cite(around.shifted(passage.span.start))


def _row(one: Commitment, owner: str) -> tuple[str, ...]:
    outcome = one.outcome.text if one.outcome else "—"
    return (owner, one.indicator, one.target.text, outcome, _STATES[one.state])
