"""Names that stand apart from their figure, and words before a figure that name nothing.

“规模以上工业总产值：1—11月完成297.1亿元” has its name before a colon; “有效总量73家” and “其中省级12家” have
none at all: they speak of the indicator before them.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.quantities.indicators import canonical, namings
from assistant.quantities.wordlists import lines, pattern, words

_LONGEST = 20
_LEAD = re.compile(r"^(?:\d{1,2}[.、．]|[一二三四五六七八九十]{1,3}(?:是|、)|[\s*＊#·-])+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{3,}")
_TRADE = re.compile(
    r"^(?:其中)?[、和及]?(?P<way>[出进]口)(?:完成|实现|达到?|为|约|近|超|同比|增长|下降|增|降)*$"
)


def label_before_colon(clause: str) -> str:
    """The indicator that a clause ending in a colon names for what follows; "" when it names none.

    >>> label_before_colon("规模以上工业总产值"), label_before_colon("现将有关情况汇报如下")
    ('规模以上工业总产值', '')
    """
    bare = _LEAD.sub("", clause.strip())
    if not bare or len(bare) > _LONGEST:
        return ""
    known = namings(bare)
    if known and known[-1].end >= len(bare) - 2:
        return known[-1].indicator
    return canonical(bare) if bare.endswith(_heads()) and _CHINESE.search(bare) else ""


@cache
def _heads() -> tuple[str, ...]:
    """Endings by which an unknown name is seen to be an indicator's (…投资, …收入)."""
    return tuple(sorted(words("modifiers.txt", "label")))


def names_nothing(head: str) -> bool:
    """Whether the words before a figure only say how it is counted (总量, 有效总量, 省级, 还差).

    >>> names_nothing("总量"), names_nothing("省级"), names_nothing("科技特派员")
    (True, True, False)
    """
    rest = pattern("claims.txt", "qualifier").sub("", head)
    return not rest or rest in words("modifiers.txt", "nameless")


def what_ranks(words_before: str) -> str:
    """The words before a rank without those that only say where it counts; "" when there are no others.

    >>> what_ranks("增速居全市"), what_ranks("综合考核居全市")
    ('', '综合考核')
    """
    return _ranking().sub("", words_before)


@cache
def _ranking() -> re.Pattern[str]:
    """Where a rank counts, and 增速 or 总量 of what was told."""
    before, scope = pattern("scopes.txt", "before").pattern, pattern("scopes.txt", "scope").pattern
    nameless = pattern("modifiers.txt", "nameless").pattern
    return re.compile(f"(?:有效|{nameless}|增速|增幅|均|分别|继续|并|且|也|{before}|{scope}|的)+$")


def traded(left: str) -> str:
    """出口额 or 进口额 when the words before an amount are just “其中出口”; else ""."""
    match = _TRADE.match(left.strip())
    return f"{match['way']}额" if match else ""


def ratio_name(indicator: str, before: str) -> str:
    """The indicator that the share of `indicator` in a named whole is (研发经费占地区生产总值 -> 研发投入强度); else ""."""
    return next((name for part, whole, name in _ratios() if part == indicator and whole in before), "")


@cache
def _ratios() -> tuple[tuple[str, str, str], ...]:
    rows = (line.split() for line in lines("ratios.txt"))
    return tuple((part, whole, name) for part, whole, name in rows)
