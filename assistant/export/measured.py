"""What a Word file says about its own layout: pages, page numbers, and each paragraph with its part in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx.oxml.ns import qn

from assistant.export.anchors import run_text, runs_of
from assistant.export.effective import TWIPS, Effective, ParagraphForm, RunForm, number
from assistant.export.parts_of_text import PartKind, Told, parts_of_text
from assistant.export.word_file import MAIN, Element, WordFile

_MM = 25.4 / 1440  # a twip
_DEFAULT_PAGE = {"w": 11906.0, "h": 16838.0, "top": 1440.0, "bottom": 1440.0, "left": 1800.0, "right": 1800.0}
_FULL_WIDTH = "\u3000"


@dataclass(frozen=True, slots=True)
class PageForm:
    """A section's page in millimetres; `grid` is the kind of its grid, with `pitch` and `space` in points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer: float
    grid: str = ""
    pitch: float = 0.0
    space: float = 0.0


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A page number of one kind of page: `default` (odd, or all), `even` or `first`; `side` left, center, right."""

    pages: str
    side: str
    dashes: bool
    run: RunForm


@dataclass(frozen=True, slots=True)
class MeasuredParagraph:
    """A paragraph of the main text: its part, how it looks, how most of its characters look.

    `number` counts the paragraphs of the file from 1, empty ones included. `blanks` are full-width blanks at
    its beginning.
    """

    part: PartKind
    number: int
    text: str
    form: ParagraphForm
    run: RunForm
    page: PageForm
    blanks: int = 0

    @property
    def first_characters(self) -> float:
        """How far its first line starts in, in its own characters, blanks counted too."""
        own = self.form.first_chars
        return (self.form.first / self.run.size if own is None else own) + self.blanks

    @property
    def pitch(self) -> float | None:
        """From line to line in points; `None` where it depends on the font."""
        if self.form.rule == "exact":
            return self.form.line
        if self.form.grid and self.page.grid in ("lines", "linesAndChars", "snapToChars") and self.page.pitch:
            lines = self.form.line if self.form.rule == "auto" else 1.0
            return self.page.pitch * lines
        return None

    @property
    def advance(self) -> float:
        """From character to character in points."""
        by_grid = self.form.grid and self.page.grid in ("linesAndChars", "snapToChars")
        return self.run.size + self.run.spacing + (self.page.space if by_grid else 0.0)


@dataclass(frozen=True, slots=True)
class MeasuredFile:
    """All that was read; `fonts` are the East Asian fonts by how many characters each has."""

    name: str
    pages: tuple[PageForm, ...]
    paragraphs: tuple[MeasuredParagraph, ...]
    numbers: tuple[NumberForm, ...]
    odd_and_even: bool
    fonts: tuple[tuple[str, int], ...]
    left_out: int = 0  # paragraphs of attached texts, 版头 and 版记, tables of contents

    def of(self, part: PartKind) -> tuple[MeasuredParagraph, ...]:
        """The paragraphs of one part."""
        return tuple(one for one in self.paragraphs if one.part == part)


def measure_file(path: Path) -> MeasuredFile:
    """Read the layout of a .docx, styles, defaults and theme included.

    Raises:
        ExportError: it is no sound Word file.
    """
    word = WordFile.open(path)
    effective = Effective(word)
    body = word.tree(MAIN).find(qn("w:body"))
    fonts: Counter[str] = Counter()
    read = list(_paragraphs(body, effective, fonts))
    parts = parts_of_text([told for told, *_ in read])
    found = [
        MeasuredParagraph(part, *_shown(row, part, end, effective))
        for row, (part, end) in zip(read, parts, strict=True)
        if part is not None
    ]
    sections = list(body.iter(qn("w:sectPr")))
    return MeasuredFile(
        path.name,
        tuple(dict.fromkeys(map(_page, sections))) or (_page(None),),
        tuple(found),
        tuple(_numbers(word, sections, effective)),
        _odd_and_even(word),
        tuple(fonts.most_common()),
        len(read) - len(found),
    )


_Row = tuple[Told, int, Element, PageForm]


def _paragraphs(body: Element, effective: Effective, fonts: Counter[str]) -> Iterator[_Row]:
    """Paragraphs with words, outside of tables and text boxes, each with the page of its section."""
    pages = iter([_page(section) for section in body.iter(qn("w:sectPr"))])
    page = next(pages, _page(None))
    for count, element in enumerate(_flat(body), 1):
        text = "".join(run_text(run) for run in runs_of(element))
        form = effective.paragraph(element)
        if text.strip():
            runs = _looks(element, effective, 0, len(text))
            for look, length in runs.items():
                fonts[look.east] += length
            look = runs.most_common(1)[0][0] if runs else RunForm()
            told = Told(text.strip(), form.style, form.align, form.outline, look.size, look.colour)
            yield told, count, element, page
        if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            page = next(pages, page)


def _flat(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == qn("w:p"):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _flat(child)


_TRANSPARENT = tuple(qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo"))


def _shown(
    row: _Row, part: PartKind, end: int, effective: Effective
) -> tuple[int, str, ParagraphForm, RunForm, PageForm, int]:
    """The fields of a measured paragraph; a heading that runs in is judged by its `end` first characters."""
    told, count, element, page = row
    text = "".join(run_text(run) for run in runs_of(element))
    skipped = len(text) - len(text.lstrip())
    looks = _looks(element, effective, skipped, skipped + (end or len(text)))
    look = looks.most_common(1)[0][0] if looks else RunForm()
    blanks = text[:skipped].count(_FULL_WIDTH) + text[:skipped].count(" ") // 2
    return count, told.text, effective.paragraph(element), look, page, blanks


def _looks(element: Element, effective: Effective, start: int, end: int) -> Counter[RunForm]:
    """How many characters of East Asian text each look has between two offsets; of all signs where there are none."""
    east: Counter[RunForm] = Counter()
    other: Counter[RunForm] = Counter()
    at = 0
    for run in runs_of(element):
        text = run_text(run)
        inside = text[max(0, start - at) : max(0, end - at)]
        at += len(text)
        if inside.strip():
            look = effective.run(element, run)
            east[look] += sum(not sign.isascii() and not sign.isspace() for sign in inside)
            other[look] += len(inside)
    return +east or other


def _page(section: Element | None) -> PageForm:
    given = dict(_DEFAULT_PAGE, footer=851.0)
    grid = None
    if section is not None:
        for name in ("w:pgSz", "w:pgMar"):
            element = section.find(qn(name))
            for key in given if element is not None else ():
                given[key] = number(element.get(qn(f"w:{key}"), "")) or given[key]
        grid = section.find(qn("w:docGrid"))
    millimetres = {key: abs(value) * _MM for key, value in given.items()}
    width, height = millimetres.pop("w"), millimetres.pop("h")
    kind, pitch, space = (
        ("", None, None)
        if grid is None
        else (
            grid.get(qn("w:type"), ""),
            number(grid.get(qn("w:linePitch"), "")),
            number(grid.get(qn("w:charSpace"), "")),
        )
    )
    return PageForm(
        width, height, **millimetres, grid=kind, pitch=(pitch or 0.0) / TWIPS, space=(space or 0.0) / 4096
    )


def _odd_and_even(word: WordFile) -> bool:
    name = word.related("settings")
    root = word.read(name) if name else None
    switch = root.find(qn("w:evenAndOddHeaders")) if root is not None else None
    return switch is not None and switch.get(qn("w:val"), "1") not in ("0", "false", "off")


def _numbers(word: WordFile, sections: list[Element], effective: Effective) -> Iterator[NumberForm]:
    """The page numbers in the footers of all sections, each kind of footer once."""
    seen = set()
    for section in sections:
        for reference in section.iter(qn("w:footerReference")):
            name = word.target(reference.get(qn("r:id"), ""))
            key = (reference.get(qn("w:type"), "default"), name)
            if name is None or key in seen:
                continue
            seen.add(key)
            found = _number_in(word.read(name), key[0], effective)
            if found is not None:
                yield found


def _number_in(root: Element, pages: str, effective: Effective) -> NumberForm | None:
    """The paragraph with a field PAGE in a footer, also one in a text box."""
    for paragraph in root.iter(qn("w:p")):
        own = [one for one in paragraph.iter(*_FIELDS) if next(one.iterancestors(qn("w:p"))) is paragraph]
        fields = " ".join(f"{one.get(qn('w:instr'), '')} {one.text or ''}" for one in own)
        runs = [one for one in own if one.tag == qn("w:r")]
        if "PAGE" not in fields.split() or not runs:
            continue
        text = "".join(run_text(run) for run in runs)
        form = effective.paragraph(paragraph)
        look = next((run for run in runs if any(sign.isdecimal() for sign in run_text(run))), runs[0])
        return NumberForm(
            pages, _side(paragraph, form.align), text.count("—") >= 2, effective.run(paragraph, look)
        )
    return None


_FIELDS = (qn("w:r"), qn("w:instrText"), qn("w:fldSimple"))


def _side(paragraph: Element, align: str) -> str:
    """Where a page number stands: by its text box or frame where it is in one, else by its alignment."""
    for anchor in paragraph.iterancestors():
        for place in anchor.iterchildren("{*}positionH"):
            return "".join(place.itertext()).strip() or align
    frame = paragraph.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    if frame is not None:
        side: str = frame.get(qn("w:xAlign"), align)
        return side
    return {"both": "left", "distribute": "left"}.get(align, align)
