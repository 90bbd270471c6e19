"""What a Document is about: organisation, place, years, document number, each with where it was read.

The year rule: an annual summary has the year that it sums up (总结 before 计划); a government report the year
in its title, which is the year it is given in and searched by; a policy the year of its number or date.
`years` holds every year that title and main headings name, and for a government report the year before.
A masked year (xxxx年) is no year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.loaders.genres import genre_of
from assistant.loaders.places import organisation_in, place_of, provinces
from assistant.loaders.title import is_number_line
from assistant.records import Block, Genre, Reading, Span

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2}|[一二][九〇零○][一二三四五六七八九〇零○]{2})(?=\s?年|-\d{1,2}-\d{1,2}|\s?[—–-]\s?20\d{2}年)"
)
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_NUMBER = re.compile(
    r"[一-龥]{1,14}\s?[〔\[［【（(]\s?((?:19|20)\d{2})\s?[〕\]］】）)]\s?(?:第\s?)?\d{1,5}\s?号"
)
_LOCAL = re.compile(r"[我本全](?:省|市|县|区|州|旗|镇|乡)(?!域|场)")
_DATE_LINE = re.compile(
    r"^[（(]?\s?([12][0-9]{3}|[一二][九〇零○O][一二三四五六七八九〇零○O]{2})\s?年"
    r"\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日?\s?[）)]?$"
)
_REVIEW = re.compile(r"总结|回顾|开展情况|完成情况|工作情况|以来工作")
_BODY_ORGAN = re.compile(
    r"(?:^|[,，。、:：])((?:[xX×*]{2,4}|[一-龥]{0,8}?)(?:省|市|县|区|州|旗)[一-龥]{0,12}?(?:局|委员会|委|厅|办公室|中心))"
    r"(?=以|在|坚持|认真|紧|深入|全面|始终|围绕|按照|立足|聚焦|牢牢|高举|把|党|积极|锚定|扎实|持续)"
)
_LEVEL = re.compile(r"^[xX×*]*(?:[一-龥]{1,8})?(?:省|市|县|区|州|旗)")
_SIGNED = re.compile(
    r"^[一-龥\s]{3,60}(?:政府|办公厅|办公室|委员会|党委|省委|市委|县委|区委|局|厅|部|国务院|总局|联合会)$"
)
_PROMULGATED = re.compile(
    r"日\s*(?:中华人民共和国)?(国务院|[一-龥]{2,14}?(?:总局|部|局|署|委员会|银行|人民政府|(?=第)))(?:第[一二三四五六七八九十]+届(人民代表大会(?:常务委员会)?)|[一-龥、]{0,12}(?:第\d+号)?令|批准|公布|发布|第\d+次)"
)
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata fields of a Document."""

    genre: Genre
    organisation: Reading | None
    place: Reading | None
    year: Reading | None
    years: tuple[int, ...]
    number: Reading | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything that metadata are read from."""

    text: str
    blocks: tuple[Block, ...]
    title: str
    origin: str
    given: Mapping[str, str]
    name: str
    genre: Genre

    def in_title(self, value: str, start: int) -> Reading:
        """A reading at `start` of the title, with its span when the title stands in one line."""
        block = next((block for block in self.blocks if block.kind == "title"), None)
        whole = block is not None and block.span.of(self.text) == self.title
        span = Span(start, start + len(value)).shifted(block.span.start) if block and whole else None
        if span is not None and span.of(self.text) != value:
            span = None
        return Reading(value, "file_name" if self.origin == "file_name" else "title", span)

    def kinds(self, *kinds: str) -> Iterator[Block]:
        """Blocks of these kinds."""
        return (block for block in self.blocks if block.kind in kinds)


def read_metadata(
    text: str, blocks: tuple[Block, ...], title: str, origin: str, given: Mapping[str, str], name: str
) -> Metadata:
    """All metadata of one text; what front matter gives wins."""
    genre = genre_of(title, blocks, text, given.get("genre", ""))
    sheet = _Sheet(text, blocks, title, origin, given, name, genre)
    number = _number(sheet)
    organisation = _organisation(sheet)
    year = _year(sheet, number)
    return Metadata(genre, organisation, _place(sheet, organisation), year, _years(sheet, year), number)


def _given(sheet: _Sheet, key: str) -> Reading | None:
    value = sheet.given.get(key, "")
    return Reading(value, "front_matter") if value else None


# -- document number ------------------------------------------------------------------------------


def _number(sheet: _Sheet) -> Reading | None:
    """发文字号: given, a line of its own near the title, or behind the title; never one cited in the text."""
    if given := _given(sheet, "number"):
        return given
    for block in sheet.blocks[:14]:
        words = block.span.of(sheet.text)
        if is_number_line(words):
            return Reading(words.strip("（()） "), "body", block.span)
        found = _NUMBER.search(words) if block.kind == "title" else None
        if found and "《" not in words[found.end() :]:
            return sheet.in_title(found.group(), found.start())
    found = _NUMBER.search(sheet.title or sheet.name)
    return Reading(found.group(), "file_name") if found and sheet.origin == "file_name" else None


# -- organisation ---------------------------------------------------------------------------------


def _organisation(sheet: _Sheet) -> Reading | None:
    if given := _given(sheet, "organisation"):
        return given
    if sheet.genre == "government-report":
        return _government(sheet)
    return (
        _titled_organisation(sheet)
        or _opening_organisation(sheet)
        or _signature(sheet)
        or _promulgator(sheet)
    )


def _government(sheet: _Sheet) -> Reading | None:
    """国务院, or the people's government of the place that title or opening name."""
    spoken = re.search(r"代表(国务院|[一-龥]{2,14}?政府)", sheet.text[:1500])
    place = place_of(re.sub(r"^\d{4}年|在.*$", "", sheet.title)) or _occasion_place(sheet)
    if spoken and (spoken[1] == "国务院" or place_of(spoken[1])):
        return Reading(spoken[1], "body", Span(*spoken.span(1)))
    if place == "全国" or "国务院" in sheet.title:
        return Reading("国务院", "title")
    return Reading(f"{place}人民政府", "title") if place else None


def _occasion_place(sheet: _Sheet) -> str:
    """The place of `——2025年1月18日在云南省第十四届人民代表大会第三次会议上`."""
    head = "\n".join(block.span.of(sheet.text) for block in sheet.blocks[:10])
    found = re.search(r"在([一-龥]{2,16}?)第[一二三四五六七八九十]+届", head)
    return place_of(found[1]) if found else ""


def _titled_organisation(sheet: _Sheet) -> Reading | None:
    """What stands before 关于, 印发 or the year in the title; the level (县, 区) is added from the opening."""
    bare = re.sub(r"^[（(][^（）()]{1,8}[）)]|^(?:19|20)\d{2}年(?:度)?", "", sheet.title)
    start = len(sheet.title) - len(bare)
    before = re.match(r"([一-龥、\s]{2,60}?)\s*(?:关于|印发|转发|实施《|(?:19|20)\d{2}年)", bare)
    if before and (_SIGNED.match(before[1]) or organisation_in(before[1]) == before[1]):
        name = before[1].strip()
    else:
        name = organisation_in(bare)
        if name and not re.match(r"\d|关于|工作|年度|[xX]{2}|$", bare[len(name) :]):
            name = ""
    if not name:
        return None
    opening = None if place_of(name) else _opening_organisation(sheet)
    level = _LEVEL.match(opening.value) if opening else None
    if level and not name.startswith(level.group()):
        return Reading(level.group() + name, "title")
    return sheet.in_title(name, start)


def _opening_organisation(sheet: _Sheet) -> Reading | None:
    """`今年以来，区科技局在……`: the subject of the first paragraphs of a summary."""
    if sheet.genre != "annual-summary":
        return None
    for block in list(sheet.kinds("paragraph"))[:3]:
        found = _BODY_ORGAN.search(block.span.of(sheet.text))
        if found:
            return Reading(found[1], "body", Span(*found.span(1)).shifted(block.span.start))
    return None


def _signature(sheet: _Sheet) -> Reading | None:
    """A body alone on a line above a date, or near the end."""
    blocks = [block for block in sheet.blocks if block.kind in ("paragraph", "metadata", "title")]
    for block, after in pairwise(blocks):
        words = block.span.of(sheet.text).strip()
        if _SIGNED.match(words) and _DATE_LINE.match(after.span.of(sheet.text)):
            spaced = all(len(part) == 1 for part in words.split())
            return Reading("".join(words.split()) if spaced else words, "body", block.span)
    return None


def _promulgator(sheet: _Sheet) -> Reading | None:
    """The body of `2006年12月19日 国务院令第481号公布`; of several lines the last one."""
    for block in reversed(list(sheet.kinds("metadata"))[:14]):
        found = _PROMULGATED.search(block.span.of(sheet.text))
        if found:
            return Reading(
                found[1] + (found[2] or ""),
                "body",
                None if found[2] else Span(*found.span(1)).shifted(block.span.start),
            )
    return None


# -- place ----------------------------------------------------------------------------------------


def _place(sheet: _Sheet, organisation: Reading | None) -> Reading | None:
    if given := _given(sheet, "place"):
        return given
    if organisation and (place := place_of(organisation.value)):
        return _located(place, organisation)
    bare = re.sub(
        r"^(?:19|20)\d{2}年(?:度)?|^关于(?:印发|转发|做好|加快|推进|推动|下达|开展)?[《]?", "", sheet.title
    )
    if place := place_of(bare):
        return sheet.in_title(place, max(0, sheet.title.find(place)))
    return _place_in_head(sheet)


def _located(place: str, organisation: Reading) -> Reading:
    span = organisation.span
    whole = span is not None and organisation.value.startswith(place)
    return Reading(
        place, organisation.origin, Span(span.start, span.start + len(place)) if span and whole else None
    )


def _place_in_head(sheet: _Sheet) -> Reading | None:
    """From the occasion, the approving body, the addressees, or the whole country's own words."""
    for block in sheet.blocks[:14]:
        words = block.span.of(sheet.text)
        if block.kind == "metadata":
            body = re.sub(r"^[—－–-]*\s?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s?(?:在)?", "", words)
            if place := place_of(re.sub(r"^(?:来源|作者)[：:]?", "", body)):
                return Reading(place, "body", block.span)
        if re.match(r"各省、自治区、直辖市|国务院各部委", words):
            return Reading("全国", "body", block.span)
    for name, full in provinces().items():
        if len(name) < 4 and name in sheet.name:
            return Reading(full, "file_name")
    national = re.search(r"我国|我們|国务院|中华人民共和国|全国|国家", sheet.text)
    return (
        Reading("全国", "body", Span(*national.span()))
        if national and not _LOCAL.search(sheet.text)
        else None
    )


# -- years ----------------------------------------------------------------------------------------


def years_in(text: str) -> list[int]:
    """The years written in `text` (2025年, 二〇二五年, 2021—2025年), in order."""
    return [int(found.group(1).translate(_CHINESE_DIGITS)) for found in _YEAR.finditer(text)]


def _year(sheet: _Sheet, number: Reading | None) -> Reading | None:
    if given := _given(sheet, "year"):
        return Reading(given.value[:4], "front_matter") if re.match(r"\d{4}", given.value) else None
    if sheet.genre == "policy":
        return _policy_year(sheet, number) or _title_year(sheet) or _name_year(sheet)
    if sheet.genre == "government-report":
        return _title_year(sheet) or _spoken_year(sheet) or _name_year(sheet) or _reviewed_year(sheet, 1)
    return _title_year(sheet) or _reviewed_year(sheet, 0) or _name_year(sheet)


def _title_year(sheet: _Sheet) -> Reading | None:
    """The year in the title; of several the one that goes with 总结 or 回顾, else the first."""
    found = list(_YEAR.finditer(sheet.title))
    if not found:
        return None
    ends = [match.start() for match in found[1:]] + [len(sheet.title)]
    reviewing = [
        match
        for match, end in zip(found, ends, strict=True)
        if _REVIEW.search(sheet.title[match.end() : end])
    ]
    chosen = (reviewing or found)[0]
    reading = sheet.in_title(chosen.group(1), chosen.start(1))
    return Reading(chosen.group(1).translate(_CHINESE_DIGITS), reading.origin, reading.span)


def _spoken_year(sheet: _Sheet) -> Reading | None:
    """The year of `——2026年1月28日在……会议上`."""
    for block in list(sheet.kinds("metadata"))[:4]:
        found = _YEAR.search(block.span.of(sheet.text))
        if found:
            span = Span(*found.span(1)).shifted(block.span.start)
            return Reading(found.group(1).translate(_CHINESE_DIGITS), "body", span)
    return None


def _reviewed_year(sheet: _Sheet, later: int) -> Reading | None:
    """The year of a main heading such as `一、2024年工作回顾`, moved by `later`."""
    for block in sheet.kinds("heading"):
        words = block.span.of(sheet.text)
        years = years_in(words)
        if years and _REVIEW.search(words):
            return Reading(str(years[-1] + later), "body", block.span)
    return None


def _policy_year(sheet: _Sheet, number: Reading | None) -> Reading | None:
    """The year of the number, of the latest date near the title, or of the signature."""
    if number and (found := _NUMBER.search(number.value)):
        return Reading(found[1], number.origin, number.span)
    version = re.search(r"[（(]((?:19|20)\d{2})-\d{2}-\d{2}[)）]", sheet.name)
    if version:
        return Reading(version[1], "file_name")
    dated = [
        (years[-1], block.span)
        for block in list(sheet.kinds("metadata"))[:14]
        if (words := block.span.of(sheet.text)) and (years := years_in(words)) and not words.endswith("施行")
    ]
    if dated:
        year, span = max(dated, key=lambda pair: pair[0])
        return Reading(str(year), "body", span)
    return _signed_year(sheet)


def _signed_year(sheet: _Sheet) -> Reading | None:
    """The year of the date under the text, of its coming into force, or the one given beside the text."""
    for block in sheet.kinds("paragraph"):
        found = _DATE_LINE.match(block.span.of(sheet.text))
        if found:
            return Reading(found[1].translate(_CHINESE_DIGITS), "body", block.span)
    forced = re.search(r"自((?:19|20)\d{2})年\d{1,2}月\d{1,2}日起(?:施行|实施|执行|生效)", sheet.text[-600:])
    if forced:
        start = max(0, len(sheet.text) - 600) + forced.start(1)
        return Reading(forced[1], "body", Span(start, start + 4))
    date = sheet.given.get("date", "")
    return Reading(date[:4], "front_matter") if re.match(r"(?:19|20)\d{2}", date) else None


def _name_year(sheet: _Sheet) -> Reading | None:
    found = _NAME_YEAR.search(sheet.name)
    return Reading(found[1], "file_name") if found else None


def _years(sheet: _Sheet, year: Reading | None) -> tuple[int, ...]:
    named = years_in(sheet.title)
    for block in sheet.kinds("heading"):
        if block.level == 1:
            named += years_in(block.span.of(sheet.text))
    own = [int(year.value)] if year else []
    before = [int(year.value) - 1] if year and sheet.genre == "government-report" else []
    return tuple(sorted(set(named + own + before)))
