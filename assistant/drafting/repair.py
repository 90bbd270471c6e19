"""From a model's answer to words that may stand: verify each, ask again where it pays, else do without.

The last resort is always the plain fact: a group without a phrase, or without a free sentence that holds, is
joined from the writer's clauses alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from assistant.drafting.compose import Answer, Composer
from assistant.drafting.lock import Part, Settled, Words
from assistant.drafting.phrases import Memory, best, theme_fault
from assistant.drafting.plan import Group, SectionPlan
from assistant.drafting.verify import sentence_fault
from assistant.errors import ModelError, Said, in_language
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
        *_, last = self.growing(plan, iter([answer]), lead)
        return last.words

    def growing(
        self, plan: SectionPlan, answers: Iterator[Answer], lead: tuple[Part, ...] = ()
    ) -> Iterator[Settled]:
        """The words of a paragraph as its growing answer settles them, the last for all of its groups.

        Raises:
            ModelError: the model failed; what was settled before stays so.
        """
        free = self.composer.way == "sentences"
        making = _Making(self, plan, lead)
        for answer in answers:
            if making.offered(answer):
                making.sentences(answer) if free else making.phrases(answer)
                yield making.settled()
        making.end(free=free)
        yield Settled(making.words(), len(plan.groups))

    def theme(self, plan: SectionPlan, answer: Answer) -> str:
        """The answer's theme if it may open the section, remembered; else nothing."""
        groups = [group.text for group in plan.groups]
        fault = theme_fault(answer.theme, groups, plan.heading, ahead=plan.ahead) if plan.theme else "unasked"
        halves = answer.theme.split("，")
        if fault or any(self.memory.repeats(half) for half in halves):
            return ""
        for half in halves:
            self.memory.add(half)
        return answer.theme

    def phrase(self, plan: SectionPlan, number: int, options: Sequence[str]) -> str:
        """The option that may stand before group `number`, remembered; empty when none may."""
        clauses = [item.text for item in plan.groups[number].items]
        phrase = best(options, clauses, plan.heading, self.memory, ahead=plan.ahead)
        if phrase:
            self.memory.add(phrase)
        return phrase

    def sentence(self, plan: SectionPlan, number: int, offered: str) -> tuple[Part, ...]:
        """The parts of `offered` for group `number`, or of the model's second try; nothing when neither holds."""
        group = plan.groups[number]
        sentence = self._sound(plan, group, offered)
        if not sentence or self.memory.repeats(sentence):
            return ()
        self.memory.add(sentence)
        return free_parts(sentence, [self.facts[fact_id] for fact_id in group.fact_ids])

    def holds(self, plan: SectionPlan, number: int, sentence: str) -> bool:
        """Whether `sentence` can carry group `number` as it is."""
        facts = [self.facts[fact_id] for fact_id in plan.groups[number].fact_ids]
        return not sentence_fault(sentence, facts, context=plan.heading, ahead=plan.ahead)

    def _sound(self, plan: SectionPlan, group: Group, sentence: str) -> str:
        """`sentence` if it holds, else the model's second try, else nothing."""
        facts = [self.facts[fact_id] for fact_id in group.fact_ids]
        fault = sentence_fault(sentence, facts, context=plan.heading, ahead=plan.ahead)
        if not fault:
            return sentence
        if sentence:
            again = self.composer.rewrite(group.text, sentence, fault)
            if not sentence_fault(again, facts, context=plan.heading, ahead=plan.ahead):
                english = f"a sentence was taken after it was rewritten; before: {in_language(fault, 'en')}"
                self.notes.append(Said(f"一句改写后采用：原句{fault}", english))
                return again
        english = f"a sentence was not taken, the facts stand in their own words: {in_language(fault, 'en')}"
        refused = Said(f"一句未采用，按事实原文写出：{fault}", english)
        plain = Said("一组事实按原文写出", "some facts stand in their own words")
        self.notes.append(refused if sentence else plain)
        return ""


@dataclass(slots=True)
class _Making:
    """The words of one paragraph on their way; `at` groups, from the first, are decided."""

    repair: Repair
    plan: SectionPlan
    lead: tuple[Part, ...]
    theme: str = ""
    themed: bool = False
    at: int = 0
    found: dict[int, str] = field(default_factory=dict)
    told: dict[int, tuple[Part, ...]] = field(default_factory=dict)
    answer: Answer = field(default_factory=Answer)
    held: bool = False  # a sentence does not hold: the model is asked again once its answer is complete

    def words(self) -> Words:
        return Words(self.theme, dict(self.found), dict(self.told), self.lead)

    def settled(self) -> Settled:
        """Without any phrase yet, groups that got none may still get one: the model may be asked again."""
        asked = self._asked()
        first = asked[0] if len(asked) > 1 and not self.found and not self.told else self.at
        return Settled(self.words(), min(self.at, first))

    def offered(self, answer: Answer) -> bool:
        """Takes note of the answer so far; whether its theme is decided."""
        self.answer = answer
        if not self.themed and (answer.theme or not self.plan.theme):
            self.theme = self.repair.theme(self.plan, answer)
            self.themed = True
        return self.themed

    def phrases(self, answer: Answer, end: int | None = None) -> None:
        """Decides on the groups that the answer has come to, and on those after them that want no phrase."""
        known = max(answer.options, default=-1) + 1 if end is None else end
        groups = self.plan.groups
        while self.at < len(groups) and (self.at < known or not groups[self.at].ask):
            if groups[self.at].ask:
                phrase = self.repair.phrase(self.plan, self.at, answer.options.get(self.at, ()))
                self.found.update({self.at: phrase} if phrase else {})
            self.at += 1

    def sentences(self, answer: Answer, end: int | None = None) -> None:
        """Decides on the sentences that the answer has come to; before its end only while each of them holds."""
        known = max(answer.options, default=-1) + 1 if end is None else end
        while self.at < known and not self.held:
            offered = answer.options.get(self.at, ("",))[0]
            if end is None and not self.repair.holds(self.plan, self.at, offered):
                self.held = True
                break
            parts = self.repair.sentence(self.plan, self.at, offered)
            self.told.update({self.at: parts} if parts else {})
            self.at += 1

    def end(self, *, free: bool) -> None:
        """Decides on the rest; asks the model anew when none of its phrases could stand."""
        count = len(self.plan.groups)
        if not self.themed:
            self.theme = self.repair.theme(self.plan, self.answer)
        self.held = False
        if free:
            self.sentences(self.answer, count)
            return
        self.phrases(self.answer, count)
        asked = self._asked()
        if len(asked) > 1 and not self.found:
            self.at = 0
            self.phrases(self.repair.composer.ask(self.plan, again=frozenset(asked)), count)

    def _asked(self) -> list[int]:
        return [number for number, group in enumerate(self.plan.groups) if group.ask]


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
