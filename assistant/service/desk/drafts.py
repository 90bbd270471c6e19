"""The owner's drafts: the list, new ones, their names, and discarding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.drafting import propose_outline
from assistant.drafting.facts import bare_heading, facts_from_text, read_facts
from assistant.loaders import load, load_text
from assistant.records import FactSection, FactsFile
from assistant.service.desk import tables
from assistant.service.desk.attached import facts_body
from assistant.service.desk.base import DeskBase
from assistant.service.desk.fields import normal
from assistant.service.desk.manuscript import HeldSection, Manuscript, new_id
from assistant.service.desk.reading import manuscript_of_all
from assistant.service.desk.sources import SourcesGiven, take
from assistant.service.desk.store import Sources
from assistant.service.desk.views import DraftRow, DraftView

_MEGABYTE = 1_000_000


class Drafts(DeskBase):
    """Drafts as wholes."""

    def drafts(self) -> tuple[DraftRow, ...]:
        """The owner's drafts, the last changed first."""
        return tuple(
            DraftRow(
                id=one.id,
                title=one.title,
                kind=one.kind,
                updated=one.updated,
                characters=one.characters,
                sections=one.sections,
                open_findings=one.findings,
                job=self.job_of(one.id),
            )
            for one in self.store.listed()
        )

    def draft(self, draft_id: str) -> DraftView:
        """One draft as it stands. Raises DraftUnknown."""
        return self.view(self.store.held(draft_id))

    def new_from_facts(
        self, given: str | Path, outline: Sequence[Mapping[str, object]] | None = None, name: str = ""
    ) -> DraftView:
        """A draft with the headings of the facts, or of the nearest past report where they have none; no text yet.

        `given` is the text of the facts, or an uploaded file; `outline` holds `{heading, level}` in the wanted
        order, and facts go with the heading that they stand under.

        Raises:
            FactsInvalid, InputError: there are no facts, or the file cannot be read.
        """
        facts = (
            read_facts(given, self.report)
            if isinstance(given, Path)
            else facts_from_text(given, name or "事实材料")
        )
        facts = propose_outline(facts, self.office.archive(self.owner))
        sections = [
            HeldSection(new_id(), one.heading, one.level, fact_ids=ids(one)) for one in facts.sections
        ]
        if outline is not None:
            sections = arranged(sections, outline)
        return self._new_drafted(facts, sections, given)

    def _new_drafted(self, facts: FactsFile, sections: Sequence[HeldSection], given: str | Path) -> DraftView:
        draft_id = new_id()
        data = given.encode("utf-8", "replace") if isinstance(given, str) else given.read_bytes()
        with self.store.write() as connection:
            held = self.store.attach(connection, draft_id, "facts", facts.name, facts_body(facts), data)
            state = Manuscript(
                title=facts.title,
                organisation=facts.organisation,
                year=facts.year,
                genre=facts.genre,
                sections=tuple(sections),
                facts=held,
            )
            self.insert(connection, draft_id, "drafted", state, Sources())
        return self.draft(draft_id)

    def new_from_text(self, title: str, text: str, sources: SourcesGiven | None = None) -> DraftView:
        """A pasted draft, to be checked and edited. Raises FileUnreadable for an empty text, InputError for its sources."""
        name = normal("title", title)
        documents = load_text(f"{name}\n{text}" if name and text.strip() else text, name)
        return self._new_checked(manuscript_of_all(documents, name), None, sources)

    def new_from_file(self, path: Path, sources: SourcesGiven | None = None) -> DraftView:
        """An uploaded draft, to be checked and edited; several reports in one file stand one behind the other.

        The file itself is kept, so that comments can be written into it.

        Raises:
            InputError: the file, or one of its sources, cannot be read.
        """
        documents = load(path, max_bytes=self.office.settings.max_file_mb * _MEGABYTE, report=self.report)
        return self._new_checked(manuscript_of_all(documents), path, sources)

    def _new_checked(self, state: Manuscript, path: Path | None, sources: SourcesGiven | None) -> DraftView:
        draft_id = new_id()
        taken = take(sources or {}, self.office.settings, self.report)
        with self.store.write() as connection:
            if path is not None:
                self.store.attach(connection, draft_id, "original", path.name, b"", path.read_bytes())
            state, chosen = taken.put(self.store, connection, draft_id, state, Sources())
            self.insert(connection, draft_id, "checked", state, chosen)
        return self.draft(draft_id)

    def rename(self, draft_id: str, title: str) -> DraftView:
        """Give a draft another title. Raises DraftUnknown, QueryInvalid."""
        words = normal("title", title)
        return self.view(self.change(draft_id, lambda state: replace(state, title=words), "改标题"))

    def discard(self, draft_id: str) -> None:
        """Take a draft off the list; `undiscard` brings it back. Raises DraftUnknown."""
        self._mark(draft_id, self.store.time())

    def undiscard(self, draft_id: str) -> DraftView:
        """Bring a discarded draft back. Raises DraftUnknown."""
        self._mark(draft_id, "")
        return self.draft(draft_id)

    def _mark(self, draft_id: str, discarded: str) -> None:
        with self.store.write() as connection:
            self.store.held_in(connection, draft_id, discarded=True)
            here = (tables.drafts.c.id == draft_id) & (tables.drafts.c.owner == self.owner)
            connection.execute(tables.drafts.update().where(here).values(discarded=discarded))


def ids(section: FactSection) -> tuple[str, ...]:
    """The ids of the facts under a heading."""
    return tuple(fact.id for fact in section.facts)


def arranged(sections: Sequence[HeldSection], outline: Sequence[Mapping[str, object]]) -> list[HeldSection]:
    """The sections in the order and with the headings of `outline`.

    One is known by `id`, else by its heading (with or without its number); a heading that none has is a new,
    empty section. Facts of sections that are left out stay in the facts file and go to no section.
    """
    left = list(sections)
    found = []
    for row in outline:
        heading, level = str(row.get("heading") or "").strip(), int(str(row.get("level") or 1))
        named = [one for one in left if one.id == row.get("id")] if row.get("id") else []
        named = named or [one for one in left if one.heading == heading]
        named = named or [one for one in left if bare_heading(one.heading) == bare_heading(heading)]
        section = named[0] if named else HeldSection(new_id(), heading)
        left = [one for one in left if one is not section]
        found.append(replace(section, heading=heading, level=level))
    return found
