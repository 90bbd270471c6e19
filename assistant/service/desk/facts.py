"""Facts as the writer sees them: every figure with how it was understood, so that a misreading is seen at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.errors import Language, Said
from assistant.export.shown import said_place
from assistant.quantities import extract
from assistant.quantities.render import grouped
from assistant.records import Claim, Fact, FactsFile, Quantity
from assistant.service.desk.views import FactFigureView, FactSectionView, FactsView, FactView
from assistant.wording import Wording

_LEVEL_ONE = re.compile(r"^[一二三四五六七八九十]{1,3}、")


def facts_view(facts: FactsFile, text: str) -> FactsView:
    """A facts file with its figures; `text` is what the writer gave."""
    return FactsView(
        name=facts.name,
        title=facts.title,
        organisation=facts.organisation,
        year=facts.year,
        genre=facts.genre,
        sections=tuple(
            FactSectionView(section.heading, section.level, tuple(fact_view(fact) for fact in section.facts))
            for section in facts.sections
        ),
        notes=tuple(_notes(facts)),
        text=text,
    )


def fact_view(fact: Fact) -> FactView:
    """One fact with its figures."""
    claims = {claim.quantity.span: claim for claim in fact.claims}
    figures = []
    for quantity in extract(fact.text):
        if quantity.is_figure or quantity.kind == "masked":
            figures.append(_figure(quantity, claims.get(quantity.span)))
    return FactView(fact.id, fact.text, said_place(fact.place), tuple(figures))


def as_markdown(facts: FactsFile) -> str:
    """The facts as a text that reads back as the same facts."""
    known = {
        "title": facts.title,
        "organisation": facts.organisation,
        "year": str(facts.year or ""),
        "genre": facts.genre,
        "place": facts.place,
    }
    lines = ["---", *(f"{key}: {value}" for key, value in known.items() if value), "---"]
    for section in facts.sections:
        if section.heading:
            level = 1 if _LEVEL_ONE.match(section.heading) else max(section.level, 2)
            lines += ["", f"{'#' * level} {section.heading}"]
        lines += [f"- {fact.text}" for fact in section.facts]
    return "\n".join(lines) + "\n"


def reading(quantity: Quantity, claim: Claim | None, wording: Wording) -> str:
    """“560,000,000元 · 技术合同登记额 · 2025年 · 实绩”."""
    if claim is None:
        return " · ".join((_value(quantity, wording), wording.say("unbound")))
    years = claim.period.years if claim.period else ()
    parts = [
        _value(quantity, wording),
        _named(claim) or wording.say("unbound"),
        _told_of(claim, wording),
        wording.say("year", year="—".join(dict.fromkeys((str(years[0]), str(years[-1]))))) if years else "",
        wording.say(f"status.{claim.status}"),
    ]
    return " · ".join(part for part in parts if part)


def _named(claim: Claim) -> str:
    """The indicator, behind a qualifier that it does not hold itself: 新认定, 其中."""
    name = claim.indicator
    before = next(iter(claim.qualifiers), "")
    held = before in name or (before == "规上" and "规模以上" in name)
    return name if held or not name else before + name


def _figure(quantity: Quantity, claim: Claim | None) -> FactFigureView:
    masked = quantity.kind == "masked"
    read = Said(reading(quantity, claim, _wording("zh")), reading(quantity, claim, _wording("en")))
    return FactFigureView(
        start=quantity.span.start,
        end=quantity.span.end,
        text=quantity.text,
        kind=quantity.kind,
        reading=_wording("zh").both("masked") if masked else read,
        masked=masked,
    )


def _value(quantity: Quantity, wording: Wording) -> str:
    if quantity.kind == "rank" and quantity.value is not None:
        return wording.say("rank", scope=quantity.scope, value=grouped(quantity.value)).strip()
    told = _number(quantity)
    if not told:
        return quantity.text
    key = f"approximation.{quantity.approximation}"
    unit = f"unit.{quantity.kind}"
    return (
        (wording.say(key) if key in wording else "")
        + told
        + (wording.say(unit) if unit in wording else quantity.unit)
    )


def _number(quantity: Quantity) -> str:
    """The exact value, the two ends of a range, the parts of a ratio; empty where there is none of these."""
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    if quantity.value is not None:
        return grouped(quantity.value)
    return ":".join(map(grouped, quantity.parts)) or "—".join(map(grouped, ends))


def _told_of(claim: Claim, wording: Wording) -> str:
    """What the figure says of its indicator when it is not its level: 比上年同期上升."""
    if claim.kind in ("level", "rank"):
        return ""
    compared = wording.say(f"comparator.{claim.comparator}") if claim.comparator else ""
    direction = wording.say(f"direction.{claim.direction}") if claim.direction else ""
    return (compared + direction) or wording.say(f"kind.{claim.kind}")


def _notes(facts: FactsFile) -> Iterator[str]:
    both = _wording("zh").both
    lacking = {
        "no_title": not facts.title,
        "no_organisation": not facts.organisation,
        "no_year": not facts.year,
        "no_headings": not any(section.heading for section in facts.sections),
        "no_figures": not any(fact.claims for fact in facts.facts),
    }
    yield from (both(f"note.{name}") for name, missing in lacking.items() if missing)
    yield from facts.notes
    seen: dict[str, str] = {}
    for fact in facts.facts:
        if fact.text in seen:
            yield both("note.repeated", one=seen[fact.text], other=fact.id)
        seen.setdefault(fact.text, fact.id)


def _wording(language: Language) -> Wording:
    return Wording("assistant.service.desk", "facts.yaml", language)
