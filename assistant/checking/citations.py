"""Policies named in a draft (《…》, 〔2024〕9号) and the policy texts that they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.checking.words import words
from assistant.records import Document, Evidence, Span

_TITLE = re.compile(r"《([^《》\n]{4,80})》")
_NUMBER = re.compile(
    r"[一-龥]{1,12}?\s?[〔\[［【（(]\s?((?:19|20)\d{2})\s?[〕\]］】）)]\s?(?:第\s?)?(\d{1,5})\s?号"
)
_BRACKET = re.compile(r"\s?[（(]\s?([^（）()\n]{3,40}?号)\s?[）)]")
_ENDED = re.compile(
    r"《([^《》\n]{4,80})》(?:\s?[（(]([^（）()\n]{3,40}?号)[）)])?[^。；《》\n]{0,12}?(?:同时|予以|即行|自行)?\s?(?:废止|停止执行|失效)"
)
_OUTER = re.compile(
    r"^.{0,40}?关于(?:印发|发布|修订印发|转发)《?|》?的通知$|[（(](?:试行|暂行|修订版?)[）)]$|\s"
)
_PUNCTUATION = re.compile(r"[“”\"'‘’·、，\s《》]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A policy named in the draft; `number` as written behind the title, "" when none is."""

    span: Span
    title: str
    number: str = ""
    number_span: Span | None = None


def mentions(text: str) -> Iterator[Mention]:
    """Policies that `text` names by title; books, films and newspapers are left out by their endings."""
    for found in _TITLE.finditer(text):
        title = found.group(1)
        if not bare(title).endswith(words("citations.txt", "ending")):
            continue
        behind = _BRACKET.match(text, found.end())
        if behind and _NUMBER.search(behind.group(1)):
            yield Mention(Span(*found.span()), title, behind.group(1), Span(*behind.span(1)))
        else:
            yield Mention(Span(*found.span()), title)


@lru_cache(maxsize=1024)  # the texts of policies are asked for again with every check of a draft
def bare(title: str) -> str:
    """A title without 关于印发…的通知, （试行）, quotation marks and blanks.

    >>> bare("某县人民政府关于印发《高新技术企业培育办法（试行）》的通知")
    '高新技术企业培育办法'
    """
    before = ""
    while title != before:
        before, title = title, _OUTER.sub("", title)
    return _PUNCTUATION.sub("", title)


def same_number(one: str, other: str) -> bool:
    """Whether two document numbers are the same but for the shape of their brackets."""
    first, second = _NUMBER.search(one), _NUMBER.search(other)
    return bool(first and second) and _parts(one) == _parts(other)


def _parts(number: str) -> str:
    return re.sub(r"[〔\[［【（()）】］\]〕\s第]", "|", number).replace("|", "")


@dataclass(frozen=True)
class Policies:
    """The policy texts among the sources."""

    documents: Sequence[Document]

    def titled(self, title: str) -> list[Document]:
        """Those that bear `title`, with or without the place in front and （试行） behind."""
        name = bare(title)
        return [
            doc
            for doc in self.documents
            if (own := bare(doc.title)) == name or (min(len(own), len(name)) >= 8 and _ends(own, name))
        ]

    @cached_property
    def ended(self) -> Sequence[tuple[str, str, Evidence]]:
        """Texts that another one puts out of force: bare title, number, the sentence that says so."""
        found = []
        for doc in self.documents:
            for match in _ENDED.finditer(doc.text):
                span = Span(*match.span())
                evidence = Evidence(
                    "source", doc.title, match.group(), span, doc.number.value if doc.number else "", doc.id
                )
                found.append((bare(match.group(1)), match.group(2) or "", evidence))
        return found


def _ends(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)
