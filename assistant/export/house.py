"""An office's own style, learned from one of its files on top of the standard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.export import gbt9704
from assistant.export.deviation import most
from assistant.export.gbt9704 import Type
from assistant.export.measured import MeasuredFile, MeasuredParagraph
from assistant.export.numbering import learned_marks
from assistant.export.parts_of_text import PartKind
from assistant.export.style import STANDARD, WordStyle
from assistant.export.typefaces import family

_LEAST_PITCH, _MOST_PITCH = 12.0, 60.0  # points; what lies outside is no pitch of a text
_MM = 25.4 / 72  # a point


def learn(measured: MeasuredFile) -> WordStyle:
    """The standard with the office's margins, types, pitch and numbering where most of the file has others.

    What the file does not show (a level it has no heading of, a pitch that hangs on the font) stays the
    standard's. Mere slips, which most paragraphs do not share, are not learned.
    """
    body = measured.of("body")
    page = most(one.page for one in body) or measured.pages[0]
    body_type = _type(body, STANDARD.body)
    headings = (_type(measured.of(part), kind) for part, kind in zip(_LEVELS, STANDARD.headings, strict=True))
    spacing = body_type.spacing
    counted = [one.text for part in _LEVELS for one in measured.of(part)]
    return WordStyle(
        name=measured.name,
        top=round(page.top, 1),
        bottom=round(page.bottom, 1),
        left=round(page.left, 1),
        right=round(page.right, 1),
        title=replace(_type(measured.of("title"), STANDARD.title), spacing=spacing),
        headings=tuple(replace(kind, spacing=spacing) for kind in headings),
        body=body_type,
        page_number=_number(measured),
        pitch=_pitch(body),
        marks=learned_marks(counted),
    )


_LEVELS: tuple[PartKind, ...] = ("heading1", "heading2", "heading3", "heading4")


def _type(rows: Sequence[MeasuredParagraph], standard: Type) -> Type:
    """What most of the paragraphs have; the font's name as the office writes it."""
    if not rows:
        return standard

    def usual(value: Callable[[MeasuredParagraph], str]) -> str:
        return most(found for one in rows if (found := value(one))) or ""

    font = usual(lambda one: one.run.east) or standard.font
    latin = usual(lambda one: one.run.latin)
    size = most(one.run.size for one in rows) or standard.size
    same = family(font) == family(standard.font)
    return Type(
        font=font,
        fallback=standard.fallback if same else family(font),
        size=size,
        bold=most(one.run.bold for one in rows) or False,
        latin="" if family(latin) == family(font) else latin,
        spacing=_spacing(rows, size),
    )


def _spacing(rows: Sequence[MeasuredParagraph], size: float) -> float:
    """What a character gains, by its own spacing or by the grid.

    Where that leaves 27 characters in the standard's width, it is the standard's: 16 pt without a grid.
    """
    gains = most(round(one.advance - one.run.size, 2) for one in rows) or 0.0
    width = most(round((one.page.width - one.page.left - one.page.right) / _MM) for one in rows) or 0
    standard_width = round(gbt9704.TYPE_AREA_WIDTH_MM / _MM)
    plain = gains == 0 and size == STANDARD.body.size and abs(width - standard_width) <= 3
    return gbt9704.CHARACTER_SPACING_PT if plain else gains


def _pitch(rows: Sequence[MeasuredParagraph]) -> float:
    found = most(
        round(one.pitch, 2) for one in rows if one.pitch and _LEAST_PITCH <= one.pitch <= _MOST_PITCH
    )
    return found or gbt9704.LINE_PITCH_PT


def _number(measured: MeasuredFile) -> Type:
    """The page number's type; its place is always the standard's."""
    if not measured.numbers:
        return STANDARD.page_number
    run = measured.numbers[0].run
    font = run.east if family(run.latin) != family(gbt9704.PAGE_NUMBER.font) else gbt9704.PAGE_NUMBER.font
    return replace(STANDARD.page_number, font=font or gbt9704.PAGE_NUMBER.font, size=run.size)
