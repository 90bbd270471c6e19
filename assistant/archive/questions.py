"""What a question says besides its topic: years, and places and organisations that the archive knows.

What is understood here only moves documents up, it never empties a result: "2024年" in a question may be the
year of the report or a year that another report compares with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.archive.fusion import KNOBS, Knobs
from assistant.archive.keywords import Wording
from assistant.archive.phrasing import Phrase, phrases
from assistant.archive.results import ArchivedDocument, Filters
from assistant.archive.tokens import question_tokens, word_list
from assistant.errors import QueryInvalid, Said
from assistant.quantities.indicators import asked_namings, synonyms

LONGEST = 2_000
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?:\s*年|(?!\s*[\d.%元家个项万亿]))")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "上一年": -1, "下一年": 1}


@dataclass(frozen=True, slots=True)
class Names:
    """The places and organisations that the archive knows."""

    places: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()

    @classmethod
    def of(cls, documents: Iterable[ArchivedDocument]) -> Names:
        """Those of these documents."""
        known = tuple(documents)
        return cls(
            frozenset(item.place for item in known if item.place),
            frozenset(item.organisation for item in known if item.organisation),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A question as both indexes and the fusion take it.

    `embedded` is what the embedding model sees: relative years are written out. `phrases` are what is asked for
    without years and names; `ahead`: it asks for what is planned.
    """

    embedded: str
    wording: Wording
    years: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()
    ahead: bool = False

    def agreement(self, document: ArchivedDocument) -> float:
        """How far a document is what the question names, 0 to 1; 0 too when it names nothing."""
        marks = []
        if self.years:
            marks.append(_year_mark(self.years, document))
        if self.places or self.organisations:
            named = document.place in self.places or document.organisation in self.organisations
            marks.append(float(named))
        return sum(marks) / len(marks) if marks else 0.0

    def named(self, documents: Iterable[ArchivedDocument]) -> list[ArchivedDocument]:
        """The documents that are all of what the question names; none when it names nothing."""
        if not (self.years or self.places or self.organisations):
            return []
        years = self.years
        return [
            item for item in documents if (not years or item.year in years) and self.agreement(item) == 1.0
        ]


def understand(text: str, names: Names, today: date, knobs: Knobs = KNOBS) -> Question:
    """Read a question against what the archive knows.

    Raises:
        QueryInvalid: it is empty or longer than 2,000 characters.
    """
    folded = unicodedata.normalize("NFKC", text).encode("utf-8", "replace").decode().strip()
    if not folded:
        raise QueryInvalid(reason=Said("问题是空的", "the question is empty"))
    if len(folded) > LONGEST:
        raise QueryInvalid(
            reason=Said(f"问题超过 {LONGEST} 字", f"the question is longer than {LONGEST} characters")
        )
    years, written = _years(folded, today)
    places = frozenset(name for name in names.places if names_place(written, name))
    organisations = frozenset(name for name in names.organisations if name in written)
    return Question(
        embedded=written,
        wording=_wording(written, knobs),
        years=years,
        places=places,
        organisations=organisations,
        phrases=phrases(written, (*places, *map(bare, places), *organisations)),
        ahead=any(word in written for word in word_list("plan_words.txt")),
    )


def chosen(filters: Filters, known: Iterable[ArchivedDocument]) -> list[ArchivedDocument]:
    """The documents that filters leave."""
    return [item for item in known if _passes(filters, item)]


def bare(place: str) -> str:
    """A place name without its administrative suffix: 云溪县 -> 云溪; too short a rest keeps the suffix."""
    for suffix in word_list("place_suffixes.txt"):
        if place.endswith(suffix) and len(place) - len(suffix) >= 2:
            return place[: -len(suffix)]
    return place


def names_place(text: str, place: str) -> bool:
    """Whether a text names a place of the archive, with or without its suffix."""
    return bool(place) and (place in text or bare(place) in text)


def _years(text: str, today: date) -> tuple[frozenset[int], str]:
    found = {int(match.group(1)) for match in _YEAR.finditer(text)}
    written = text
    for word, shift in _RELATIVE.items():
        if word in written:
            found.add(today.year + shift)
            written = written.replace(word, f"{today.year + shift}年")
    return frozenset(found), written


def _wording(text: str, knobs: Knobs) -> Wording:
    """The question's tokens, and for every indicator that is named its other names: any of them will do."""
    groups: list[tuple[tuple[str, ...], ...]] = []
    for naming in asked_namings(text):
        written = text[naming.start : naming.end]
        others = [name for name in synonyms(naming.indicator) if name != written]
        if others:
            groups.append(tuple(tuple(question_tokens(name)) for name in (written, *others)))
    return Wording(tuple(question_tokens(text)), tuple(groups), knobs.other_name)


def _year_mark(years: frozenset[int], document: ArchivedDocument) -> float:
    if document.year in years:
        return 1.0
    return 0.5 if years.intersection(document.years) else 0.0


def _passes(filters: Filters, item: ArchivedDocument) -> bool:
    years = (item.year,) if item.year is not None else item.years
    return (
        (filters.year is None or filters.year in years)
        and (not filters.place or _same(filters.place, item.place))
        and (not filters.organisation or _same_office(filters.organisation, item.organisation))
        and (filters.genre is None or filters.genre == item.genre)
        and (not filters.documents or item.id in filters.documents)
    )


def _same(wanted: str, place: str) -> bool:
    return wanted == place or (bool(place) and bare(wanted) == bare(place))


def _same_office(wanted: str, organisation: str) -> bool:
    return bool(organisation) and (wanted in organisation or organisation in wanted)
