"""A draft to check, with facts that it tells wrongly in two places, and desks to check it on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

from assistant.records import Sentence, Span
from assistant.service.desk.desk import Desk
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.views import DraftView, FindingView, ReviewView, SectionView
from assistant.settings import Settings

from .offices import FACTS, office_of

TITLE = "云溪县科学技术局2025年工作总结"
TEXT = """一、聚焦创新要素
新认定高新技术企业23家，有效高新技术企业总量达86家。技术合同登记额6.5亿元。
二、强化科技强农
选任科技特派员142名，开展特派员培训121场次，培训农户5740人次。全县粮食总产量12.5万吨。
"""


class Clock:
    """A time that moves only when a test says so."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 5, 9, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@contextmanager
def desk_of(settings: Settings, owner: str = "writer", clock: Clock | None = None) -> Iterator[Desk]:
    """One owner's desk in an office of its own."""
    with office_of(settings) as office:
        desk = office.desk(owner)
        if clock is not None:
            desk.store._clock = clock
        yield desk


def pasted(desk: Desk, text: str = TEXT) -> DraftView:
    """The draft, to be checked against the facts alone."""
    return desk.new_from_text(TITLE, text, {"facts": FACTS, "archive": False})


def section(view: DraftView, heading: str) -> SectionView:
    """The section with these words in its heading."""
    (found,) = [one for one in view.sections if heading in one.heading]
    return found


def finding(review: ReviewView, rule: str) -> FindingView:
    """The first finding of a rule."""
    return next(one for one in review.findings if one.rule == rule)


def rules_of(review: ReviewView, *, ignored: bool = False) -> list[str]:
    """The rules of the findings that count (or that are set aside), notes left out."""
    return [one.rule for one in review.findings if one.severity != "note" and one.ignored == ignored]


def known(section_id: str, text: str, *roles: str) -> HeldSection:
    """A section of sentences that each rest on a fact (F01, F02 …), cut at 。"""
    sentences, at = [], 0
    for number, part in enumerate(text.split("。")[:-1], start=1):
        words = part + "。"
        start = at + len(words) - len(words.lstrip("\n"))
        span = Span(start, at + len(words))
        sentences.append(Sentence(span.of(text), span, "fact", (f"F{number:02d}",)))
        at += len(words)
    return HeldSection(section_id, "一、创新", 1, text, tuple(sentences))


def states(sections: tuple[HeldSection, ...]) -> Manuscript:
    """A manuscript of sections."""
    return Manuscript("标题", sections=sections)
