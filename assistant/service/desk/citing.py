"""Words from the archive put into a draft: they rest on the passages that they were taken from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.archive import Archive
from assistant.errors import DocumentUnknown, DraftUnknown, Said
from assistant.records import Citation, Sentence, Span
from assistant.service.desk.base import DeskBase
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.views import DraftView


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span of a document in the archive, in characters of its text."""

    document_id: str
    start: int
    end: int


class Citing(DeskBase):
    """The part of a desk that gives the writer's words a source."""

    def cite(self, draft_id: str, section_id: str, text: str, quoted: Sequence[Quoted]) -> DraftView:
        """`text`, which stands in the section, rests on the quoted spans; its own sentences' origins give way.

        Raises:
            DraftUnknown: there is no such draft or section, or the text does not stand in it.
            DocumentUnknown: a document is not the owner's, or no passage holds the span.
        """
        archive = self.office.archive(self.owner)
        citations = tuple(_citation(archive, one) for one in quoted)

        def edit(state: Manuscript) -> Manuscript:
            return state.with_section(_resting(state.section(section_id), text.strip(), citations))

        return self.view(self.change(draft_id, edit, "引用资料"))


def _resting(section: HeldSection, text: str, citations: tuple[Citation, ...]) -> HeldSection:
    """The section with the last place of `text` in it resting on `citations`."""
    at = section.text.rfind(text) if text else -1
    if at < 0:
        raise DraftUnknown(reason=Said("插入的文字已不在原处", "the inserted words are not there any more"))
    span = Span(at, at + len(text))
    others = [one for one in section.sentences if not one.span.overlaps(span)]
    cited = Sentence(text, span, "policy", (), citations)
    return replace(section, sentences=tuple(sorted([*others, cited], key=lambda one: one.span)))


def _citation(archive: Archive, quoted: Quoted) -> Citation:
    document = archive.document(quoted.document_id)
    span = Span(quoted.start, min(quoted.end, len(document.text)))
    passage = next((one for one in archive.passages(document.id) if one.span.overlaps(span)), None)
    if passage is None:
        raise DocumentUnknown(document=quoted.document_id)
    block = next((one for one in document.blocks if one.span.overlaps(span)), None)
    return Citation(
        passage_id=passage.id,
        document_id=document.id,
        title=document.title,
        quote=span.of(document.text),
        span=span,
        heading_path=passage.heading_path,
        page=(block and block.page) or passage.page,
        paragraph=(block and block.paragraph) or passage.paragraph,
    )
