"""Which part of an official text each paragraph of a Word file is: title, headings, text, signature and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.export.numbering import heading_end
from assistant.loaders.enumerators import read_enumerator

PartKind = Literal[
    "title",
    "heading1",
    "heading2",
    "heading3",
    "heading4",
    "body",
    "addressee",
    "attachment",
    "signature",
    "date",
]
Part = tuple[PartKind | None, int]  # with where a heading that runs in ends, else 0; `None` is not judged
_HEADINGS: tuple[PartKind, ...] = ("heading1", "heading2", "heading3", "heading4")
_HEAD = re.compile(
    r"^(?:\d{6}|No[.．]?\s*\d+|(?:绝密|机密|秘密|内部)\S{0,8}|特提|特急|加急|平急"
    r"|\S{1,12}〔\d{4}〕\s?\d+\s?号.{0,30}|签发人[:：].{0,20})$"
)
_RECORD = re.compile(r"^(?:抄送|分送|主题词)[:：]|印发$|^（共印\d+份）$")
_DATE = re.compile(
    r"^[(（]?[\d〇○零一二三四五六七八九]{2,4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日[)）]?$"
)
_ATTACHMENT = re.compile(r"^附\s?件\s?[:：]")
_ATTACHED = re.compile(r"^附\s?(?:件|表|录)\s?[\d一二三四五六七八九十]{0,3}$")
_CONTENTS = re.compile(r"^(?:toc|目录)\s?\d$|^目\s*录$", re.I)
_TITLE = re.compile(r"^(?:title|标题|subtitle|副标题)$", re.I)
_LONGEST_HEADING = 50
_FIRST_TEXT = 40


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a paragraph before its part is: words, style, alignment, outline level, size, colour."""

    text: str
    style: str
    align: str
    outline: int | None
    size: float
    colour: str


def parts_of_text(paragraphs: Sequence[Told]) -> list[Part]:
    """The part of each paragraph. What the standard says nothing about, and attached texts, is not judged."""
    parts: list[Part] = [(None, 0)] * len(paragraphs)
    start = _opening(paragraphs, parts)
    end = next(
        (at for at in range(start, len(paragraphs)) if _ATTACHED.match(paragraphs[at].text)), len(paragraphs)
    )
    end = _closing(paragraphs, parts, start, end)
    listed = False
    for at in range(start, end):
        told = paragraphs[at]
        listed = bool(_ATTACHMENT.match(told.text)) or (listed and told.text[:1].isdecimal())
        if parts[at][0] is None:
            parts[at] = ("attachment", 0) if listed else _part(told)
    return parts


def _opening(paragraphs: Sequence[Told], parts: list[Part]) -> int:
    """Mark title and 主送机关; returns where the text begins."""
    start = next((at for at, told in enumerate(paragraphs) if _is_text(told)), min(len(paragraphs), 1))
    head = [at for at in range(start) if not _is_head(paragraphs[at])]
    styled = [at for at in head if _TITLE.match(paragraphs[at].style)]
    largest = max((paragraphs[at].size for at in head), default=0.0)
    titles = styled or [at for at in head if paragraphs[at].size == largest]
    for at in titles:
        parts[at] = ("title", 0)
    if titles and start < len(paragraphs) and _is_addressee(paragraphs[start]):
        parts[start] = ("addressee", 0)
        start += 1
    return start


def _is_text(told: Told) -> bool:
    """Whether the text has begun: a numbered heading, 主送机关, or a long or whole sentence."""
    if _is_head(told) or _CONTENTS.match(told.style) or _TITLE.match(told.style):
        return False
    found = read_enumerator(told.text)
    numbered = found is not None and found.series == "level" and told.align != "center"
    return (
        numbered
        or told.text.endswith(("。", "：", ":"))
        or len(told.text) > _FIRST_TEXT + 20 * (told.align == "center")
    )


def _is_head(told: Told) -> bool:
    """版头: red, or one of its elements."""
    return _is_red(told.colour) or _HEAD.match(told.text) is not None


def _is_red(colour: str) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red > 0xB0 and green < 0x50 and blue < 0x50


def _is_addressee(told: Told) -> bool:
    return (
        told.text.endswith(("：", ":"))
        and len(told.text) <= 120
        and read_enumerator(told.text) is None
        and "。" not in told.text
    )


def _closing(paragraphs: Sequence[Told], parts: list[Part], start: int, end: int) -> int:
    """Mark the date and the name above it; returns where the text ends."""
    while end > start and _RECORD.search(paragraphs[end - 1].text):
        end -= 1
    if end > start and paragraphs[end - 1].text[:1] in "（(" and paragraphs[end - 1].text[-1] in "）)":
        end -= 1  # 附注
    if end <= start or not _DATE.match(paragraphs[end - 1].text):
        return end
    end -= 1
    parts[end] = ("date", 0)
    while (
        end > start
        and len(paragraphs[end - 1].text) <= 25
        and not re.search(r"[，。；：]", paragraphs[end - 1].text)
    ):
        if read_enumerator(paragraphs[end - 1].text):
            break
        end -= 1
        parts[end] = ("signature", 0)
    return end


def _part(told: Told) -> Part:
    if _CONTENTS.match(told.style) or told.align == "center":
        return None, 0
    heading = heading_end(told.text)
    if heading:
        level, end = heading
        return _HEADINGS[level - 1], end if end < len(told.text) else 0
    outlined = told.outline is not None and told.outline < len(_HEADINGS)
    if outlined and len(told.text) <= _LONGEST_HEADING and read_enumerator(told.text) is None:
        return _HEADINGS[told.outline or 0], 0
    return "body", 0
