"""How well a claim answers a question for a value: the words of the matter beside the figure.

Certain (1.0): the words of the matter, or another name of the same indicator, stand right before the figure,
with nothing between but words like 达到 and 增长. Less: the claim's indicator is the same by its canonical name,
but named earlier in the sentence. Everything else is no match: a nearby figure is never taken for an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.chat.asked import Asked
from assistant.chat.words import pattern, words
from assistant.quantities import canonical, synonyms
from assistant.quantities.indicators import asked_namings, namings
from assistant.quantities.wordlists import words as figure_words
from assistant.records import Claim, Span

SURE = 0.65
"""A claim below this does not answer."""
_BREAK = re.compile(r"[，,；;。！？!?\n、：:（）()]")
COUNTED = re.compile("^[一二三四五六七八九十]{1,3}是要?")
"""What numbers the points of a paragraph: no part of a name."""
_MONEY = re.compile(r"(?:总值|增加值|总额|产值|收入|支出|投资|余额|经费)$")
_SHARED = re.compile("[率比占]|强度|赤字|化$")
_STOCK = re.compile(r"总量|总数|有效|存量|拥有量|保有量|实有|合计|总计")
_RUNNING = re.compile("累计|[三四五十]年(?:来|间|共)|以来")
"""A total of several years."""
_DOUBTS = {
    "inside": 0.36,
    "synonym": 0.04,
    "flow": 0.33,
    "kind": 0.4,
    "year": 0.3,
    "plan": 0.2,
    "aimed": 0.4,
    "unit": 0.25,
    "running": 0.03,
}
"""What each sign against a claim takes from its score."""


@dataclass(frozen=True, slots=True)
class Match:
    """A claim of a text with how well it answers (0 to 1)."""

    claim: Claim
    score: float
    exact: bool  # the words of the question stand right before the figure
    doubt: float = 0.0  # what was taken off for other reasons than the words


@dataclass(frozen=True, slots=True)
class Matter:
    """The words of a matter in all the ways that a report may write them, the question's own first."""

    forms: tuple[str, ...]
    own: frozenset[str]  # those in the question's own words
    plain: str  # without what is asked of it; "" where that is all of it
    name: str

    def touches(self, text: str) -> bool:
        """Whether any form stands in a text."""
        return any(form in text for form in self.forms)


@lru_cache(maxsize=256)
def matter_of(words_asked: str) -> Matter:
    """All forms of the words of a matter: without 增速, 总量 and 了, and with each other name of its indicator.

    >>> "高企" in matter_of("高新技术企业数量").forms
    True
    """
    bare = re.sub("了", "", words_asked) or words_asked
    plain = plainly(bare)
    own = list(dict.fromkeys((words_asked, bare, plain)))
    forms = list(own)
    for form in own:
        for naming in asked_namings(form):
            for other in synonyms(naming.indicator):
                forms.append(form[: naming.start] + other + form[naming.end :])
    meant = (naming.indicator for naming in asked_namings(plain) if naming.end - naming.start == len(plain))
    name = next(meant, canonical(plain))
    told = tuple(dict.fromkeys(form for form in forms if len(form) >= 2))
    return Matter(told, frozenset(own), plain if plain != bare else "", name)


def plain_name(asked: Asked) -> str:
    """The matter in the question's own words, without 哪个多 and 变化趋势."""
    own = [form for form in matter_of(asked.matter).own if form in asked.matter]
    return min(own, key=len, default=asked.matter)


def plainly(text: str) -> str:
    """A matter without the words that only say what is asked of it (的增速, 变化趋势), unless nothing is left."""
    before = ""
    while before != text:
        before = text
        for entry in words("mood"):
            rest = re.sub(f"(?:的)?(?:{entry})$", "", text)
            if len(rest) >= 2 and rest != text and not _cut(text, len(rest)):
                text = rest
                break
        rest = pattern("compared").sub("", text)
        text = rest if len(rest) >= 2 else text
    return text


def _cut(text: str, at: int) -> bool:
    """Whether the name of an indicator would be cut in two there (经济|增长)."""
    return any(one.start < at < one.end for one in asked_namings(text))


def match(asked: Asked, text: str, claim: Claim, year: int | None) -> Match | None:
    """The match of one claim of `text`, or None. `year`: that of the document, where the question names it."""
    matter = matter_of(asked.matter)
    base = _beside(matter, text, claim)
    exact = base >= 1.0 - _DOUBTS["synonym"]
    if not base:
        base = _by_name(matter, text, claim)
    if not base:
        return None
    doubt = _doubt(asked, text, claim, year)
    return Match(claim, round(base - doubt, 4), exact, doubt) if base > doubt else None


def _beside(matter: Matter, text: str, claim: Claim) -> float:
    """1 when a form stands right before the figure, 0.95 right behind it (583项国家标准), else 0."""
    start, end = claim.quantity.span.start, claim.quantity.span.end
    left = text[max(claim.sentence.start, start - 60) : start]
    counted = claim.quantity.kind in ("count", "money", "physical")
    behind = (0.95 for form in matter.forms if counted and text.startswith(form, end))
    return max((*(_before(matter, form, left) for form in matter.forms), *behind), default=0.0)


def _before(matter: Matter, form: str, left: str) -> float:
    """1 when the form ends the words before a figure, less where it is another name or part of a longer one."""
    at = left.rfind(form)
    if at >= 0 and _only_gap(left[at + len(form) :]):
        inside = _DOUBTS["inside"] if _inside(left[:at], form) else 0.0
        less = _DOUBTS["synonym"] if form not in matter.own else 0.02 if form == matter.plain else 0.0
        return 1.0 - inside - less
    return 0.0


@lru_cache(maxsize=4096)
def _only_gap(between: str) -> bool:
    """Whether the words between a name and its figure only lead to the figure."""
    return re.fullmatch(f"(?:{'|'.join(words('gap'))})*", between) is not None


def _inside(before: str, form: str) -> bool:
    """Whether the form is the end of a longer name (海洋生产总值 for 生产总值)."""
    clause = _BREAK.split(before)[-1]
    clause = COUNTED.sub("", re.split(r"[0-9%％]", clause)[-1])
    front = canonical(clause + form)
    return bool(clause) and front != canonical(form) and not _leading(clause)


def _leading(clause: str) -> bool:
    """Whether the words before a name are verbs, places and the like (全省, 实现, 力争)."""
    known = (
        figure_words("modifiers.txt", "verb")
        | figure_words("modifiers.txt", "place")
        | figure_words("modifiers.txt", "qualifier")
    )
    while clause:
        size = next((n for n in range(min(5, len(clause)), 0, -1) if clause[-n:] in known), 0)
        if not size:
            return False
        clause = clause[:-size]
    return True


def _by_name(matter: Matter, text: str, claim: Claim) -> float:
    """The claim's own indicator is the one asked for, by its canonical name."""
    if claim.kind == "rank":
        return 0.85 if _ranked(matter, text[claim.sentence.start : claim.quantity.span.start]) else 0.0
    if not claim.indicator or claim.indicator != matter.name:
        return 0.0
    if claim.quantity.kind == "count" and _MONEY.search(matter.name):
        return 0.0  # 13个设区市地区生产总值
    if not matter.touches(telling_span(matter, text, claim).of(text)):
        return 0.0
    if claim.indicator_span is not None:
        named = claim.indicator_span.of(text)
        return 0.9 if any(form in named or named in form for form in matter.forms) else 0.75
    return 0.85


def telling_span(matter: Matter, text: str, claim: Claim) -> Span:
    """The claim's sentence; with those that a ； joins to it where only an earlier one names the matter."""
    span = claim.sentence
    joined = text[max(0, span.start - 2) : span.start].rstrip().endswith(("；", ";"))
    if not joined or matter.touches(span.of(text)):
        return span
    return Span(max(text.rfind(sign, 0, span.start) for sign in "。！？\n") + 1, span.end)


def _ranked(matter: Matter, before: str) -> bool:
    """Whether the words before a rank are of the matter to the end: its figures, 增速, 居全国, no other thing."""
    at, size = max((before.rfind(form), len(form)) for form in matter.forms)
    if at < 0:
        return False
    between = before[at + size :]
    last = _BREAK.split(between)[-1]
    return not namings(between) and (last == between or pattern("ranked").match(last) is not None)


def _doubt(asked: Asked, text: str, claim: Claim, year: int | None) -> float:
    """What speaks against a claim: added for total, plan for result, another year, another unit or kind."""
    doubt = 0.0
    clause = _clause(text, claim)
    if (
        not asked.wants("flow")
        and pattern("flow").search(clause)
        and not pattern("flow").search(asked.matter)
    ) or (asked.wants("flow") and not pattern("flow").search(clause)):
        doubt += _DOUBTS["flow"]
    elif _STOCK.search(clause):
        doubt -= 0.02
    if _RUNNING.search(clause) and not _RUNNING.search(asked.text):
        doubt += _DOUBTS["running"]
    doubt += _kind_doubt(asked, claim)
    if asked.unit and claim.quantity.unit and asked.unit[-1] != claim.quantity.unit[-1]:
        doubt += _DOUBTS["unit"]
    if claim.status != "actual" and not asked.wants("plan") and not asked.of_report:
        doubt += _DOUBTS["plan"]
    if claim.status == "actual" and asked.wants("aimed") and "目标" not in claim.sentence.of(text):
        doubt += _DOUBTS["aimed"]
    elif claim.status == "actual" and asked.wants("plan"):
        doubt += _DOUBTS["plan"] / 2
    years = claim.period.years if claim.period else ()
    if year is not None and years and year not in years and not asked.of_report:
        doubt += _DOUBTS["year"]
    return doubt


def _kind_doubt(asked: Asked, claim: Claim) -> float:
    wanted = next((kind for kind in ("rank", "share", "rate") if asked.wants(kind)), "")
    if not wanted and claim.kind == "share" and not _SHARED.search(matter_of(asked.matter).name):
        return _DOUBTS["kind"]
    if not wanted:
        return 0.05 if claim.kind in ("change", "rank", "completion", "rate") else 0.0
    if wanted == claim.kind:
        return 0.0
    if wanted == "share" and claim.quantity.kind == "percent":
        return 0.0
    if wanted == "rate" and claim.quantity.kind in ("percent", "points"):
        return 0.0
    return _DOUBTS["kind"]


def _clause(text: str, claim: Claim) -> str:
    """The words of the claim's clause before the figure, and a few behind."""
    start, end = claim.quantity.span.start, claim.quantity.span.end
    before = re.split(r"[，,；;。！？!?\n：:]", text[claim.sentence.start : start])[-1]
    after = re.split(r"[，,；;。！？!?\n]", text[end : end + 12])[0]
    return before + after
