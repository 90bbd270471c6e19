"""Bind figures to what they say: indicator, subject, period, status, kind, direction, comparator.

A figure is bound inside its own clause wherever the clause names something, so words put in front of
the clause do not change the binding; only a clause without a name (“同比增长18.3%”) takes over the
indicator of the clause before it, within the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.quantities.claim_words import (
    comparator_of,
    direction_of,
    is_base,
    is_goal,
    kind_of,
    qualifiers_of,
    status_of,
)
from assistant.quantities.clauses import Clause, Text, clauses
from assistant.quantities.indicators import Naming, begins_with_verb, canonical, is_known
from assistant.quantities.labels import (
    label_before_colon,
    names_nothing,
    ratio_name,
    traded,
    what_ranks,
)
from assistant.quantities.lists import distribute
from assistant.quantities.parts import bind_cells, reviewed_year, stretches
from assistant.quantities.sentences import sentences
from assistant.quantities.times import resolve
from assistant.records import Claim, Document, Part, Period, Quantity, Span, Status

_COLON = re.compile(r"[：:]")
_SUBJECT = re.compile(
    r"(?<![居列占])全[国省市县区州盟旗镇乡域]"
    r"|^(?![在居对为向从由以和及全到把将各第两三四五六七八九十])[\u4e00-\u9fff]{2,4}"
    r"(?:自治区|省|市|县|州|(?<![发园山社地灾景校片街城厂矿库])区)(?![级委政直])"
)
_OTHER_SHARE = re.compile("占(?:地(?![区方])|比|有)")
_AFTER = re.compile(r"(?:以上|以下|左右|以内|的|多|余)*([^，,；;。！？!?\n：:（）()、“”\d]{2,24})")
_EDGES = "、和及 \u3000*＊#-—·"
_NUMBER = re.compile(r"^[一二三四五六七八九十]{1,3}是")
_NEAR = 12
_SPOKEN = re.compile("今年|去年|上年|前年|明年|本年|当年")
_COPULA = re.compile(r"(?:达到?|为|是|共?有|共|突破|超过?|增长|下降|提高|提升|占|到|至|增加|减少|约|近)$")


@dataclass
class _Carried:
    """What a later clause of the sentence takes over; `known` is the last indicator with a known name."""

    indicator: str = ""
    known: str = ""
    subject: str = ""
    status: Status = "actual"
    period: Period | None = None


def bind_text(text: str, year: int | None = None, part: Part = "", now: int | None = None) -> list[Claim]:
    """The claims of `text`, one for each figure, in text order; `year` is the year whose results are told.

    A plan is for the year after it. `now` is what 今年 means, by default the year of the part: a government
    report says 去年 of the year that it looks back on.

    >>> claim = bind_text("新认定高企23家，同比增长15%")[1]
    >>> claim.indicator, claim.kind, claim.direction, claim.indicator_span
    ('高新技术企业', 'rate', 'up', None)
    """
    year = None if year is None else year + (part == "plan")
    source = Text(text, year, year if now is None else now)
    claims: list[Claim] = []
    label, known, end = "", "", 0
    status: Status = "plan" if part == "plan" else "actual"
    aim: tuple[Status, Period | None] = status, None
    for sentence in sentences(text):
        label = "" if "\n" in text[end : sentence.start] else label
        label = _label(source, sentence) or label
        goes_on = text[max(end - 1, 0) : end] in ("；", ";") and "\n" not in text[end : sentence.start]
        aim = aim if goes_on else _aim(source, sentence, status, part)
        carried = _Carried(label, label or (known if goes_on else ""), status=aim[0], period=aim[1])
        found = list(_bind_sentence(source, sentence, part, carried))
        known = next(
            (claim.indicator for claim in reversed(found) if is_known(claim.indicator)), carried.known
        )
        claims += found
        end = sentence.end
    return claims


def _label(source: Text, stretch: Span) -> str:
    """The indicator that the words before the first colon name for all that follows in their line."""
    colon = _COLON.search(source.text, stretch.start, stretch.end)
    if colon is None or source.figures_in(stretch.start, colon.start()):
        return ""
    return label_before_colon(source.text[stretch.start : colon.start()])


def _aim(source: Text, sentence: Span, status: Status, part: Part) -> tuple[Status, Period | None]:
    """Status and period of what a lead before a colon announces (主要预期目标是：…；…；…), up to the full stop."""
    colon = _COLON.search(source.text, sentence.start, sentence.end)
    if colon is None or source.figures_in(sentence.start, colon.start()):
        return status, None
    lead = Clause(sentence.start, colon.start())
    told = _Carried(status=status)
    _carry_context(source, sentence, lead, told, part)
    return (told.status, told.period) if told.status != status else (status, None)


def _bind_sentence(source: Text, sentence: Span, part: Part, carried: _Carried) -> Iterator[Claim]:
    if not source.figures_in(sentence.start, sentence.end):
        return
    outside: list[_Carried] = []
    for clause in clauses(source, sentence):
        carried = _bracketed(source.text[max(clause.start - 1, 0) : clause.start], carried, outside)
        _carry_context(source, sentence, clause, carried, part)
        listed = distribute(source, clause)
        previous = clause.start
        for figure in clause.figures:
            name, span = listed.get(figure.span.start) or _name_of(source, clause, figure, previous)
            if name:
                carried.indicator = name
                carried.known = name if is_known(name) else carried.known
            elif span:
                carried.indicator = (
                    carried.known or _told_before(source, sentence, figure) or carried.indicator
                )
            previous = figure.span.end
            yield _claim(source, sentence, clause, figure, carried, span if name else None, part)


def _told_before(source: Text, sentence: Span, figure: Quantity) -> str:
    """The last known name in the sentence before the figure, also one that has no figure itself."""
    names = source.names_in(sentence.start, figure.span.start)
    return names[-1].indicator if names else ""


def _bracketed(sign: str, carried: _Carried, outside: list[_Carried]) -> _Carried:
    """What is carried behind `sign`: a bracket takes over, and what it says ends with it."""
    if sign and sign in "（(":
        outside.append(carried)
        return replace(carried)
    return outside.pop() if outside and sign and sign in "）)" else carried


def _carry_context(source: Text, sentence: Span, clause: Clause, carried: _Carried, part: Part) -> None:
    """Take subject, status and period of the clause into what is carried."""
    words = source.text[clause.start : clause.end]
    subject = _SUBJECT.search(words)
    if subject and not begins_with_verb(subject.group()):
        carried.subject = subject.group()
    carried.status = status_of(words, carried.status)
    for period in source.periods_in(clause.start, clause.end):
        before = source.text[max(sentence.start, period.span.start - 1) : period.span.start]
        if before not in ("比", "较", "同", "由", "从"):
            resolved = period.period
            if resolved is None or not resolved.years:
                resolved = resolve(period.text, _seen_from(source, period.text, part))
            carried.period = resolved if resolved.years else carried.period


def _seen_from(source: Text, words: str, part: Part) -> int | None:
    """The year that a period without one counts from; 明年 in a plan is never the year after the plan's."""
    if source.year is not None and source.year == source.now and part == "plan" and words.startswith("明年"):
        return source.year - 1
    return source.now if _SPOKEN.match(words) else source.year


def _name_of(source: Text, clause: Clause, figure: Quantity, previous: int) -> tuple[str, Span | None]:
    """The indicator that the clause itself gives for `figure`, and where.

    ("", None) when it gives none; ("", span) when it only says how something named before is counted.
    """
    start, end = _left(source, figure, previous)
    left = source.text[start:end]
    known = source.names_in(start, end)
    between = source.text[known[-1].end : end] if known else left
    touching = not between.strip() or bool(_COPULA.search(between))
    if not (known and touching) and (right := _name_after(source, clause, figure, weak=not between)):
        return right
    if known:
        return _extended(source.text, known[-1], end)
    if figure.kind == "money" and (trade := traded(left)):
        return trade, None
    bare = _NUMBER.sub("", left.strip(_EDGES))
    if figure.kind == "rank" and not (bare := what_ranks(bare)):
        return "", None
    head = canonical(bare)
    if head and names_nothing(head):
        return "", Span(start, end)
    if len(head) < 2:
        return _name_after(source, clause, figure, weak=False) or ("", None)
    at = source.text.rfind(head, start, end)
    return head, Span(at, at + len(head)) if at >= 0 else None


def _extended(text: str, name: Naming, end: int) -> tuple[str, Span]:
    """The known name, or the longer one that it begins (高校毕业生初次就业率) before the figure at `end`."""
    longer = canonical(text[name.start : end])
    at = text.find(longer, name.start, end)
    if longer != name.indicator and name.start <= at < name.end < at + len(longer):
        return longer, Span(at, at + len(longer))
    return name.indicator, Span(name.start, name.end)


def _left(source: Text, figure: Quantity, previous: int) -> tuple[int, int]:
    """Where the name may stand before the figure: after the last figure or period, before 占."""
    start, end = previous, figure.span.start
    for period in source.periods_in(start, end):
        start = period.span.end
    share = source.text.find("占", start, end)
    while share >= 0 and _OTHER_SHARE.match(source.text, share):
        share = source.text.find("占", share + 1, end)
    return start, share if share >= 0 else end


def _name_after(
    source: Text, clause: Clause, figure: Quantity, *, weak: bool
) -> tuple[str, Span | None] | None:
    """The noun after a counted figure (“制定修订583项国家标准”); `weak` allows known names only."""
    if figure.kind not in ("count", "money", "physical", "masked"):
        return None
    match = _AFTER.match(source.text, figure.span.end, clause.end)
    if match is None:
        return None
    known = source.names_in(match.start(1), match.end(1))
    if known and known[0].start - match.start(1) <= _NEAR:
        return known[0].indicator, Span(known[0].start, known[0].end)
    left = source.text[clause.start : figure.span.start]
    if weak or figure.kind != "count" or not figure.unit or _COPULA.search(left):
        return None
    head = canonical(match.group(1))
    at = source.text.find(head, match.start(1), match.end(1))
    if len(head) < 2 or names_nothing(head):
        return None
    return head, Span(at, at + len(head)) if at >= 0 else None


def _claim(
    source: Text,
    sentence: Span,
    clause: Clause,
    figure: Quantity,
    carried: _Carried,
    named: Span | None,
    part: Part,
) -> Claim:
    before = source.text[clause.start : figure.span.start]
    after = source.text[figure.span.end : min(clause.end, figure.span.end + _NEAR)]
    kind = kind_of(figure, carried.indicator, before, after)
    period = carried.period or _year(source.year)
    ratio = ratio_name(carried.indicator, before) if kind == "share" else ""
    return Claim(
        quantity=figure,
        sentence=sentence,
        indicator=ratio or carried.indicator,
        indicator_span=named,
        subject=carried.subject,
        period=_before(period) if is_base(before, after) else period,
        status="plan" if kind != "completion" and is_goal(before, after) else carried.status,
        kind="level" if ratio else kind,
        direction=direction_of(before),
        comparator=comparator_of(before, after),
        qualifiers=qualifiers_of(before),
        part=part,
    )


def _before(period: Period | None) -> Period | None:
    """The same months a year earlier: what a change started from."""
    if period is None or period.start is None or period.end is None:
        return period
    start, end = (
        day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
        for day in (period.start, period.end)
    )
    return replace(period, start=start, end=end)


def _year(year: int | None) -> Period | None:
    """The whole year."""
    if year is None:
        return None
    return Period(date(year, 1, 1), date(year, 12, 31), relative=True)


def bind(document: Document) -> list[Claim]:
    """The claims of a whole Document in text order: part by its headings, tables by their heads."""
    claims: list[Claim] = []
    year = reviewed_year(document)
    now = document.reported_year if document.genre == "government-report" else None
    for stretch, part, table in stretches(document):
        found = bind_text(stretch.of(document.text), year, part, now)
        if table is not None:
            found = bind_cells(document.text, stretch, table, found)
        claims.extend(_shifted(claim, stretch.start) for claim in found)
    return claims


def _shifted(claim: Claim, offset: int) -> Claim:
    if not offset:
        return claim
    quantity = replace(claim.quantity, span=claim.quantity.span.shifted(offset))
    named = claim.indicator_span.shifted(offset) if claim.indicator_span else None
    return replace(claim, quantity=quantity, sentence=claim.sentence.shifted(offset), indicator_span=named)
