"""How figures are written: the regular-expression parts that the parsers share. All repetition is bounded."""

from __future__ import annotations

import re

from assistant.quantities.numerals import CHINESE_DIGITS

SPACE = "[ \t\u00a0\u2009\u202f\u3000]"
GAP = f"{SPACE}?"
DIGIT = "[0-9０-９]"
DASH = "[-—–~～－―─﹣〜‐‑−]"
UNTIL = f"(?:{DASH}{{1,2}}|至|到)"

_GROUPS = (
    f"{DIGIT}{{1,3}}(?:,{DIGIT}{{3}}){{1,6}}",  # 1,280
    "[０-９]{1,3}(?:，[０-９]{3}){1,6}",  # １，２８０
    f"{DIGIT}{{1,3}}(?:[ \u00a0\u2009\u202f]{DIGIT}{{3}}){{1,5}}(?!{DIGIT})",  # 56 021
    f"{DIGIT}(?: {DIGIT}){{1,11}}(?!{DIGIT})",  # 1 2 8 0, split by OCR
    f"{DIGIT}{{1,18}}",
)
_DECIMALS = (
    f"(?:[.．]{DIGIT}{{1,12}}|·{DIGIT}{{1,2}}(?={GAP}[%％])|{GAP}[.．]{GAP}{DIGIT}{{1,2}})?(?!{DIGIT})"
)
ARABIC = f"(?:{'|'.join(_GROUPS)}){_DECIMALS}"

# 千 in front of 瓦, 米 … belongs to the unit, 百 in front of 分 to 百分之 and 百分点.
_THOUSAND = "[千仟](?![瓦克米卡伏赫帕焦])"
_HUNDRED = "[百佰](?!分[之点])"
SCALE = f"(?:[十百千]?万亿|[十百千]?[亿億]|[十百千]?[万萬]|{_THOUSAND}|{_HUNDRED})"
CHINESE = (
    f"(?:[{CHINESE_DIGITS}十拾万萬亿億廿卅]|{_THOUSAND}|{_HUNDRED}){{1,24}}"
    f"(?:[点點][{CHINESE_DIGITS}]{{1,8}}[万亿]{{0,2}})?"
)
_MIXED_TAIL = (
    f"(?:零?{DIGIT}{{1,4}}(?:[.．]{DIGIT}{{1,4}})?[万千]|零?[一二两三四五六七八九十百千]{{1,7}}[万千百])"
)
NUMBER = (
    f"(?:(?P<arabic>{ARABIC})(?:{GAP}(?P<more>[余餘多几])?{GAP}(?P<scale>{SCALE})(?P<tail>{_MIXED_TAIL})?)?"
    f"|(?P<several>[几数](?:[十百千万亿]|{_THOUSAND}){{1,3}}|[一二三四五六七八九]?十[几数][万亿]{{0,2}})"
    f"|(?P<chinese>{CHINESE}))"
    f"(?:{GAP}(?P<over>[余餘]|多(?![元渠样层方]化|元[的主素]))(?P<late>[万亿萬億]{{1,2}})?)?"
)

number_at = re.compile(NUMBER).match
until_at = re.compile(f"{GAP}{UNTIL}{GAP}").match
gap_at = re.compile(f"{SPACE}{{0,2}}").match
