"""The report of the year before that a draft is compared with, and the policies that it may cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import Said
from assistant.records import Document, Genre
from assistant.service import LOCAL
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.archive import Archive, ArchivedDocument

_MOST_POLICIES = 300
_REPORTS: tuple[Genre, ...] = ("annual-summary", "government-report")


@dataclass(frozen=True, slots=True)
class Found:
    """What the archive has for a draft; `notes` are sentences about what it has not."""

    prior: tuple[Document, ...] = ()
    policies: tuple[Document, ...] = ()
    notes: tuple[str, ...] = ()


class FromArchive:
    """Looks in the archive for what a draft is to be compared with."""

    def __init__(self, settings: Settings, owner: str = LOCAL) -> None:
        self._settings = settings
        self._owner = owner

    def sources_of(self, draft: Document) -> Found:
        """Last year's report of the same body, and the policy texts, the latest first."""
        from assistant.archive import Archive  # its libraries take seconds to load

        with Archive.open(self._settings, owner=self._owner) as archive:
            return look(archive, draft)


def look(archive: Archive, draft: Document) -> Found:
    """What an open archive has for `draft`: last year's report of the same body, the policies, the latest first."""
    archived = archive.documents()
    policies = [one for one in archived if one.genre == "policy" and one.id != draft.id]
    policies = sorted(policies, key=lambda one: one.year or 0, reverse=True)[:_MOST_POLICIES]
    chosen, note = last_year(archived, draft)
    return Found(
        prior=(archive.document(chosen.id),) if chosen else (),
        policies=tuple(archive.document(one.id) for one in policies),
        notes=(note,) if note else (),
    )


def last_year(archived: Sequence[ArchivedDocument], draft: Document) -> tuple[ArchivedDocument | None, str]:
    """The archived report of the same body on the year before the draft's, else a note that says what is missing."""
    body, year, reviewed = draft.organisation, draft.reported_year, draft.reviewed_year
    if body is None or year is None or reviewed is None:
        lacking = Said("单位", "body") if body is None else Said("年份", "year")
        return None, Said(
            f"本稿看不出{lacking}，无法在资料库中查找上年报告，未作上年比对。",
            f"The draft does not show its {lacking.en}; last year's report was not looked for in the archive.",
        )
    reports = [
        one for one in archived if one.organisation == body.value and one.reviewed_year == reviewed - 1
    ]
    reports = [one for one in reports if one.genre in _REPORTS and one.id != draft.id]
    same = [one for one in reports if one.genre == draft.genre] or reports
    if not same:
        return None, Said(
            f"资料库中没有{body.value}{year - 1}年的报告，未作上年比对。",
            f"The archive has no report of “{body.value}” for {year - 1}; nothing was compared with last year.",
        )
    several = Said(
        f"资料库中有{len(same)}份{body.value}{year - 1}年的报告，与《{same[0].title}》作了比对。",
        f"The archive has {len(same)} reports of “{body.value}” for {year - 1}; 《{same[0].title}》 was compared.",
    )
    return same[0], several if same[1:] else ""


def comparable(draft: Document, prior: Sequence[Document]) -> tuple[list[Document], tuple[str, ...]]:
    """The given prior reports that are of the draft's body and the year before it, and a note for each other one."""
    kept: list[Document] = []
    notes: list[str] = []
    for report in prior:
        note = refusal(draft, report)
        if note:
            notes.append(note)
        else:
            kept.append(report)
    return kept, tuple(notes)


def refusal(draft: Document, report: Document) -> str:
    """Why `report` is not last year's report of the draft's body; "" when it may be (what is unknown may be)."""
    name = report.title or report.source.name
    mine, theirs = draft.organisation, report.organisation
    if mine is not None and theirs is not None and mine.value != theirs.value:
        return Said(
            f"“{name}”的单位是{theirs.value}，与本稿（{mine.value}）不同，未作上年比对。",
            f"“{name}” is of “{theirs.value}”, this draft of “{mine.value}”; it was not compared as last year's report.",
        )
    year, other = draft.reviewed_year, report.reviewed_year
    if year is not None and other is not None and other != year - 1:
        if draft.genre != report.genre:
            return Said(
                f"“{name}”讲的是{other}年的工作，不是本稿（{year}年的工作）的上一年，未作上年比对。",
                f"“{name}” tells of the work of {other}, not of the year before this draft's ({year}); it was not "
                "compared as last year's report.",
            )
        return Said(
            f"“{name}”是{report.reported_year}年的报告，不是本稿（{draft.reported_year}年）的上一年，未作上年比对。",
            f"“{name}” is the report of {report.reported_year}, not of the year before this draft "
            f"({draft.reported_year}); it was not compared as last year's report.",
        )
    return ""
