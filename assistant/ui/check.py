"""The tab 核对: a draft from elsewhere with its sources, and everything that was found in the draft that is open."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from assistant.errors import Language
from assistant.service.desk.views import (
    DraftView,
    EvidenceRow,
    LibraryRow,
    OutcomesView,
    RuleView,
    Saved,
    SourcesView,
)
from assistant.ui.context import Function, Page
from assistant.ui.given import Given
from assistant.ui.paperwork import component, sources_given, uploaded
from assistant.ui.write import SHARED, adopt, draft, ignore, review, switch_rule, unignore

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk


def tab(page: Page) -> None:
    """The tab's one component."""
    component(
        page,
        tab="check",
        mount="mountCheck",
        scripts=(*SHARED, "materials.js", "sources.js", "check.js"),
        styles=("check.css",),
        functions=(*_FUNCTIONS, rules_in(page.language)),
    )


_HEADINGS = {"what": "", "example": "例如", "instead": "应写成", "limits": "不查的情形"}


def archived(desk: Desk, given: Given) -> tuple[LibraryRow, ...]:
    """What can be chosen from the archive."""
    return desk.library()


def take_in(desk: Desk, given: Given) -> DraftView:
    """A draft that was written elsewhere: an upload, or pasted text."""
    sources = sources_given(desk, given)
    file = given.maybe("file")
    if file:
        return desk.new_from_file(uploaded(desk, file), sources)
    return desk.new_from_text(given.text("title", ""), given.text("text"), sources)


def adopt_all(desk: Desk, given: Given) -> Saved:
    """Apply every fix, or those of one rule."""
    return desk.adopt_all(given.text("id"), given.number("version"), given.maybe("rule"))


def evidence_table(desk: Desk, given: Given) -> tuple[EvidenceRow, ...]:
    """Every figure with its source."""
    return desk.evidence_table(given.text("id"))


def outcomes(desk: Desk, given: Given) -> OutcomesView:
    """What became of last year's plan."""
    return desk.outcomes(given.text("id"))


def sources(desk: Desk, given: Given) -> SourcesView:
    """What a draft is checked against."""
    return desk.sources(given.text("id"))


def set_sources(desk: Desk, given: Given) -> SourcesView:
    """Other sources for a draft."""
    return desk.set_sources(given.text("id"), sources_given(desk, given))


def rules_in(language: Language) -> Function:
    """The function that gives all rules with their pages in a language."""

    def rules(desk: Desk, given: Given) -> tuple[RuleView, ...]:
        if language == "en":
            return desk.rules()
        return tuple(replace(rule, page=chinese_pages()[rule.id]) for rule in desk.rules())

    return rules


@cache
def chinese_pages() -> dict[str, dict[str, str]]:
    """The pages of the rules by their ids: what stands first under "", then heading and text."""
    told = yaml.safe_load(files("assistant.ui").joinpath("data", "rules.yaml").read_text(encoding="utf-8"))
    return {rule: {_HEADINGS[part]: text for part, text in page.items()} for rule, page in told.items()}


_FUNCTIONS = (
    draft, review, adopt, adopt_all, ignore, unignore, switch_rule, archived, take_in, evidence_table, outcomes,
    sources, set_sources,
)  # fmt: skip
