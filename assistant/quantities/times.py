"""Dates and periods: 1—9月, 上半年, 截至11月30日, 2023年, 去年同期, “十四五”期间, and what they resolve to."""

from __future__ import annotations

import calendar
import re
from datetime import date

from assistant.quantities.numerals import narrow, parse
from assistant.quantities.writing import DASH, DIGIT, GAP
from assistant.records import Period, Quantity, QuantityKind, Span

_CN = "[零〇○一二三四五六七八九]"
_YEAR = f"(?:(?:19|20|１９|２０){DIGIT}{{2}}|1 9 [0-9] [0-9]|2 0 [0-9] [0-9]|[一二]{_CN}{{3}})"
_MONTH = "(?:1[0-2]|0?[1-9]|１[０-２]|０?[１-９]|十[一二]?|[一二三四五六七八九])"
_DAY = f"(?:3[01]|[12][0-9]|0?[1-9]|[１２３]?[０-９]|三十一?|二?十{_CN}?|{_CN})"
_TO = f"(?:{DASH}{{1,2}}|至|到)"
_PART = "(?:上半年|下半年|全年|前三季度|前三季|[前第]?[一二三四1-4]季度|[一1]至[二三四234]季度|[一二三四1-4]季度末)"
_EDGE = "(?:份?(?:月?[末底初]|上旬|中旬|下旬)|份)"
_WORD = "今年|去年|上年度|上年|前年|明年|本年度|本年|当年"

_AFTER_YEAR = (
    f"(?:{GAP}(?:(?P<month>{_MONTH}){GAP}(?:月份?)?{GAP}(?:{_TO}{GAP}(?P<until>{_MONTH}){GAP})?月"
    f"(?:{GAP}(?P<day>{_DAY}){GAP}[日号](?:{GAP}{_TO}{GAP}(?:(?P<month2>{_MONTH}){GAP}月{GAP})?(?P<day2>{_DAY}){GAP}[日号])?"
    f"|(?P<edge>{_EDGE}))?"
    f"|(?P<part>{_PART})|前(?P<months>{DIGIT}{{1,2}}|[一二三四五六七八九十]{{1,2}})个月|(?P<yearedge>[末底初]|度)))?"
)
_WITH_YEAR = re.compile(f"(?P<year>{_YEAR}){GAP}年{_AFTER_YEAR}")
_YEARS = re.compile(
    f"(?P<first>{_YEAR}){GAP}年?度?{GAP}{_TO}{GAP}(?P<last>{_YEAR}){GAP}年(?:度|[末底](?!层))?"
)
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<sep>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=sep)(?P<day>3[01]|[12]\d|0?[1-9])(?![\d.])"
)
_MONTHS = re.compile(
    f"(?P<month>{_MONTH}){GAP}(?:月份?{GAP})?{_TO}{GAP}(?P<until>{_MONTH}){GAP}月份?(?!{GAP}{_DAY}{GAP}[日号])"
)
_MONTH_DAY = re.compile(
    f"(?P<month>{_MONTH}){GAP}月(?:{GAP}(?P<day>{_DAY}){GAP}[日号]"
    f"(?:{GAP}{_TO}{GAP}(?:(?P<month2>{_MONTH}){GAP}月{GAP})?(?P<day2>{_DAY}){GAP}[日号])?|(?P<edge>{_EDGE}))?"
)
_RELATIVE = re.compile(
    f"(?P<word>{_WORD})(?:(?P<same>同期)|(?P<part>{_PART})|(?P<yearedge>[末底初]))?"
    f"|(?P<onlypart>{_PART})|前(?P<months>{DIGIT}{{1,2}}|[一二三四五六七八九十]{{1,2}})个月"
)
_PLAN = re.compile('[“"]?(?P<plan>十[一二三四五六七]?)五[”"]?(?P<tail>规划期|时期|期间|末|以来)')
_OFFSETS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "去年": -1,
    "上年": -1,
    "上年度": -1,
    "前年": -2,
    "明年": 1,
}
_PLAN_STARTS = {
    "十": 2001,
    "十一": 2006,
    "十二": 2011,
    "十三": 2016,
    "十四": 2021,
    "十五": 2026,
    "十六": 2031,
}
_RELATIVE_BEFORE = re.compile(f"(?:{_WORD}|{_YEAR}年)$")


def time(text: str, start: int, year: int | None = None) -> Quantity | None:
    """The date or period that starts at `start`; `year` resolves what is written without one."""
    for pattern in (_YEARS, _WITH_YEAR, _ISO, _MONTHS, _MONTH_DAY, _RELATIVE, _PLAN):
        match = pattern.match(text, start)
        if match and _is_time(text, match, pattern):
            near = _RELATIVE_BEFORE.search(text[max(0, start - 5) : start])
            period = _period(match, _year(near[0], year) if near else year)
            kind: QuantityKind = "date" if _is_date(match) else "period"
            return Quantity(kind, Span(*match.span()), match[0], period=period)
    return None


def resolve(text: str, year: int | None = None) -> Period:
    """The interval that a period or date text names, seen from a document about `year`.

    >>> resolve("前三季度", 2025).end
    datetime.date(2025, 9, 30)
    """
    for pattern in (_YEARS, _WITH_YEAR, _ISO, _MONTHS, _MONTH_DAY, _RELATIVE, _PLAN):
        for word in (_RELATIVE_BEFORE_ALL.match(text), None):
            start = word.end() if word else 0
            match = pattern.match(text, start) if start < len(text) else None
            if match and match.end() == len(text):
                return _period(match, _year(word[0], year) if word else year)
    return Period(None, None)


_RELATIVE_BEFORE_ALL = re.compile(f"(?:截至|截止|到|至)?(?:{_WORD})?")


def _is_time(text: str, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Chinese month names count only with a day, 份 or an edge; 三月 alone may be anything."""
    if pattern is _MONTH_DAY or pattern is _MONTHS:
        groups = match.groupdict()
        if text[match.start() - 1 : match.start()] in tuple("0123456789.．第"):
            return False
        chinese = not narrow(match["month"]).isdigit()
        return not chinese or any(groups.get(name) for name in ("day", "edge", "until"))
    if pattern is _RELATIVE and match["onlypart"] and text[match.start() - 1 : match.start()] == "年":
        return True
    return True


def _is_date(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    edge = groups.get("edge") or groups.get("yearedge") or ""
    return bool(groups.get("day")) or edge.rstrip("份").endswith(("末", "底", "初"))


def _year(word: str, year: int | None) -> int | None:
    for name in sorted(_OFFSETS, key=len, reverse=True):
        if word.endswith(name):
            return None if year is None else year + _OFFSETS[name]
    digits = re.search(f"({_YEAR})年$", word)
    return _int(digits[1]) if digits else year


def _int(text: str | None) -> int | None:
    number = parse(text) if text else None
    return int(number.value) if number else None


def _period(match: re.Match[str], year: int | None) -> Period:
    groups = match.groupdict()
    if groups.get("plan"):
        return _plan(groups["plan"], groups["tail"])
    if groups.get("first"):
        return _between(_int(groups["first"]), 1, _int(groups["last"]), 12)
    written = _int(groups.get("year"))
    relative = written is None
    if groups.get("word"):
        year = _year(groups["word"], year)
    base = written if written is not None else year
    found = _within(groups, base)
    return Period(found.start, found.end, relative)


def _within(groups: dict[str, str | None], year: int | None) -> Period:
    """The part of `year` that the match names."""
    month = _int(groups.get("month"))
    if groups.get("day"):
        return _days(groups, year, month)
    if month is not None:
        last = _int(groups.get("until")) or month
        found = _between(year, month, year, last)
        return _edge(found, groups.get("edge") or "")
    if groups.get("months"):
        return _between(year, 1, year, _int(groups["months"]))
    if groups.get("same"):
        return _between(year, 1, year, 12)
    part = groups.get("part") or groups.get("onlypart")
    found = (
        _between(year, *_months_of(part)[:1], year, _months_of(part)[1])
        if part
        else _between(year, 1, year, 12)
    )
    return _edge(found, groups.get("yearedge") or (part[-1:] if part else ""))


def _months_of(part: str) -> tuple[int, int]:
    if part.startswith(("上半", "下半")):
        return (1, 6) if part.startswith("上") else (7, 12)
    if part == "全年":
        return 1, 12
    quarters = [_int(digit) or 0 for digit in re.findall("[一二三四1-4]", part)]
    last = quarters[-1] * 3
    first = 1 if part.startswith("前") or len(quarters) > 1 else last - 2
    return first, last


def _edge(found: Period, edge: str) -> Period:
    """月末, 年底: the last day; 初: the first; 上旬 … the ten days."""
    if found.start is None or found.end is None:
        return found
    if edge.endswith(("末", "底")):
        return Period(found.end, found.end)
    if edge.endswith("初"):
        return Period(found.start, found.start)
    if edge.endswith("旬"):
        first = {"上": 1, "中": 11, "下": 21}[edge[-2]]
        last = found.end.day if first == 21 else first + 9
        return Period(found.start.replace(day=first), found.start.replace(day=last))
    return found


def _days(groups: dict[str, str | None], year: int | None, month: int | None) -> Period:
    last_month = _int(groups.get("month2")) or month
    last_day = _int(groups.get("day2")) or _int(groups.get("day"))
    start, end = _date(year, month, _int(groups.get("day"))), _date(year, last_month, last_day)
    return Period(start, end) if start and end else Period(None, None)


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _between(year: int | None, first: int, last_year: int | None, last: int | None) -> Period:
    if year is None or last_year is None or last is None or not (1 <= first <= 12 and 1 <= last <= 12):
        return Period(None, None)
    start, end = date(year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1])
    return Period(start, end) if start <= end else Period(None, None)


def _plan(number: str, tail: str) -> Period:
    first = _PLAN_STARTS.get(number)
    if first is None:
        return Period(None, None)
    if tail == "末":
        return Period(date(first + 4, 12, 31), date(first + 4, 12, 31))
    return Period(date(first, 1, 1), date(first + 4, 12, 31))
