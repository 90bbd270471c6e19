"""A section or some of its sentences written anew as the writer's instruction asks.

Safe with any model: what a sentence tells (its clauses with their figures and names, or for the writer's own
hand the whole of it) is locked. A new wording is taken only when code finds all of it in it and nothing else;
otherwise the old one stays and a note says why. What code alone can do, it does without asking.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel

from assistant.drafting.compose import Composer
from assistant.drafting.edits import New, concise, enumerated, leads, openings, with_lead
from assistant.drafting.instruction import instruction_kind, normal
from assistant.drafting.lock import Part
from assistant.drafting.phrases import Memory, best, theme_fault
from assistant.drafting.plan import Group, Item, SectionPlan, is_ahead_heading, plan_section
from assistant.drafting.repair import free_parts
from assistant.drafting.units import Parts, Unit, changed, is_added, units_of
from assistant.drafting.verify import sentence_fault, verify_section
from assistant.errors import QueryInvalid, Said, in_language
from assistant.quantities import extract
from assistant.records import Fact, FactSection, Section, Span
from assistant.settings import Settings

_ATTEMPTS = 3
_MOST_SENTENCES = 12
_NEGATIONS = re.compile(r"[未没无非否]|不(?!断|仅|但|同|少于|低于|超过|高于|到)")


@dataclass(frozen=True, slots=True)
class Revised:
    """What became of a section; `notes` are sentences on what was not done and why."""

    section: Section
    changed: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a section stands in: its facts, the headings above it, outermost first, and the report's year."""

    facts: tuple[Fact, ...] = ()
    parents: tuple[str, ...] = ()
    year: int | None = None


class Reviser:
    """Writes anew with a chat model and the settings of drafting."""

    def __init__(self, chat: BaseChatModel, settings: Settings) -> None:
        self._composer = Composer(chat, settings)

    def revise(
        self,
        section: Section,
        span: Span,
        instruction: str,
        *,
        around: Surroundings,
        locked: Sequence[Span] = (),
    ) -> Revised:
        """The section with the sentences that `span` touches written anew; locked ones and all others stay.

        Raises:
            QueryInvalid: the instruction is empty, or no sentence is there.
            ModelError: the model failed; nothing is changed.
        """
        if not instruction.strip():
            raise QueryInvalid(reason=Said("请写明怎样改写", "say how it should be rewritten"))
        units = units_of(section, locked)
        touched = [number for number, unit in enumerate(units) if unit.span.overlaps(span)]
        if not touched:
            raise QueryInvalid(reason=Said("所选位置没有句子", "no sentence is there"))
        chosen = [number for number in touched if not units[number].locked]
        if not chosen:
            return Revised(
                section,
                False,
                (Said("所选句子已锁定，没有改动", "the chosen sentences are locked; nothing was changed"),),
            )
        work = _Work(self._composer, section, units, chosen, around, normal(instruction))
        return work.done()


@dataclass(slots=True)
class _Work:
    """One revision on its way."""

    composer: Composer
    section: Section
    units: Sequence[Unit]
    chosen: Sequence[int]
    around: Surroundings
    instruction: str
    notes: tuple[str, ...] = ()

    @property
    def facts(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.around.facts}

    @property
    def ahead(self) -> bool:
        return bool(is_ahead_heading(self.section.heading, self.around.parents))

    def done(self) -> Revised:
        kinds = {
            "concise": self.concise,
            "enumerate": self.enumerated,
            "opening": self.opening,
            "free": self.free,
        }
        new = kinds[instruction_kind(self.instruction)]()
        made = changed(self.section, self.units, new, self.facts)
        if made.text == self.section.text:
            return Revised(
                self.section,
                False,
                self.notes or (Said("没有可改之处，保留原文", "there is nothing to change; the text stays"),),
            )
        fault = self._lost(made)
        if fault:
            return Revised(
                self.section,
                False,
                (
                    Said(
                        f"改写后{fault}，保留原文",
                        f"after rewriting: {in_language(fault, 'en')}; the text stays",
                    ),
                ),
            )
        return Revised(made, True, self.notes)

    def concise(self) -> New:
        """Without what the model added; what has no such thing is left to the model."""
        return concise(self.units, self.chosen) or self.free()

    def enumerated(self) -> New:
        """The chosen sentences as 一是…, 二是…."""
        new = enumerated(self.units, self.chosen, self.facts)
        if isinstance(new, str):
            self.notes = (Said(f"{new}，保留原文", f"{in_language(new, 'en')}; the text stays"),)
            return {}
        return new

    def opening(self) -> New:
        """Another theme for the section when its first sentence is chosen, another phrase for a sentence within it."""
        first = self.units[self.chosen[0]]
        if self.chosen[0] or not (leads(first) or len(self.chosen) > 1):
            return self.phrased()
        plan = self._plan()
        if plan.form != "prose" or not plan.groups:
            return self.phrased()
        former = [part.text for part in first.parts if not first.known or is_added(part)]
        theme = self._theme(plan, former[-1].rstrip("。") if leads(first) else "")
        if not theme:
            self.notes = (Said("没有找到合适的新开头，保留原文", "no other opening fits; the text stays"),)
            return {}
        if leads(first):
            return {0: (with_lead(first, theme),)}
        return {0: ((Part(f"{theme}。"),), first.parts)}

    def phrased(self) -> New:
        """The chosen sentences with another phrase in front of what they tell, or without one."""
        new: New = {}
        for number in self.chosen[:_MOST_SENTENCES]:
            parts = self._phrased(self.units[number])
            if parts:
                new[number] = (parts,)
        if not new:
            self.notes = (
                Said("没有找到合适的新开头，保留原句", "no other opening fits; the sentence stays"),
            )
        return new

    def free(self) -> New:
        """The chosen sentences as the model rewords them, each verified."""
        new: New = {}
        notes: list[str] = []
        for number in self.chosen[:_MOST_SENTENCES]:
            unit = self.units[number]
            words, fault = self._reworded(unit)
            parts = self._known(unit, words) if words else ()
            if not parts and unit.known is not None:
                parts = self._phrased(unit)
            if parts:
                new[number] = (parts,)
            else:
                english = f"“{unit.text[:12]}…” was not rewritten: {in_language(fault, 'en')}"
                notes.append(Said(f"“{unit.text[:12]}…”没有改写：{fault}", english))
        if len(self.chosen) > _MOST_SENTENCES:
            notes.append(
                Said(
                    f"一次最多改写 {_MOST_SENTENCES} 句，其余保留原文",
                    f"at most {_MOST_SENTENCES} sentences are rewritten at a time; the others stay",
                )
            )
        self.notes = tuple(notes)
        return new

    def _theme(self, plan: SectionPlan, former: str) -> str:
        """Another theme: the model's, verified, else one that names the fields of work."""
        groups = [group.text for group in plan.groups]
        memory = self._memory()
        for _ in range(_ATTEMPTS):
            theme = self.composer.theme(plan)
            fault = theme_fault(theme, groups, plan.heading, ahead=plan.ahead)
            if not fault and not any(memory.repeats(half) for half in theme.split("，")):
                return theme
        candidates = openings("；".join(groups), ahead=plan.ahead)
        return next((one for one in candidates if one != former), "")

    def _phrased(self, unit: Unit) -> Parts:
        """The unit with another phrase in front; without one when the model has none that fits; else nothing."""
        if unit.known is None or unit.known.citations or not unit.carried:
            return ()
        bare = concise([unit], [0]).get(0, (unit.parts,))
        if not bare:
            return ()
        parts = bare[0]
        lead = 1 if unit.mark and is_added(parts[0]) else 0
        former = [part for part in unit.parts if is_added(part) and part.text != unit.mark]
        phrase = self._phrase(unit)
        if phrase:
            return (*parts[:lead], Part(f"{phrase}，"), *parts[lead:])
        return parts if former and parts != unit.parts else ()

    def _memory(self) -> Memory:
        """What the model has added to the section already: no new phrase may repeat it."""
        memory = Memory()
        parts = [part for unit in self.units if unit.known for part in unit.parts if is_added(part)]
        for phrase in (half for part in parts for half in re.split("[，。]", part.text)):
            if phrase:
                memory.add(phrase)
        return memory

    def _phrase(self, unit: Unit) -> str:
        group = Group((Item(unit.carried, unit.known.fact_ids if unit.known else ()),))
        plan = replace(self._plan(), form="prose", groups=(group,), theme=False, enumerate=False)
        memory = self._memory()
        for _ in range(_ATTEMPTS - 1):
            options = self.composer.ask(plan, again=frozenset({0})).options.get(0, ())
            phrase = best(options, [unit.carried], plan.heading, memory, ahead=plan.ahead)
            if phrase:
                return phrase
        return ""

    def _reworded(self, unit: Unit) -> tuple[str, str]:
        """The model's wording that tells all that the unit tells and nothing else, or nothing and the last fault."""
        fault = "" if unit.text.endswith("。") else Said("不是完整的一句话", "it is no whole sentence")
        for _ in range(_ATTEMPTS if not fault else 0):
            words = self.composer.reworded(unit.text, unit.literals, self.instruction, fault)
            fault = self._fault(unit, words)
            if not fault:
                return words, ""
        return "", fault

    def _fault(self, unit: Unit, words: str) -> str:
        if words == unit.text:
            return Said("与原句相同", "it is the same sentence")
        known = self.section.heading + unit.text
        fault = sentence_fault(words, [unit.as_fact(self.around.year)], context=known, ahead=self.ahead)
        if fault:
            return fault
        cited = [part.text for part in unit.parts if part.citation]
        if any(text not in words for text in cited):
            return Said("引用的文件没有照写", "a cited text is not written as it stands")
        if _NEGATIONS.findall(words) != _NEGATIONS.findall(unit.carried):
            return Said("否定的说法变了", "what is denied has changed")
        return ""

    def _known(self, unit: Unit, words: str) -> Parts:
        """A verified wording in runs: what facts tell, what is cited, what was added."""
        if unit.known is None:
            return (Part(words),)
        facts = [self.facts[fact_id] for fact_id in unit.known.fact_ids if fact_id in self.facts]
        parts = free_parts(words, facts)
        for cited in (part for part in unit.parts if part.citation):
            parts = tuple(piece for part in parts for piece in _cut_out(part, cited))
        return parts

    def _plan(self) -> SectionPlan:
        told = {fact_id for unit in self.units if unit.known for fact_id in unit.known.fact_ids}
        facts = tuple(fact for fact in self.around.facts if fact.id in told)
        given = FactSection(self.section.heading, self.section.level, facts)
        return plan_section(given, self.around.parents)

    def _lost(self, made: Section) -> str:
        """What the whole section lost or gained in figures, or what the check newly finds; nothing when all is well."""
        before, after = (
            Counter(one.text for one in extract(text)) for text in (self.section.text, made.text)
        )
        if before != after:
            return Said("数字有出入", "the figures differ")
        known = {(one.rule, one.message) for one in verify_section(self.section, self.around.facts)}
        found = [
            one for one in verify_section(made, self.around.facts) if (one.rule, one.message) not in known
        ]
        return found[0].message if found else ""


def _cut_out(part: Part, cited: Part) -> tuple[Part, ...]:
    """A run with the cited words in it as a run of their own."""
    before, found, after = part.text.partition(cited.text)
    if not found or part.citation:
        return (part,)
    pieces = (replace(part, text=before), cited, replace(part, text=after))
    return tuple(piece for piece in pieces if piece.text)
