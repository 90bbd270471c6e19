"""The year that a text is about, and all years that it covers; the rule stands in `metadata`."""

from __future__ import annotations

import re

from assistant.loaders.about import About
from assistant.records import Reading, Span

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2}|[一二][九〇零○][一二三四五六七八九〇零○]{2})(?=\s?年|-\d{1,2}-\d{1,2}|\s?[—–-]\s?20\d{2}年)"
)
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_NUMBER = re.compile(
    r"[一-龥]{1,14}\s?[〔\[［【（(]\s?((?:19|20)\d{2})\s?[〕\]］】）)]\s?(?:第\s?)?\d{1,5}\s?号"
)
_DATE_LINE = re.compile(
    r"^[（(]?\s?([12][0-9]{3}|[一二][九〇零○O][一二三四五六七八九〇零○O]{2})\s?年"
    r"\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日?\s?[）)]?$"
)
_REVIEW = re.compile(r"总结|回顾|开展情况|完成情况|工作情况|以来工作")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def years_in(text: str) -> list[int]:
    """The years written in `text` (2025年, 二〇二五年, 2021—2025年), in order."""
    return [int(found.group(1).translate(_CHINESE_DIGITS)) for found in _YEAR.finditer(text)]


def year_of(about: About, number: Reading | None) -> Reading | None:
    """The year that the text is about; `number` is its document number."""
    if given := about.front_matter("year"):
        return Reading(given.value[:4], "front_matter") if re.match(r"\d{4}", given.value) else None
    if about.genre == "policy":
        return _policy_year(about, number) or _title_year(about) or _name_year(about)
    if about.genre == "government-report":
        return _title_year(about) or _spoken_year(about) or _name_year(about) or _reviewed_year(about, 1)
    return _title_year(about) or _reviewed_year(about, 0) or _name_year(about)


def _title_year(about: About) -> Reading | None:
    """The year in the title; of several the one that goes with 总结 or 回顾, else the first."""
    found = list(_YEAR.finditer(about.title))
    if not found:
        return None
    ends = [match.start() for match in found[1:]] + [len(about.title)]
    reviewing = [
        match
        for match, end in zip(found, ends, strict=True)
        if _REVIEW.search(about.title[match.end() : end])
    ]
    chosen = (reviewing or found)[0]
    reading = about.in_title(chosen.group(1), chosen.start(1))
    return Reading(chosen.group(1).translate(_CHINESE_DIGITS), reading.origin, reading.span)


def _spoken_year(about: About) -> Reading | None:
    """The year of `——2026年1月28日在……会议上`."""
    for block in list(about.kinds("metadata"))[:4]:
        found = _YEAR.search(block.span.of(about.text))
        if found:
            span = Span(*found.span(1)).shifted(block.span.start)
            return Reading(found.group(1).translate(_CHINESE_DIGITS), "body", span)
    return None


def _reviewed_year(about: About, later: int) -> Reading | None:
    """The year of a main heading such as `一、2024年工作回顾`, moved by `later`."""
    for block in about.kinds("heading"):
        words = block.span.of(about.text)
        years = years_in(words)
        if years and _REVIEW.search(words):
            return Reading(str(years[-1] + later), "body", block.span)
    return None


def _policy_year(about: About, number: Reading | None) -> Reading | None:
    """The year of the number, of the latest date near the title, or of the signature."""
    if number and (found := _NUMBER.search(number.value)):
        start = number.span.start + found.start(1) if number.span else 0
        return Reading(found[1], number.origin, Span(start, start + 4) if number.span else None)
    version = re.search(r"[（(]((?:19|20)\d{2})-\d{2}-\d{2}[)）]", about.name)
    if version:
        return Reading(version[1], "file_name")
    dated = [
        (years[-1], block.span)
        for block in list(about.kinds("metadata"))[:14]
        if (words := block.span.of(about.text)) and (years := years_in(words)) and not words.endswith("施行")
    ]
    if dated:
        year, span = max(dated, key=lambda pair: pair[0])
        return Reading(str(year), "body", span)
    return _signed_year(about)


def _signed_year(about: About) -> Reading | None:
    """The year of the date under the text, of its coming into force, or the one given beside the text."""
    for block in about.kinds("paragraph"):
        found = _DATE_LINE.match(block.span.of(about.text))
        if found:
            return Reading(found[1].translate(_CHINESE_DIGITS), "body", block.span)
    forced = re.search(r"自((?:19|20)\d{2})年\d{1,2}月\d{1,2}日起(?:施行|实施|执行|生效)", about.text[-600:])
    if forced:
        start = max(0, len(about.text) - 600) + forced.start(1)
        return Reading(forced[1], "body", Span(start, start + 4))
    date = about.given.get("date", "")
    return Reading(date[:4], "front_matter") if re.match(r"(?:19|20)\d{2}", date) else None


def _name_year(about: About) -> Reading | None:
    found = _NAME_YEAR.search(about.name)
    return Reading(found[1], "file_name") if found else None


def all_years(about: About, year: Reading | None) -> tuple[int, ...]:
    """Every year that title and main headings name, and `year` itself."""
    named = years_in(about.title)
    for block in about.kinds("heading"):
        if block.level == 1:
            named += years_in(block.span.of(about.text))
    own = [int(year.value)] if year else []
    before = [int(year.value) - 1] if year and about.genre == "government-report" else []
    return tuple(sorted(set(named + own + before)))
