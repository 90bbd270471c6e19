"""What the heads of a facts table mean: which columns name, which hold results, targets, rates or last year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.drafting.words import word_table

_YEAR = re.compile(r"^((?:19|20)\d\d)(?:年度?)?")
_UNIT_IN_HEAD = re.compile(
    r"[（(\[【]\s*(?:计量)?(?:单位\s*[：:]\s*)?([^（）()\[\]【】]{1,12})\s*[)）\]】]\s*$"
)
_UNIT_LINE = re.compile(r"(?:^|[\s（(])(?:计量)?单位\s*[：:]\s*([^\s，。；（）()]{1,20})[）)]?\s*$")
_UNIT_WORD = re.compile(
    r"^(?:[百千万亿]*(?:元|美元|人民币|吨|千克|公斤|亩|公顷|平方米|平方公里|立方米|公里|米|千瓦时|千瓦|兆瓦|户|人|人次|名|"
    r"家|个|项|件|处|座|所|宗|场|场次|次|批|台|套|辆|篇|部|册|张|份|户次|岁|天|年|月|小时|分|位|倍|标准煤|标准立方米)"
    r"|%|％|‰|个?百分点|[a-zA-Z]{1,4}|[^\d]{1,3}/[^\d]{1,4})$"
)
PART = re.compile(r"^(?:其中|#)\s*[：:、]?\s*")  # in front of a row that is part of the one above
_RATES = ("rate", "completion", "share")


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its role, what it measures beside the row's name, its year, its unit, its words.

    Roles are the keys of data/columns.txt; a column that only measures something is a "value".
    """

    role: str
    measure: str = ""
    year: int | None = None
    unit: str = ""
    words: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether its figures are shares or growth, which have no unit of money or count."""
        return self.role in _RATES


def read_head(texts: Sequence[str]) -> Head:
    """The meaning of a column from its head cells, top down.

    >>> read_head(["技术合同登记额（万元）", "2025年"])
    Head(role='value', measure='技术合同登记额', year=2025, unit='万元', words='技术合同登记额2025年')
    >>> read_head(["同比增长（%）"])
    Head(role='rate', measure='', year=None, unit='%', words='同比增长')
    """
    role, year, unit = "", None, ""
    measures: list[str] = []
    shown: list[str] = []
    for text in dict.fromkeys(texts):
        bare, own = unit_of(text)
        unit = own or unit
        bare = re.sub(r"\s+", "", bare)
        shown.append(bare)
        found = _YEAR.match(bare)
        year = int(found[1]) if found else year
        rest = bare[found.end() :] if found else bare
        known = _roles().get(rest)
        if known:
            role = known if role in ("", "value", "name") else role
        elif rest:
            measures.append(rest)
    return Head(role or "value", "".join(measures), year, unit, "".join(shown))


def unit_of(text: str) -> tuple[str, str]:
    """A name without the unit in brackets behind it, and that unit; "" where the brackets hold something else.

    >>> [unit_of(text) for text in ("研发投入（亿元）", "企业数(家)", "高企（有效）", "金额（单位：万元）")]
    [('研发投入', '亿元'), ('企业数', '家'), ('高企（有效）', ''), ('金额', '万元')]
    """
    found = _UNIT_IN_HEAD.search(text)
    if found and (_UNIT_WORD.match(found[1]) or "单位" in found.group()):
        return text[: found.start()].strip(), found[1].strip()
    return text.strip(), ""


def is_unit(text: str) -> bool:
    """Whether a cell holds a unit and nothing else."""
    return bool(_UNIT_WORD.match(text))


def unit_line(text: str) -> str:
    """The unit that a line above a table gives (`单位：万元`); "" for any other line.

    >>> [unit_line(text) for text in ("（单位：万元）", "表1 收支情况 单位：亿元", "单位：云溪县科学技术局")]
    ['万元', '亿元', '']
    """
    found = _UNIT_LINE.search(text.strip()) if len(text) <= 60 else None
    if not found:
        return ""
    return found[1] if all(_UNIT_WORD.match(one) for one in units_in(found[1])) else ""


def units_in(text: str) -> list[str]:
    """The units of a list: 万元、家."""
    return [one for one in re.split(r"[、,，/;；和及]", text) if one]


def plain_caption(text: str) -> str:
    """What a table is about, from the line above it; "" where that is no name.

    >>> plain_caption("表1 2025年县级财政科技支出情况表（单位：万元）")
    '县级财政科技支出'
    """
    bare = re.sub(r"[（(]?\s*(?:计量)?单位\s*[：:].*$", "", text).strip()
    bare = re.sub(r"^(?:附?表\s*[\d一二三四五六七八九十]*[：:.、]?\s*)?(?:(?:19|20)\d\d年(?:度)?)?", "", bare)
    bare = re.sub(r"(?:完成|统计|分布)?(?:情况)?(?:一览|统计|明细|汇总)?表?$", "", bare).strip()
    return bare if 2 <= len(bare) <= 16 and not re.search(r"[，。；：:]", bare) else ""


def is_total(name: str) -> bool:
    """Whether a row sums others up (合 计, 小计)."""
    return re.sub(r"\s+", "", name).strip("：:") in word_table("columns.txt")["total"]


def is_mean(name: str) -> bool:
    """Whether a row gives the mean of others."""
    return re.sub(r"\s+", "", name) in word_table("columns.txt")["mean"]


@cache
def _roles() -> dict[str, str]:
    keys = {key: words for key, words in word_table("columns.txt").items() if key not in ("total", "mean")}
    return {word: key for key, words in keys.items() for word in words}
