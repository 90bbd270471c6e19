"""What reviewers left in a Word file: comments with their state and answers, and tracked changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from docx.oxml.ns import qn

from assistant.export.anchors import run_text
from assistant.export.word_file import MAIN, Element, WordFile

ChangeKind = Literal["inserted", "deleted"]
_KINDS: dict[str, ChangeKind] = {
    qn("w:ins"): "inserted",
    qn("w:moveTo"): "inserted",
    qn("w:del"): "deleted",
    qn("w:moveFrom"): "deleted",
}
_MOST_WORDS = 400  # of a comment's anchor that are told
_TRUE = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: `words` are those it stands at, `when` is ISO 8601 as written, `answers` are (author, text)."""

    author: str
    when: str
    text: str
    words: str
    resolved: bool = False
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """Words that somebody inserted or deleted; `paragraph` is its text with all changes accepted."""

    kind: ChangeKind
    author: str
    when: str
    text: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All of it, in text order."""

    comments: tuple[Comment, ...]
    changes: tuple[TrackedChange, ...]


def read_reviewed(path: Path) -> Reviewed:
    """The comments and tracked changes of a .docx.

    Raises:
        ExportError: it is no sound Word file.
    """
    word = WordFile.open(path)
    body = word.read(MAIN)
    assert body is not None
    return Reviewed(tuple(_comments(word, body)), tuple(_changes(body)))


def _comments(word: WordFile, body: Element) -> Iterator[Comment]:
    name = word.related("comments")
    root = word.read(name) if name else None
    if root is None:
        return
    threads = _Threads(word)
    anchors = _anchored(body)
    found = [element for element in root.iterchildren(qn("w:comment"))]
    for element in sorted(found, key=lambda one: anchors.get(one.get(qn("w:id"), ""), (len(anchors), ""))[0]):
        if threads.is_answer(element):
            continue
        answers = [one for one in found if threads.answers(one, element)]
        yield Comment(
            element.get(qn("w:author"), ""),
            element.get(qn("w:date"), ""),
            _text(element),
            anchors.get(element.get(qn("w:id"), ""), (0, ""))[1][:_MOST_WORDS],
            threads.resolved(element),
            tuple((one.get(qn("w:author"), ""), _text(one)) for one in answers),
        )


class _Threads:
    """Which comments answer which, and which are done (commentsExtended; older programs write none)."""

    def __init__(self, word: WordFile) -> None:
        name = word.related("commentsExtended")
        root = word.read(name) if name else None
        self._parents: dict[str, str] = {}
        self._done: set[str] = set()
        for entry in root.iterchildren("*") if root is not None else ():
            own = _by_name(entry, "paraId")
            if _by_name(entry, "paraIdParent"):
                self._parents[own] = _by_name(entry, "paraIdParent")
            if _by_name(entry, "done") in _TRUE:
                self._done.add(own)

    def is_answer(self, comment: Element) -> bool:
        """Whether it stands below another."""
        return any(key in self._parents for key in _keys(comment))

    def answers(self, comment: Element, other: Element) -> bool:
        """Whether `comment` answers `other`."""
        keys = _keys(other)
        return any(self._parents.get(key) in keys for key in _keys(comment))

    def resolved(self, comment: Element) -> bool:
        """Whether it was marked as done."""
        return any(key in self._done for key in _keys(comment))


def _keys(comment: Element) -> list[str]:
    """The ids of a comment's paragraphs; the last one is what others refer to."""
    return [key for paragraph in comment.iter(qn("w:p")) if (key := _by_name(paragraph, "paraId"))]


def _by_name(element: Element, name: str) -> str:
    """An attribute whatever its namespace is: it changed between versions and makers."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _text(comment: Element) -> str:
    lines = [
        "".join(run_text(run) for run in paragraph.iter(qn("w:r"))) for paragraph in comment.iter(qn("w:p"))
    ]
    return "\n".join(lines).strip()


def _anchored(body: Element) -> dict[str, tuple[int, str]]:
    """For each comment's id its place in text order, and its words with all changes accepted."""
    found: dict[str, tuple[int, str]] = {}
    open_: dict[str, list[str]] = {}
    started: dict[str, int] = defaultdict(int)
    for element in body.iter("*"):
        number = element.get(qn("w:id"), "")
        if element.tag == qn("w:commentRangeStart"):
            open_[number] = []
            started[number] = len(started)
        elif element.tag == qn("w:commentRangeEnd"):
            found[number] = (started[number], "".join(open_.pop(number, [])))
        elif element.tag == qn("w:commentReference"):
            found.setdefault(number, (started[number] or len(started), ""))
        elif element.tag == qn("w:t"):
            for words in open_.values():
                words.append(element.text or "")
    return found


def _changes(body: Element) -> Iterator[TrackedChange]:
    """Each change whole: word processors cut one into many elements, a run each."""
    pending: TrackedChange | None = None
    last = None
    for element in body.iter(*_KINDS):
        words = "".join(
            one.text or "" for one in element.iter(qn("w:t"), qn("w:delText")) if _innermost(one) is element
        )
        if not words:
            continue
        change = _change(element, words)
        if pending is not None and _before(element) is last and _same(pending, change):
            pending = replace(pending, text=pending.text + words)
        else:
            if pending is not None:
                yield pending
            pending = change
        last = element
    if pending is not None:
        yield pending


def _change(element: Element, words: str) -> TrackedChange:
    paragraph = next(element.iterancestors(qn("w:p")), element)
    author, when = element.get(qn("w:author"), ""), element.get(qn("w:date"), "")
    return TrackedChange(_KINDS[element.tag], author, when, words, _accepted(paragraph))


def _before(element: Element) -> Element | None:
    """The run or change before an element, marks without words passed over."""
    before = element.getprevious()
    while before is not None and before.find(f".//{qn('w:t')}") is None and before.tag not in _KINDS:
        before = before.getprevious()
    return before


def _same(one: TrackedChange, other: TrackedChange) -> bool:
    return (one.kind, one.author, one.when) == (other.kind, other.author, other.when)


def _innermost(words: Element) -> Element | None:
    return next(words.iterancestors(*_KINDS), None)


def _accepted(paragraph: Element) -> str:
    return "".join(
        one.text or ""
        for one in paragraph.iter(qn("w:t"))
        if next(one.iterancestors(qn("w:del"), qn("w:moveFrom")), None) is None
    )
