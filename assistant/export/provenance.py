"""Which sentence rests on what: the draft walked sentence by sentence back to facts and citations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assistant.records import Citation, Draft, Fact, FactsFile, Section, Sentence, SentenceRole, Span


@dataclass(frozen=True, slots=True)
class ProvenanceRow:
    """One sentence of a draft. `number` counts from 1 through the whole draft.

    `span` counts in its section's text. `connecting` are the words that the model added to a sentence
    that otherwise rests on facts or citations.
    """

    number: int
    heading: str
    sentence: str
    span: Span
    role: SentenceRole
    facts: tuple[Fact, ...] = ()
    citations: tuple[Citation, ...] = ()
    connecting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProvenanceCounts:
    """Sentences of each role, and how many of the facts are carried by a sentence."""

    fact: int
    policy: int
    connective: int
    placeholder: int
    facts: int
    carried: int

    @property
    def sentences(self) -> int:
        """All sentences."""
        return self.fact + self.policy + self.connective + self.placeholder


def provenance_rows(draft: Draft, facts: FactsFile) -> tuple[ProvenanceRow, ...]:
    """A row for each sentence of `draft`, in order; `facts` is the file that it was written from."""
    known = {fact.id: fact for fact in facts.facts}
    pairs = [(section, sentence) for section in draft.sections for sentence in section.sentences]
    return tuple(_row(number, *pair, known) for number, pair in enumerate(pairs, start=1))


def unused_facts(draft: Draft, facts: FactsFile) -> tuple[Fact, ...]:
    """The facts that no sentence carries, in file order."""
    used = _used(draft)
    return tuple(fact for fact in facts.facts if fact.id not in used)


def provenance_counts(draft: Draft, facts: FactsFile) -> ProvenanceCounts:
    """How much of the draft rests on what."""
    roles = Counter(sentence.role for section in draft.sections for sentence in section.sentences)
    return ProvenanceCounts(
        fact=roles["fact"],
        policy=roles["policy"],
        connective=roles["connective"],
        placeholder=roles["placeholder"],
        facts=len(facts.facts),
        carried=len(facts.facts) - len(unused_facts(draft, facts)),
    )


def _used(draft: Draft) -> set[str]:
    return {
        fact_id
        for section in draft.sections
        for sentence in section.sentences
        for fact_id in sentence.fact_ids
    }


def _row(number: int, section: Section, sentence: Sentence, known: dict[str, Fact]) -> ProvenanceRow:
    return ProvenanceRow(
        number=number,
        heading=section.heading,
        sentence=sentence.text,
        span=sentence.span,
        role=sentence.role,
        facts=tuple(known[fact_id] for fact_id in sentence.fact_ids if fact_id in known),
        citations=sentence.citations,
        connecting=tuple(span.of(section.text) for span in sentence.connective_spans),
    )
