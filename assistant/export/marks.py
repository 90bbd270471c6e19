"""A reviewer's marks in a Word file: comments, and changes that the writer accepts or rejects.

Everything is put beside what stands there: others' comments, others' changes and all formats are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime, timezone

from docx.oxml.ns import nsmap, qn
from lxml import etree

from assistant.export.word_file import MAIN, Element, WordFile

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIZE = "18"  # half points: a balloon is read on the screen
_HOLDERS = (qn("w:ins"), qn("w:moveTo"))
_WITHIN_DELETION = {"w:t": "w:delText", "w:instrText": "w:delInstrText"}


class Marks:
    """Whose marks they are, and the numbers that are still free in the file."""

    def __init__(self, word: WordFile, author: str, initials: str) -> None:
        self._author, self._initials = author, initials
        self._when = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._comments = _comments(word)
        used = [element.get(qn("w:id"), "") for element in word.tree(MAIN).iter("*")]
        used += [element.get(qn("w:id"), "") for element in self._comments.iterchildren("*")]
        self._last = max(
            (int(number) for number in used if number.isdecimal() and len(number) < 10), default=-1
        )

    def comment(self, first: Element, last: Element, text: str) -> None:
        """A comment over the runs `first` to `last`; each line of `text` is a paragraph of it."""
        number = self._number()
        mark = _element("w:comment", {**self._whose(number), "w:initials": self._initials})
        mark.extend(_comment_line(line, head=not at) for at, line in enumerate(text.split("\n")))
        self._comments.append(mark)
        first.addprevious(_element("w:commentRangeStart", {"w:id": number}))
        sign = _element("w:r")
        sign.append(_element("w:commentReference", {"w:id": number}))
        last.addnext(sign)
        last.addnext(_element("w:commentRangeEnd", {"w:id": number}))

    def replace(self, runs: Sequence[Element], text: str) -> None:
        """The `runs` of one paragraph as deleted, and `text` as inserted behind them in the first one's format."""
        model = runs[0].find(qn("w:rPr"))
        last = runs[-1]
        for run in runs:
            last = self._delete(run)
        if text:
            run = _run(text)
            if model is not None:
                run.insert(0, deepcopy(model))
            inserted = _element("w:ins", self._whose(self._number()))
            inserted.append(run)
            _outside_after(last, inserted)

    def _delete(self, run: Element) -> Element:
        deleted = _element("w:del", self._whose(self._number()))
        run.addprevious(deleted)
        deleted.append(run)
        for name, within in _WITHIN_DELETION.items():
            for element in run.iter(qn(name)):
                element.tag = qn(within)
                element.set(_SPACE, "preserve")
        return deleted

    def _whose(self, number: str) -> dict[str, str]:
        return {"w:id": number, "w:author": self._author, "w:date": self._when}

    def _number(self) -> str:
        self._last += 1
        return str(self._last)


def _comments(word: WordFile) -> Element:
    """The root of the comments; a new part where the file has none."""
    name = word.related("comments")
    if name is not None:
        return word.tree(name)
    root = etree.Element(qn("w:comments"), nsmap={"w": nsmap["w"]})
    word.add("word/comments.xml", root, "comments", _TYPE)
    return root


def _element(name: str, attributes: dict[str, str] | None = None) -> Element:
    found = etree.Element(qn(name), nsmap={"w": nsmap["w"]})
    for key, value in (attributes or {}).items():
        found.set(qn(key), value)
    return found


def _run(text: str) -> Element:
    run = _element("w:r")
    words = _element("w:t")
    words.text = text
    words.set(_SPACE, "preserve")
    run.append(words)
    return run


def _comment_line(text: str, *, head: bool) -> Element:
    """A paragraph of a comment, single-spaced and small whatever the file's normal style is."""
    paragraph, form = _element("w:p"), _element("w:pPr")
    form.append(
        _element("w:spacing", {"w:before": "0", "w:after": "0", "w:line": "240", "w:lineRule": "auto"})
    )
    form.append(_element("w:ind", {"w:left": "0", "w:firstLine": "0", "w:firstLineChars": "0"}))
    paragraph.append(form)
    if head:
        sign = _element("w:r")
        sign.append(_element("w:annotationRef"))
        paragraph.append(sign)
    run = _run(text)
    size = _element("w:rPr")
    size.append(_element("w:spacing", {"w:val": "0"}))
    size.append(_element("w:sz", {"w:val": _SIZE}))
    size.append(_element("w:szCs", {"w:val": _SIZE}))
    run.insert(0, size)
    paragraph.append(run)
    return paragraph


def _outside_after(place: Element, inserted: Element) -> None:
    """Put `inserted` behind `place`; another's insertion around it is cut in two, as insertions do not nest."""
    holder = place.getparent()
    if holder.tag not in _HOLDERS:
        place.addnext(inserted)
        return
    following = list(place.itersiblings())
    holder.addnext(inserted)
    if following:
        rest = etree.Element(holder.tag, attrib=dict(holder.attrib), nsmap=holder.nsmap)
        rest.extend(following)
        inserted.addnext(rest)
