"""What really holds for a paragraph or a run of a Word file: its own settings over its styles over the defaults.

Theme fonts are resolved to their names. Units: points, and hundredths of a character where Word counts so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.oxml.ns import qn

from assistant.export.word_file import Element, WordFile

TWIPS = 20  # a point
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST = 12  # styles that build on each other
_OFF = ("0", "false", "off")
_LENGTH = re.compile(r"^(-?\d{1,7}(?:\.\d{1,6})?)(pt|cm|mm|in|)$", re.ASCII)
_UNITS = {"": 1.0, "pt": 20.0, "cm": 1440 / 2.54, "mm": 1440 / 25.4, "in": 1440.0}


@dataclass(frozen=True, slots=True)
class RunForm:
    """A run's looks; `east` and `latin` are font names, empty where nobody names one."""

    east: str = ""
    latin: str = ""
    size: float = 10.0
    bold: bool = False
    colour: str = "auto"
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class ParagraphForm:
    """A paragraph's looks; `line` in points for the rules `exact` and `atLeast`, in lines for `auto`.

    `first` and the indents are points, or characters where the `_chars` field is not `None`.
    """

    style: str = ""
    outline: int | None = None
    align: str = "left"
    first: float = 0.0
    first_chars: float | None = None
    left: float = 0.0
    left_chars: float | None = None
    right: float = 0.0
    right_chars: float | None = None
    line: float = 1.0
    rule: str = "auto"
    before: float = 0.0
    after: float = 0.0
    grid: bool = True


class Effective:
    """The styles, defaults and theme fonts of one file."""

    def __init__(self, word: WordFile) -> None:
        root = _part(word, "styles")
        styles = list(root.iterchildren(qn("w:style"))) if root is not None else []
        self._styles = {style.get(qn("w:styleId"), ""): style for style in styles}
        default = (one for one in styles if one.get(qn("w:default")) in ("1", "true"))
        self._default = next(
            (one.get(qn("w:styleId"), "") for one in default if one.get(qn("w:type")) == "paragraph"), ""
        )
        defaults = root.find(qn("w:docDefaults")) if root is not None else None
        self._run_defaults = _inner(defaults, "w:rPrDefault", "w:rPr")
        self._paragraph_defaults = _inner(defaults, "w:pPrDefault", "w:pPr")
        self._theme = _theme_fonts(_part(word, "theme"))
        self._runs: dict[tuple[str, str], RunForm] = {}
        self._paragraphs: dict[str, ParagraphForm] = {}

    def paragraph(self, element: Element) -> ParagraphForm:
        """The looks of a `w:p`."""
        own = element.find(qn("w:pPr"))
        style = _value(own, "w:pStyle") or self._default
        if style not in self._paragraphs:
            form = _paragraph_over(ParagraphForm(), self._paragraph_defaults)
            for layer in reversed(list(self._chain(style))):
                form = _paragraph_over(form, layer.find(qn("w:pPr")))
            self._paragraphs[style] = replace(form, style=self.name(style))
        return _paragraph_over(self._paragraphs[style], own)

    def run(self, paragraph: Element, run: Element) -> RunForm:
        """The looks of a `w:r` in a `w:p`."""
        own = run.find(qn("w:rPr"))
        key = (_value(paragraph.find(qn("w:pPr")), "w:pStyle") or self._default, _value(own, "w:rStyle"))
        if key not in self._runs:
            form = self._run_over(RunForm(), self._run_defaults)
            for style in key:
                for layer in reversed(list(self._chain(style))):
                    form = self._run_over(form, layer.find(qn("w:rPr")))
            self._runs[key] = form
        return self._run_over(self._runs[key], own)

    def name(self, style: str) -> str:
        """A style's name, which is the same in every language of the word processor: `heading 1`."""
        element = self._styles.get(style)
        return _value(element, "w:name") if element is not None else ""

    def _chain(self, style: str) -> Iterator[Element]:
        """A style and what it is based on, nearest first."""
        for _ in range(_DEEPEST):
            element = self._styles.get(style)
            if element is None:
                return
            yield element
            style = _value(element, "w:basedOn")

    def _run_over(self, form: RunForm, own: Element | None) -> RunForm:
        if own is None:
            return form
        fonts = own.find(qn("w:rFonts"))
        bold = own.find(qn("w:b"))
        size, spacing = _number(own, "w:sz"), _number(own, "w:spacing")
        return RunForm(
            east=self._font(fonts, "eastAsia", "eastAsiaTheme") or form.east,
            latin=self._font(fonts, "ascii", "asciiTheme") or form.latin,
            size=size / 2 if size and size > 0 else form.size,
            bold=form.bold if bold is None else bold.get(qn("w:val"), "1") not in _OFF,
            colour=_value(own, "w:color") or form.colour,
            spacing=form.spacing if spacing is None else spacing / TWIPS,
        )

    def _font(self, fonts: Element | None, name: str, theme: str) -> str:
        """A font's name; within one setting the theme's font wins over a name."""
        if fonts is None:
            return ""
        named: str = fonts.get(qn(f"w:{name}"), "")
        return self._theme.get(fonts.get(qn(f"w:{theme}"), ""), "") or named


def _paragraph_over(form: ParagraphForm, own: Element | None) -> ParagraphForm:
    if own is None:
        return form
    outline, align = _value(own, "w:outlineLvl"), _value(own, "w:jc")
    form = replace(
        form,
        outline=int(outline) if outline.isdecimal() else form.outline,
        align={"start": "left", "end": "right"}.get(align, align) or form.align,
        grid=_switch(own, "w:snapToGrid", form.grid),
    )
    return _spaced(_indented(form, own.find(qn("w:ind"))), own.find(qn("w:spacing")))


def _indented(form: ParagraphForm, indent: Element | None) -> ParagraphForm:
    """Indents: a new length in points puts an inherited one in characters out of force."""
    if indent is None:
        return form
    hanging = _attribute(indent, "hanging")
    changes: dict[str, Element] = {}
    for field, names in (("first", ("firstLine",)), ("left", ("left", "start")), ("right", ("right", "end"))):
        points = next((one for name in names if (one := _attribute(indent, name)) is not None), None)
        chars = next((one for name in names if (one := _attribute(indent, f"{name}Chars")) is not None), None)
        if points is not None:
            changes |= {field: points / TWIPS, f"{field}_chars": None}
        if chars is not None:
            changes[f"{field}_chars"] = chars / 100 or None
    if hanging:
        changes |= {"first": -hanging / TWIPS, "first_chars": None}
    return replace(form, **changes)


def _spaced(form: ParagraphForm, spacing: Element | None) -> ParagraphForm:
    if spacing is None:
        return form
    line, before, after = (_attribute(spacing, name) for name in ("line", "before", "after"))
    rule = spacing.get(qn("w:lineRule")) or ("auto" if line is not None else form.rule)
    if line is not None:
        line = line / (240 if rule == "auto" else TWIPS)
    return replace(
        form,
        rule=rule,
        line=form.line if line is None else line,
        before=form.before if before is None else before / TWIPS,
        after=form.after if after is None else after / TWIPS,
    )


def _part(word: WordFile, kind: str) -> Element | None:
    name = word.related(kind)
    return word.read(name) if name else None


def _inner(element: Element | None, *names: str) -> Element | None:
    for name in names:
        element = element.find(qn(name)) if element is not None else None
    return element


def _theme_fonts(root: Element | None) -> dict[str, str]:
    """Font names by the words that `w:rFonts` uses for them: as in `minorEastAsia`."""
    found: dict[str, str] = {}
    for size in ("major", "minor"):
        fonts = next(root.iter(f"{_DRAWING}{size}Font"), None) if root is not None else None
        if fonts is None:
            continue
        latin, east = fonts.find(f"{_DRAWING}latin"), fonts.find(f"{_DRAWING}ea")
        han = [one.get("typeface", "") for one in fonts if one.get("script") == "Hans"]
        name = "" if latin is None else latin.get("typeface", "")
        found |= {f"{size}Ascii": name, f"{size}HAnsi": name}
        found[f"{size}EastAsia"] = ("" if east is None else east.get("typeface", "")) or "".join(han[:1])
    return found


def _value(element: Element | None, name: str) -> str:
    found = element.find(qn(name)) if element is not None else None
    value: str = "" if found is None else found.get(qn("w:val"), "")
    return value


def _switch(element: Element, name: str, default: bool) -> bool:
    found = element.find(qn(name))
    return default if found is None else found.get(qn("w:val"), "1") not in _OFF


def _number(element: Element, name: str) -> float | None:
    return number(_value(element, name))


def _attribute(element: Element, name: str) -> float | None:
    return number(element.get(qn(f"w:{name}"), ""))


def number(text: str) -> float | None:
    """A length as Word writes it: twips, or with its unit; `None` when it is none.

    >>> [number(text) for text in ("579", "-5", "12.5pt", "1in", "nan")]
    [579.0, -5.0, 250.0, 1440.0, None]
    """
    found = _LENGTH.match(text)
    return float(found[1]) * _UNITS[found[2] or ""] if found else None
