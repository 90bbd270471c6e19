from __future__ import annotations

from dataclasses import replace

from assistant.export import provenance_counts, provenance_rows, unused_facts
from assistant.records import Draft, FactsFile


def test_rows_follow_the_draft_and_slice_to_its_text(draft: Draft, facts: FactsFile) -> None:
    rows = provenance_rows(draft, facts)
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert [row.role for row in rows] == ["fact", "placeholder", "policy", "connective"]
    assert all(row.span.of(draft.sections[1].text) == row.sentence for row in rows)
    assert rows[0].facts == facts.facts[:1]
    assert rows[0].connecting == ("围绕创新主体培育，",)


def test_counts(draft: Draft, facts: FactsFile) -> None:
    counts = provenance_counts(draft, facts)
    assert (counts.sentences, counts.facts, counts.carried) == (4, 3, 2)
    assert (counts.fact, counts.policy, counts.connective, counts.placeholder) == (1, 1, 1, 1)


def test_unused_facts_in_file_order(draft: Draft, facts: FactsFile) -> None:
    assert [fact.id for fact in unused_facts(draft, facts)] == ["F03"]
    assert unused_facts(replace(draft, sections=()), facts) == facts.facts
