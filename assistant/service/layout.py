"""Whether a Word file has the layout of GB/T 9704-2012, or that of an office's own file on top of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import FileRefused, FileUnreadable, InputError, Said
from assistant.export import gbt9704
from assistant.export.deviation import Deviation, millimetres, say
from assistant.export.deviations import characters_wanted, compare, unmeasured
from assistant.export.house import learn
from assistant.export.measured import MeasuredFile, measure_file
from assistant.export.rendering import MeasuredPages, PageNumberPlace, as_pdf, measure_pages, page_count
from assistant.export.style import STANDARD, WordStyle
from assistant.export.typefaces import names_of
from assistant.loaders.office import office_program

_EDGE_TOLERANCE_MM = 1.5
_NUMBER_TOLERANCE_MM = 2.0
_MM = 25.4 / 72  # a point


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found. `house` are the differences of the office's own file from the standard, which count not.

    `pages` is what was measured on the rendered pages, `None` where there are none; `unmeasured` tells what
    was not judged and why, missing fonts and what stood in for them among it.
    """

    name: str
    deviations: tuple[Deviation, ...]
    unmeasured: tuple[Said, ...]
    paragraphs: int
    pages: MeasuredPages | None = None
    like: str = ""
    house: tuple[Deviation, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing differs."""
        return not self.deviations


def measure(path: Path, *, like: Path | None = None, render: bool = True) -> Layout:
    """Measure a .docx against the standard, or against what the office's file `like` makes of it.

    The file is read (styles, defaults and theme included), and rendered by LibreOffice where that is
    installed and `render` is set.

    Raises:
        ExportError: one of the files is no sound Word file.
    """
    style, house = house_style(like) if like else (STANDARD, ())
    read = measure_file(path)
    deviations, notes = compare(read, style), unmeasured(read)
    pages, lacking = _pages(path, read) if render else (None, (say("unmeasured.not_asked"),))
    if pages:
        deviations += tuple(_on_pages(pages, style, read, {one.item for one in deviations}))
    return Layout(
        path.name,
        deviations,
        (*notes, *lacking),
        len(read.paragraphs),
        pages,
        like.name if like else "",
        house,
    )


def house_style(like: Path) -> tuple[WordStyle, tuple[Deviation, ...]]:
    """An office's style learned from one of its files, and where it differs from the standard.

    Raises:
        ExportError: it is no sound Word file.
    """
    read = measure_file(like)
    return learn(read), compare(read, STANDARD)


def count_pages(path: Path) -> int | None:
    """How many pages a Word file has; `None` where LibreOffice is not installed or cannot open it."""
    if not office_program():
        return None
    try:
        return page_count(as_pdf(path))
    except InputError:
        return None


def _pages(path: Path, read: MeasuredFile) -> tuple[MeasuredPages | None, tuple[Said, ...]]:
    """The measured pages, and what about them could not be told."""
    if not office_program():
        return None, (say("unmeasured.no_office"),)
    try:
        pages = measure_pages(as_pdf(path), bottom=read.pages[-1].bottom)
    except (FileRefused, FileUnreadable) as error:
        reason = error.details.get("reason")
        return None, (say("unmeasured.failed", reason=reason),)
    notes = []
    if pages.lines is None:
        notes.append(say("unmeasured.short"))
    if _on_grid(read):
        notes.append(say("unmeasured.grid"))
    elif pages.characters is None:
        notes.append(say("unmeasured.no_rows"))
    if pages.measured < pages.count:
        notes.append(say("unmeasured.pages", count=pages.measured))
    missing = missing_fonts(read, pages)
    if missing:
        used = "、".join(name.rpartition("+")[2] for name in pages.fonts[:3])
        stand_ins = say("unmeasured.stand_ins", missing="、".join(missing), used=used)
        notes.append(say("unmeasured.fonts", fonts=stand_ins))
    return pages, tuple(notes)


def missing_fonts(read: MeasuredFile, pages: MeasuredPages) -> tuple[str, ...]:
    """The fonts that the file names and that no rendered character has, under none of their names."""
    used = {name.rpartition("+")[2].casefold().replace(" ", "") for name in pages.fonts}

    def present(font: str) -> bool:
        return any(name.replace(" ", "") in one for name in names_of(font) for one in used)

    return tuple(font for font, _ in read.fonts if font and not present(font))


def _on_pages(pages: MeasuredPages, style: WordStyle, read: MeasuredFile, known: set[str]) -> list[Deviation]:
    """What differs on the pages; what the file itself told already is not said twice."""
    found = [*_grid(pages, style), *_edges(pages, style)]
    if _on_grid(read):
        known = known | {"page.characters"}
    found += _number_places(pages, style, read.pages[-1].bottom)
    return [one for one in found if one.item not in known and not _same_cause(one.item, known)]


def _on_grid(read: MeasuredFile) -> bool:
    """Whether characters stand in a grid, which LibreOffice fills in another way than Word."""
    return any(page.grid in ("linesAndChars", "snapToChars") for page in read.pages)


def _same_cause(item: str, known: set[str]) -> bool:
    """Lines a page follow from the pitch and the margins, characters a line from size and margins."""
    causes = {
        "page.lines": {"body.pitch", "page.top", "page.bottom", "body.size", "page.size"},
        "page.characters": {"body.size", "page.left", "page.right", "page.size"},
    }
    return bool(causes.get(item, set()) & known)


def _grid(pages: MeasuredPages, style: WordStyle) -> list[Deviation]:
    height = (gbt9704.PAGE_HEIGHT_MM - style.top - style.bottom) / _MM
    wanted = {
        "page.lines": (int(height / style.pitch + 0.02), pages.lines, "said.lines"),
        "page.characters": (characters_wanted(style), pages.characters, "said.characters"),
    }
    return [
        _of_page(item, "5.2.3", say(words, value=count), say(words, value=found))
        for item, (count, found, words) in wanted.items()
        if found is not None
        and (found > count or (item == "page.characters" and found < count) or found == count - 1)
    ]


def _edges(pages: MeasuredPages, style: WordStyle) -> list[Deviation]:
    """Text that passes the left or right margin, and a first line that stands elsewhere (a tall header pushes it)."""
    sides = {"left": pages.left, "right": pages.right, "top": pages.top}
    return [
        _of_page(f"page.{side}", "5.2.1", millimetres(getattr(style, side)), millimetres(found))
        for side, found in sides.items()
        if found is not None
        and (
            found < getattr(style, side) - _EDGE_TOLERANCE_MM
            or (side == "top" and found > style.top + _EDGE_TOLERANCE_MM)
        )
    ]


def _number_places(pages: MeasuredPages, style: WordStyle, bottom: float) -> list[Deviation]:
    """7.5: 7 mm below the type area; one character from the right on odd pages, from the left on even ones."""
    indent = gbt9704.PAGE_NUMBER_INDENT_CHARACTERS * style.page_number.size * _MM
    found: dict[str, Deviation] = {}  # the first page of each
    for number in pages.numbers:
        odd = number.page % 2 == 1
        gap = number.from_right - style.right if odd else number.from_left - style.left
        if abs(gap - indent) > _NUMBER_TOLERANCE_MM:
            item = "number.odd" if odd else "number.even"
            side = say("said.right" if odd else "said.left")
            found.setdefault(item, _of_page(item, "7.5", _gap(side, indent), _gap(side, gap), number))
        below = gbt9704.PAGE_NUMBER_BELOW_TYPE_AREA_MM + bottom - style.bottom
        if abs(number.below - below) > _NUMBER_TOLERANCE_MM:
            told = millimetres(below), millimetres(number.below)
            found.setdefault("number.below", _of_page("number.below", "7.5", *told, number))
    return list(found.values())


def _gap(side: Said, length: float) -> Said:
    told = millimetres(length)
    return Said(f"{side.zh} {told.zh}", f"{side.en} {told.en}")


def _of_page(
    item: str, clause: str, standard: Said, found: Said, number: PageNumberPlace | None = None
) -> Deviation:
    place = say("place.page", number=number.page) if number else say("place.whole")
    return Deviation(item, clause, standard, found, place, by="page")
