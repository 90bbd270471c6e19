"""What a draft rests on: the sentence under the cursor, every figure in a table, last year's plan beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.checking.commitments import Commitment, commitments
from assistant.errors import DraftUnknown, Said
from assistant.quantities.render import scaled
from assistant.records import Fact
from assistant.service.desk import findings
from assistant.service.desk.check import Checked
from assistant.service.desk.facts import fact_view
from assistant.service.desk.findings import evidence_view
from assistant.service.desk.manuscript import HeldSection
from assistant.service.desk.reviewing import Reviewing
from assistant.service.desk.showing import sentence_views
from assistant.service.desk.views import (
    EvidenceRow,
    FigureView,
    FindingView,
    OutcomeRow,
    OutcomesView,
    SentenceView,
    WhyView,
)
from assistant.service.places import Places


class Explaining(Reviewing):
    """Why something stands in a draft."""

    def why(self, draft_id: str, section_id: str, position: int) -> WhyView:
        """What the sentence at a position of a section's text rests on.

        Facts are those that it was written from, and those that its figures were found in.

        Raises:
            DraftUnknown: no such draft or section, or no sentence there.
        """
        held = self.store.held(draft_id)
        section = held.manuscript.section(section_id)
        sentence = _sentence_at(section, position)
        view = findings.review_view(self.checked(held), held.version, self.store.ignored(draft_id))
        figures = tuple(one for one in view.figures if _inside(one, section_id, sentence))
        file = self.facts_file(held.manuscript)
        facts = _facts(file.facts if file else (), sentence, figures)
        return WhyView(
            section_id=section_id,
            start=sentence.start,
            end=sentence.end,
            text=section.text[sentence.start : sentence.end],
            role=sentence.role,
            locked=sentence.locked,
            facts=tuple(fact_view(one) for one in facts),
            citations=sentence.citations,
            figures=figures,
            findings=tuple(one for one in view.findings if _inside(one, section_id, sentence)),
        )

    def evidence_table(self, draft_id: str) -> tuple[EvidenceRow, ...]:
        """Every figure of the draft with its state and source. Raises DraftUnknown."""
        return tuple(findings.evidence_rows(self.checked(self.store.held(draft_id))))

    def outcomes(self, draft_id: str) -> OutcomesView:
        """The targets of last year's plan beside what the draft says came of them. Raises DraftUnknown."""
        checked = self.checked(self.store.held(draft_id))
        places = Places([checked.read.document, *checked.bound.prior])
        rows = tuple(_outcome(places.commitment(one)) for one in commitments(checked.case))
        titles = tuple(one.title for one in checked.case.prior)
        return OutcomesView(rows, titles, _about_prior(checked))


def _about_prior(checked: Checked) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*checked.bound.notes, *checked.case.notes)))


def _sentence_at(section: HeldSection, position: int) -> SentenceView:
    """The sentence around a position; behind the last character of one, that one."""
    views = list(sentence_views(section))
    for one in views:
        if one.start <= position < one.end:
            return one
    behind = [one for one in views if one.end <= position <= len(section.text)]
    if not behind:
        raise DraftUnknown(reason=Said("这里没有句子", "there is no sentence here"))
    return behind[-1]


def _inside(one: FigureView | FindingView, section_id: str, sentence: SentenceView) -> bool:
    here = one.section_id == section_id and one.field == "text"
    return here and one.start < sentence.end and sentence.start < one.end


def _facts(facts: Iterable[Fact], sentence: SentenceView, figures: Iterable[FigureView]) -> Iterator[Fact]:
    quoted = {one.source.quote for one in figures if one.source and one.source.source == "facts"}
    return (fact for fact in facts if fact.id in sentence.fact_ids or fact.text in quoted)


def _difference(one: Commitment) -> str:
    """What was reached above or below the target, as one writes it: +6000万元, −1.5个百分点; "" where unknown."""
    if one.difference is None:
        return ""
    sign = "+" if one.difference > 0 else "−" if one.difference else ""
    unit = "个百分点" if one.target.kind in ("percent", "points") else one.target.unit
    return f"{sign}{scaled(abs(one.difference))}{unit}"


def _outcome(one: Commitment) -> OutcomeRow:
    return OutcomeRow(
        indicator=one.indicator,
        target=one.target.text,
        outcome=one.outcome.text if one.outcome else "",
        state=one.state,
        expected=one.expected,
        difference=_difference(one),
        planned=evidence_view(one.evidence),
        told=evidence_view(one.told) if one.told else None,
    )
