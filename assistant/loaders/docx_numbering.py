"""Word's automatic numbering: the number that Word shows but does not store, computed from numbering.xml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering definition."""

    start: int
    format: str
    text: str
    legal: bool
    suffix: str


@dataclass(slots=True)
class Numbering:
    """The numbering definitions of one file, and the counters while its paragraphs are read in order."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstracts: dict[str, str] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def next(self, number_id: str, level: int) -> str | None:
        """The number of the next paragraph of this list and level.

        "" for a bullet, `None` when the paragraph has no number.
        """
        abstract = self.abstracts.get(number_id)
        definition = self._level(number_id, level)
        if abstract is None or definition is None or definition.format == "none":
            return None
        counters = self._count(number_id, abstract, level, definition)
        if definition.format == "bullet":
            return ""
        shown = definition.text
        for depth in range(level + 1):
            of_depth = self._level(number_id, depth)
            if of_depth is None or f"%{depth + 1}" not in shown:
                continue
            style = "decimal" if definition.legal else of_depth.format
            shown = shown.replace(f"%{depth + 1}", numeral(counters.get(depth, of_depth.start), style))
        return shown

    def _level(self, number_id: str, level: int) -> Level | None:
        own = self.levels.get("num:" + number_id, {}).get(level)
        return own or self.levels.get(self.abstracts.get(number_id, ""), {}).get(level)

    def _count(self, number_id: str, abstract: str, level: int, definition: Level) -> dict[int, int]:
        """Counters run per definition; a list with its own start restarts them when it first appears."""
        counters = self.counters.setdefault(abstract, {})
        if number_id not in self.seen:
            self.seen.add(number_id)
            for depth, start in self.starts.get(number_id, {}).items():
                counters[depth] = start - 1
        counters[level] = counters.get(level, definition.start - 1) + 1
        for deeper in [depth for depth in counters if depth > level]:
            del counters[deeper]
        return counters


def read_numbering(root: etree._Element | None) -> Numbering:
    """The definitions in numbering.xml; an empty one when the file has none."""
    numbering = Numbering()
    if root is None:
        return numbering
    for abstract in root.iterchildren(W + "abstractNum"):
        key = abstract.get(W + "abstractNumId", "")
        numbering.levels[key] = dict(_level_of(level) for level in abstract.iterchildren(W + "lvl"))
    for number in root.iterchildren(W + "num"):
        _read_number(numbering, number)
    return numbering


def _read_number(numbering: Numbering, number: etree._Element) -> None:
    """One `w:num`: the definition it points to, and its own starts and levels."""
    number_id = number.get(W + "numId", "")
    pointer = number.find(W + "abstractNumId")
    numbering.abstracts[number_id] = "" if pointer is None else pointer.get(W + "val", "")
    for override in number.iterchildren(W + "lvlOverride"):
        depth = _integer(override.get(W + "ilvl"), 0)
        start = override.find(W + "startOverride")
        if start is not None:
            numbering.starts.setdefault(number_id, {})[depth] = _integer(start.get(W + "val"), 1)
        level = override.find(W + "lvl")
        if level is not None:
            numbering.levels.setdefault("num:" + number_id, {})[depth] = _level_of(level)[1]


def _level_of(element: etree._Element) -> tuple[int, Level]:
    def value(tag: str, default: str) -> str:
        found = element.find(W + tag)
        return default if found is None else found.get(W + "val", default)

    legal = element.find(W + "isLgl") is not None
    level = Level(
        _integer(value("start", "1"), 1),
        value("numFmt", "decimal"),
        value("lvlText", ""),
        legal,
        value("suff", "tab"),
    )
    return _integer(element.get(W + "ilvl"), 0), level


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.lstrip("-").isdigit() and len(text) < 7 else default


def numeral(number: int, style: str) -> str:
    """`number` as Word writes it in `style` (a value of `w:numFmt`); unknown styles come as digits.

    >>> [numeral(12, style) for style in ("decimal", "chineseCounting", "upperRoman", "decimalEnclosedCircle")]
    ['12', '十二', 'XII', '⑫']
    """
    write = _STYLES.get(style)
    return write(number) if write and number > 0 else str(number)


def _chinese(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    hundreds, rest = divmod(number, 100)
    tail = "" if not rest else ("零" if rest < 10 else "一" if rest < 20 else "") + _chinese(rest)
    return (_DIGITS[hundreds] if hundreds < 10 else str(hundreds)) + "百" + tail


def _positional(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _formal(number: int) -> str:
    return _chinese(number).translate(str.maketrans(_DIGITS[1:] + "十百", _FORMAL[1:] + "拾佰"))


def _roman(number: int) -> str:
    pairs: tuple[tuple[int, str], ...] = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
    )
    pairs += ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    shown = ""
    for value, letters in pairs:
        count, number = divmod(number, value)
        shown += letters * min(count, 20)
    return shown


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else f"({number})"


_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": _positional,
    "taiwaneseDigital": _positional,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    "ordinal": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
}
