"""What an instruction asks for, done by code alone: additions taken out, sentences enumerated, another opening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.drafting.lock import Part
from assistant.drafting.plan import starts_with_verb
from assistant.drafting.units import Parts, Unit, is_added
from assistant.drafting.words import fields, longest_shared, word_table
from assistant.errors import Said
from assistant.records import Fact

_ORDINALS = "一二三四五六七八九十"
_MOST_FIELDS = 3
New = dict[int, Sequence[Parts]]
"""Sentences in the place of a unit, by its number; none takes it out."""


def concise(units: Sequence[Unit], chosen: Sequence[int]) -> New:
    """The chosen units without the themes and phrases that the model added; units without any are left out."""
    new: New = {}
    mark = ""
    for number in chosen:
        unit = units[number]
        if unit.known is None or unit.known.citations:
            continue
        parts = _unadorned(unit)
        if not parts:
            mark = unit.mark
            new[number] = ()
        elif len(parts) < len(unit.parts) or mark:
            new[number] = ((*_marked(mark), *parts),)
            mark = ""
    return _without_marks(units, new) if _spoken_of(new) else new


def enumerated(units: Sequence[Unit], chosen: Sequence[int], facts: Mapping[str, Fact]) -> New | str:
    """The chosen units as 一是…, 二是…; a theme in front stays. A word why not, where that can't be."""
    body = [number for number in chosen if not leads(units[number])]
    if sum(bool(units[number].mark) for number in body) > 1:
        return Said("已经分条", "it is a list already")
    items = {number: [(*_without_mark(units[number].parts),)] for number in body}
    if len(body) == 1:
        items = {number: split(units[number], facts) for number in body}
    count = sum(map(len, items.values()))
    if not 1 < count <= len(_ORDINALS):
        return (
            Said("只有一句，不能分条", "one sentence makes no list")
            if count < 2
            else Said("超过十条，不宜分条", "more than ten points make no good list")
        )
    ordinals = iter(_ORDINALS)
    return {
        number: tuple((Part(f"{next(ordinals)}是"), *parts) for parts in sentences)
        for number, sentences in items.items()
    }


def split(unit: Unit, facts: Mapping[str, Fact]) -> list[Parts]:
    """A sentence cut at its ；, each piece with the facts that it tells."""
    pieces: list[list[Part]] = [[]]
    for part in unit.parts:
        first, *others = part.text.split("；")
        pieces[-1] += [_part(part, first, facts)] if first else []
        for other in others:
            pieces.append([_part(part, other, facts)] if other else [])
    ended = [_with_stop(piece) for piece in pieces if piece]
    return [tuple(piece) for piece in ended]


def leads(unit: Unit) -> bool:
    """Whether a unit is a section's theme: words of the model alone, or behind a policy that is cited."""
    return (
        unit.known is not None
        and not unit.known.fact_ids
        and not unit.mark
        and unit.text.endswith("。")
        and any(map(is_added, unit.parts))
    )


def with_lead(unit: Unit, theme: str) -> Parts:
    """The unit with another theme, behind the policy where there is one."""
    last = max(number for number, part in enumerate(unit.parts) if is_added(part))
    stop = "。" if unit.parts[last].text.endswith("。") else ""
    return (*unit.parts[:last], Part(theme + stop), *unit.parts[last + 1 :])


def openings(text: str, *, ahead: bool) -> Iterable[str]:
    """Openings for a section with this text that need no model: its fields of work named; none without fields."""
    found = fields(text)
    names = sorted(found, key=lambda name: -found[name])[:_MOST_FIELDS]
    if not names:
        return ()
    forms = sorted(word_table("openings.txt")["ahead" if ahead else "done"])
    return tuple(form.format(fields="、".join(names)) for form in forms)


def _unadorned(unit: Unit) -> Parts:
    """The unit's parts without added clauses; nothing when only a mark would be left."""
    kept: list[Part] = []
    for part in unit.parts:
        before = "".join(one.text for one in kept)
        begins = not before or before[-1] in "，；：。" or before == unit.mark
        if is_added(part) and part.text != unit.mark and begins and part.text.endswith(("，", "。")):
            continue
        kept.append(part)
    told = any(not is_added(part) and part.text.strip("，；。、：") for part in kept)
    return tuple(kept) if told or not any(map(is_added, unit.parts)) else ()


def _spoken_of(new: New) -> bool:
    """Whether a mark would stand before a clause that is no action."""
    return any(
        not starts_with_verb("".join(part.text for part in _without_mark(parts)))
        for sentences in new.values()
        for parts in sentences
        if _mark_of(parts)
    )


def _without_marks(units: Sequence[Unit], new: New) -> New:
    """Without any 一是, 二是: also of the units that had nothing else to lose."""
    marked = {number for number, unit in enumerate(units) if unit.mark and not unit.locked}
    whole = {number: new.get(number, (units[number].parts,)) for number in marked | new.keys()}
    return {number: tuple(_without_mark(parts) for parts in sentences) for number, sentences in whole.items()}


def _mark_of(parts: Parts) -> str:
    first = parts[0].text if parts else ""
    return first if len(first) == 2 and first[0] in _ORDINALS and first[1] == "是" else ""


def _without_mark(parts: Parts) -> Parts:
    if _mark_of(parts):
        return parts[1:]
    first = parts[0]
    cut = first.text[2:] if first.text[:1] in _ORDINALS and first.text[1:2] == "是" else first.text
    return (Part(cut, first.fact_ids, first.citation), *parts[1:])


def _marked(mark: str) -> Parts:
    return (Part(mark),) if mark else ()


def _part(part: Part, text: str, facts: Mapping[str, Fact]) -> Part:
    """A piece of a run, with those of its facts that it has words of."""
    own = tuple(one for one in part.fact_ids if one in facts and longest_shared(facts[one].text, text) >= 4)
    return Part(text, own or part.fact_ids, part.citation)


def _with_stop(piece: list[Part]) -> list[Part]:
    if piece[-1].text.endswith("。"):
        return piece
    return [*piece, Part("。")]
