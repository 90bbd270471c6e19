"""A value: which claim of which document answers, and how sure that is. No model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.archive import ArchivedDocument
from assistant.chat.answer import Statement
from assistant.chat.asked import Asked, says_nothing
from assistant.chat.matching import COUNTED, SURE, Match, match, matter_of, plain_name, telling_span
from assistant.chat.reading import Read, Reader, clause_at, of_years, under_years
from assistant.chat.verify import carried
from assistant.errors import Said
from assistant.quantities import agree, lexicon
from assistant.records import Citation, Claim, Quantity

FEW = 12
"""Documents that are read in full; of more, those that the search puts first."""
_EXTRAS = 3
_CLOSE, _DOUBTED, _AMONG = 0.12, 0.25, 0.3
_OTHER_YEAR, _BY_TITLE, _POLICY, _YEARS = 0.1, 0.2, 0.3, 0.12
_SEVERAL = Said("多年的数", "of several years")
_TIMES = 2  # what five years add up to is more than twice what one does
_MOVED = re.compile("(增长|上涨|提高|提升|上升|增加|下降|降低|减少|回落|下跌|增|降)了?$")
_TO = re.compile(
    "(?:左右|以上)?(?:增加|增长|增|提高|提升|上升|扩大|下降|降低|降|减少|回落|升|跃升|优化|压减|缩小)(?:到|至|为)"
)
_STATUS = {"plan": Said("计划或目标数", "planned or aimed at"), "forecast": Said("预期数", "expected")}


@dataclass(frozen=True, slots=True)
class Found:
    """A claim that answers, in its document, with the year it is for.

    `titled`: the year asked for is that of a government report's title, which looks back on the year before.
    `several`: the figure is of several years (五年累计, “十一五”时期).
    """

    match: Match
    item: ArchivedDocument
    read: Read
    year: int | None
    citation: Citation
    titled: bool = False
    several: bool = False

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.match.claim

    @property
    def quantity(self) -> Quantity:
        """Its figure."""
        return self.match.claim.quantity

    @property
    def owner(self) -> str:
        """Whose figure it is: the document's place, or its organisation where no place is known."""
        return self.item.place or self.item.organisation

    @property
    def written(self) -> str:
        """The figure as it stands, with the words that bound it and its direction: 增长5.2%左右."""
        text, span = self.read.document.text, self.quantity.span
        before = lexicon.prefixes().before(text, span.start)
        after = lexicon.suffixes().after(text, span.end)
        sign = before[0] if before else ""
        moved = _MOVED.search(text, max(0, span.start - len(sign) - 4), span.start - len(sign))
        shown = moved[1] if moved and self.claim.kind == "rate" else ""
        return f"{shown}{sign}{self.quantity.text}{after[0] if after else ''}"


def find(asked: Asked, reader: Reader, year: int | None) -> list[Found]:
    """Claims that answer for one year (None: any), the surest first; empty when nothing is sure enough."""
    items = reader.about(asked) if year is None else reader.of_year(asked, year)
    named = asked.years or asked.places or asked.organisations
    if not asked.matter or not items or (says_nothing(asked.matter) and not named):
        return []
    found = [
        one
        for item in _few(asked, reader, items)
        for one in _of_one_year(asked, _in(asked, reader, item, year))
    ]
    found.sort(key=lambda one: (-one.match.score, -(one.item.year or 0), one.quantity.span.start))
    return found


def _few(asked: Asked, reader: Reader, items: list[ArchivedDocument]) -> Iterable[ArchivedDocument]:
    """The documents worth reading: all of a few, else the homes of the best passages."""
    if len(items) <= FEW:
        return items
    homes = {hit.passage.document_id: None for hit in reader.search(asked.text, items, k=4 * FEW)}
    by_id = {item.id: item for item in items}
    return [by_id[home] for home in homes if home in by_id][:FEW]


def _in(asked: Asked, reader: Reader, item: ArchivedDocument, year: int | None) -> Iterator[Found]:
    """The claims of one document that answer."""
    read = reader.read(item.id)
    text = read.document.text
    if not matter_of(asked.matter).touches(text):
        return
    own = (
        year is None
        or year in (item.reviewed_year, item.year)
        or (asked.of_report and f"{year}年" in item.title)
    )
    for claim in read.claims:
        if (
            claim.part == "definition"
            or _base(text, claim)
            or (not own and not _says(read, claim, item, year))
        ):
            continue
        by_title = _by_title(asked, claim, item, year)
        matched = match(asked, text, claim, item.reviewed_year if by_title else year)
        doubt = (0.0 if own else _OTHER_YEAR) + (_POLICY if item.genre == "policy" else 0.0)
        if matched is None or matched.score - doubt < SURE:
            continue
        citation = read.cite(telling_span(matter_of(asked.matter), text, claim))
        if citation is not None and claim.quantity.text in citation.quote:
            years = of_years(citation) and not of_years(replace(citation, quote=asked.text))
            off = _YEARS if years and not asked.of_report else 0.0
            score = matched.score - doubt - off - (_BY_TITLE if by_title else 0.0)
            sure = replace(matched, score=score, doubt=matched.doubt + off)
            titled = item.reviewed_year != item.year == year
            yield Found(sure, item, read, _year_of(claim, item, year), citation, titled, years)


def _of_one_year(asked: Asked, found: Iterable[Found]) -> list[Found]:
    """One document's claims, what five years add up to behind the year's own figure; told as it is in any case."""
    every = list(found)
    off = 0.0 if asked.of_report else _YEARS
    return [_added(one, off) if any(_adds_up(one, other) for other in every) else one for one in every]


def _added(one: Found, off: float) -> Found:
    doubted = replace(one.match, score=one.match.score - off, doubt=one.match.doubt + off)
    return one if one.several else replace(one, match=doubted, several=True)


def _adds_up(one: Found, other: Found) -> bool:
    """Whether the first is of several years and the second of one of them: twice as much is newly added, or more."""
    adding = under_years(one.citation) or "新增" in one.claim.qualifiers or "新增" in one.claim.indicator
    told = [(each.claim.kind, each.claim.status, each.quantity.unit, each.year) for each in (one, other)]
    more = (one.quantity.value or 0) >= _TIMES * (other.quantity.value or 0) > 0
    return adding and more and told[0] == told[1]


def _base(text: str, claim: Claim) -> bool:
    """Whether the figure is where a change of several years began (从2.77%提高到3.3%), with no year written."""
    span = claim.quantity.span
    starts = text[span.start - 1 : span.start] in ("从", "由") and _TO.match(text, span.end)
    return bool(starts) and not re.search("[0-9]{4}年", claim.sentence.of(text))


def _says(read: Read, claim: Claim, item: ArchivedDocument, year: int | None) -> bool:
    """Whether a claim of another year's document speaks of `year`; a government report has to write it.

    Its 由52.6%提高到58.5% may start five years ago.
    """
    if _years(claim) != (year,):
        return False
    return item.genre != "government-report" or str(year) in claim.sentence.of(read.document.text)


def _by_title(asked: Asked, claim: Claim, item: ArchivedDocument, year: int | None) -> bool:
    """Whether the year asked for may be that of the report's title only (2025 of a review of 2024)."""
    return (
        not asked.of_report
        and item.reviewed_year != item.year == year
        and _years(claim) == (item.reviewed_year,)
    )


def _years(claim: Claim) -> Sequence[int]:
    return claim.period.years if claim.period else ()


def _year_of(claim: Claim, item: ArchivedDocument, year: int | None) -> int | None:
    """The year that a claim is for: the one asked for, where it covers that."""
    years = _years(claim)
    return year if year in years else years[-1] if years else item.reviewed_year


def latest(found: list[Found]) -> list[Found]:
    """Of claims of any year, those of the newest year that has a result."""
    years = [one.year for one in found if one.year and one.claim.status == "actual"]
    years = years or [one.year for one in found if one.year]
    return [one for one in found if one.year == max(years)] if years else found


def chosen(found: list[Found]) -> list[Found]:
    """For each place its surest claim, then what contradicts it or stands beside it in the same report."""
    result: list[Found] = []
    for owner in dict.fromkeys(one.owner for one in found):
        own = [one for one in found if one.owner == owner]
        best = own[0]
        if best.match.score >= found[0].match.score - _AMONG:
            result += [best, *_distinct(best, [one for one in own[1:] if _worth(one, best)])]
    return result


def _worth(one: Found, best: Found) -> bool:
    """Another document as sure of it, or the same one with the very words once more (result and target).

    The report that has the year asked for in its title may be the one that is meant.
    """
    behind = best.match.score - one.match.score
    if one.item.id != best.item.id and not one.titled:
        return behind <= _CLOSE and one.claim.status == best.claim.status
    return one.match.exact and one.match.doubt < _DOUBTED and one.claim.kind != "change"


def _distinct(best: Found, others: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in others:
        told = [best, *kept]
        if not any(carried(one.quantity, [other.quantity]) for other in told):
            kept.append(one)
    return kept[:_EXTRAS]


def _same(one: Quantity, other: Quantity) -> bool:
    return agree(one, other) or agree(other, one)


def contradicting(found: list[Found]) -> bool:
    """Whether two documents give the same thing different values."""
    return any(
        one.item.id != other.item.id
        and one.owner == other.owner
        and (one.year, one.claim.status, one.claim.kind, one.quantity.unit)
        == (other.year, other.claim.status, other.claim.kind, other.quantity.unit)
        and not _same(one.quantity, other.quantity)
        for one in found
        for other in found
    )


def stated(asked: Asked, one: Found) -> Statement:
    """The claim as a sentence: the report's own words around the figure, quoted from its sentence."""
    text = one.read.document.text
    span = clause_at(text, one.quantity.span.start, one.quantity.span.end, one.claim.sentence.start)
    words = COUNTED.sub("", " ".join(span.of(text).split()).strip("。；;"))
    if not matter_of(asked.matter).touches(words):
        named = plain_name(asked) if one.claim.kind == "rank" else one.claim.indicator
        words = f"{named}：{words}"
    of_year = (
        Said(f"{one.year}年的数", f"figure of {one.year}")
        if asked.years and one.year not in (None, *asked.years)
        else ""
    )
    of_year = _SEVERAL if one.several else of_year
    remarks = [part for part in (_STATUS.get(one.claim.status, ""), of_year) if part]
    said = f"《{one.item.title}》：{words}" + (f"（{'，'.join(remarks)}）" if remarks else "") + "。"
    computed = (of_year,) if of_year else ()
    return Statement(said, (one.citation,), (one.written,), remark=Said.joined(remarks), computed=computed)
