"""Headings and bullets of a facts file in their order, and where a fact of a known heading goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.records import Span

LEVELS = (
    (re.compile(r"^[一二三四五六七八九十]{1,3}、"), 1),
    (re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"), 2),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A heading row; `level` 1 is 一、, 2 is （一）, 3 below."""

    text: str
    level: int
    place: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """A fact row, without its bullet and closing punctuation."""

    text: str
    place: str
    span: Span | None = None
    recognised: bool = False


@dataclass(slots=True)
class Rows:
    """What a facts file holds: `meta` (title, organisation, year, genre, place) and `body` in file order.

    `notes` tell in Chinese what of it could not be used.
    """

    meta: dict[str, str] = field(default_factory=dict)
    body: list[Head | Bullet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, text: str, place: str, start: int | None = None, recognised: bool = False) -> None:
        """One bullet; blank text is passed over. `start` is where `text` begins in the file's text."""
        kept = text.strip().rstrip("；;。，, 　")
        if not kept:
            return
        span = None
        if start is not None:
            begin = start + text.index(kept)
            span = Span(begin, begin + len(kept))
        self.body.append(Bullet(re.sub(r"\s*\n\s*", "", kept), place, span, recognised))


def slot(rows: Rows, section: str, subsection: str) -> int:
    """Where a table's next fact of this section goes, also when the table comes back to a section later.

    Headings that are not there yet are opened; a fact without any goes to the end.
    """
    if not section and not subsection:
        return len(rows.body)
    tops = [number for number, row in enumerate(rows.body) if isinstance(row, Head) and row.level == 1]
    begin, end = (0 if section or not tops else tops[-1] + 1), len(rows.body)
    for heading, usual in ((section, 1), (subsection, 2)):
        if not heading:
            continue
        head = Head(heading, next((found for pattern, found in LEVELS if pattern.match(heading)), usual), "")
        at = _standing(rows, head, begin, end)
        if at == end:
            rows.body.insert(at, head)
            end += 1
        begin = at + 1
        end = next((number for number in range(begin, end) if _closes(rows.body[number], head)), end)
    while begin < len(rows.body) and isinstance(rows.body[begin], Bullet):
        begin += 1
    return begin


def _standing(rows: Rows, head: Head, begin: int, end: int) -> int:
    """Where a heading of this name stands between `begin` and `end`, numbered or not; `end` when nowhere."""
    for number in range(begin, end):
        row = rows.body[number]
        if isinstance(row, Head) and _name(row.text) == _name(head.text):
            return number
    return end


def _name(heading: str) -> str:
    return next(
        (pattern.sub("", heading) for pattern, _ in LEVELS if pattern.match(heading)), heading
    ).strip()


def _closes(row: Head | Bullet, head: Head) -> bool:
    return isinstance(row, Head) and row.level <= head.level
