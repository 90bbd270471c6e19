"""Shares: 占…% against a part over the whole that the words name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.derivations import HUNDRED, Derivation, Window, alike, amount
from assistant.checking.intervals import interval, shown
from assistant.checking.wholes import CHANGE
from assistant.quantities import canonical

_SHARE = re.compile(
    r"占(?!地|有率)(?P<base>[^，。；、占]{0,30}?)(?P<form>的?(?:比重|比例|比))?(?:约?为|达到?|已达|达到了|约|超过?|近|分别为?|分别达)*$"
)
_GENERAL = re.compile(r"^(?:全部|同期)?总(?:量|额|数|值|规模|面积|投资|人口|收入|支出)的?$")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]?")
_BASE_EDGES = re.compile(
    r"^(?:其中|[全我][国省市县区]|中国|同期|当年|前?[\d一二三四五六七八九十]+个?月|上半年|今年|本[省市县])+|的?(?:总量|总额|总数|总值|总规模|规模|比重)?的?(?:达到?|为|完成|累计)?$"
)
_PLACE = re.compile(r"^.{0,4}[省市县区]|货物贸易|外贸|累计|完成|总")
_TOGETHER = re.compile(r"合计|上述|共占|[以]上.{0,4}占")
_REACH_FIGURES = 14
_REACH_TEXT = 260


def shares(w: Window) -> Iterator[Derivation]:
    """P…，占(W的)p%: the stated share against P over W; several parts with 分别 in order."""
    for k in range(1, len(w.figures)):
        if w.figures[k].kind != "percent":
            continue
        match = _SHARE.search(w.before[k].replace(" ", ""))
        if match is not None and not _TOGETHER.search(w.before[k]):
            count = _run(w, k) if "分别" in w.before[k] else 1
            for place, part in enumerate(_parts(w, k, count)):
                yield from _checked(w, part, k + place, match["base"], match["form"] or "")


def _run(w: Window, k: int) -> int:
    """How many percentages follow each other from k, joined by 、 or 和."""
    count = 1
    while (
        k + count < len(w.figures)
        and w.figures[k + count].kind == "percent"
        and w.before[k + count].strip() in "、和及"
    ):
        count += 1
    return count


def _parts(w: Window, k: int, count: int) -> list[int]:
    """The `count` levels nearest before k in its sentence, in text order."""
    found: list[int] = []
    for i in range(k - 1, -1, -1):
        if re.search(r"[。；;\n]", w.before[i + 1]):
            break
        if amount(w.figures[i]) and not CHANGE.search(w.before[i]):
            if found and not alike(w.figures[i], w.figures[found[0]]):
                break
            found.insert(0, i)
            if len(found) == count:
                return found
    return []


def _checked(w: Window, part: int, k: int, base: str, form: str) -> Iterator[Derivation]:
    """The share that holds for one of the possible wholes, else the one for the likeliest."""
    ratios = [
        r for r in (_share(w, part, whole, k) for whole in _wholes(w, part, base, form)) if r is not None
    ]
    held = [r for r in ratios if r.holds]
    yield from (held or ratios)[:1]


def _wholes(w: Window, part: int, base: str, form: str) -> list[int]:
    """Figures before the part that the share can be of, the nearest first."""
    start = w.figures[part].span.start - _REACH_TEXT
    found = [
        i
        for i in range(part - 1, max(-1, part - _REACH_FIGURES), -1)
        if amount(w.figures[i])
        and alike(w.figures[i], w.figures[part])
        and w.value(i) > w.value(part)
        and not CHANGE.search(w.before[i])
        and w.figures[i].span.start > start
    ]
    if _GENERAL.match(base):
        return found
    if not base:
        inside = "其中" in w.before[part] or (
            form == "" and "其中" in "".join(w.before[max(0, part - 1) : part + 1])
        )
        return found[:2] if inside else []
    return [
        i for i in found if "其中" not in w.before[i] and _same_name(base, w.before[i], w.claims[i].indicator)
    ]


def _same_name(base: str, before: str, indicator: str) -> bool:
    """Whether the words after 占 name the figure with `before` in front of it."""
    name = _core(base)
    clause = _core(re.split(r"[，,。；;：:\n]", before)[-1])
    if len(name) < 2 or "除" in base:
        return False
    return name == clause or (canonical(name) == indicator and name in clause)


def _core(words: str) -> str:
    """A name without places, periods, 总额 and what stands in brackets."""
    bare = _BRACKETS.sub("", words.strip("、和 　"))
    return _PLACE.sub("", _BASE_EDGES.sub("", bare))


def _share(w: Window, part: int, whole: int, k: int) -> Derivation | None:
    upper, lower, stated = (interval(w.figures[n]) for n in (part, whole, k))
    ratio = upper.over(lower) if upper and lower else None
    if ratio is None or stated is None:
        return None
    exact = shown(w.value(part) / w.value(whole) * HUNDRED, w.figures[k])
    formula = f"{w.figures[part].text}÷{w.figures[whole].text}={exact}%"
    return Derivation("share", w.first + k, (w.first + part, w.first + whole), formula, f"{exact}%",
                      ratio.times(HUNDRED).meets(stated))  # fmt: skip
