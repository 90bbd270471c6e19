"""Where a measured file differs from the standard, or from an office's own style: item, clause, both values, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.errors import Said
from assistant.export import gbt9704
from assistant.export.deviation import (
    SIZE_TOLERANCE,
    Deviation,
    align_said,
    indents,
    millimetres,
    odd_ones,
    say,
    short,
    side_said,
    size_said,
    typed,
)
from assistant.export.measured import MeasuredFile, MeasuredParagraph, NumberForm
from assistant.export.numbering import mark_of
from assistant.export.parts_of_text import PartKind
from assistant.export.style import WordStyle
from assistant.export.typefaces import family

MARGIN_TOLERANCE_MM = 1.0  # 5.2.1 itself allows a millimetre
_PITCH_TOLERANCE = 0.3  # points
_MM = 25.4 / 72  # a point
_BLACK = ("auto", "000000", "")
_END_SIGNS = "。；，、.;,"


def compare(measured: MeasuredFile, style: WordStyle) -> tuple[Deviation, ...]:
    """All differences that the file itself tells, in the order of the standard."""
    return (
        *_page(measured, style),
        *_text(measured, style),
        *_title(measured, style),
        *_headings(measured, style),
        *_frame(measured),
        *_numbers(measured, style),
    )


def unmeasured(measured: MeasuredFile) -> tuple[Said, ...]:
    """What could not be judged, and why."""
    wanted: tuple[PartKind, ...] = ("title", "heading1", "body", "signature", "date")
    lacking = [part for part in wanted if not measured.of(part)]
    found = [say("unmeasured.part", part=say(f"part.{part}")) for part in lacking]
    if any(one.pitch is None for one in measured.of("body")):
        found.append(say("unmeasured.pitch"))
    if measured.left_out:
        found.append(say("unmeasured.left_out", count=measured.left_out))
    return tuple(found)


# -- page and text --------------------------------------------------------------------------------


def _page(measured: MeasuredFile, style: WordStyle) -> Iterator[Deviation]:
    """5.1, 5.2.1: paper and margins of each section that differs."""
    whole = say("place.whole")
    for page in measured.pages:
        sides = sorted((page.width, page.height))
        if abs(sides[0] - gbt9704.PAGE_WIDTH_MM) > 1 or abs(sides[1] - gbt9704.PAGE_HEIGHT_MM) > 1:
            found = say("said.paper_found", width=short(page.width), height=short(page.height))
            yield Deviation("page.size", "5.1", say("said.paper"), found, whole)
        for side in ("top", "bottom", "left", "right"):
            wanted, given = getattr(style, side), getattr(page, side)
            if abs(wanted - given) > MARGIN_TOLERANCE_MM + 0.05:
                yield Deviation(f"page.{side}", "5.2.1", millimetres(wanted), millimetres(given), whole)


def _text(measured: MeasuredFile, style: WordStyle) -> Iterator[Deviation]:
    """5.2.2 to 5.2.4 and 7.3.3: type, lines a page, characters a line, colour, indent."""
    body = measured.of("body")
    yield from typed("body", "5.2.2", body, style.body)
    yield from odd_ones(
        "body.pitch", "5.2.3", body, lambda one: _pitch_fits(one, style), _pitch, _exact(style)
    )
    yield from odd_ones(
        "page.characters",
        "5.2.3",
        [one for one in body if abs(one.run.size - style.body.size) <= SIZE_TOLERANCE],
        lambda one: _characters(one) == characters_wanted(style),
        lambda one: say("said.characters", value=_characters(one)),
        say("said.characters", value=characters_wanted(style)),
    )
    everything = [one for one in measured.paragraphs if one.part != "title"]
    yield from odd_ones(
        "body.colour",
        "5.2.4",
        everything,
        lambda one: one.run.colour in _BLACK,
        lambda one: say("said.colour", value=one.run.colour),
        say("said.black"),
    )
    indented = [one for one in body if one.form.align != "right"]
    yield from indents("body.indent", "7.3.3", indented, gbt9704.FIRST_LINE_CHARACTERS)
    if style.name:
        yield from _latin(body, style)


def _latin(body: Sequence[MeasuredParagraph], style: WordStyle) -> Iterator[Deviation]:
    """The office's font of digits; the standard leaves it open."""
    wanted = style.body.latin or style.body.font
    yield from odd_ones(
        "body.latin",
        "",
        body,
        lambda one: not one.run.latin or family(one.run.latin) == family(wanted),
        lambda one: Said(one.run.latin, one.run.latin),
        Said(wanted, wanted),
    )


def _pitch_fits(one: MeasuredParagraph, style: WordStyle) -> bool:
    """Whether the same number of lines stands on a page; a pitch that hangs on the font is no fixed number."""
    if one.pitch is None:
        return False
    if abs(one.pitch - style.pitch) <= _PITCH_TOLERANCE:
        return True
    height = (gbt9704.PAGE_HEIGHT_MM - style.top - style.bottom) / _MM
    return not style.name and one.pitch > 0 and int(height / one.pitch + 0.02) == gbt9704.LINES


def _characters(one: MeasuredParagraph) -> int:
    return int((one.page.width - one.page.left - one.page.right) / _MM / max(one.advance, 1.0) + 0.06)


def characters_wanted(style: WordStyle) -> int:
    """Full-width characters in a line of the style's text."""
    return int(style.width_mm / _MM / gbt9704.advance_pt(style.body) + 0.06)


def _pitch(one: MeasuredParagraph) -> Said:
    if one.form.rule == "auto" and one.pitch is None:
        return say("said.times", value=short(one.form.line))
    key = "said.at_least" if one.form.rule == "atLeast" else "said.exact"
    return say(key, value=short(one.pitch if one.pitch is not None else one.form.line))


def _exact(style: WordStyle) -> Said:
    return say("said.exact", value=short(style.pitch))


# -- title, headings, what stands around the text ---------------------------------------------------


def _title(measured: MeasuredFile, style: WordStyle) -> Iterator[Deviation]:
    titles = measured.of("title")
    yield from typed("title", "7.3.1", titles, style.title)
    yield from odd_ones(
        "title.align", "7.3.1", titles, lambda one: one.form.align == "center", align_said, say("said.center")
    )


def _headings(measured: MeasuredFile, style: WordStyle) -> Iterator[Deviation]:
    parts: tuple[PartKind, ...] = ("heading1", "heading2", "heading3", "heading4")
    everything: list[MeasuredParagraph] = []
    for level, part in enumerate(parts, 1):
        found = measured.of(part)
        yield from typed(part, "7.3.3", found, style.heading(level))
        everything += found
    yield from indents("heading.indent", "7.3.3", everything, gbt9704.FIRST_LINE_CHARACTERS)
    counted = [one for one in everything if mark_of(one.text)]
    wanted = Said(" ".join(style.marks), " ".join(style.marks))
    yield from odd_ones(
        "heading.marks", "7.3.3", counted, lambda one: _mark(one) in style.marks, _mark_said, wanted
    )


def _mark(one: MeasuredParagraph) -> str:
    found = mark_of(one.text)
    return found[1] if found else ""


def _mark_said(one: MeasuredParagraph) -> Said:
    return Said(_mark(one), _mark(one))


def _frame(measured: MeasuredFile) -> Iterator[Deviation]:
    """7.3.2, 7.3.4, 7.3.5: 主送机关, 附件说明, signature and date."""
    yield from indents("addressee.indent", "7.3.2", measured.of("addressee"), 0)
    attachments = measured.of("attachment")
    yield from odd_ones(
        "attachment.end",
        "7.3.4",
        attachments,
        lambda one: one.text[-1] not in _END_SIGNS,
        lambda one: Said(one.text[-1], one.text[-1]),
        say("said.no_sign"),
    )
    for part in ("signature", "date"):
        rows = measured.of("signature" if part == "signature" else "date")
        yield from odd_ones(
            f"{part}.align", "7.3.5", rows, lambda one: _is_right(one), align_said, say("said.right")
        )
    yield from odd_ones(
        "date.form",
        "7.3.5.4",
        measured.of("date"),
        lambda one: re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", one.text) is not None,
        lambda one: Said(one.text, one.text),
        say("said.date"),
    )


def _is_right(one: MeasuredParagraph) -> bool:
    """Right-aligned, or pushed to the right half by indents or blanks as many offices do."""
    own = one.form.left_chars
    pushed = (one.form.left / one.run.size if own is None else own) + one.first_characters
    return one.form.align == "right" or pushed >= gbt9704.CHARACTERS / 3


# -- page numbers -----------------------------------------------------------------------------------


def _numbers(measured: MeasuredFile, style: WordStyle) -> Iterator[Deviation]:
    """7.5, as far as the file tells; where the number really stands is measured on the page."""
    whole = say("place.whole")
    if not measured.numbers:
        yield Deviation("number.missing", "7.5", say("said.with_dashes"), say("said.none"), whole)
        return
    first = measured.numbers[0]
    if family(first.run.east) != family(style.page_number.font) and family(first.run.latin) != family(
        style.page_number.font
    ):
        found = first.run.east or first.run.latin
        named = Said(found, found) if found else say("said.unnamed")
        yield Deviation(
            "number.font", "7.5", Said(style.page_number.font, style.page_number.font), named, whole
        )
    if abs(first.run.size - style.page_number.size) > SIZE_TOLERANCE:
        yield Deviation(
            "number.size", "7.5", size_said(style.page_number.size), size_said(first.run.size), whole
        )
    if not first.dashes:
        yield Deviation("number.dashes", "7.5", say("said.with_dashes"), say("said.without_dashes"), whole)
    yield from _sides(measured, {one.pages: one for one in measured.numbers})


def _sides(measured: MeasuredFile, numbers: dict[str, NumberForm]) -> Iterator[Deviation]:
    whole = say("place.whole")
    odd = numbers.get("default") or next(iter(numbers.values()))
    even = numbers.get("even") if measured.odd_and_even else odd
    if odd.side not in ("right", "outside"):
        yield Deviation("number.odd", "7.5", say("said.right"), side_said(odd.side), whole)
    if even is None:
        yield Deviation("number.even", "7.5", say("said.left"), say("said.none"), whole)
    elif even.side not in ("left", "outside"):
        yield Deviation("number.even", "7.5", say("said.left"), side_said(even.side), whole)
