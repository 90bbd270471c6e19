"""The numbers of GB/T 9704-2012 (party and government documents), each beside its clause.

The clauses were read in secondary quotations of the standard. When one turns out to be quoted wrongly,
it is corrected here and nowhere else. Lengths are millimetres (`_MM`) or points (`_PT`).
"""

from __future__ import annotations

from dataclasses import dataclass

# 5.1: A4
PAGE_WIDTH_MM = 210
PAGE_HEIGHT_MM = 297

# 5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm
TOP_MM = 37
LEFT_MM = 28
TYPE_AREA_WIDTH_MM = 156
TYPE_AREA_HEIGHT_MM = 225
BOTTOM_MM = PAGE_HEIGHT_MM - TOP_MM - TYPE_AREA_HEIGHT_MM
RIGHT_MM = PAGE_WIDTH_MM - LEFT_MM - TYPE_AREA_WIDTH_MM

# 5.2.3: 22 lines a page, 28 characters a line, filling the type area
LINES = 22
CHARACTERS = 28
# What word processors need for it: 225 mm / 22 lines is just over 28.95 pt (579 twips, exact), and
# 28 characters of 16 pt fit 156 mm only when each gives up a quarter of a point.
LINE_PITCH_PT = 28.95
CHARACTER_SPACING_PT = -0.25

# 5.2.4: black, unless said otherwise
COLOUR = "000000"

# Line breaks (not of this standard, but of GB/T 15834-2011, 5.1): no closing sign begins a line, no opening one ends it
NOT_AT_START = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
NOT_AT_END = "$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"


@dataclass(frozen=True, slots=True)
class Type:
    """A font by its name, what may stand in for it where it is missing, and its size in points.

    `latin` is the font of Latin letters and digits, empty for the same; `spacing` is what each character
    gains, in points.
    """

    font: str
    fallback: str
    size: float
    bold: bool = False
    latin: str = ""
    spacing: float = CHARACTER_SPACING_PT


# 5.2.2: 3号 仿宋 unless said otherwise (3号 is 16 pt, 2号 22 pt, 4号 14 pt)
BODY = Type("仿宋_GB2312", "仿宋", 16)
# 7.3.1: 2号 小标宋, centred, broken where the sense breaks
TITLE = Type("方正小标宋简体", "宋体", 22)
# 7.3.3: 一、 黑体; （一） 楷体; 1. and （1） 仿宋; none of them bold
HEADINGS = (
    Type("黑体", "SimHei", 16),
    Type("楷体_GB2312", "楷体", 16),
    BODY,
    BODY,
)
# 7.5: 4号 半角宋体阿拉伯数字, a dash at either side
PAGE_NUMBER = Type("宋体", "SimSun", 14)
PAGE_NUMBER_DASH = "—"
PAGE_NUMBER_INDENT_CHARACTERS = 1  # odd pages: from the right; even pages: from the left
PAGE_NUMBER_BELOW_TYPE_AREA_MM = 7  # the dash stands 7 mm below the type area

# 7.3.3: each paragraph starts two characters in, and turns back to the margin; levels are counted in this order
FIRST_LINE_CHARACTERS = 2
MARKS = ("一、", "（一）", "1.", "（1）")
# 7.3.4: one blank line, two characters in, 附件：1. …, no sign at the end; a second line stands under the name
ATTACHMENT_INDENT_CHARACTERS = 2
ATTACHMENT_WORD = "附件："
# 7.3.5: without a seal, one blank line, then the body's name two characters from the right;
# the date below it starts two characters further in than the name does
SIGNATURE_RIGHT_CHARACTERS = 2
DATE_FURTHER_CHARACTERS = 2

# 7.2: 版头. 7.2.1 份号: six digits; 7.2.2 密级 and 7.2.3 紧急程度: 3号 黑体; each flush left, from the first line on
COPY_NUMBER = BODY
SECRECY = HEADINGS[0]
HEAD_LINES = 3
# 7.2.4: 发文机关标志: red 小标宋, centred, its upper edge 35 mm below the type area's
MARK = Type(
    "方正小标宋简体", "宋体", 62, spacing=0
)  # the size is the office's choice; this is the largest used here
MARK_BELOW_TYPE_AREA_TOP_MM = 35
RED = "FF0000"
# 7.2.5: 发文字号 two blank lines below the mark, centred; 7.2.6: with 签发人 it stands one character from the left,
# the signer (楷体) one character from the right
NUMBER_BLANK_LINES = 2
SIGNER = HEADINGS[1]
# 7.2.7: a red line as wide as the type area, 4 mm below the number; 7.3.1: the title two blank lines below it
LINE_BELOW_NUMBER_MM = 4
TITLE_BLANK_LINES = 2

# 7.4: 版记 at the foot of the last page. 7.4.1: first and last line 0.35 mm, lines between 0.25 mm;
# 7.4.2 抄送, 7.4.3 印发机关 and 印发日期: 4号 仿宋, one character from either side
RECORD = Type("仿宋_GB2312", "仿宋", 14)
RECORD_LINE_OUTER_MM = 0.35
RECORD_LINE_INNER_MM = 0.25
RECORD_INDENT_CHARACTERS = 1

# Not of the standard: tables, which it leaves to the office. Rows grow with their text (an exact pitch cuts it off).
TABLE = Type("仿宋_GB2312", "仿宋", 12, spacing=0)
TABLE_HEAD = Type("黑体", "SimHei", 12, spacing=0)


def advance_pt(kind: Type = BODY) -> float:
    """Points from one full-width character to the next in `kind`, the grid's spacing included."""
    return kind.size + kind.spacing


def width_characters(text: str) -> float:
    """Width in full-width characters: ASCII counts half.

    >>> width_characters("2025年")
    3.0
    """
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def date_text(year: int, month: int, day: int) -> str:
    """7.3.5.4: Arabic numerals, the full year, no leading zeros.

    >>> date_text(2026, 1, 8)
    '2026年1月8日'
    """
    return f"{year}年{month}月{day}日"
