"""Money, counts, physical amounts, percentages, points, multiples and durations, single or as a range."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.quantities import approximation, figures, lexicon
from assistant.quantities.figures import Figure
from assistant.quantities.lexicon import Unit
from assistant.quantities.numerals import Number, narrow
from assistant.quantities.wordlists import pattern, words
from assistant.quantities.writing import gap_at, until_at
from assistant.records import Quantity, Span

_BARE_SCALE = re.compile("[百千万亿]+")
_COUNTED_ONE = re.compile(
    "(?:新增|增加|减少|共|各|仅|新建|获批|新获批|新设|新认定|净增|增至|达到|不足|少于)$"
)
_SIGN = re.compile(r"(?:^|[^0-9０-９A-Za-z%％‰一-龥)）\]\-—–－]|[为长降增率])[-－−负]$|(?<![减担背肩])负$")
_STOPS = frozenset("，。；、,;）)！？!?：:\n\t|”’ ")
_LEADS = frozenset("到达为至超过破近约增比数值是于率均由从")
_CHANGES = re.compile("(?:以上|以下)?(?:下降|上升|提高|增加|缩小|降|升|扩大|增长|减少|调整|回落|左右)")
_LASTING = re.compile("(?:满|超过|不足|少于|延长|为期|提前|共|长达|不得低于|间隔)$")
_CALENDAR = frozenset(("周", "个月", "个季度", "年"))  # lengths in these run on beside results: 连续30个月
_NAMED = re.compile("[之以]?[内前后]|[^，。；、]{0,6}圈")
_STOP = re.compile("[，。；,;：:\n]")
_SHORTENED = re.compile("(?:减少|增加(?!值)|缩短|压缩|压减|缩减|平均)[^，。；、0-9]{0,5}$")
_AND = re.compile("[、和与]|以及")
_LIST_LENGTH = 4
_CLAUSE = 16  # so many characters before a figure may say what it measures
_SYMBOLS = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}
_HALF = Decimal("0.5")


def amount(text: str, start: int) -> Quantity | None:
    """The amount that starts at `start`; `None` when what stands there is no figure with a unit."""
    first = figures.read(text, start)
    if first is None or figures.is_name(text, first):
        return None
    found = _range(text, first) or _single(text, first)
    return found and _signed(text, found)


def _range(text: str, first: Figure) -> Quantity | None:
    """3至5家, 10%—12%, 5000万—1亿元: both ends, the left one with the right one's unit where it has none."""
    if first.low is not None:
        return _paired(text, first)
    own = _unit(text, first)
    joint = until_at(text, own[1] if own else first.end)
    second = joint and figures.read(text, joint.end())
    if not second or not joint:
        return None
    found = _unit(text, second)
    if found is None or (own and own[0].dimension != found[0].dimension):
        return None
    unit, end = found
    low, high = first.number, second.number
    if not own and not first.scaled and low.value < second.number.mantissa:
        low = low.times(second.number.scale)
        low = _counted_alike(first, low, second)
    if own and own[0].factor != unit.factor:
        low = low.times(own[0].factor / unit.factor)
    if not low.value < high.value:
        return None
    built = _build(text, replace(second, start=first.start, chinese=first.chinese), unit, end)
    return built and replace(built, value=None, low=_worth(low.value, unit), high=_worth(high.value, unit))


def _counted_alike(first: Figure, low: Number, second: Figure) -> Number:
    """两到三千 is 2000 to 3000: a lone digit takes the other end's 百 or 千."""
    unit = {"百": 100, "佰": 100, "千": 1000, "仟": 1000}.get(second.written[-1], 1)
    lone = len(first.written) == 1 and len(second.written) == 2
    return low.times(Decimal(unit)) if lone else low


def _paired(text: str, figure: Figure) -> Quantity | None:
    found = _unit(text, figure)
    if found is None or figure.low is None or figure.high is None:
        return None
    built = _build(text, figure, *found)
    low, high = _worth(figure.low, found[0]), _worth(figure.high, found[0])
    return built and replace(built, value=None, low=low, high=high)


def _single(text: str, figure: Figure) -> Quantity | None:
    found = _unit(text, figure)
    if figure.low is not None:
        return None
    if found is None:
        return _symbol(text, figure) or _shared(text, figure) or _bare(text, figure)
    unit, end = found
    if _BARE_SCALE.fullmatch(figure.written) and not _meant(text, figure, end):
        return None
    counted = unit.kind not in ("percent", "points", "multiple")
    if (
        counted
        and figure.written == "一"
        and not _COUNTED_ONE.search(text[max(0, figure.start - 3) : figure.start])
    ):
        return None
    return _build(text, figure, unit, end)


def _meant(text: str, figure: Figure, end: int) -> bool:
    """Whether 百, 千, 万, 亿 without a digit counts something: 超千亿元, 百余家, 亿元以上."""
    if figure.approximation != "exact":
        return True
    if text.startswith("级", end):
        return False
    near = approximation.before(text, figure.start)
    return (
        bool(near)
        or text[figure.start - 1 : figure.start] in ("过", "破", "达")
        or text.startswith("以上", end)
    )


def _is_large(text: str, figure: Figure) -> bool:
    """A Chinese numeral in 万 or 亿 that is a figure without a unit: 五千八百万党员, 近千万农民, not 万千气象."""
    if figure.written[-1] not in "万亿萬億" or text[figure.end : figure.end + 1] in ("”", "’"):
        return False
    if _BARE_SCALE.fullmatch(figure.written):
        return len(figure.written) > 1 and _meant(text, figure, figure.end)
    return not figure.written.startswith("第") and len(figure.written) > 1


def _unit(text: str, figure: Figure) -> tuple[Unit, int] | None:
    gap = gap_at(text, figure.end)
    start = gap.end() if gap else figure.end
    found = lexicon.units().at(text, start)
    if found is None:
        return None
    spelling, unit = found
    short = figure.chinese and len(figure.written) == 1 and figure.written not in "十百千万亿"
    if (unit.arabic and short) or (start > figure.end and figure.chinese and unit.kind == "count"):
        return None
    return unit, start + len(spelling)


def _build(text: str, figure: Figure, unit: Unit, end: int) -> Quantity | None:
    value, precision = figure.number.value, figure.number.place * _HALF
    if unit.name == "成" and (half := re.compile("[半一二三四五六七八九]").match(text, end)):
        value += _HALF if half[0] == "半" else Decimal("一二三四五六七八九".index(half[0]) + 1) / 10
        end, precision = half.end(), Decimal("0.05")
    if unit.kind == "multiple" and _grown(text, figure.start):
        value += 1
    if text[figure.end : end].strip() == "日" and not _lasts(text, figure, end):
        return None
    name = "%" if unit.kind == "percent" else unit.name
    kind = "physical" if unit.kind == "duration" and _measured(text, figure, unit, end) else unit.kind
    quantity = Quantity(
        kind, Span(figure.start, end), text[figure.start : end], _worth(value, unit), name,
        figure.number.scale, _worth(precision, unit), figure.approximation,
    )  # fmt: skip
    return approximation.approximated(text, quantity)


def _lasts(text: str, figure: Figure, end: int) -> bool:
    """Whether N日 is a length of time (15日内, 满6日) and not a day of some month."""
    spanned = text[end : end + 1] in ("内", "以", "之", "前", "后")
    return (
        spanned
        or figure.number.value > 31
        or bool(_LASTING.search(text[max(0, figure.start - 3) : figure.start]))
    )


def _measured(text: str, figure: Figure, unit: Unit, end: int) -> bool:
    """Whether a length of time is a result (优良天数338天, 审批时间压缩至3个工作日), not a date line or a name."""
    if figure.chinese or unit.name in _CALENDAR or _NAMED.match(text, end):
        return False
    clause = _STOP.split(text[max(0, figure.start - _CLAUSE) : figure.start])[-1]
    return bool(pattern("figures.txt", "time.measure").search(clause) or _SHORTENED.search(clause))


def _worth(value: Decimal, unit: Unit) -> Decimal:
    """Percentages are counted in %: 七成 is 70, 3‰ is 0.3."""
    return value * unit.factor if unit.kind == "percent" else value


def _grown(text: str, start: int) -> bool:
    """Whether N倍 is counted on top of the base: 增长1.2倍, 增加了近3倍."""
    before = text[max(0, start - 8) : start].rstrip()
    between, growth = words("figures.txt", "between"), words("figures.txt", "growth")
    for _ in range(2):
        for length in (3, 2, 1):
            if before[-length:] in between:
                before = before[:-length]
                break
    return any(before[-length:] in growth for length in (3, 2, 1))


def _signed(text: str, quantity: Quantity) -> Quantity:
    """-3.2% and 负3.2%: the sign belongs to the figure where nothing stands before it that it could join."""
    start = quantity.span.start
    if quantity.value is None or not _SIGN.search(text[max(0, start - 2) : start]):
        return quantity
    span = Span(start - 1, quantity.span.end)
    return replace(quantity, span=span, text=span.of(text), value=-quantity.value)


def _symbol(text: str, figure: Figure) -> Quantity | None:
    """¥1,200 and $30: the currency stands in front."""
    unit = _SYMBOLS.get(text[figure.start - 1 : figure.start])
    if unit is None:
        return None
    built = _build(text, figure, lexicon.units().by_name[unit], figure.end)
    span = Span(figure.start - 1, figure.end)
    return built and replace(built, span=span, text=span.of(text))


def _shared(text: str, figure: Figure) -> Quantity | None:
    """分别提高11.1、11.2个百分点: the unit stands behind the last figure of the list."""
    listed = "分别" in text[max(0, figure.start - 10) : figure.start]
    if figure.chinese or not (listed or "." in figure.written or "．" in figure.written):
        return None
    last = figure
    for _ in range(_LIST_LENGTH):
        joint = _AND.match(text, last.end)
        following = figures.read(text, joint.end()) if joint else None
        if following is None:
            return None
        found = _unit(text, following)
        if found:
            return _build(text, figure, found[0], figure.end)
        last = following
    return None


def _bare(text: str, figure: Figure) -> Quantity | None:
    """A number without a unit: 1.5亿学生, 突破一万, 指数为87.5, a table cell."""
    large = figure.scaled or (figure.chinese and _is_large(text, figure))
    if large and not text.startswith(("级", "+", "＋"), figure.end):
        return _build(text, figure, Unit("", "count", ""), figure.end)
    end, before = figure.end, text[figure.start - 1 : figure.start]
    year = (
        not figure.scaled
        and "," not in figure.written
        and re.fullmatch(r"(?:19|20)\d\d", narrow(figure.written))
    )
    if year or (end < len(text) and text[end] not in _STOPS and not _CHANGES.match(text, end)):
        return None
    cell = before in ("\t", "|") or (text[end : end + 1] in ("\t", "|") and before in ("", "\n"))
    if figure.chinese and (figure.written == "一" or not approximation.before(text, figure.start)):
        return None
    if not cell and before not in _LEADS:
        return None
    unit = Unit("", "count", "")
    return _build(text, figure, unit, end)
