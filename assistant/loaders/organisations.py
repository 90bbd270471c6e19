"""Which organisation a text comes from and which place it is about, with where that was read."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.loaders.about import About
from assistant.loaders.places import organisation_in, place_of, provinces
from assistant.records import Reading, Span

_LOCAL = re.compile(r"[我本全](?:省|市|县|区|州|旗|镇|乡)(?!域|场)")
_DATE_LINE = re.compile(
    r"^[（(]?\s?([12][0-9]{3}|[一二][九〇零○O][一二三四五六七八九〇零○O]{2})\s?年"
    r"\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日?\s?[）)]?$"
)
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


def organisation_of(about: About) -> Reading | None:
    """The organisation: given, in the title, the subject of the opening, the signature, or who promulgated it."""
    if given := about.front_matter("organisation"):
        return given
    if about.genre == "government-report":
        return _government(about)
    return (
        _titled_organisation(about)
        or _opening_organisation(about)
        or _signature(about)
        or _promulgator(about)
    )


def _government(about: About) -> Reading | None:
    """国务院, or the people's government of the place that title or opening name."""
    spoken = re.search(r"代表(国务院|[一-龥]{2,14}?政府)", about.text[:1500])
    place = place_of(re.sub(r"^\d{4}年|在.*$", "", about.title)) or _occasion_place(about)
    if spoken and (spoken[1] == "国务院" or place_of(spoken[1])):
        return Reading(spoken[1], "body", Span(*spoken.span(1)))
    if place == "全国" or "国务院" in about.title:
        return Reading("国务院", "title")
    return Reading(f"{place}人民政府", "title") if place else None


def _occasion_place(about: About) -> str:
    """The place of `——2025年1月18日在云南省第十四届人民代表大会第三次会议上`."""
    head = "\n".join(block.span.of(about.text) for block in about.blocks[:10])
    found = re.search(r"在([一-龥]{2,16}?)第[一二三四五六七八九十]+届", head)
    return place_of(found[1]) if found else ""


def _titled_organisation(about: About) -> Reading | None:
    """What stands before 关于, 印发 or the year in the title; the level (县, 区) is added from the opening."""
    bare = re.sub(r"^[（(][^（）()]{1,8}[）)]|^(?:19|20)\d{2}年(?:度)?", "", about.title)
    start = len(about.title) - len(bare)
    before = re.match(r"([一-龥、\s]{2,60}?)\s*(?:关于|印发|转发|实施《|(?:19|20)\d{2}年)", bare)
    if before and (_SIGNED.match(before[1]) or organisation_in(before[1]) == before[1]):
        name = before[1].strip()
    else:
        name = organisation_in(bare)
        if name and not re.match(r"\d|关于|工作|年度|[xX]{2}|$", bare[len(name) :]):
            name = ""
    if not name:
        return None
    opening = None if place_of(name) else _opening_organisation(about)
    level = _LEVEL.match(opening.value) if opening else None
    if level and not name.startswith(level.group()):
        return Reading(level.group() + name, "title")
    return about.in_title(name, start)


def _opening_organisation(about: About) -> Reading | None:
    """`今年以来，区科技局在……`: the subject of the first paragraphs of a summary."""
    if about.genre != "annual-summary":
        return None
    for block in list(about.kinds("paragraph"))[:3]:
        found = _BODY_ORGAN.search(block.span.of(about.text))
        if found:
            return Reading(found[1], "body", Span(*found.span(1)).shifted(block.span.start))
    return None


def _signature(about: About) -> Reading | None:
    """A body alone on a line above a date, or near the end."""
    blocks = [block for block in about.blocks if block.kind in ("paragraph", "metadata", "title")]
    for block, after in pairwise(blocks):
        words = block.span.of(about.text).strip()
        if _SIGNED.match(words) and _DATE_LINE.match(after.span.of(about.text)):
            spaced = all(len(part) == 1 for part in words.split())
            return Reading("".join(words.split()) if spaced else words, "body", block.span)
    return None


def _promulgator(about: About) -> Reading | None:
    """The body of `2006年12月19日 国务院令第481号公布`; of several lines the last one."""
    for block in reversed(list(about.kinds("metadata"))[:14]):
        found = _PROMULGATED.search(block.span.of(about.text))
        if found:
            return Reading(
                found[1] + (found[2] or ""),
                "body",
                None if found[2] else Span(*found.span(1)).shifted(block.span.start),
            )
    return None


def place_read(about: About, organisation: Reading | None) -> Reading | None:
    """The place: given, the organisation's, the title's, or what the first lines tell."""
    if given := about.front_matter("place"):
        return given
    if organisation and (place := place_of(organisation.value)):
        return _located(place, organisation)
    bare = re.sub(
        r"^(?:19|20)\d{2}年(?:度)?|^关于(?:印发|转发|做好|加快|推进|推动|下达|开展)?[《]?", "", about.title
    )
    if place := place_of(bare):
        return about.in_title(place, max(0, about.title.find(place)))
    return _place_in_head(about)


def _located(place: str, organisation: Reading) -> Reading:
    span = organisation.span
    whole = span is not None and organisation.value.startswith(place)
    return Reading(
        place, organisation.origin, Span(span.start, span.start + len(place)) if span and whole else None
    )


def _place_in_head(about: About) -> Reading | None:
    """From the occasion, the approving body, the addressees, or the whole country's own words."""
    for block in about.blocks[:14]:
        words = block.span.of(about.text)
        if block.kind == "metadata":
            body = re.sub(r"^[—－–-]*\s?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s?(?:在)?", "", words)
            if place := place_of(re.sub(r"^(?:来源|作者)[：:]?", "", body)):
                return Reading(place, "body", block.span)
        if re.match(r"各省、自治区、直辖市|国务院各部委", words):
            return Reading("全国", "body", block.span)
    for name, full in provinces().items():
        if len(name) < 4 and name in about.name:
            return Reading(full, "file_name")
    national = re.search(r"我国|我們|国务院|中华人民共和国|全国|国家", about.text)
    return (
        Reading("全国", "body", Span(*national.span()))
        if national and not _LOCAL.search(about.text)
        else None
    )
