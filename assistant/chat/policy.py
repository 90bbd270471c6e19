"""What a policy says: the article, cited, and whether the text is still in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.archive import ArchivedDocument
from assistant.chat.answer import Reply, Statement
from assistant.chat.asked import Asked
from assistant.chat.fence import is_order
from assistant.chat.overlap import coverage, telling
from assistant.chat.reading import Read, Reader
from assistant.checking.citations import Policies, bare, same_number
from assistant.errors import Said
from assistant.records import Citation, Document, Evidence, Span

_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百]+条)\s*", re.M)
_NAMED = re.compile(r"第[一二三四五六七八九十百]+条")
_CHAPTER = re.compile(r"^#*\s*第[一二三四五六七八九十]+[章节]", re.M)
_ENOUGH, _NAMED_ENOUGH = 0.6, 0.3
_MOST, _READ = 3, 6
_CLOSE = 0.15
_LONGEST = 220


@dataclass(frozen=True, slots=True)
class Article:
    """One article (or paragraph, in a text without articles) of a policy."""

    read: Read
    item: ArchivedDocument
    name: str
    span: Span
    share: float
    ended: Evidence | None  # what put the policy out of force

    @property
    def text(self) -> str:
        """Its words, the number left out."""
        return " ".join(self.span.of(self.read.document.text).split())


def policy(asked: Asked, reader: Reader) -> Reply:
    """The articles that say it, those in force first; a superseded text is said to be so, with its proof."""
    policies = [item for item in reader.documents if item.genre == "policy"]
    items = _near(asked, reader, policies)
    if not items:
        return Reply()
    ended = Policies([reader.archive.document(item.id) for item in policies]).ended
    wanted = telling(_NAMED.sub(" ", asked.rest))
    found = [one for item in items for one in _articles(item, reader.read(item.id), wanted, ended)]
    asked_for = _NAMED.search(asked.text)
    if asked_for:
        found = [one for one in found if one.name == asked_for[0] and _titled(asked, one.item)]
    enough = _NAMED_ENOUGH if asked_for else _ENOUGH
    found = [one for one in found if asked_for or one.share >= enough]
    found.sort(key=lambda one: (one.ended is not None, -one.share))
    best = _best(found)
    notes = tuple(note for one in best if (note := _note(one)) is not None)
    statements = tuple(_stated(one, reader) for one in best)
    return Reply(statements, tuple(dict.fromkeys(notes)), read=tuple(item.id for item in items))


def _near(asked: Asked, reader: Reader, policies: Sequence[ArchivedDocument]) -> list[ArchivedDocument]:
    """The policies to read: those of the place asked about and without any, by the search's order."""
    if asked.places:
        own = [item for item in policies if item.place in asked.places]
        policies = own or list(policies)
    homes = dict.fromkeys(hit.passage.document_id for hit in reader.search(asked.text, policies, k=24))
    by_id = {item.id: item for item in policies}
    return [by_id[home] for home in homes if home in by_id][:_READ]


def _titled(asked: Asked, item: ArchivedDocument) -> bool:
    """Whether the question names this policy, by title or by words that are most of it."""
    title = bare(item.title)
    return title in bare(asked.text) or coverage(telling(asked.text), title) >= _NAMED_ENOUGH


def _articles(
    item: ArchivedDocument, read: Read, wanted: frozenset[str], ended: Sequence[tuple[str, str, Evidence]]
) -> list[Article]:
    proof = _ended_by(item, ended)
    found = []
    for name, span in _units(read.document):
        text = span.of(read.document.text)
        if is_order(text) or not text.strip():
            continue
        own = coverage(wanted, text)
        whole = coverage(wanted, f"{item.title} {text}")
        share = whole if own >= _NAMED_ENOUGH else own
        found.append(Article(read, item, name, span, share, proof))
    return found


def _units(document: Document) -> list[tuple[str, Span]]:
    """The articles of a text; of one without articles, its lines."""
    text = document.text
    marks = list(_ARTICLE.finditer(text))
    if not marks:
        return [("", Span(*match.span())) for match in re.finditer(r"[^\n]{8,}", text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    units = []
    for mark, end in zip(marks, ends, strict=True):
        chapter = _CHAPTER.search(text, mark.end(), end)
        blank = text.find("\n\n", mark.end(), end)
        stop = min(
            place for place in (end, chapter.start() if chapter else end, blank if blank >= 0 else end)
        )
        units.append((mark[1], Span(mark.end(), max(mark.end(), stop))))
    return units


def _ended_by(item: ArchivedDocument, ended: Sequence[tuple[str, str, Evidence]]) -> Evidence | None:
    for title, number, evidence in ended:
        own = evidence.document_id == item.id
        if not own and (title == bare(item.title) or (number and same_number(number, item.number))):
            return evidence
    return None


def _best(found: Sequence[Article]) -> list[Article]:
    """Those about as good as the best one; of the superseded, only the best, behind those in force."""
    if not found:
        return []
    force = [one for one in found if one.ended is None]
    gone = [one for one in found if one.ended is not None]
    kept = [one for one in force if one.share >= force[0].share - _CLOSE][:_MOST]
    return kept + [one for one in gone[:1] if one.share >= gone[0].share]


def _note(one: Article) -> Said | None:
    proof = one.ended
    if proof is None:
        return None
    return Said(
        f"《{one.item.title}》已被《{proof.title}》废止，仅供对照。",
        f"《{one.item.title}》 was ended by 《{proof.title}》 and is given for comparison only.",
    )


def _stated(one: Article, reader: Reader) -> Statement:
    head = _head(one)
    number = f"（{one.item.number}）" if head else ""
    start = one.span.start
    span = Span(start, min(one.span.end, start + _LONGEST))
    words = " ".join(span.of(one.read.document.text).split()).rstrip("。；;")
    citations = [citation for citation in (one.read.cite(span),) if citation]
    remark = ""
    if one.ended is not None:
        remark = Said("此文件已废止", "no longer in force")
        proof = reader.read(one.ended.document_id).cite(one.ended.span) if one.ended.span else None
        citations += [proof] if proof else []
    citations += [head] if head else []
    tail = f"（{remark}）" if remark else ""
    return Statement(
        f"《{one.item.title}》{number}{one.name}：{words}{tail}。", tuple(citations), remark=remark
    )


def _head(one: Article) -> Citation | None:
    """Where the text bears its number."""
    at = one.read.document.text.find(one.item.number) if one.item.number else -1
    return one.read.cite(Span(at, at + len(one.item.number))) if at >= 0 else None
