"""From a model's answer to words that may stand: verify each, ask again where it pays, else do without.

The last resort is always the plain fact: a group without a phrase, or without a free sentence that holds, is
joined from the writer's clauses alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from assistant.drafting.compose import Answer, Composer
from assistant.drafting.lock import Part, Words
from assistant.drafting.phrases import Memory, best, theme_fault
from assistant.drafting.plan import Group, SectionPlan
from assistant.drafting.verify import sentence_fault
from assistant.errors import ModelError
from assistant.records import Fact

_SHORTEST_RUN = 4


@dataclass(slots=True)
class Repair:
    """Chooses and repairs for one report; `notes` says what was changed, in Chinese."""

    composer: Composer
    facts: Mapping[str, Fact]
    memory: Memory = field(default_factory=Memory)
    notes: list[str] = field(default_factory=list)

    def words(self, plan: SectionPlan, answer: Answer, lead: tuple[Part, ...] = ()) -> Words:
        """What of `answer` may stand between the facts of `plan`.

        Raises:
            ModelError: the model failed while it was asked again.
        """
        if self.composer.way == "sentences":
            theme = self._theme(plan, answer)
            return Words(theme, free=self._sentences(plan, answer), lead=lead)
        phrases = self._phrases(plan, answer)
        asked = [number for number, group in enumerate(plan.groups) if group.ask]
        if len(asked) > 1 and not phrases:
            phrases = self._phrases(plan, self.composer.ask(plan, again=frozenset(asked)))
        return Words(self._theme(plan, answer), phrases, lead=lead)

    def _theme(self, plan: SectionPlan, answer: Answer) -> str:
        groups = [group.text for group in plan.groups]
        fault = theme_fault(answer.theme, groups, plan.heading, ahead=plan.ahead) if plan.theme else "unasked"
        halves = answer.theme.split("，")
        if fault or any(self.memory.repeats(half) for half in halves):
            return ""
        for half in halves:
            self.memory.add(half)
        return answer.theme

    def _phrases(self, plan: SectionPlan, answer: Answer) -> dict[int, str]:
        found: dict[int, str] = {}
        for number, group in enumerate(plan.groups):
            if not group.ask:
                continue
            clauses = [item.text for item in group.items]
            phrase = best(
                answer.options.get(number, ()), clauses, plan.heading, self.memory, ahead=plan.ahead
            )
            if phrase:
                found[number] = phrase
                self.memory.add(phrase)
        return found

    def _sentences(self, plan: SectionPlan, answer: Answer) -> dict[int, tuple[Part, ...]]:
        found: dict[int, tuple[Part, ...]] = {}
        for number, group in enumerate(plan.groups):
            offered = answer.options.get(number, ("",))[0]
            sentence = self._sound(plan, group, offered)
            if sentence and not self.memory.repeats(sentence):
                found[number] = free_parts(sentence, [self.facts[fact_id] for fact_id in group.fact_ids])
                self.memory.add(sentence)
        return found

    def _sound(self, plan: SectionPlan, group: Group, sentence: str) -> str:
        """`sentence` if it holds, else the model's second try, else nothing."""
        facts = [self.facts[fact_id] for fact_id in group.fact_ids]
        fault = sentence_fault(sentence, facts, context=plan.heading, ahead=plan.ahead)
        if not fault:
            return sentence
        if sentence:
            again = self.composer.rewrite(group.text, sentence, fault)
            if not sentence_fault(again, facts, context=plan.heading, ahead=plan.ahead):
                self.notes.append(f"一句改写后采用：原句{fault}")
                return again
        self.notes.append(f"一句未采用，按事实原文写出：{fault}" if sentence else "一组事实按原文写出")
        return ""


def free_parts(sentence: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    """A verified sentence cut into what the facts say and what the model added.

    >>> [part.text for part in free_parts("壮大队伍，新增企业23家。", [Fact("F01", "新增企业23家")])]
    ['壮大队伍，', '新增企业23家', '。']
    """
    owner: list[tuple[str, ...]] = [()] * len(sentence)
    for fact in facts:
        matcher = SequenceMatcher(None, sentence, fact.text, autojunk=False)
        for block in matcher.get_matching_blocks():
            if block.size >= _SHORTEST_RUN or (
                block.size and any(map(str.isdigit, sentence[block.a : block.a + block.size]))
            ):
                for at in range(block.a, block.a + block.size):
                    owner[at] = tuple(dict.fromkeys((*owner[at], fact.id)))
    parts: list[Part] = []
    for at, character in enumerate(sentence):
        if parts and parts[-1].fact_ids == owner[at]:
            parts[-1] = Part(parts[-1].text + character, owner[at])
        else:
            parts.append(Part(character, owner[at]))
    return _all_named(parts, facts)


def _all_named(parts: list[Part], facts: Sequence[Fact]) -> tuple[Part, ...]:
    """Facts that no run of characters could be given to are named on the first run that has any fact."""
    named = {fact_id for part in parts for fact_id in part.fact_ids}
    rest = tuple(fact.id for fact in facts if fact.id not in named)
    if not rest:
        return tuple(parts)
    at = next((number for number, part in enumerate(parts) if part.fact_ids), 0)
    parts[at] = Part(parts[at].text, (*parts[at].fact_ids, *rest))
    return tuple(parts)


def is_lasting(error: ModelError) -> bool:
    """Whether the model would fail for the next section too: everything but an unusable answer."""
    return error.code != "model.answer"
