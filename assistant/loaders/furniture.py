"""Web furniture around a text: navigation, source lines, recommendations, footers. What goes is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.loaders.enumerators import read_enumerator
from assistant.loaders.lines import Line, SourceText

_SHORT = 16
_BODY = 40
_PROVEN = 2
_CONTENTS = re.compile(r"^[^。；]{1,80}?(?:\s*[.．·…⋯]\s*){4,}\s*[\divxIVX]{0,4}$")


def remove_furniture(content: SourceText) -> SourceText:
    """The content without furniture, when it comes from a web page or reads like one saved as text.

    A text counts as a web page when the format says so, or one sure line or two others prove it.
    """
    lines = content.lines
    signs = sum(_PROVEN * _is(("sure",), line.text) or _is(("sign",), line.text) for line in lines)
    if not content.web and signs < _PROVEN:
        return content
    first, last = _body_range(lines)
    kept = [line for index, line in enumerate(lines) if not _goes(lines, index, first, last)]
    removed = len(lines) - len(kept)
    if not removed or not kept:
        return content
    note = f"已去除网页杂项 {removed} 行（导航、来源、推荐等）"
    return replace(content, lines=tuple(kept), notes=(*content.notes, note))


def remove_contents(content: SourceText) -> SourceText:
    """The content without a table of contents: at least three lines of dots that lead to a page number."""
    entries = [line for line in content.lines if _CONTENTS.match(line.text)]
    if len(entries) < 3:
        return content
    dropped = {id(line) for line in entries} | {
        id(line) for line in content.lines if re.fullmatch(r"目\s*[录次]", line.text)
    }
    kept = tuple(line for line in content.lines if id(line) not in dropped)
    note = f"目录 {len(dropped)} 行未读入"
    return replace(content, lines=kept, notes=(*content.notes, note)) if kept else content


def _goes(lines: Sequence[Line], index: int, first: int, last: int) -> bool:
    line = lines[index]
    if line.kind in ("title", "table", "footnote"):
        return False
    if _is(("sure", "sign", "any"), line.text):
        return True
    if index < first:
        return _is(("head",), line.text) or _is_navigation(lines, index, first)
    return index > last and _is(("tail", "head"), line.text)


def _is_navigation(lines: Sequence[Line], index: int, first: int) -> bool:
    """One of at least three short list items in a row before the text, or a line that strings such words."""
    line = lines[index]
    if len(line.text.split()) >= 6 and all(len(word) <= _SHORT for word in line.text.split()):
        return True
    if line.kind != "list_item":
        return False
    start = index
    while start and lines[start - 1].kind == "list_item":
        start -= 1
    end = index
    while end + 1 < first and lines[end + 1].kind == "list_item":
        end += 1
    return end - start >= 2


def _body_range(lines: Sequence[Line]) -> tuple[int, int]:
    """The first and last line that belong to a text: long, or an enumerated heading, and no furniture."""
    body = [
        index
        for index, line in enumerate(lines)
        if line.kind != "list_item"
        and not _is(("sure", "sign", "any", "head", "tail"), line.text)
        and (len(line.text) >= _BODY or line.kind == "table" or read_enumerator(line.text) is not None)
        and not _strings_words(line.text)
    ]
    return (body[0], body[-1]) if body else (0, len(lines) - 1)


def _strings_words(text: str) -> bool:
    words = text.split()
    return len(words) >= 6 and all(len(word) <= _SHORT for word in words)


def _is(zones: tuple[str, ...], text: str) -> bool:
    return len(text) <= 400 and any(
        pattern.fullmatch(text) for zone in zones for pattern in _patterns()[zone]
    )


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    rows = files("assistant.loaders").joinpath("data/furniture.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t", 1) for row in rows if row and not row.startswith("#")]
    return {
        zone: tuple(re.compile(pattern, re.I) for own, pattern in pairs if own == zone)
        for zone in ("sure", "sign", "any", "head", "tail")
    }
