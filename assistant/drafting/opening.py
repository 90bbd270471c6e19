"""The opening of an annual report: who, under what guidance, reports on which years. It is connective text."""

from __future__ import annotations

import re

from assistant.archive import Archive
from assistant.drafting.lock import Part, finish
from assistant.quantities import extract
from assistant.records import Citation, FactsFile, Section, Span

_GUIDED = re.compile(r"(?:坚持)?以[^。，；\n]{4,60}为(?:指导|引领|统领)")
_HEAD = 800


def opening_section(facts: FactsFile, archive: Archive | None = None) -> Section | None:
    """“2025年，云溪县科学技术局以…为指导，…。现将…汇报如下：” for an annual summary; else `None`.

    The guidance is taken from the organisation's own latest report in the archive, and cited; without one the
    sentence goes without. Only a report of several sections by a named organisation has an opening.
    """
    if facts.genre != "annual-summary" or not (facts.organisation and facts.year) or len(facts.sections) < 2:
        return None
    guidance = _guidance(facts, archive) if archive else None
    first = [Part(f"{facts.year}年，{facts.organisation}")]
    first += [guidance, Part("，")] if guidance else []
    first.append(Part("认真贯彻上级部署，围绕年度目标任务抓好工作落实。"))
    plan = re.search(r"计划|打算|安排|思路", facts.title + "".join(part.heading for part in facts.sections))
    ahead = f"和{facts.year + 1}年工作计划" if plan else ""
    second = [Part(f"现将{facts.year}年工作开展情况{ahead}汇报如下：")]
    text, sentences = finish([[first, second]], {})
    return Section("", 0, text, sentences)


def _guidance(facts: FactsFile, archive: Archive) -> Part | None:
    """The guiding clause of the latest earlier report of the organisation, if it has one without figures."""
    reports = [
        document
        for document in archive.documents()
        if document.organisation == facts.organisation
        and document.genre == "annual-summary"
        and (document.year or 0) < (facts.year or 0)
    ]
    for report in sorted(reports, key=lambda document: -(document.year or 0)):
        document = archive.document(report.id)
        match = _GUIDED.search(document.text, 0, _HEAD)
        if (
            match
            and not any(quantity.is_figure for quantity in extract(match.group()))
            and "*" not in match.group()
        ):
            passage = next(
                (one for one in archive.passages(report.id) if one.span.contains(Span(*match.span()))), None
            )
            citation = Citation(
                passage.id if passage else "", report.id, report.title, match.group(), Span(*match.span())
            )
            return Part(match.group(), citation=citation)
    return None
