"""Judging the few words that a model may add: a phrase of action before facts, a theme for a section.

A phrase rests on no fact, so it may say only what kind of work the facts belong to: no figure, no name, no
outcome, and the same matter as its facts. What fails is dropped; the facts stand without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.drafting.words import (
    content_pairs,
    fields,
    longest_shared,
    main_fields,
    tags,
    word_list,
    word_table,
)

_HAN = re.compile(r"[一-龥]+")
_NUMERAL = re.compile(r"[一二三四五六七八九十百千万亿两零〇几数余首第双半壹贰叁肆伍陆柒捌玖拾佰仟萬億倍廿卅]")
_NUMBER_WORDS = re.compile(
    r"队伍|大陆|陆续|内陆|一体化|一体|三农|万众|数字|数据|数智|指数|参数|双创|双碳|首要|统一|双向"
)
_OPEN_END = re.compile(
    r"[的和与及等在为对从向以更其并或是有被把将]$|(?:工作|活动|结合|相关|方面|情况|效率|率|数量|产值|问题|成果)$"
)
# Verbs of degree take a level or an ability, not a thing that is built: not 提升…建设.
_MISMATCHED = re.compile(r"^(?:提升|提高|增强|扩大).*(?:建设|体系|机制|制度|支持|管理|政策)$")
_SHORTEST, _LONGEST, _LONGEST_THEME = 5, 14, 10


@dataclass(slots=True)
class Memory:
    """What the report has used so far, so that no phrase comes twice."""

    phrases: list[str] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)

    def add(self, phrase: str) -> None:
        """Takes note of an accepted phrase."""
        self.phrases.append(phrase)
        self.verbs.append(phrase[:2])

    def repeats(self, phrase: str) -> bool:
        """Whether the report has this phrase, or one that differs by its verb alone."""
        return any(longest_shared(phrase, used) >= max(4, len(phrase) - 2) for used in self.phrases)


def phrase_fault(phrase: str, facts: str, context: str, *, ahead: bool) -> str:
    """Why `phrase` can't stand before `facts`, as a word; empty when it can.

    `context` is what else the section gives (its heading): names are allowed from there. The words:
    shape, numeral, banned, named, verb, cut, copied, unfit.
    """
    if not _HAN.fullmatch(phrase) or not _SHORTEST <= len(phrase) <= _LONGEST:
        return "shape"
    if _NUMERAL.search(_NUMBER_WORDS.sub("", phrase)):
        return "numeral"
    fault = _banned(phrase, facts + context, ahead)
    if fault:
        return fault
    if phrase[:2] not in word_list("verbs.txt"):
        return "verb"
    if "的" in phrase or _OPEN_END.search(phrase) or _MISMATCHED.search(phrase):
        return "cut"
    if _copied(phrase, facts):
        return "copied"
    return "" if fits(phrase, facts) else "unfit"


def theme_fault(theme: str, groups: Sequence[str], heading: str, *, ahead: bool) -> str:
    """Why `theme` (two phrases with a comma) can't open a section of these groups; empty when it can."""
    halves = theme.split("，")
    if len(halves) != 2 or halves[0][:2] == halves[1][:2] or max(map(len, halves)) > _LONGEST_THEME:
        return "shape"
    if any(len(fields(half)) > 2 for half in halves):
        return "unfit"
    if any(longest_shared(half, heading) >= 5 for half in halves):
        return "copied"
    faults = (_half_fault(half, groups, heading, ahead=ahead) for half in halves)
    return next((fault for fault in faults if fault), "")


def _half_fault(half: str, groups: Sequence[str], heading: str, *, ahead: bool) -> str:
    """Nothing when the half fits any of the groups, else why it fits the last."""
    fault = "unfit"
    for facts in groups:
        fault = phrase_fault(half, facts, heading, ahead=ahead)
        if not fault:
            break
    return fault


def fits(phrase: str, facts: str) -> bool:
    """Whether the phrase speaks of the facts' matter and of no other.

    >>> fits("加强创新平台建设", "新增入库科技型中小企业31家")
    False
    >>> fits("壮大科技企业队伍", "新增入库科技型中小企业31家")
    True
    """
    shared = content_pairs(phrase) & content_pairs(facts)
    own, theirs = fields(phrase), fields(facts)
    common = own.keys() & theirs.keys()
    if not shared and not common & set(main_fields(facts)):
        return False
    table = word_table("topics.txt")
    foreign = max(
        (own[name] for name in own if name not in theirs and not _said(table[name], phrase, facts)), default=0
    )
    return foreign < max((own[name] for name in common), default=2)


def best(
    candidates: Sequence[str], facts: Sequence[str], context: str, memory: Memory, *, ahead: bool
) -> str:
    """The candidate that stands best before the clauses `facts`, or nothing when none can stand.

    Wanted: it covers many of the clauses, in words that they don't have, with a verb that is not worn.
    """
    whole = "；".join(facts)
    ranked = []
    for place, phrase in enumerate(candidates):
        if phrase_fault(phrase, whole, context, ahead=ahead) or memory.repeats(phrase):
            continue
        if phrase[:2] in memory.verbs[-1:]:
            continue
        worn = memory.verbs[-12:].count(phrase[:2]) + 2 * (phrase[:2] in memory.verbs[-3:])
        covered = sum(fits(phrase, fact) for fact in facts) / len(facts)
        ranked.append((3 * covered - worn - longest_shared(phrase, whole) / 3, -place, phrase))
    return max(ranked)[2] if ranked else ""


def _said(words: frozenset[str], phrase: str, facts: str) -> bool:
    """Whether the facts themselves have the phrase's words of a field that they don't count as theirs."""
    return all(word in facts for word in words if word in phrase)


def _banned(phrase: str, known: str, ahead: bool) -> str:
    table = word_table("banned.txt")
    for kind in ("filler", "claim", "chat", "vague", *(("done",) if ahead else ())):
        if any(word in phrase for word in table[kind]):
            return "banned"
    if any(word in phrase and word not in known for word in table["named"]):
        return "named"
    places = {word for word, tag in tags(phrase) if tag in ("ns", "nt", "nr") and len(word) >= 2}
    return "named" if any(word in word_list("places.txt") and word not in known for word in places) else ""


def _copied(phrase: str, facts: str) -> bool:
    """Whether the phrase says the fact itself once more: 打造安全生态水系，打造安全生态水系234公里."""
    run = longest_shared(phrase, facts)
    return run >= 6 or (run >= 5 and run * 2 >= len(phrase)) or (run == 4 and run * 10 >= 6 * len(phrase))
