"""The routes that answer with the documents' own sentences: free questions, where it was said, a summary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.archive import ArchivedDocument
from assistant.chat.answer import Reply, Statement
from assistant.chat.asked import Asked
from assistant.chat.fence import is_order
from assistant.chat.matching import matter_of
from assistant.chat.overlap import coverage, telling
from assistant.chat.reading import Read, Reader, cite
from assistant.chat.words import pattern
from assistant.quantities import sentences
from assistant.records import Citation, Passage, Span

ENOUGH = 0.6
"""A sentence with its title and headings must have this share of the question's words."""
_MOST, _MOST_PLACES, _MOST_POINTS = 3, 6, 10
_HITS, _NEAREST = 12, 3
_POINT = re.compile(
    r"^(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]是|\d{1,2}[.．、]|第[一二三四五六七八九十]+[，、])"
)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of a passage with the share of the question's words that it has, headings included."""

    passage: Passage
    span: Span  # in the passage's text
    share: float

    @property
    def text(self) -> str:
        """The sentence."""
        return " ".join(self.span.of(self.passage.text).split())


def extracts(wanted: frozenset[str], passages: Sequence[Passage]) -> list[Extract]:
    """The sentences of the passages, the best first; sentences that give orders to a model are left out."""
    found = []
    for passage in passages:
        for span in sentences(passage.text):
            sentence = span.of(passage.text)
            if is_order(sentence) or len(sentence) < 6:
                continue
            about = " ".join((passage.title, passage.organisation, passage.place, *passage.heading_path))
            whole = coverage(wanted, f"{about} {sentence}")
            own = coverage(wanted, sentence)
            found.append(Extract(passage, span, whole if own >= 0.25 else own))
    found.sort(key=lambda one: -one.share)
    return found


def quoted(one: Extract) -> Statement:
    """A sentence of a document as a statement, word for word."""
    return Statement(f"《{one.passage.title}》：{one.text.rstrip('。；;')}。", (cite(one.passage, one.span),))


def free(asked: Asked, reader: Reader) -> Reply:
    """The sentences that have most of the question's words; nothing when none has enough."""
    passages = candidates(asked, reader)
    found = [one for one in extracts(telling(asked.rest), passages) if one.share >= ENOUGH]
    return Reply(tuple(quoted(one) for one in _apart(found)[:_MOST]), read=_ids(passages))


def candidates(asked: Asked, reader: Reader, k: int = _HITS) -> list[Passage]:
    """The best passages for a question among the documents that it names."""
    return [hit.passage for hit in reader.search(asked.text, named(asked, reader), k)]


def nearest(asked: Asked, reader: Reader) -> tuple[Citation, ...]:
    """The passages that come nearest to a question that nothing answers, each with its best sentence."""
    wanted = telling(asked.rest)
    found = []
    for hit in reader.search(asked.text, k=_NEAREST):
        best = next(iter(extracts(wanted, [hit.passage])), None)
        found.append(cite(hit.passage, best.span if best else None))
    return tuple(found)


def named(asked: Asked, reader: Reader) -> Sequence[ArchivedDocument] | None:
    """The documents that a question names by year, place or organisation; None when it names none."""
    if not (asked.years or asked.places or asked.organisations):
        return None
    if not asked.years:
        return reader.about(asked)
    return [item for year in asked.years for item in reader.of_year(asked, year)]


def _apart(found: Sequence[Extract]) -> list[Extract]:
    """Each sentence once, however many documents repeat it."""
    kept: dict[str, Extract] = {}
    for one in found:
        kept.setdefault(one.text, one)
    return list(kept.values())


def where(asked: Asked, reader: Reader) -> Reply:
    """The places that have the words asked for, or another name of them; every one cited."""
    matter = matter_of(re.sub("提到过?|说过|写到|涉及", "", _sought(asked)))
    passages = candidates(asked, reader, 4 * _HITS)
    statements = []
    for passage in passages:
        for span in sentences(passage.text):
            sentence = span.of(passage.text)
            if any(form in sentence for form in matter.forms) and not is_order(sentence):
                statements.append(_place(passage, span))
                break
    return Reply(tuple(statements[:_MOST_PLACES]), read=_ids(passages))


def _sought(asked: Asked) -> str:
    """The words in quotation marks, or else the matter without the words that ask where."""
    marked = re.search(r"[“\"「《]([^”\"」》]{2,40})[”\"」》]", asked.text)
    if marked:
        return marked[1]
    found = re.sub(
        r"(?:在)?(?:哪里|哪儿|哪份文件|哪些文件|哪篇|哪份报告|哪些报告|谁)(?:有|写)?", "", asked.matter
    )
    return found.strip("的了在中里")


def _place(passage: Passage, span: Span) -> Statement:
    citation = cite(passage, span)
    steps = [step for step in (*passage.heading_path, located(passage)) if step]
    where_it_is = f"（{' · '.join(steps)}）" if steps else ""
    words = " ".join(citation.quote.split()).rstrip("。；;")
    shown = words if len(words) <= _LONGEST else words[:_LONGEST] + "……"
    return Statement(f"《{passage.title}》{where_it_is}：{shown}。", (citation,))


def located(passage: Passage) -> str:
    """“第3页” or “第12段”, where the format has such."""
    if passage.page:
        return f"第{passage.page}页"
    return f"第{passage.paragraph}段" if passage.paragraph else ""


def summary(asked: Asked, reader: Reader) -> Reply:
    """The points of a section (or report), each in its own words."""
    section = section_passages(asked, reader)
    if not section:
        return _weak_points(asked, reader) if pattern("weak").search(asked.text) else Reply()
    read = reader.read(section[0].document_id)
    return Reply(tuple(_points(read, section)[:_MOST_POINTS]), read=(read.document.id,))


def _weak_points(asked: Asked, reader: Reader) -> Reply:
    """What a report without a section on its problems says of them (我们也清醒看到…), by its newest year."""
    items = sorted(named(asked, reader) or reader.documents, key=lambda item: -(item.year or 0))
    for item in items[:1]:
        found = [
            Extract(passage, span, 1.0)
            for passage in reader.archive.passages(item.id)
            for span in sentences(passage.text)
            if pattern("admitted").search(span.of(passage.text)) and not is_order(span.of(passage.text))
        ]
        return Reply(tuple(quoted(one) for one in _apart(found)[:_MOST_POINTS]), read=(item.id,))
    return Reply()


def section_passages(asked: Asked, reader: Reader) -> list[Passage]:
    """The passages of the section whose heading the question names, of the newest report that has it."""
    items = named(asked, reader) or list(reader.documents)
    items = sorted(items, key=lambda item: (-(item.year or 0), item.title))
    wanted = telling(asked.rest)
    best: tuple[float, list[Passage]] = (0.0, [])
    for item in items[:_HITS]:
        groups: dict[str, list[Passage]] = {}
        for passage in reader.archive.passages(item.id):
            for step in passage.heading_path:
                groups.setdefault(step, []).append(passage)
        for step, passages in groups.items():
            share = coverage(wanted, step)
            if share > best[0]:
                best = (share, passages)
    return best[1] if best[0] >= 0.5 else []


def _points(read: Read, section: Sequence[Passage]) -> list[Statement]:
    """The sentences that open a point (一是…, （二）…); of prose without points, the first of each passage."""
    opening, first = [], []
    for passage in section:
        spans = [span for span in sentences(passage.text) if not is_order(span.of(passage.text))]
        points = [span for span in spans if _POINT.match(span.of(passage.text))]
        opening += [Extract(passage, span, 1.0) for span in points]
        first += [Extract(passage, span, 1.0) for span in spans[:1]]
    return [quoted(one) for one in _apart(opening or first)]


def _ids(passages: Sequence[Passage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(passage.document_id for passage in passages))
