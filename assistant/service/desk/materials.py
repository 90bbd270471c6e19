"""The writer's facts and the outline: read, shown back, given anew, put under other headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path

from assistant.drafting.facts import bare_heading, facts_from_text, read_facts
from assistant.errors import DraftLocked, FactsInvalid, FormatUnknown, QueryInvalid, Said
from assistant.quantities.numerals import chinese
from assistant.records import Fact, FactsFile
from assistant.service import resources
from assistant.service.desk.attached import facts_body
from assistant.service.desk.base import DeskBase
from assistant.service.desk.drafts import arranged
from assistant.service.desk.facts import as_markdown, facts_view
from assistant.service.desk.manuscript import HeldSection, Manuscript, new_id
from assistant.service.desk.views import DraftView, FactsView

TEMPLATES = ("md", "docx", "xlsx")
PASTED = "粘贴的事实"
_TEXTS = (".md", ".markdown", ".txt")
_MOST_CHARACTERS = 2_000_000
_MOST_SECTIONS = 200
_ALIKE = 0.6


class Materials(DeskBase):
    """Facts and outline."""

    def read_facts(self, text: str, name: str = "") -> FactsView:
        """A text as facts. Raises FactsInvalid for a text without any."""
        return facts_view(_from_text(text, name or PASTED), text)

    def read_facts_file(self, path: Path) -> FactsView:
        """A file as facts; its text, for changing it, is Markdown where it was none.

        Raises:
            FactsInvalid, InputError: it holds none, or cannot be read.
        """
        facts = read_facts(path, self.report)
        text = path.read_bytes().decode("utf-8-sig", "replace") if _is_plain(path) else as_markdown(facts)
        return facts_view(facts, text)

    def facts(self, draft_id: str) -> FactsView:
        """The facts of a draft. Raises FactsInvalid for a draft without any."""
        state = self.store.held(draft_id).manuscript
        facts = self._facts_of(state)
        kept = self.store.attachment(state.facts)
        plain = kept.data is not None and (Path(kept.name).suffix in ("", *_TEXTS))
        text = kept.data.decode("utf-8-sig", "replace") if plain and kept.data else as_markdown(facts)
        return facts_view(facts, text)

    def set_facts(self, draft_id: str, version: int, text: str) -> DraftView:
        """Other facts for a draft: its sections keep theirs by what they say, new ones go under their heading.

        The sections' texts stay as they are; the check tells where they no longer agree.

        Raises:
            FactsInvalid: the text holds none.
            DraftChanged: the draft was changed since `version`.
        """
        held = self.store.held(draft_id)
        before = self.facts_file(held.manuscript)
        given = _from_text(text, before.name if before and _is_plain(Path(before.name)) else PASTED)
        facts = renumbered(given, before.facts if before else ())
        with self.store.write() as connection:
            kept = self.store.attach(
                connection, draft_id, "facts", facts.name, facts_body(facts), text.encode("utf-8", "replace")
            )

        def edit(state: Manuscript) -> Manuscript:
            sections = distributed(state.sections, facts)
            return replace(state, facts=kept, sections=sections)

        return self.view(self.change(draft_id, edit, "改事实材料", version=version))

    def facts_template(self, fmt: str) -> Path:
        """A facts file to fill in, as md, docx or xlsx. Raises FormatUnknown."""
        if fmt not in TEMPLATES:
            raise FormatUnknown(name=fmt, supported="、".join(TEMPLATES))
        return resources.sample_archive() / "facts" / f"template.{fmt}"

    def set_outline(
        self, draft_id: str, version: int, rows: Sequence[Mapping[str, object]], *, renumber: bool = False
    ) -> DraftView:
        """The sections in the order of `rows` of `{id or None, heading, level}`; without an id a new one.

        A section that no row names is taken out, with its text; its facts go to no section. `renumber` counts
        一、 and （一） anew.

        Raises:
            QueryInvalid: no row, too many, or one without a heading that is not the opening.
            DraftLocked: a section with a locked sentence would be taken out.
            DraftChanged: the draft was changed since `version`.
        """
        _check_rows(rows)

        def edit(state: Manuscript) -> Manuscript:
            sections = arranged(state.sections, rows)
            _refuse_loss(state.sections, sections)
            return replace(state, sections=tuple(numbered(sections) if renumber else sections))

        return self.view(self.change(draft_id, edit, "调整提纲", version=version))

    def _facts_of(self, state: Manuscript) -> FactsFile:
        facts = self.facts_file(state)
        if facts is None:
            raise FactsInvalid(name=state.title, reason=Said("没有附事实材料", "there are none with it"))
        return facts


def renumbered(facts: FactsFile, before: Sequence[Fact]) -> FactsFile:
    """The facts with the ids that they had: of one that reads the same, else of the one most like it.

    A fact that is like none gets a number that none had.
    """
    fresh = facts.facts
    names = _named(fresh, before)
    number = max((int(one.id[1:]) for one in before if one.id[1:].isdecimal()), default=0)
    for at in range(len(fresh)):
        if at not in names:
            number += 1
            names[at] = f"F{number:02d}"
    places = iter(range(len(fresh)))
    sections = [
        replace(one, facts=tuple(replace(fact, id=names[next(places)]) for fact in one.facts))
        for one in facts.sections
    ]
    return replace(facts, sections=tuple(sections))


def _named(fresh: Sequence[Fact], before: Sequence[Fact]) -> dict[int, str]:
    """The former ids of new facts, by their place: first those that read the same, then the most alike."""
    names: dict[int, str] = {}
    left = list(before)
    for at, fact in enumerate(fresh):
        same = next((one for one in left if one.text == fact.text), None)
        if same:
            names[at] = same.id
            left.remove(same)
    pairs = [
        (_likeness(fact.text, one.text), -at, one.id)
        for at, fact in enumerate(fresh)
        if at not in names
        for one in left
    ]
    for likeness, at, fact_id in sorted(pairs, reverse=True):
        if likeness >= _ALIKE and -at not in names and fact_id not in names.values():
            names[-at] = fact_id
    return names


def distributed(sections: Sequence[HeldSection], facts: FactsFile) -> tuple[HeldSection, ...]:
    """The sections with the facts of a changed file.

    A fact stays where it is; a new one goes to the section with its heading, else a section is made for it. One
    without a heading goes where the fact before it went.
    """
    placed = {fact_id: one.id for one in sections for fact_id in one.fact_ids}
    found = list(sections)
    goes: dict[str, list[str]] = {}
    last = next((one.id for one in found if one.heading), "")
    for part in facts.sections:
        named = next((one for one in found if _same(one.heading, part.heading)), None)
        for fact in part.facts:
            home = placed.get(fact.id) or (named.id if named else "")
            if not home and not part.heading:
                home = last
            if not home:
                named = HeldSection(new_id(), part.heading, part.level)
                found.append(named)
                home = named.id
            goes.setdefault(home, []).append(fact.id)
            last = home
    return tuple(replace(one, fact_ids=tuple(goes.get(one.id, ()))) for one in found)


def numbered(sections: Sequence[HeldSection]) -> list[HeldSection]:
    """Enumerators counted anew: 一、 within the report, （一） within each of these; deeper ones stay."""
    counts = {1: 0, 2: 0}
    result = []
    for section in sections:
        if section.heading and section.level in counts:
            counts[section.level] += 1
            counts[2] = 0 if section.level == 1 else counts[2]
            ordinal = chinese(Decimal(counts[section.level]))
            mark = f"{ordinal}、" if section.level == 1 else f"（{ordinal}）"
            section = replace(section, heading=mark + bare_heading(section.heading))
        result.append(section)
    return result


def _from_text(text: str, name: str) -> FactsFile:
    if len(text) > _MOST_CHARACTERS:
        raise FactsInvalid(name=name, reason=Said("内容过长，请分几次处理", "it is too long; split it"))
    return facts_from_text(text, name)


def _is_plain(path: Path) -> bool:
    return path.suffix.lower() in _TEXTS


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _same(one: str, other: str) -> bool:
    return bool(one) and bare_heading(one) == bare_heading(other)


def _check_rows(rows: Sequence[Mapping[str, object]]) -> None:
    if not 1 <= len(rows) <= _MOST_SECTIONS:
        raise QueryInvalid(
            reason=Said(
                f"章节应有 1 到 {_MOST_SECTIONS} 个", f"an outline has 1 to {_MOST_SECTIONS} sections"
            )
        )
    for row in rows:
        heading, level = str(row.get("heading") or "").strip(), row.get("level", 1)
        if (not heading and level != 0) or level not in range(7):
            raise QueryInvalid(
                reason=Said("每个章节要有标题和级别", "each section has a heading and a level")
            )


def _refuse_loss(before: Sequence[HeldSection], after: Sequence[HeldSection]) -> None:
    kept = {one.id for one in after}
    for section in before:
        if section.locked and section.id not in kept:
            raise DraftLocked(reason=section.locked[0].of(section.text))
