"""What a Document is about: organisation, place, years, document number, each with where it was read.

The year rule: an annual summary has the year that it sums up (总结 before 计划); a government report the year
in its title, which is the year it is given in and searched by; a policy the year of its number or date.
`years` holds every year that title and main headings name, and for a government report the year before.
A masked year (xxxx年) is no year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.loaders.about import About
from assistant.loaders.genres import genre_of
from assistant.loaders.organisations import organisation_of, place_read
from assistant.loaders.title import is_number_line
from assistant.loaders.years import all_years, year_of
from assistant.records import Block, Genre, Reading

_NUMBER = re.compile(
    r"[一-龥]{1,14}\s?[〔\[［【（(]\s?((?:19|20)\d{2})\s?[〕\]］】）)]\s?(?:第\s?)?\d{1,5}\s?号"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata fields of a Document."""

    genre: Genre
    organisation: Reading | None
    place: Reading | None
    year: Reading | None
    years: tuple[int, ...]
    number: Reading | None


def read_metadata(
    text: str, blocks: tuple[Block, ...], title: str, origin: str, given: Mapping[str, str], name: str
) -> Metadata:
    """All metadata of one text; what front matter gives wins."""
    genre = genre_of(title, blocks, text, given.get("genre", ""))
    about = About(text, blocks, title, origin, given, name, genre)
    number = _number(about)
    organisation = organisation_of(about)
    year = year_of(about, number)
    return Metadata(
        genre, organisation, place_read(about, organisation), year, all_years(about, year), number
    )


def _number(about: About) -> Reading | None:
    """发文字号: given, a line of its own near the title, or behind the title; never one cited in the text."""
    if given := about.front_matter("number"):
        return given
    for block in about.blocks[:14]:
        words = block.span.of(about.text)
        if is_number_line(words):
            return Reading(words.strip("（()） "), "body", block.span)
        found = _NUMBER.search(words) if block.kind == "title" else None
        if found and "《" not in words[found.end() :]:
            return about.in_title(found.group(), found.start())
    found = _NUMBER.search(about.title or about.name)
    return Reading(found.group(), "file_name") if found and about.origin == "file_name" else None
