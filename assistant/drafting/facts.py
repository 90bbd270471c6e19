"""A writer's facts, read from Markdown, plain text, a table or a Word file.

Markdown and text are read line by line so that a fact knows its line; other formats come as Documents from the
loaders, so that no parser is needed here. Every reader yields rows; `_assemble` makes the FactsFile of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from assistant.drafting.factrows import document_rows, line_rows
from assistant.drafting.rows import Head, Rows
from assistant.errors import FactsInvalid, FileUnreadable, Said
from assistant.loaders import load
from assistant.loaders.encoding import decode
from assistant.quantities import bind_text
from assistant.quantities.parts import part_of
from assistant.records import Fact, FactSection, FactsFile, Genre, Part, Report, silent
from assistant.records.document import reviewed

_TEXT_FORMATS = {".md", ".markdown", ".txt", ""}
_MOST_BYTES = 8_000_000
_TITLE = re.compile(r"^(?P<organisation>[^\d《》]{2,40}?)(?:关于)?(?P<year>20\d\d)年")
_ENUMERATOR = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])\s*")


def read_facts(path: Path | str, report: Report = silent) -> FactsFile:
    """The facts file at `path` (.md, .txt, .xlsx, .csv, .docx …), facts numbered F01, F02 … in file order.

    `report` hears of each page of a scan that was recognised; what it raises ends the reading.

    Raises:
        FactsInvalid: empty, without a single fact, or two equal headings under one parent.
        FileUnreadable: the file is missing, a folder, or not text.
        InputError: a loader refused the file.
    """
    path = Path(path)
    if path.is_dir():
        raise FileUnreadable(
            name=path.name, reason=Said("这是文件夹，不是要点文件", "it is a folder, not a facts file")
        )
    if not path.is_file():
        raise FileUnreadable(name=path.name, reason=Said("文件不存在", "there is no such file"))
    if path.stat().st_size == 0:
        raise FactsInvalid(name=path.name, reason=Said("文件是空的", "the file is empty"))
    plain = path.suffix.lower() in _TEXT_FORMATS
    rows = line_rows(_decode(path)) if plain else document_rows(load(path, report=report))
    return _assemble(path.name, rows)


def facts_from_text(text: str, name: str) -> FactsFile:
    r"""The facts of a text at hand, read line by line like a .md file; `name` stands for the file's.

    >>> [fact.place for fact in facts_from_text("# 一、创新\n- 新增23家。", "要点").facts]
    ['第2行']

    Raises:
        FactsInvalid: empty, without a single fact, or two equal headings under one parent.
    """
    if not text.strip():
        raise FactsInvalid(name=name, reason=Said("内容是空的", "it is empty"))
    return _assemble(name, line_rows(text))


def facts_from_items(
    heading: str,
    items: Iterable[str],
    *,
    place: str = "",
    year: int | None = None,
    organisation: str = "",
    title: str = "",
) -> FactsFile:
    """One section of facts given as strings, for a caller that has no file.

    >>> [fact.id for fact in facts_from_items("一、创新", ["新增23家；", "  "]).facts]
    ['F01']

    Raises:
        FactsInvalid: no item has any text.
    """
    rows = Rows({"title": title, "organisation": organisation, "year": str(year or ""), "place": place})
    rows.body.append(Head(heading.strip(), 1, ""))
    for item in items:
        rows.add(item, "")
    return _assemble(heading or "facts", rows)


def bound(facts: FactsFile) -> FactsFile:
    """The facts with their figures bound as results, or as aimed at in the year after under a heading of the plan.

    As in a report, only headings of the top level open a part, which lasts until the next one opens another.
    """
    year = reviewed(facts.year, facts.genre)
    top = min((section.level for section in facts.sections if section.heading), default=1)
    part: Part = ""
    sections = []
    for section in facts.sections:
        if section.level <= top:
            part = part_of(section.heading, year) or part
        told = (replace(fact, claims=tuple(bind_text(fact.text, year, part))) for fact in section.facts)
        sections.append(replace(section, facts=tuple(told)))
    return replace(facts, sections=tuple(sections))


def bare_heading(heading: str) -> str:
    """A heading without its enumerator: （一）聚焦创新 -> 聚焦创新."""
    return _ENUMERATOR.sub("", heading).strip()


def _decode(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and len(data) <= _MOST_BYTES:
        return decode(data, path.name)
    if len(data) > _MOST_BYTES or b"\0" in data[:4096]:
        raise FileUnreadable(
            name=path.name, reason=Said("不是文本文件或过大", "it is not text, or is too large")
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(name=path.name, reason=Said("文字编码无法识别", "its encoding is unknown"))


def _assemble(name: str, rows: Rows) -> FactsFile:
    """The FactsFile of `rows`; facts before any heading form a section without heading."""
    meta = _metadata(name, rows)
    year = int(meta["year"]) if meta["year"] else None
    sections: list[FactSection] = []
    facts: list[Fact] = []
    number = 0
    for row in rows.body:
        if isinstance(row, Head):
            sections = _closed(sections, facts)
            facts = []
            sections.append(FactSection(row.text, row.level))
            continue
        number += 1
        facts.append(Fact(f"F{number:02d}", row.text, (), row.span, row.place, row.recognised))
    sections = _closed(sections, facts)
    if not number:
        told = "".join(f"；{note}" for note in dict.fromkeys(rows.notes))
        raise FactsInvalid(name=name, reason=Said(f"没有找到任何事实要点{told}", "it holds no facts"))
    _refuse_duplicates(name, rows)
    genre = cast("Genre", meta["genre"]) if meta["genre"] in get_args(Genre) else "annual-summary"
    notes = tuple(dict.fromkeys(rows.notes))
    place = meta.get("place", "")
    return bound(
        FactsFile(name, meta["title"], meta["organisation"], year, genre, tuple(sections), place, notes)
    )


def _closed(sections: list[FactSection], facts: Sequence[Fact]) -> list[FactSection]:
    """`sections` with `facts` put under the last of them."""
    if not facts:
        return sections
    last = sections[-1] if sections else FactSection("", 1)
    return [*sections[:-1], FactSection(last.heading, last.level, (*last.facts, *facts))]


def _metadata(name: str, rows: Rows) -> dict[str, str]:
    """Title, organisation, year, genre, place; what is not given is read off the title or the file's name."""
    meta = {
        key: rows.meta.get(key, "").strip() for key in ("title", "organisation", "year", "genre", "place")
    }
    meta["title"] = meta["title"] or (Path(name).stem if _TITLE.match(name) else "")
    guess = _TITLE.match(meta["title"])
    meta["organisation"] = meta["organisation"] or (guess["organisation"] if guess else "")
    found = re.search(r"(?:19|20)\d\d", meta["year"]) or (re.search(r"20\d\d", meta["title"]))
    meta["year"] = found.group() if found else ""
    return meta


def _refuse_duplicates(name: str, rows: Rows) -> None:
    """Two sections of one name would make it unclear where a fact belongs: the writer decides, not the program."""
    parents: dict[int, str] = {}
    seen: dict[tuple[str, str], Head] = {}
    for row in rows.body:
        if not isinstance(row, Head):
            continue
        parents[row.level] = row.text
        parent = next((parents[level] for level in range(row.level - 1, 0, -1) if level in parents), "")
        key = (parent if row.level > 1 else "", bare_heading(row.text))
        if key in seen:
            where = "、".join(place for place in (seen[key].place, row.place) if place)
            raise FactsInvalid(
                name=name,
                reason=Said(
                    f"标题“{row.text}”重复出现（{where}），请合并或改名",
                    f"the heading “{row.text}” stands twice ({where}); join the two or rename one",
                ),
                line=row.place,
            )
        seen[key] = row
        parents = {level: text for level, text in parents.items() if level <= row.level}
