"""Sentence planning: which facts stand together, in what form, before a model is asked for anything.

The writer's order is kept; only a fact that another one contains, or contradicts, is moved beside it. A fact
that leans on the one before it (增速居全国第2位) is never parted from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.drafting.facts import bare_heading
from assistant.drafting.words import content_pairs, fields, tags, word_list
from assistant.errors import Said
from assistant.records import Fact, FactSection

Form = Literal["prose", "goals", "problems", "indicators"]

_LEANS = re.compile(
    r"(?:其中|分别|增速|增幅|涨幅|降幅|占比|占全|居|位居|位列|排名|排全|跃居|跃升|稳居|由全|由第|升至|高于|低于|快于"
    r"|同比|环比|较上|较去|较年|比上年|比去年|均居|均为|以及|包括|并|还有|达到|惠及|带动|涉及|总量|全[市省国县区]第|年度投资)"
)
_PROBLEMS = re.compile(r"问题|不足|短板|困难|差距")
_GOALS = re.compile(r"(?:主要|预期|总体|发展|工作)?目标$")
_INDICATORS = re.compile(r"指标.{0,8}(?:情况|完成|表)?$")
_PLAN = re.compile(r"计划|打算|安排|思路|展望|目标|下一步|下步|重点工作|重点任务|举措")
_REVIEW = re.compile(r"总结|回顾|情况|成效|完成|开展|亮点|发展成就|成绩")
_AHEAD = re.compile(r"^(?:力争|确保|计划|拟|预计|将|争取|到20\d\d年)|(?:左右|以上|以内)$")
_HEADLINE = re.compile(
    r"^(?:[^，。；]{0,10})(?:生产总值|增加值|固定资产投资|零售总额|公共预算收入|进出口总?额?|可支配收入|消费价格|失业率|城镇化率)"
    r"[^，。；]{0,8}(?:增长|下降|达|突破|提高|控制|分别|涨幅|[\d.]+[万亿%％])"
)
_BREAKS = "，、；。"
_MOST_ITEMS = 4
_MOST_CHARACTERS = 120
_PARAGRAPH_GROUPS = 6
_MOST_ENUMERATED = 5


@dataclass(frozen=True, slots=True)
class Item:
    """A clause in the writer's own words with the facts that it carries; `leans`: it needs the clause before it."""

    text: str
    fact_ids: tuple[str, ...]
    leans: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring items on one matter; `ask`: a phrase of action would stand well before them."""

    items: tuple[Item, ...]
    ask: bool = True
    headline: bool = False  # a string of headline indicators: they are told one after the other, plainly

    @property
    def text(self) -> str:
        """The clauses, for comparing and asking."""
        return "；".join(item.text for item in self.items)

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """Ids of all facts carried."""
        return tuple(fact_id for item in self.items for fact_id in item.fact_ids)


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One section before composing; `ahead`: it tells of plans, so nothing in it may sound done."""

    heading: str
    level: int
    form: Form
    ahead: bool
    groups: tuple[Group, ...]
    theme: bool
    enumerate: bool
    notes: tuple[str, ...] = ()


def plan_section(section: FactSection, parents: Sequence[str] = ()) -> SectionPlan:
    """Groups, form and notes of one section; `parents` are the headings above it, outermost first."""
    form = _form(section.heading)
    items, notes = _items(section.facts)
    prose = form == "prose"
    grouped = prose or form == "indicators"
    groups = _groups(items) if grouped else tuple(Group((item,), False) for item in items)
    enumerate_ = _can_enumerate(groups) if prose else form == "problems" and len(items) > 1
    return SectionPlan(
        heading=section.heading,
        level=section.level,
        form=form,
        ahead=_is_ahead(section, parents),
        groups=_asked(groups, every=enumerate_)
        if prose
        else tuple(replace(one, ask=False) for one in groups),
        theme=prose and sum(not group.headline for group in groups) > 1,
        enumerate=enumerate_,
        notes=notes,
    )


def batches(plan: SectionPlan, size: int = _PARAGRAPH_GROUPS) -> list[SectionPlan]:
    """The plan cut into paragraphs of at most `size` groups, evenly; only the first has a theme."""
    count = max(1, -(-len(plan.groups) // size))
    length = max(1, -(-len(plan.groups) // count))
    parts = [plan.groups[at : at + length] for at in range(0, len(plan.groups), length)] or [()]
    enumerate_ = plan.enumerate and (len(parts) == 1)
    return [
        replace(plan, groups=part, theme=plan.theme and number == 0, enumerate=enumerate_)
        for number, part in enumerate(parts)
    ]


def starts_with_verb(text: str) -> bool:
    """Whether a clause opens with what was done (新增…, 建成…) rather than with what is counted."""
    if text.startswith(tuple(word_list("actions.txt"))):
        return True
    first = tags(text)[:1]
    return bool(first) and first[0][1].startswith("v")


def related(one: str, other: str) -> int:
    """How much two clauses have to do with each other: shared fields of work and shared content words."""
    own, theirs = fields(one), fields(other)
    shared = sum(min(own[field], theirs[field]) for field in own.keys() & theirs.keys())
    return shared + len(content_pairs(one) & content_pairs(other))


def _form(heading: str) -> Form:
    bare = bare_heading(heading)
    if _PROBLEMS.search(bare):
        return "problems"
    if _GOALS.search(bare):
        return "goals"
    return "indicators" if _INDICATORS.search(bare) else "prose"


def is_ahead_heading(heading: str, parents: Sequence[str] = ()) -> bool | None:
    """Whether the nearest heading that says so tells of plans; `None` when none says."""
    for text in (heading, *reversed(parents)):
        if _PLAN.search(text) and not _REVIEW.search(text):
            return True
        if _REVIEW.search(text):
            return False
    return None


def is_ahead_text(text: str) -> bool:
    """Whether a clause tells of a plan by its own words: 力争…, …以上."""
    return bool(_AHEAD.search(text))


def _is_ahead(section: FactSection, parents: Sequence[str]) -> bool:
    """By the part that the facts' figures are bound in, else by the headings, else by the words of the facts."""
    if any(claim.part == "plan" for fact in section.facts for claim in fact.claims):
        return True
    said = is_ahead_heading(section.heading, parents)
    if said is not None:
        return said
    return sum(is_ahead_text(fact.text) for fact in section.facts) * 2 > len(section.facts)


def _items(facts: Sequence[Fact]) -> tuple[list[Item], tuple[str, ...]]:
    """One item a clause: contained facts merged, overlapping ones put side by side without saying a part twice."""
    items: list[Item] = []
    notes: list[str] = []
    for fact in facts:
        for number, item in enumerate(items):
            if _contains(item.text, fact.text):
                items[number] = replace(item, fact_ids=(*item.fact_ids, fact.id))
                break
            if _contains(fact.text, item.text):
                items[number] = Item(fact.text, (*item.fact_ids, fact.id), item.leans)
                break
            rest = _rest(item.text, fact.text)
            if rest:
                items.insert(number + 1, Item(rest, (fact.id,), True))
                notes.append(
                    Said(
                        f"事实“{fact.text}”与“{item.text}”部分重合，请核对是否一致",
                        f"the facts “{fact.text}” and “{item.text}” overlap; do they agree?",
                    )
                )
                break
        else:
            items.append(Item(fact.text, (fact.id,), bool(items) and _leans(fact.text)))
    return items, tuple(notes)


def _leans(text: str) -> bool:
    """Whether a clause says of what, only in the clause before it: 增速居全国第2位, 绩效考核排全国第3位."""
    return bool(_LEANS.match(text)) or (
        len(text) <= 12 and bool(re.search(r"[居排列]全[国省市县区]第", text))
    )


def _contains(whole: str, part: str) -> bool:
    """Whether `part` stands in `whole` as clauses of its own."""
    at = whole.find(part)
    end = at + len(part)
    return at >= 0 and (at == 0 or whole[at - 1] in _BREAKS) and (end == len(whole) or whole[end] in _BREAKS)


def _rest(first: str, second: str) -> str:
    """What `second` adds after the figure clauses that it shares with the beginning of `first`; else nothing."""
    shared = 0
    while shared < min(len(first), len(second)) and first[shared] == second[shared]:
        shared += 1
    cut = max(second.rfind(sign, 0, shared) for sign in "，、") + 1
    head, rest = second[:cut], second[cut:]
    known = bool(re.search(r"\d", head)) and len(head) >= 6 and "分别" not in rest
    return rest if known and re.search(r"\d", rest) else ""


def _groups(items: Sequence[Item]) -> tuple[Group, ...]:
    groups: list[list[Item]] = []
    for item in items:
        if groups and (item.leans or _belongs(item, groups[-1])):
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(Group(tuple(group), headline=_is_headline(group)) for group in groups)


def _is_headline(group: Sequence[Item]) -> bool:
    """Whether every clause that stands on its own states a headline indicator of the economy."""
    return all(item.leans or _HEADLINE.match(item.text) for item in group)


def _belongs(item: Item, group: Sequence[Item]) -> bool:
    length = sum(len(other.text) for other in group) + len(item.text)
    if _is_headline([item]) != _is_headline(group):
        return False
    if _is_headline([item]):
        return length <= _MOST_CHARACTERS
    if len(group) >= _MOST_ITEMS or length > _MOST_CHARACTERS:
        return False
    return max(related(item.text, other.text) for other in group) >= 2


def _asked(groups: Sequence[Group], *, every: bool) -> tuple[Group, ...]:
    """Groups of one clause that says what was done need no phrase beside a neighbour that has one."""
    asked: list[Group] = []
    for group in groups:
        alone = len(group.items) == 1
        acts = alone and starts_with_verb(group.items[0].text)
        run = [earlier.ask for earlier in asked[-2:]]
        quiet = (acts and any(run[-1:])) or (alone and len(run) == 2 and all(run))
        ask = (every or not quiet) and not group.headline and not _leans(group.items[0].text)
        asked.append(replace(group, ask=ask))
    return tuple(asked)


def _can_enumerate(groups: Sequence[Group]) -> bool:
    """一是…二是… fits three to five matters of some weight, and no string of indicators."""
    weight = sum(len(group.items) for group in groups)
    return (
        3 <= len(groups) <= _MOST_ENUMERATED
        and 2 * weight >= 3 * len(groups)
        and not any(group.headline for group in groups)
        and sum(len(group.text) for group in groups) >= 28 * len(groups)
    )
