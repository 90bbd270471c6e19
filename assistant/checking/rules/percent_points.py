"""Per cent where the difference of two rates needs percentage points, or the reverse.

What it does:
    Reports 比重、增速、失业率 and other proportions that “提高1.7%” where two percentages are subtracted,
    levels that “增长8个百分点”, and a figure whose source has the other of the two signs.

Why it matters:
    A share that rises from 20% by 1.7个百分点 is 21.7%; by 1.7% it is 20.34%.

Example:
    清洁能源消费比重提高1.7%。

Use instead:
    清洁能源消费比重提高1.7个百分点。

Limits:
    劳动生产率, 效率, 死亡率, 浓度 and the like legitimately change by per cent and are left alone, as is
    what growth contributes (拉动经济增长0.5个百分点).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import in_conflict
from assistant.checking.rule import Example, Rule
from assistant.checking.words import pattern, words
from assistant.errors import Said
from assistant.records import Claim, Finding, Fix, Quantity

_LIST = "rates.txt"
_CLAUSE = re.compile(r"[，,；;。！？\n：:、（(]")
_STEP = re.compile(
    r"(?:提高|提升|上升|下降|降低|回落|增加|减少|扩大|收窄|缩小|加快|放缓|回升|反弹|上涨|上调|下调|高|低|快|慢)(?:了|约|近|超过?)?$"
)
_GROWTH = re.compile(r"(?:增长|增幅为|下降|上涨|下跌|增加|减少|提高|上升)(?:了|约|近|超过?)?$")
_BEYOND = re.compile(r"(?:(?<![同环])比|较|高于|低于|快于|高出|慢于|高过)")
_REACHED = re.compile(r"(?:至|到|为)$")
_LEVEL = re.compile(
    r"(?:总额|总值|金额|收入|支出|产量|产值|增加值|投资|生产总值|GDP|销售额|零售额?|出口额?|进口额?|进出口|销量|营业额|利润|用电量|发电量|吞吐量|客运量|货运量|人数|人次|面积|数量|余额|贷款|存款|价格|消费|资金|成交额|规模|企业|订单|产能|库存|储蓄|外资|贸易|经济|工业|农业|制造业|服务业|产业|行业)(?:同比|实际|名义|环比|比上年|较上年|分别|年均|平均|每年|总计|累计|均|也|仍|将|可|预计|再|又|，)*$"
)


def find(case: Case) -> Iterator[Finding]:
    """Signs that differ from the source, then those that the words rule out."""
    seen = set()
    for conflict in in_conflict(case, "points"):
        seen.add(conflict.figure.span)
        message = Said(
            f"来源中为“{conflict.source.text}”，此处写作“{conflict.figure.text}”，百分比与百分点混用。",
            f"The source has “{conflict.source.text}”, the draft “{conflict.figure.text}”: percent and percentage points are confused.",
        )
        yield RULE.finding(conflict.figure.span, message, conflict.evidence, fix=conflict.fix)
    previous: Claim | None = None
    for claim in case.claims:
        figure = claim.quantity
        if figure.span not in seen and figure.kind in ("percent", "points"):
            yield from _judge(case, claim, previous)
        previous = claim


def _judge(case: Case, claim: Claim, previous: Claim | None) -> Iterator[Finding]:
    figure = claim.quantity
    start = max(claim.sentence.start, previous.quantity.span.end if previous else 0)
    before = case.text[start : figure.span.start].rstrip()
    if figure.kind == "percent" and _needs_points(case, claim, previous, before):
        message = Said(
            "两个比率之差应写“个百分点”，此处写作“%”。",
            "The difference of two rates is told in “个百分点”, not in “%”.",
        )
        yield RULE.finding(figure.span, message, fix=Fix(figure.span, _number(figure) + "个百分点"))
    elif figure.kind == "points" and _needs_percent(case, claim, before):
        message = Said(
            "总量指标的增减幅度应写“%”，此处写作“个百分点”。",
            "The change of a total is told in “%”, not in “个百分点”.",
        )
        yield RULE.finding(figure.span, message, fix=Fix(figure.span, _number(figure) + "%"))


def _needs_points(case: Case, claim: Claim, previous: Claim | None, before: str) -> bool:
    """A step of a proportion, or what a growth rate is above another."""
    if not _STEP.search(before) or _REACHED.search(before):
        return False
    clause = _CLAUSE.split(before)[-1]
    subject = (
        clause
        if len(clause) > len("同比提高了")
        and not clause.startswith(("比上", "比去", "较", "同比", "平均每", "每年"))
        else ""
    )
    name = subject or claim.indicator
    if pattern(_LIST, "relative").search(name) or pattern(_LIST, "relative").search(before):
        return False
    if _names_rate(name) or (_names_rate(before) and subject):
        return True
    return bool(
        previous is not None
        and previous.quantity.kind == "percent"
        and previous.sentence == claim.sentence
        and _BEYOND.search(before)
        and len(before) < 24
        and not re.search(r"[；;。]|其中|均值", before)
        and not subject_of_own(before)
    )


def subject_of_own(before: str) -> bool:
    """Whether the clause names something else than what it is compared with."""
    clause = before.strip("，,、 ")
    return not clause.startswith(
        ("比", "较", "高", "低", "快", "慢", "增速", "增幅", "领先", "平均", "每年", "年均")
    )


def _names_rate(words_: str) -> bool:
    bare = re.sub(
        r"(?:同比|环比|比(?![重例率]).*|较.*|分别|均|再|又|累计|年均|平均|每年|将|至少|进一步)*(?:提高|提升|上升|下降|降低|回落|增加|减少|扩大|收窄|缩小|加快|放缓|回升|高|低)了?(?:约|近|超过?)?$",
        "",
        words_,
    )
    return bare.endswith(words(_LIST, "rate"))


def _needs_percent(case: Case, claim: Claim, before: str) -> bool:
    """A level that grows by points."""
    stem = _GROWTH.sub("", before)
    clause = _CLAUSE.split(stem)[-1]
    if stem == before or pattern(_LIST, "contribution").search(clause):
        return False
    growing = not stem.endswith("每") and before.endswith(
        ("增长", "增长了", "增长约", "增长近", "上涨", "下跌")
    )
    if pattern(_LIST, "rate").search(clause) or pattern(_LIST, "rate").search(claim.indicator):
        return False
    return growing or bool(_LEVEL.search(clause))


def _number(figure: Quantity) -> str:
    return re.sub(r"(?:个?百分点|[%％])$", "", figure.text)


RULE = Rule(
    id="percent.points",
    title=Said("百分比与百分点混用", "Percent and percentage points confused"),
    severity="error",
    find=find,
    flagged=(
        Example("清洁能源消费比重提高1.7%。"),
        Example("城镇调查失业率比上年下降0.2%。"),
        Example("规上工业增加值增长8.7%，比上年提高1.5%。"),
        Example("社会消费品零售总额增长8个百分点。"),
        Example("研发投入强度达到2.6%，比上年提高0.2%。", ("研发投入强度达到2.6%，比上年提高0.2个百分点",)),
    ),
    passed=(
        Example("清洁能源消费比重提高1.7个百分点。"),
        Example("全员劳动生产率提高6.1%。"),
        Example("规上工业增加值增长8.7%，比上年提高1.5个百分点。"),
        Example("消费拉动经济增长2.2个百分点。"),
        Example("常住人口城镇化率提高到67.9%。"),
        Example("细颗粒物平均浓度下降9.1%。"),
    ),
)
