"""Readable places for evidence that so far has only a span: heading, page, paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.checking import FigureTrace
from assistant.checking.commitments import Commitment
from assistant.errors import Said
from assistant.export import place_of
from assistant.records import Document, Evidence, Finding


class Places:
    """The documents of a check by id."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._known = {document.id: document for document in documents}

    def evidence(self, evidence: Evidence) -> Evidence:
        """The evidence with its place, where it had none and its document is known."""
        document = self._known.get(evidence.document_id)
        if evidence.place or evidence.span is None or document is None:
            return evidence
        place = Said(place_of(document, evidence.span), place_of(document, evidence.span, "en"))
        return replace(evidence, place=place)

    def finding(self, finding: Finding) -> Finding:
        """The finding with the places of its evidence."""
        return replace(finding, evidence=tuple(map(self.evidence, finding.evidence)))

    def figure(self, figure: FigureTrace) -> FigureTrace:
        """The figure with the place of its source."""
        return replace(figure, source=self.evidence(figure.source)) if figure.source else figure

    def commitment(self, one: Commitment) -> Commitment:
        """The commitment with the places of both quotes."""
        told = self.evidence(one.told) if one.told else None
        return replace(one, evidence=self.evidence(one.evidence), told=told)
