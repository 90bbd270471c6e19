"""Facts from tables of figures: a name at the left, results, targets, rates and years in columns.

One row and measure give one fact, in the words of an office: 技术合同登记额56021万元，上年为47300万元，同比增长18.4%.
Nothing is guessed: what has no head, or no certain unit, gives no fact and is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.drafting.tablecells import Figure, Grid, figure_of, stated
from assistant.drafting.tableheads import (
    PART,
    Head,
    is_mean,
    is_total,
    is_unit,
    plain_caption,
    read_head,
    unit_line,
    unit_of,
    units_in,
)
from assistant.drafting.tabletotals import Totals

_NUMBERED = re.compile(r"^(?:\d{1,3}[.．、)）]|[（(]?[一二三四五六七八九十]{1,3}[）)、])\s*(?=\D)")
_ORDER = ("value", "prior", "target", "completion", "rate", "change", "share", "rank")


@dataclass(frozen=True, slots=True)
class TableFact:
    """One fact with the cells that it was made of, and the headings that its row names."""

    text: str
    place: str
    section: str = ""
    subsection: str = ""


@dataclass(slots=True)
class TableReader:
    """One table while it is read; `unit` and `caption` stand above it, `year` is the reported one."""

    grid: Grid
    unit: str
    year: int | None
    caption: str = ""
    notes: list[str] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    section: str = ""
    subsection: str = ""

    def facts(self) -> list[TableFact]:
        """The facts, row by row; empty when the table cannot be understood, which `notes` then tell."""
        first = self.grid.body()
        if first >= self.grid.rows:
            self.notes.append(f"{self.grid.name}没有数值，未作为事实")
            return []
        if first == self.grid.first:
            return self._headless()
        self._read_heads(first)
        if not self.names:
            self.notes.append(f"{self.grid.name}没有写指标名称的列，未作为事实")
            return []
        Totals(self.grid, self.heads, self.names, self.notes).check(first)
        found = [fact for row in range(first, self.grid.rows) for fact in self._row(row)]
        if self.bare:
            self.notes.append(f"{self.grid.name}有{len(self.bare)}个数值没有写单位")
        return found

    def _headless(self) -> list[TableFact]:
        """Without heads only names with figures that carry their units are certain."""
        grid = self.grid
        rows = range(grid.first, grid.rows)
        figures = [figure_of(grid.text(row, 1)) for row in rows]
        certain = grid.columns == 2 and all(one and one.unit for one in figures)
        if not certain or any(figure_of(grid.text(row, 0)) for row in rows):
            self.notes.append(
                f"{grid.name}没有表头，无法确定各列的含义，未作为事实；请在首行写明指标、数值和单位"
            )
            return []
        self.notes.append(f"{grid.name}没有表头，按“指标、数值”读入")
        return [TableFact(f"{grid.text(row, 0)}{grid.text(row, 1)}", grid.place(row, 1)) for row in rows]

    def _read_heads(self, first: int) -> None:
        grid = self.grid
        above = range(grid.first, first)
        for text in filter(None, map(grid.whole, above)):
            self.unit = unit_line(text) or self.unit
            self.caption = plain_caption(text) or self.caption
        levels = [row for row in above if not grid.whole(row)]
        self.heads = [
            read_head([text for row in levels if (text := grid.text(row, column))])
            for column in range(grid.columns)
        ]
        for column, head in enumerate(self.heads):
            texts = [text for row in range(first, grid.rows) if (text := grid.text(row, column))]
            if head.role == "unit" and not all(map(is_unit, texts)):
                self.heads[column] = head = Head("name", words=head.words)  # 单位 is also an office
            if head.role == "name" or (head.role == "value" and not any(map(figure_of, texts))):
                self.names.append(column)
            self.unit = self.unit or (head.unit if head.role == "name" else "")
        if self.year is None:
            self.year = max((h.year for h in self.heads if h.year and h.role == "value"), default=None)
        left = min(
            (c for c, h in enumerate(self.heads) if h.role in _ORDER and c not in self.names), default=0
        )
        self.names = [column for column in self.names if column < left] or self.names[:1]

    def _row(self, row: int) -> Iterator[TableFact]:
        name = self._name(row)
        if not name or is_mean(name):
            return
        if (section := self._named(row, "section")) and section != self.section:
            self.section, self.subsection = section, ""
        self.subsection = self._named(row, "subsection") or self.subsection
        for measure, columns in self._groups(row).items():
            text, cells = self._sentence(name, measure, columns, row)
            if text:
                yield TableFact(text, self._places(row, cells), self.section, self.subsection)

    def _name(self, row: int) -> str:
        """What a row tells of: its name cells joined; a part (其中：) belongs to the row before it."""
        texts = [self.grid.text(row, column) for column in self.names if not self.grid.blank(row, column)]
        name = _NUMBERED.sub("", unit_of("".join(dict.fromkeys(texts)))[0])
        part = PART.match(name)
        if not part:
            return name
        above = next((one for one in (self._plain(up) for up in range(row - 1, -1, -1)) if one), "")
        return f"{above}中{name[part.end() :]}" if above else name[part.end() :]

    def _plain(self, row: int) -> str:
        """The name of a row that is no part, for the parts below it."""
        text = "".join(dict.fromkeys(self.grid.text(row, column) for column in self.names))
        return "" if PART.match(text) else _NUMBERED.sub("", unit_of(text)[0])

    def _named(self, row: int, role: str) -> str:
        column = next((c for c, head in enumerate(self.heads) if head.role == role), None)
        return "" if column is None else self.grid.text(row, column)

    def _groups(self, row: int) -> dict[str, list[int]]:
        """Columns with a figure in this row, by what they measure; other years stand apart."""
        groups: dict[str, list[int]] = defaultdict(list)
        for column, head in enumerate(self.heads):
            text = self.grid.text(row, column)
            if head.role not in _ORDER or column in self.names or self.grid.blank(row, column):
                continue
            if stated(text):
                groups[self._measure(column)].append(column)
            else:
                self._tell(
                    f"“{head.words}”一列有不是数值的内容，未作为事实（{self.grid.place(row, column)}）"
                )
        return groups

    def _measure(self, column: int) -> str:
        """What a column measures, with a year that is neither this one nor the last; growth takes it from its left."""
        head = self.heads[column]
        measure = head.measure
        if not measure and head.role != "value":
            left = (one for one in reversed(self.heads[:column]) if one.role == "value" and one.measure)
            measure = next((one.measure for one in left), "")
        near = (None, self.year, (self.year or 0) - 1)
        return measure if self.year is None or head.year in near else f"{head.year}年{measure}"

    def _sentence(self, name: str, measure: str, columns: Sequence[int], row: int) -> tuple[str, list[int]]:
        """The fact of one row and measure, and the cells in it."""
        subject = self._subject(name, measure)
        parts: list[str] = []
        used: list[int] = []
        for column in sorted(columns, key=lambda one: (_ORDER.index(self._role(one)), one)):
            figure = stated(self.grid.text(row, column))
            unit = self._unit(row, column, figure)
            if figure is None or unit is None:
                continue
            parts.append(_phrase(self._role(column), self.heads[column], figure, unit, first=not parts))
            used.append(column)
        if is_total(name) and not measure and not self.caption:
            return "", []
        return subject + "，".join(parts) if parts else "", used

    def _subject(self, name: str, measure: str) -> str:
        year = re.match(r"(?:19|20)\d\d年", measure)
        when, what = (year.group(), measure[year.end() :]) if year else ("", measure)
        row_year = re.fullmatch(r"((?:19|20)\d\d)年?度?", name)
        if row_year:  # a table with a year in each row
            return what if int(row_year[1]) == self.year else f"{row_year[1]}年{what}"
        if is_total(name):
            return f"{when}{what or self.caption}合计"
        return f"{when}{name}{what}"

    def _role(self, column: int) -> str:
        head = self.heads[column]
        last_year = head.role == "value" and self.year is not None and head.year == self.year - 1
        return "prior" if last_year else head.role

    def _unit(self, row: int, column: int, figure: Figure | None) -> str | None:
        """The unit of a cell: its own, its column's, its row's, the table's; `None` where none is certain."""
        head = self.heads[column]
        if figure is None or head.role == "rank" or figure.unit or figure.complete:
            return figure.unit if figure else None
        if head.unit:
            return head.unit
        if head.is_rate:
            self._tell(f"“{head.words}”一列没有写明是%还是其他单位，未作为事实")
            return None
        own = self._named(row, "unit") or unit_of("".join(self.grid.text(row, c) for c in self.names))[1]
        units = units_in(own or self.unit)
        if len(units) > 1:
            told = "、".join(units)
            self._tell(f"“{head.words or self._name(row)}”的单位可能是{told}，无法确定，未作为事实")
            return None
        if not units and figure.value is not None:
            self.bare.append(self.grid.place(row, column))
        return units[0] if units else ""

    def _tell(self, sentence: str) -> None:
        """A note on this table, once."""
        if f"{self.grid.name}{sentence}" not in self.notes:
            self.notes.append(f"{self.grid.name}{sentence}")

    def _places(self, row: int, columns: Sequence[int]) -> str:
        """The first cell in full, the others by what differs (`表!C3、D3`)."""
        first, *others = (self.grid.place(row, column) for column in columns)
        return "、".join([first, *(one.rsplit("!", 1)[-1].rsplit("行", 1)[-1] for one in others)])


def _phrase(role: str, head: Head, figure: Figure, unit: str, first: bool) -> str:
    """One figure in the words of its column."""
    shown = f"{figure.text}{unit}"
    falls = figure.value is not None and figure.value < 0
    amount = shown.lstrip("-－−") if falls else shown
    if role == "rate":
        return f"同比{'持平' if figure.value == 0 else ('下降' if falls else '增长') + amount}"
    if role == "change":
        return f"比上年{'减少' if falls else '增加'}{amount}"
    if role == "rank":
        return f"{head.words}第{figure.text}位"
    if role in ("completion", "share"):
        return f"{'完成率' if role == 'completion' else '占比'}{shown}"
    words = {"prior": "上年为", "target": "年度目标"}.get(role, "")
    return f"{words}{shown}" if role != "prior" or not first else f"上年{shown}"
