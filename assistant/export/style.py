"""The looks of a Word file: those of the standard, or of an office that differs from it here and there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.export import gbt9704
from assistant.export.gbt9704 import Type


@dataclass(frozen=True, slots=True)
class WordStyle:
    """Margins in millimetres, types, line pitch in points, and how headings are counted on four levels.

    `name` is the file that the style was learned from, empty for the standard itself.
    """

    name: str = ""
    top: float = gbt9704.TOP_MM
    bottom: float = gbt9704.BOTTOM_MM
    left: float = gbt9704.LEFT_MM
    right: float = gbt9704.RIGHT_MM
    title: Type = gbt9704.TITLE
    headings: tuple[Type, ...] = gbt9704.HEADINGS
    body: Type = gbt9704.BODY
    page_number: Type = gbt9704.PAGE_NUMBER
    pitch: float = gbt9704.LINE_PITCH_PT
    marks: tuple[str, ...] = gbt9704.MARKS

    @property
    def width_mm(self) -> float:
        """The type area's width."""
        return gbt9704.PAGE_WIDTH_MM - self.left - self.right

    @property
    def types(self) -> tuple[Type, ...]:
        """Every type once."""
        return tuple(dict.fromkeys((self.body, self.title, *self.headings, self.page_number)))

    @property
    def footer_mm(self) -> float:
        """From the page's lower edge to the lower edge of the page number's line (7.5)."""
        line = self.page_number.size * 25.4 / 72
        return max(5.0, self.bottom - gbt9704.PAGE_NUMBER_BELOW_TYPE_AREA_MM - line / 2)

    def with_latin(self, font: str) -> WordStyle:
        """The same with `font` for Latin letters and digits of title, headings and text."""
        return replace(
            self,
            title=replace(self.title, latin=font),
            headings=tuple(replace(kind, latin=font) for kind in self.headings),
            body=replace(self.body, latin=font),
        )

    def heading(self, level: int) -> Type:
        """The type of a heading; levels below 1 and above 4 look like these."""
        return self.headings[min(max(level, 1), len(self.headings)) - 1]


STANDARD = WordStyle()
