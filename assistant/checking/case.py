"""Everything that a rule may look at: the draft with its claims, the sources, and how they align."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from assistant.checking.alignment import Masked, Pair, align, mask
from assistant.checking.derivations import Derivation
from assistant.checking.derive import derive
from assistant.checking.lines import Line, document_lines, masked_sentences
from assistant.checking.prior import Earlier, contradictions
from assistant.checking.source_lines import LineSet, SourceLines
from assistant.checking.sources import Sources
from assistant.checking.verdicts import Judge, Verdict
from assistant.errors import Said
from assistant.quantities import bind
from assistant.records import Claim, Document, Quantity, Span
from assistant.records.document import reviewed


class Case:
    """One draft and its sources; what is expensive is made on first use and kept.

    `sources` may be given with their lines, which are then shared with other drafts.
    """

    def __init__(self, document: Document, sources: Sources | SourceLines) -> None:
        self.document = document
        self.lines = sources if isinstance(sources, SourceLines) else SourceLines(sources)
        self.sources = self.lines.sources
        self.text = document.text
        self.year = document.reported_year or self.sources.year
        self.reviewed_year = reviewed(self.year, document.genre)
        self.notes: list[Said] = []

    @cached_property
    def prior(self) -> Sequence[Document]:
        """The prior reports that may be compared: of an earlier year, and not of another place or body."""
        return [report for report in self.sources.prior if self._comparable(report)]

    def _comparable(self, report: Document) -> bool:
        """Whether `report` is an earlier one of the same body; if not, a note says so."""
        name = report.title or report.source.name
        mine_of, theirs_of = self.reviewed_year, report.reviewed_year
        if mine_of is not None and theirs_of is not None and theirs_of >= mine_of:
            self.notes.append(
                Said(
                    f"“{name}”讲的是{theirs_of}年的工作，不早于本稿（{mine_of}年的工作），未作上年比对。",
                    f"“{name}” tells of the work of {theirs_of}, which is not before that of this draft "
                    f"({mine_of}); it was not compared as last year's report.",
                )
                if self.document.genre != report.genre
                else Said(
                    f"“{name}”是{report.reported_year}年的报告，不早于本稿（{self.year}年），未作上年比对。",
                    f"“{name}” is the report of {report.reported_year}, which is not before this draft "
                    f"({self.year}); it was not compared as last year's report.",
                )
            )
            return False
        mine, theirs = self.document.organisation, report.organisation
        if mine is not None and theirs is not None and mine.value != theirs.value:
            self.notes.append(
                Said(
                    f"“{name}”的单位是{theirs.value}，与本稿（{mine.value}）不同，未作上年比对。",
                    f"“{name}” is of “{theirs.value}”, this draft of “{mine.value}”; it was not compared as last "
                    "year's report.",
                )
            )
            return False
        return True

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """The draft's claims in text order, masked figures left out."""
        return [claim for claim in bind(self.document) if claim.quantity.kind != "masked"]

    @cached_property
    def figures(self) -> Sequence[Quantity]:
        """The draft's figures; `figures[i]` is that of `claims[i]`."""
        return [claim.quantity for claim in self.claims]

    @property
    def fact_lines(self) -> Sequence[Line]:
        """The facts, each a line."""
        return self.lines.facts

    @cached_property
    def prior_lines(self) -> Sequence[Line]:
        """The sentences with figures of the prior reports."""
        return [line for doc in self.prior for line in document_lines(doc, "prior_report", earlier=True)]

    @property
    def source_lines(self) -> Sequence[Line]:
        """What a figure is held against: facts, then other documents that are not policy texts."""
        return self.lines.telling.lines

    @property
    def policy_lines(self) -> Sequence[Line]:
        """What policy texts say: a figure may rest on it, but none is wrong for differing from it."""
        return self.lines.policies.lines

    @cached_property
    def masked(self) -> Masked:
        """The whole draft with its figures masked."""
        return mask(self.text, self.figures)

    @cached_property
    def sentences(self) -> Sequence[tuple[Span, Masked]]:
        """The draft's sentences that hold figures."""
        return list(masked_sentences(self.text, self.figures))

    @cached_property
    def firsts(self) -> Sequence[int]:
        """The number of the first figure of each of `sentences`."""
        firsts, number = [], 0
        for _, sentence in self.sentences:
            firsts.append(number)
            number += len(sentence.figures)
        return firsts

    @cached_property
    def pairs(self) -> Sequence[Pair]:
        """The draft's figures paired with those of `source_lines`."""
        return self.paired(self.lines.telling)

    def paired(self, lines: LineSet) -> Sequence[Pair]:
        """The draft's figures paired with those of `lines`."""
        sentences = [masked for _, masked in self.sentences]
        return align(self.masked, sentences, self.firsts, lines.index)

    @cached_property
    def verdicts(self) -> Sequence[Verdict]:
        """One verdict for each figure; all "not_assessable" when there are no sources."""
        verdicts = [Verdict("not_assessable")] * len(self.figures)
        if self.source_lines:
            judge = Judge(self.figures, self.lines.telling, self.pairs)
            verdicts = [
                Verdict("not_assessable") if claim.part == "definition" else judge.verdict(number)
                for number, claim in enumerate(self.claims)
            ]
        return self._cited(verdicts) if self.policy_lines else verdicts

    def _cited(self, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
        """The verdicts, with figures that only a policy text has as supported by it."""
        judge = Judge(self.figures, self.lines.policies, self.paired(self.lines.policies))
        open_ones = ("unsupported", "not_assessable")
        cited = [judge.verdict(number) for number in range(len(verdicts))]
        return [
            theirs if mine.state in open_ones and theirs.state == "supported" else mine
            for mine, theirs in zip(verdicts, cited, strict=True)
        ]

    @cached_property
    def derivations(self) -> Sequence[Derivation]:
        """Figures that the draft itself lets one recompute, with the result."""
        return list(derive(self.text, self.claims))

    @cached_property
    def earlier(self) -> Sequence[Earlier]:
        """What contradicts the prior reports."""
        plan = min((c.sentence.start for c in self.claims if c.part == "plan"), default=None)
        return list(contradictions(self.text, self.reviewed_year, self.prior, plan))

    @cached_property
    def _states(self) -> Mapping[Span, str]:
        """What became of each figure, by its span."""
        return {
            claim.quantity.span: verdict.state
            for claim, verdict in zip(self.claims, self.verdicts, strict=True)
        }

    def echoes(self, stated: Span, operands: Iterable[Span]) -> bool:
        """Whether arithmetic fails only because an operand is wrong: the source has the result as it is stated.

        The operand has its own finding; to change the result would make a second error of one.
        """
        states = self._states
        return states.get(stated) == "supported" and any(states.get(one) == "conflict" for one in operands)

    @cached_property
    def derived(self) -> frozenset[int]:
        """The numbers of figures that follow from others."""
        return frozenset(derivation.stated for derivation in self.derivations if derivation.holds)

    @cached_property
    def measured(self) -> frozenset[tuple[str, str]]:
        """Kinds and units of figures that the sources tell."""
        return frozenset((f.kind, f.unit) for line in self.source_lines for f in line.figures)
