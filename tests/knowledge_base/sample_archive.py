"""The sample archive as the tests read it: texts of its files, rows of the ledger and of the relations."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

NUMERALS = "一二三四五六七八九十"
LEFTOVERS = re.compile(r"[xX×*]{2,}|[xX]\.[xX]|模板|样表|待补|【|_{2,}|TODO|某[省市县区局]|[\ue000-\uf8ff]")
ROOT = Path(__file__).resolve().parents[2] / "knowledge_base"


@dataclass(frozen=True)
class Stated:
    """A row of ledger.csv: one value of one indicator, with the sentence that states it."""

    organisation: str
    place: str
    indicator: str
    unit: str
    year: int
    value: str
    status: str
    file: str
    sentence: str

    @property
    def key(self) -> tuple[str, str, int, str]:
        return self.organisation, self.indicator, self.year, self.status


@dataclass(frozen=True)
class Relation:
    """A row of relations.csv: a figure that follows from others.

    An operand reads `[organisation:]indicator@year[:plan|:forecast]`, or is a plain number.
    """

    organisation: str
    place: str
    year: int
    kind: str
    result: str
    operands: str
    stated: str
    file: str
    sentence: str


@dataclass(frozen=True)
class Ledger:
    rows: tuple[Stated, ...]
    relations: tuple[Relation, ...]

    def value(self, operand: str, organisation: str) -> Decimal:
        """The value that an operand names; a leading minus is the caller's."""
        if re.fullmatch(r"[\d.]+", operand):
            return Decimal(operand)
        found = re.fullmatch(
            r"(?:(?P<organisation>[^:@]+):)?(?P<indicator>[^@]+)@(?P<year>\d{4})(?::(?P<status>plan|forecast))?",
            operand,
        )
        assert found, operand
        key = (
            found["organisation"] or organisation,
            found["indicator"],
            int(found["year"]),
            found["status"] or "actual",
        )
        return Decimal(next(row.value for row in self.rows if row.key == key))


def text_of(path: Path) -> str:
    """The text of a file of the archive without its front matter; a workbook's rows joined as facts."""
    if path.suffix == ".xlsx":
        return "\n".join(fact_of(row) for row in load_workbook(path).active.iter_rows(values_only=True))
    text = path.read_text("utf-8")
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def fact_of(cells: tuple[object, ...]) -> str:
    """Point, or indicator with value, unit and note, as one clause."""
    _, _, point, indicator, value, unit, note = (*cells, *[None] * 7)[:7]
    if point:
        return str(point)
    joined = "".join(str(cell) for cell in (indicator, value, unit) if cell is not None)
    return f"{joined}，{note}" if note else joined


def front_matter(path: Path) -> dict[str, str]:
    """The lines `name: value` between the first two rules of a file."""
    head = path.read_text("utf-8").split("---\n")[1]
    return dict(line.split(": ", 1) for line in head.strip().splitlines())


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table below knowledge_base/."""
    with (ROOT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
