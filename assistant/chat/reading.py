"""Reading the archive for a question: its documents, their claims and passages, and citations of them."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.archive import Archive, ArchivedDocument, Filters, Hit
from assistant.chat.asked import Asked
from assistant.chat.fence import is_order
from assistant.chat.scope import Scope
from assistant.quantities import bind, sentences
from assistant.records import Citation, Claim, Document, Passage, Span

_KEPT = 64  # documents whose claims stay in memory
_LONGEST_QUOTE = 240
_YEARS_SAID = re.compile(
    "“十[一二三四五六七]五”(?:时期|期间|以来|前[三四]年)|[三四五六七八九十]年(?:来|间|累计|总体|平均)"
    "|(?:过去|今后|未来)[三四五六七八九十]年|年均|平均每年|每年平均"
)
_YEARS_TOLD = re.compile(
    "“十[一二三四五六七]五”|[三四五六七八九十]年(?:来|间|工作)|(?:过去|这|今后|未来)[三四五六七八九十]年"
)
_CUT = re.compile("[，。；！？,;!?\n]")


@dataclass(frozen=True, slots=True)
class Read:
    """A document with its claims and passages, in text order."""

    document: Document
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]

    def passage_at(self, span: Span) -> Passage | None:
        """The passage that holds a span of the document."""
        return next((one for one in self.passages if one.span.start <= span.start < one.span.end), None)

    def cite(self, span: Span) -> Citation | None:
        """A citation of the words at `span`, clipped to their passage; None where no passage holds them."""
        passage = self.passage_at(span)
        if passage is None:
            return None
        inner = Span(span.start, min(span.end, passage.span.end))
        found = cite(passage, Span(inner.start - passage.span.start, inner.end - passage.span.start))
        block = next(
            (one for one in self.document.blocks if one.span.start <= span.start < one.span.end), None
        )
        if block is None:
            return found
        return replace(found, page=block.page or found.page, paragraph=block.paragraph or found.paragraph)


def of_years(citation: Citation) -> bool:
    """Whether a sentence says that it tells of several years at once (五年来, 年均)."""
    return bool(_YEARS_SAID.search(citation.quote))


def under_years(citation: Citation) -> bool:
    """Whether a sentence stands in a section on several years (“十一五”时期的回顾) and names no year of its own."""
    told = any(_YEARS_TOLD.search(heading) for heading in citation.heading_path)
    return told and not re.search("(?:19|20)[0-9]{2}年", citation.quote)


def cite(passage: Passage, inner: Span | None = None) -> Citation:
    """A citation of a passage; `inner` is the quoted span in the passage's text (default: its first sentence)."""
    if inner is None:
        first = next(iter(sentences(passage.text)), Span(0, len(passage.text)))
        inner = Span(first.start, min(first.end, first.start + _LONGEST_QUOTE))
    return Citation(
        passage_id=passage.id,
        document_id=passage.document_id,
        title=passage.title,
        quote=inner.of(passage.text),
        span=inner.shifted(passage.span.start),
        heading_path=passage.heading_path,
        page=passage.page,
        paragraph=passage.paragraph,
    )


class Reader:
    """One archive within one scope; documents that were read are kept, so that follow-ups are quick."""

    def __init__(self, archive: Archive, scope: Scope) -> None:
        self.archive = archive
        self.scope = scope
        self.documents = scope.chosen(archive.documents())
        self._read: OrderedDict[str, Read] = OrderedDict()

    def read(self, document_id: str) -> Read:
        """A document in full. Raises DocumentUnknown."""
        found = self._read.get(document_id)
        if found is None:
            document = self.archive.document(document_id)
            claims = tuple(claim for claim in bind(document) if _tells(claim, document.text))
            found = Read(document, claims, self.archive.passages(document_id))
            self._read[document_id] = found
        self._read.move_to_end(document_id)
        while len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return found

    def search(self, question: str, among: Iterable[ArchivedDocument] | None = None, k: int = 8) -> list[Hit]:
        """The best passages of the scope, or of some of its documents."""
        chosen = list(self.documents if among is None else among)
        if not chosen:
            return []
        everything = among is None and not self.scope
        filters = Filters() if everything else Filters(documents=tuple(item.id for item in chosen))
        return self.archive.search(question, filters=filters, k=k)

    def about(self, asked: Asked) -> list[ArchivedDocument]:
        """The documents of the named organisations, or else of the named places."""
        if asked.organisations:
            return [item for item in self.documents if item.organisation in asked.organisations]
        if asked.places:
            return [item for item in self.documents if item.place in asked.places]
        return list(self.documents)

    def of_year(self, asked: Asked, year: int) -> list[ArchivedDocument]:
        """Of these, the ones of a year: by title when the question speaks of a report, else by what they cover."""
        found = self.about(asked)
        if asked.of_report and (titled := [item for item in found if f"{year}年" in item.title]):
            exact = [item for item in titled if item.year == year]
            return exact or titled
        own = [item for item in found if year in (item.reviewed_year, item.year)]
        return own + [item for item in found if item not in own and year in _covered(item)]


def _covered(item: ArchivedDocument) -> Sequence[int]:
    year = item.reviewed_year
    return item.years if year is None else (*item.years, year - 1, year + 1)


def _tells(claim: Claim, text: str) -> bool:
    """Whether a claim states a figure to a reader; one in a sentence that gives orders to a model does not."""
    return claim.quantity.is_figure and not is_order(claim.sentence.of(text))


def clause_at(text: str, start: int, end: int, floor: int = 0) -> Span:
    """The stretch between commas around `start:end`, not beginning before `floor`."""
    left = start
    while left > floor and not _CUT.match(text[left - 1]):
        left -= 1
    right = _CUT.search(text, end)
    return Span(left, right.start() if right else len(text))
