"""Figures that are not plain amounts: document numbers, ratios, fractions, doublings, masks, and what to skip."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities import lexicon
from assistant.quantities.approximation import approximated
from assistant.quantities.numerals import narrow, parse
from assistant.quantities.writing import ARABIC, CHINESE, DASH, DIGIT, GAP, SCALE
from assistant.records import Quantity, Span

_DOCUMENT = re.compile(
    f"[〔\\[［﹝（(【]{GAP}(?P<year>(?:19|20|１９|２０){DIGIT}{{2}}){GAP}[〕\\]］﹞）)】]{GAP}第?{GAP}"
    f"(?P<number>{DIGIT}{{1,5}}){GAP}号"
)
_AGENCY = re.compile("[一-龥A-Za-z]{1,12}$")
_LEAD_IN = re.compile("^.*(?:根据|按照|依据|贯彻|落实|执行|印发|转发|详见|参照|新增|废止|以及|[见和及与])")
_ENUMERATOR = re.compile(f"[（(]{GAP}(?:{DIGIT}{{1,3}}|[一二三四五六七八九十]{{1,3}}){GAP}[）)]")
_LINE_NUMBER = re.compile(
    f"(?:{DIGIT}{{1,2}}{GAP}(?:[.．](?!{DIGIT})|、)|[一二三四五六七八九十]{{1,3}}{GAP}[、.．])"
)
_LINE_START = re.compile(r"(?:^|[\n\r])[ \t\u3000#>*（(+-]{0,8}$")
_PART = f"(?:{ARABIC})"
_RATIO = re.compile(
    f"({_PART}){GAP}[:：∶比]{GAP}({_PART})(?:{GAP}[:：∶比]{GAP}({_PART}))?(?:{GAP}[:：∶比]{GAP}({_PART}))?"
)
_RATIO_BEFORE = re.compile("(?:比|比例|结构|配比|之比|比重|比率|配置)[^，。；\n]{0,12}$")
_RATIO_AFTER = re.compile("(?:的)?(?:比例|比率|配比|配置|杠杆)")
_LABEL = re.compile("[表图第附件注步骤A-Za-z0-9./_-]$")
_STANDARD = re.compile(r"[:：]\s?(?:19|20)\d\d(?!\d)|[A-Za-z]")
_CLOCK = re.compile(
    f"{DIGIT}{{1,2}}(?:[:：]{DIGIT}{{2}}(?:[:：]{DIGIT}{{2}})?|[时点]{DIGIT}{{1,2}}分?|时)(?![间期代])"
)
_FRACTION = re.compile(
    f"(?P<whole>百|千|万|{CHINESE}|{ARABIC}){GAP}分之{GAP}(?P<sign>负?)(?P<part>{ARABIC}|{CHINESE})"
)
_SLASH = re.compile(f"({DIGIT}{{1,3}})/({DIGIT}{{1,4}})(?![0-9/年月])")
_DOUBLED = re.compile(
    f"翻(?:了|上)?{GAP}(?:近|约|超过?)?{GAP}(?P<times>[一二两三四五1-5])?{GAP}(?:(?P<fan>番)|倍)"
)
_MASK = "[xXｘＸ×✕＊*]"
_BLANK = "_{2,12}|＿{2,12}|[□■?？]{2,6}|[【（(\\[]待[补核填定查]充?[】）)\\]]"
_MASKED = re.compile(
    f"(?P<digits>{DIGIT}{{0,4}})(?P<mask>{_MASK}{{1,6}}(?:[.．]{_MASK}{{1,3}})?|{_BLANK})"
    f"(?:{DASH}{_MASK}{{1,6}}(?:[.．]{_MASK}{{1,3}})?)?{GAP}(?P<scale>{SCALE}?){GAP}"
)
_NOT_MASKED = frozenset(
    [
        "县",
        "村",
        "社区",
        "乡镇",
        "县区",
        "门",
        "部",
        "处",
        "所",
        "站",
        "院",
        "组",
        "团",
        "班",
        "层",
        "道",
        "课",
        "集",
        "节",
        "度",
        "方",
        "里",
        "M",
        "P",
        "W",
        "m",
        "t",
        "店",
        "席",
        "位",
    ]
)
_TITLE = re.compile("《[^《》\n]{1,80}》")


def title(text: str, start: int) -> int | None:
    """《…》: what a title holds (a year above all) is no figure; where it ends."""
    match = _TITLE.match(text, start)
    return match.end() if match else None


def document_number(text: str, start: int) -> Quantity | int | None:
    """〔2021〕3号, with the issuing body in `number`; an enumerator （三） is skipped."""
    match = _DOCUMENT.match(text, start)
    if match is None:
        skipped = _ENUMERATOR.match(text, start)
        return skipped.end() if skipped else None
    agency = _AGENCY.search(text[max(0, start - 12) : start])
    issuer = _LEAD_IN.sub("", agency[0]) if agency else ""
    number = f"{issuer}〔{narrow(match['year'])}〕{int(narrow(match['number']))}号"
    return Quantity("document_number", Span(*match.span()), match[0], number=number)


def line_number(text: str, start: int) -> int | None:
    """1. · 2、 · 一、 at the start of a line: where the text goes on."""
    match = _LINE_NUMBER.match(text, start)
    return match.end() if match and _LINE_START.search(text[max(0, start - 9) : start]) else None


def ratio(text: str, start: int) -> Quantity | int | None:
    """1∶3 and 6.1:41.2:52.7; a clock time is skipped."""
    match = _RATIO.match(text, start)
    if match is None:
        clock = _CLOCK.match(text, start)
        return clock.end() if clock else None
    parts = tuple(parse(part) for part in match.groups() if part)
    before = text[max(0, start - 14) : start]
    if (
        _LABEL.search(before)
        or _STANDARD.search(text[start : match.end() + 1])
        or text[match.end() : match.end() + 1] in tuple("年月万亿个家%％‰元")
    ):
        return None
    named = (
        "∶" in match[0]
        or "比" in match[0]
        or _RATIO_BEFORE.search(before)
        or _RATIO_AFTER.match(text, match.end())
    )
    if _CLOCK.fullmatch(match[0]) and not named:
        return match.end()
    values = tuple(part.value for part in parts if part)
    return Quantity("ratio", Span(*match.span()), match[0], parts=values)


def fraction(text: str, start: int) -> Quantity | None:
    """三分之一, 1/4; 百分之八 is a percentage."""
    match = _FRACTION.match(text, start)
    if match is None:
        return _slashed(text, start)
    part = parse(match["sign"] + match["part"])
    whole = parse(match["whole"])
    if part is None or whole is None or whole.value == 0:
        return None
    span = Span(*match.span())
    if match["whole"] == "百":
        found = Quantity("percent", span, match[0], part.value, "%", precision=part.place / 2)
    else:
        found = Quantity("fraction", span, match[0], part.value / whole.value)
    return approximated(text, found)


def _slashed(text: str, start: int) -> Quantity | None:
    match = _SLASH.match(text, start)
    if (
        match is None
        or text[start - 1 : start] in tuple("0123456789/-.")
        or (text[start - 1 : start].isalpha() and text[start - 1].isascii())
    ):
        return None
    part, whole = (Decimal(narrow(number)) for number in match.groups())
    if not 0 < part < whole:
        return None
    return approximated(text, Quantity("fraction", Span(*match.span()), match[0], part / whole))


def doubled(text: str, start: int) -> Quantity | None:
    """翻一番 is twice the base, 翻两番 four times."""
    match = _DOUBLED.match(text, start)
    if match is None:
        return None
    times = parse(match["times"] or "1")
    if times is None or not (match["fan"] or match["times"]):
        return None
    value = Decimal(2) ** int(times.value) if match["fan"] else times.value
    quantity = Quantity("multiple", Span(*match.span()), match[0], value, "倍")
    return approximated(text, quantity)


def masked(text: str, start: int) -> Quantity | int | None:
    """xx家, x.x亿元, XX%, 第x位, xxxx年: a placeholder with a unit. Masked names (××县) are none."""
    match = _MASKED.match(text, start)
    before = text[start - 1 : start] if start else ""
    if match is None or (
        before.isascii() and (before.isalnum() or before in ("*", "_", ".", "-")) and before
    ):
        return None
    end = _mask_end(text, match)
    if end is None:
        return None
    if before == "第":
        start -= 1
    name = _mask_unit(text, match)
    span = Span(start, end)
    return Quantity("masked", span, span.of(text), unit=name)


def _mask_end(text: str, match: re.Match[str]) -> int | None:
    unit = lexicon.units().at(text, match.end())
    emphasis = match["mask"].startswith("*")
    if emphasis and _LINE_START.search(text[max(0, match.start() - 9) : match.start()]):
        return None
    if unit and unit[0] not in _NOT_MASKED:
        return match.end() + len(unit[0])
    ranked = text[match.start() - 1 : match.start()] == "第"
    if ranked and text[match.end() : match.end() + 1] in ("位", "名"):
        return match.end() + 1
    date = _MASKED_DATE.match(text, match.end())
    if date and not (emphasis and text.startswith(("年度", "年工"), match.end())):
        return date.end()
    return match.end() if match["scale"] and not unit else None


_MASKED_DATE = re.compile(
    f"年(?:{GAP}[0-9xX×*]{{1,2}}{GAP}月(?:{GAP}[0-9xX×*]{{1,2}}{GAP}日)?)?|月(?:份|{GAP}[0-9xX×*]{{1,2}}{GAP}日)?|日|号"
)


def _mask_unit(text: str, match: re.Match[str]) -> str:
    unit = lexicon.units().at(text, match.end())
    if unit is None:
        return text[match.end() : match.end() + 1] if not match["scale"] else ""
    return "%" if unit[1].kind == "percent" else unit[1].name


def shielded(text: str, start: int) -> int | None:
    """A word that only looks like a figure: where it ends. It must cover the whole numeral that starts here."""
    end = lexicon.shield().end(text, start)
    if not end:
        return None
    run = _RUN.match(text, start)
    return end if run is None or run.end() <= end else None


_RUN = re.compile("[0-9０-９一二两三四五六七八九十百千万亿零〇点]{1,24}")
_LATIN = re.compile(
    f"{DIGIT}{{1,18}}(?:[.．]{DIGIT}{{1,6}})?(?:[A-Za-zＡ-Ｚａ-ｚ+＋]|·(?!{DIGIT}{{1,2}}{GAP}[%％]))"
)


def coded(text: str, start: int) -> int | None:
    """5G, 3A, 4K, 1+N, 3·15: digits joined to letters and signs that are no unit; where they end."""
    match = _LATIN.match(text, start)
    if match is None:
        return None
    unit = lexicon.units().at(text, match.end() - 1)
    return None if unit else match.end()
