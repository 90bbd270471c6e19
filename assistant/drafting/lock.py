"""Joining the writer's clauses, letter for letter, with the few words that stand between them.

Only here is a section's text made. A clause goes in as it is; around it come signs, 一是/二是, a phrase of action
or a theme. Nothing else can enter, so no model can alter a figure or its indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.drafting.plan import Group, Item, SectionPlan, starts_with_verb
from assistant.records import Citation, Fact, Sentence, SentenceRole, Span

_ORDINALS = "一二三四五六七八九十"
_SHORT = 46
_LEAD_GOALS = "主要目标是："
_LEAD_EXPECTED = "主要预期目标是："


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters of a sentence: the writer's (`fact_ids`), of a source (`citation`), or neither."""

    text: str
    fact_ids: tuple[str, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What stands between the clauses of a plan: a theme, a phrase or a whole free sentence for each group.

    `free` holds parts of a verified sentence for a group, by its number; such a group is not joined from clauses.
    """

    theme: str = ""
    phrases: Mapping[int, str] = field(default_factory=dict)
    free: Mapping[int, tuple[Part, ...]] = field(default_factory=dict)
    lead: tuple[Part, ...] = ()


def lock(plan: SectionPlan, words: Words) -> list[list[Part]]:
    """The sentences of one paragraph as parts; every item of the plan stands in it once."""
    if plan.form == "problems" and plan.enumerate:
        return _numbered_items(plan)
    if plan.form in ("problems", "goals"):
        lead = [Part(_LEAD_GOALS)] if plan.form == "goals" and "目标" not in plan.groups[0].text[:8] else []
        return [[*lead, *_series(item for group in plan.groups for item in group.items), Part("。")]]
    if plan.enumerate and _may_enumerate(plan.groups, words):
        body = [_enumerated(number, group, words) for number, group in enumerate(plan.groups)]
        return [*_opening(words), *(sentence for sentences in body for sentence in sentences)]
    sentences = _flowing(plan, words)
    if words.lead and not words.theme and _acts(plan.groups, words):
        sentences[0] = [*words.lead, Part("，"), *sentences[0]]
        return sentences
    return [*_opening(words), *sentences]


@dataclass(frozen=True, slots=True)
class Settled:
    """Words of a paragraph in the making: the theme and what the first `groups` groups get will not change."""

    words: Words
    groups: int


def certain(plan: SectionPlan, settled: Settled) -> list[list[Part]]:
    """The sentences of `lock` that stand whatever words the groups that are not settled get.

    A sentence that the next group may still join is not among them.
    """
    words, count = settled.words, settled.groups
    if count == len(plan.groups):
        return lock(plan, words)
    if plan.form not in ("prose", "indicators"):
        return []
    if plan.enumerate and words.phrases and _may_enumerate(plan.groups, words):
        return lock(replace(plan, groups=plan.groups[:count]), words)
    if plan.enumerate and not words.free and _may_enumerate(plan.groups[:count], words):
        return _opening(words)
    if not count:
        return _opening(words)
    known, further = (
        lock(replace(plan, groups=plan.groups[:number], enumerate=False), words)
        for number in (count, count + 1)
    )
    # The next group joins the last sentence only where it would do so without any words of its own.
    return known if len(further) > len(known) else known[:-1]


def finish(
    paragraphs: Iterable[Sequence[Sequence[Part]]], facts: Mapping[str, Fact]
) -> tuple[str, tuple[Sentence, ...]]:
    """The section's text, paragraphs on lines of their own, and its sentences with their spans."""
    text = ""
    sentences: list[Sentence] = []
    for paragraph in paragraphs:
        text += "\n" if text else ""
        for parts in paragraph:
            sentences.append(_sentence(parts, len(text), facts))
            text += sentences[-1].text
    return text, tuple(sentences)


def _opening(words: Words) -> list[list[Part]]:
    """The theme, after the policy where there is one; a policy without a theme to lead to is left out."""
    if not words.theme:
        return []
    lead = [*words.lead, Part("，")] if words.lead else []
    return [[*lead, Part(words.theme), Part("。")]]


def _acts(groups: Sequence[Group], words: Words) -> bool:
    """Whether the first sentence begins with an action, so that 认真落实…要求 can lead to it."""
    return bool(words.phrases.get(0)) or (0 not in words.free and starts_with_verb(groups[0].text))


def _may_enumerate(groups: Sequence[Group], words: Words) -> bool:
    """一是 wants an action after it: a phrase, a clause that begins with a verb, or a free sentence."""
    return not words.free and all(
        words.phrases.get(number) or starts_with_verb(group.text) for number, group in enumerate(groups)
    )


def _enumerated(number: int, group: Group, words: Words) -> list[list[Part]]:
    """“一是加强……。清单。” with a phrase before much text, else one sentence."""
    mark, phrase = Part(f"{_ORDINALS[number]}是"), words.phrases.get(number, "")
    if phrase and len(group.text) > _SHORT:
        return [[mark, Part(f"{phrase}。")], [*_clauses(group.items), Part("。")]]
    return [[mark, *_phrase(phrase), *_clauses(group.items), Part("。")]]


def _numbered_items(plan: SectionPlan) -> list[list[Part]]:
    items = [item for group in plan.groups for item in group.items]
    marks = [f"{_ORDINALS[number]}是" if number < len(_ORDINALS) else "" for number in range(len(items))]
    return [[Part(mark), _clause(item), Part("。")] for mark, item in zip(marks, items, strict=True)]


def _flowing(plan: SectionPlan, words: Words) -> list[list[Part]]:
    """Sentences of one or two groups: short neighbours share one, joined by ；."""
    sentences: list[list[Part]] = []
    open_length, open_count = 0, 0
    for number, group in enumerate(plan.groups):
        if number in words.free:
            sentences.append(list(words.free[number]))
            open_count = 0
            continue
        parts = _group(plan, number, group, words)
        length = sum(len(part.text) for part in parts)
        joined = open_count in (1, 2) and open_length + length <= 2 * _SHORT and not _inner(group)
        if joined:
            sentences[-1][-1:] = [Part("；"), *parts, Part("。")]
        else:
            sentences.append([*parts, Part("。")])
        open_length = (open_length if joined else 0) + length
        open_count = 0 if _inner(group) or group.headline else (open_count if joined else 0) + 1
    return sentences


def _group(plan: SectionPlan, number: int, group: Group, words: Words) -> list[Part]:
    expected = plan.ahead and group.headline and len(group.items) > 1
    lead = [Part(_LEAD_EXPECTED)] if expected else _phrase(words.phrases.get(number, ""))
    return [*lead, *_clauses(group.items)]


def _phrase(phrase: str) -> list[Part]:
    return [Part(f"{phrase}，")] if phrase else []


def _clauses(items: Sequence[Item]) -> list[Part]:
    """Items joined by ，; by ； where one of them has commas of its own, or a clause that leans on it."""
    return _series(items, "；" if _many_commas(items) else "，")


def _series(items: Iterable[Item], sign: str = "；") -> list[Part]:
    parts: list[Part] = []
    for item in items:
        if parts:
            parts.append(Part("，" if item.leans else sign))
        parts.append(_clause(item))
    return parts


def _clause(item: Item) -> Part:
    return Part(item.text, item.fact_ids)


def _inner(group: Group) -> bool:
    """Whether the group's own text has ；, so that it can't share a sentence."""
    return len(group.items) > 1 and _many_commas(group.items)


def _many_commas(items: Sequence[Item]) -> bool:
    return any("，" in item.text for item in items) or any(item.leans for item in items[1:-1])


def _sentence(parts: Sequence[Part], start: int, facts: Mapping[str, Fact]) -> Sentence:
    text, connective = "", []
    for part in parts:
        if not part.fact_ids and part.citation is None and part.text.strip("，；。、："):
            connective.append(Span(start + len(text), start + len(text) + len(part.text)))
        text += part.text
    fact_ids = tuple(dict.fromkeys(fact_id for part in parts for fact_id in part.fact_ids))
    citations = tuple(part.citation for part in parts if part.citation)
    return Sentence(
        text=text,
        span=Span(start, start + len(text)),
        role=_role(fact_ids, citations, facts),
        fact_ids=fact_ids,
        citations=citations,
        connective_spans=tuple(connective),
    )


def _role(fact_ids: Sequence[str], citations: Sequence[Citation], facts: Mapping[str, Fact]) -> SentenceRole:
    masked = any(claim.quantity.kind == "masked" for fact_id in fact_ids for claim in facts[fact_id].claims)
    if masked:
        return "placeholder"
    if fact_ids:
        return "fact"
    return "policy" if citations else "connective"
