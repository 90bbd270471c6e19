"""Pages that compile several reports: where one ends and the next begins, and which title is whose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.loaders.enumerators import ordinal, read_enumerator
from assistant.loaders.lines import Line, SourceText

_COMPILES = re.compile(
    r"汇编|合集|精选|[（(]\s?[\d一二三四五六七八九十]{1,3}\s?篇\s?[）)]|[\d一二三四五六七八九十]{1,3}\s?篇(?:范文)?$|范文[\d一二三四五六七八九十]{1,3}篇"
)
_COUNT = re.compile(r"[（(]\s?([\d一二三四五六七八九十]{1,3})\s?篇\s?[）)]")
_PART = re.compile(
    r"^(?:第\s?[\d一二三四五六七八九十]{1,3}\s?篇|篇[\d一二三四五六七八九十]{1,3}|【?篇[\d一二三四五六七八九十]{1,3}】?|范文[\d一二三四五六七八九十]{1,3})\s?[：:、.]?\s*"
)
_TITLE = re.compile(
    r"[一-龥×xX*]{2,24}?(?:\d{4}|[xX×]{4})年(?:度|上半年)?"
    r"[一-龥]{0,8}?(?:工作)?(?:总结|汇报|情况|报告)?(?:(?:和|及|与|暨|以及)(?:(?:\d{4}|[xX×]{4})年(?:度)?|下一年|明年|下半年))?"
    r"(?:重点)?工作(?:总结|计划|打算|安排|思路|要点|谋划|报告|汇报)(?:和(?:工作)?(?:计划|打算))?(?!汇编|合集|和|及|与|暨)"
)
_OPENING = re.compile(
    r"(?:^(?:今年以来|一年来|(?:\d{4}|[xX×]{4})年(?:以来)?[，,]|过去一年|自\d{4}年))|现(?:将|就).{0,60}(?:汇报|报告)?如下"
)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before the first report: the compilation's title, the titles announced, the text's start."""

    title: str
    titles: tuple[str, ...]
    start: int
    count: int


def split_compilation(content: SourceText) -> tuple[SourceText, ...]:
    """One content for each compiled report, its own title as its first line; the content itself if it is one.

    Only a head that says so (汇编, 4篇 …) or title lines in front of every part split a text: numbering
    that starts again inside one report does not.
    """
    head = _head(content.lines)
    if head is None:
        return (content,)
    starts = _starts(content.lines, head)
    if len(starts) < 2:
        return (content,)
    ends = [*starts[1:], len(content.lines)]
    parts = [content.lines[start:end] for start, end in zip(starts, ends, strict=True)]
    notes = [*content.notes, f"本页汇编了 {len(parts)} 篇文稿，已分开"]
    if head.count and head.count != len(parts):
        notes.append(f"标题称有 {head.count} 篇，实际分出 {len(parts)} 篇")
    titles = head.titles if len(head.titles) == len(parts) else ("",) * len(parts)
    return tuple(
        _part(content, list(lines), title, head.title, index, tuple(notes))
        for index, (lines, title) in enumerate(zip(parts, titles, strict=True), 1)
    )


def _part(
    content: SourceText, lines: list[Line], title: str, whole: str, index: int, notes: tuple[str, ...]
) -> SourceText:
    """One report: its own title line, else the announced title, else the compilation's with a number."""
    own = _PART.sub("", lines[0].text)
    if _is_title_line(lines[0].text) and own:
        lines[0] = replace(lines[0], text=own, kind="title")
    else:
        shown = title or f"{_COUNT.sub('', whole).strip()}（第{index}篇）"
        lines.insert(0, Line(shown, "title"))
    return replace(content, lines=tuple(lines), title="", notes=notes)


def _head(lines: Sequence[Line]) -> _Head | None:
    """The lines before the first report, if they say that several follow."""
    start = next(
        (
            index
            for index, line in enumerate(lines)
            if read_enumerator(line.text) is not None or (_is_opening(line) and line.kind is None)
        ),
        0,
    )
    head = lines[: max(start, 1)]
    saying = [line for line in head if _COMPILES.search(line.text) and len(line.text) < 1200]
    if not saying:
        return None
    counts = [ordinal(found[1]) for line in saying if (found := _COUNT.search(line.text))]
    titles = max((_announced(line.text) for line in head), key=len, default=())
    return _Head(saying[0].text, titles, start, counts[0] if counts else 0)


def _announced(text: str) -> tuple[str, ...]:
    """The titles that one line strings together; the compilation's own title is not among them."""
    return tuple(found.group() for found in _TITLE.finditer(text))


def _is_opening(line: Line) -> bool:
    return len(line.text) >= 40 and _OPENING.search(line.text) is not None and not _COMPILES.search(line.text)


def _is_title_line(text: str) -> bool:
    return len(text) <= 60 and (_PART.match(text) is not None or _TITLE.fullmatch(text) is not None)


def _starts(lines: Sequence[Line], head: _Head) -> list[int]:
    """Where each report begins: title lines if every part has one, else where 一、 starts again."""
    titled = [
        index
        for index, line in enumerate(lines)
        if _is_title_line(line.text) and (index > 0 or not _COMPILES.search(line.text))
    ]
    if len(titled) > 1 and (not head.count or len(titled) == head.count):
        return titled
    firsts = [index for index, line in enumerate(lines) if _is_first(line)]
    if not firsts:
        return []
    return [
        head.start,
        *(_opening_before(lines, at, before) for before, at in pairwise(firsts)),
    ]


def _is_first(line: Line) -> bool:
    found = read_enumerator(line.text)
    return (
        found is not None
        and (found.level, found.ordinal, found.series) == (1, 1, "level")
        and len(line.text) < 60
    )


def _opening_before(lines: Sequence[Line], first: int, before: int) -> int:
    """The start of the opening above `一、`: its title, the widest gap, an opening sentence, or one paragraph."""
    top = first
    while top - 1 > before and read_enumerator(lines[top - 1].text) is None and first - top < 6:
        top -= 1
    candidates = range(top, first)
    if not candidates:
        return first
    for index in candidates:
        if _is_title_line(lines[index].text):
            return index
    widest = max(lines[index].gap for index in candidates)
    apart = [index for index in candidates if lines[index].gap == widest]
    if widest > min(lines[index].gap for index in range(before, first)) and len(apart) == 1:
        return apart[0]
    opening = [index for index in candidates if _is_opening(lines[index])]
    return opening[0] if opening else first - 1
