"""The routes that read values: one value, the change between two years, organisations side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.chat.answer import Reply, Statement, Table
from assistant.chat.asked import Asked
from assistant.chat.computing import Computed, difference, growth
from assistant.chat.matching import plain_name
from assistant.chat.reading import Reader
from assistant.chat.several import each
from assistant.chat.value import Found, chosen, contradicting, find, latest, stated
from assistant.errors import Said

_MOST_OWNERS = 4
_CONFLICT = Said("各来源的数字不一致，请核对。", "The sources differ on this figure; check it.")


def value(asked: Asked, reader: Reader) -> Reply:
    """One value, or that of each year asked for; with 增加多少 the difference too; each of several things."""
    things = each(asked)
    if len(things) == 1:
        return _value(asked, reader)
    replies = [_value(one, reader) for one in things]
    missing = [one.matter for one, reply in zip(things, replies, strict=True) if not reply.statements]
    notes = [note for reply in replies for note in reply.notes]
    if len(missing) < len(things):
        notes += [
            Said(f"“{matter}”的数据在资料库中没有找到。", f"The archive has no figure for “{matter}”.")
            for matter in missing
        ]
    return Reply(
        _once([statement for reply in replies for statement in reply.statements]),
        tuple(dict.fromkeys(notes)),
        read=tuple(dict.fromkeys(document for reply in replies for document in reply.read)),
    )


def _once(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements with the same words in one, with the figures of all."""
    kept: dict[str, Statement] = {}
    for one in statements:
        first = kept.get(one.text)
        figures = tuple(dict.fromkeys((*first.figures, *one.figures))) if first else one.figures
        kept[one.text] = replace(one, figures=figures)
    return tuple(kept.values())


def _value(asked: Asked, reader: Reader) -> Reply:
    """One thing's value, or that of each year asked for."""
    if asked.wants("difference") or (asked.wants("rate") and len(asked.years) == 2):
        changed = change(asked, reader)
        if changed.statements:
            return changed
    statements: list[Statement] = []
    notes: list[Said] = []
    read: list[str] = []
    for year in asked.years or (None,):
        found = find(asked, reader, year)
        found = found if year is not None else latest(found)
        told = _told(asked, found)
        statements += told.statements
        notes += told.notes
        read += [item.id for item in reader.about(asked) if year is None or item.year == year]
        if year is None and found and found[0].year:
            notes.append(
                Said(
                    f"问题没有指明年份，取有数据的最近一年（{found[0].year}年）。",
                    f"The question names no year; this is the latest one with a figure ({found[0].year}).",
                )
            )
        if year is not None and not found and len(asked.years) > 1:
            notes.append(
                Said(f"{year}年的数据在资料库中没有找到。", f"The archive has no figure for {year}.")
            )
    return Reply(tuple(statements), tuple(dict.fromkeys(notes)), read=tuple(dict.fromkeys(read)))


def _told(asked: Asked, found: Sequence[Found]) -> Reply:
    """The statements for one year: each organisation's, and what contradicts them, said to be so."""
    best = chosen(list(found))
    owners = list(dict.fromkeys(one.owner for one in best))
    shown = [one for one in best if one.owner in owners[:_MOST_OWNERS]]
    notes = [_CONFLICT] if contradicting(shown) else []
    if len(owners) > _MOST_OWNERS:
        notes.append(
            Said(
                f"{len(owners)}个地区或单位有这一数据，只列出前{_MOST_OWNERS}个；请指明地区或单位。",
                f"{len(owners)} places or bodies have this figure, the first {_MOST_OWNERS} are shown; name one.",
            )
        )
    return Reply(tuple(stated(asked, one) for one in shown), tuple(notes))


def change(asked: Asked, reader: Reader) -> Reply:
    """What a value came to against another year: both cited, the difference computed by code.

    Without a second year it is the year before; one year alone is never guessed at.
    """
    if not asked.years:
        newest = latest(find(_plain(asked), reader, None))
        years = {one.year for one in newest if one.year}
        asked = replace(asked, years=tuple(years)[:1])
    if not asked.years:
        return Reply()
    later = asked.years[-1]
    earlier = asked.years[0] if len(asked.years) > 1 else later - 1
    plain = _plain(asked)
    now = _surest(plain, find(plain, reader, later), later if not asked.of_report else None)
    then = _surest(plain, find(plain, reader, earlier), earlier if not asked.of_report else None)
    if now is None:
        return Reply()
    shown = [stated(plain, one) for one in (now, then) if one is not None]
    if then is None:
        return Reply(
            tuple(shown),
            (
                Said(
                    f"{earlier}年的数据在资料库中没有找到，不能计算变化。",
                    f"The archive has no figure for {earlier}; the change cannot be computed.",
                ),
            ),
        )
    computed = _change_statement(now, then)
    notes = (
        ()
        if computed
        else (
            Said(
                "两个数的口径或单位不能直接相减，未作计算。",
                "The two figures differ in scope or unit; nothing was computed.",
            ),
        )
    )
    return Reply((*shown, *([computed] if computed else [])), notes, read=(now.item.id, then.item.id))


def _plain(asked: Asked) -> Asked:
    """The same question for the value itself, without 增加多少 and 增速."""
    return replace(asked, text=asked.matter)


def _surest(asked: Asked, found: Sequence[Found], year: int | None = None) -> Found | None:
    """The surest result (target, growth rate, where these are asked for); with `year` only one of that year."""
    aimed = asked.wants("aimed")
    kinds = ("rate",) if asked.wants("rate") else ("level", "share", *(("rate",) if aimed else ()))
    own = [one for one in found if one.claim.kind in kinds and year in (None, one.year)]
    results = [one for one in own if (one.claim.status != "actual") == aimed]
    expected = [one for one in own if one.claim.status == "forecast" and not aimed]
    return next(iter(results or expected), None)


def _change_statement(now: Found, then: Found) -> Statement | None:
    absolute, rate = difference(now.quantity, then.quantity), growth(now.quantity, then.quantity)
    if absolute is None:
        return None
    word = {1: "增加", -1: "减少", 0: "持平，相差"}[absolute.sign]
    text = f"{now.year}年比{then.year}年{word}{absolute.text}（{absolute.formula}）"
    formulas = [absolute.formula]
    if rate is not None and rate.sign:
        text += f"，{'增长' if rate.sign > 0 else '下降'}{rate.text}（{rate.formula}）"
        formulas.append(rate.formula)
    told = [absolute, rate] if rate else [absolute]
    return Statement(
        text=f"{text}。",
        citations=(now.citation, then.citation),
        figures=(f"{word}{absolute.text}",),
        formula="；".join(formulas),
        computed=computed_words(told),
    )


def computed_words(results: Sequence[Computed]) -> tuple[str, ...]:
    """What code computed, as it stands in a statement: formulas first, they hold the results."""
    return tuple(one.formula for one in results) + tuple(one.text for one in results)


def comparison(asked: Asked, reader: Reader) -> Reply:
    """The same value of several organisations or places: a table, and the distance of the first two."""
    years = asked.years or (None,)
    plain = _plain(asked)
    rows: list[Found] = []
    for one in _sides(asked):
        found = find(one, reader, years[-1])
        found = found if years[-1] is not None else latest(found)
        best = _surest(one, found, years[-1]) or _surest(one, found)
        rows += [best] if best else []
    if not asked.organisations and not asked.places:
        rows = _each(plain, reader, years[-1])
    if len(rows) < 2:
        notes = (
            (
                Said(
                    "只找到一方的数据，不能比较。", "Only one side has a figure; there is nothing to compare."
                ),
            )
            if rows
            else ()
        )
        return Reply(
            tuple(stated(plain, one) for one in rows), notes, read=tuple(one.item.id for one in rows)
        )
    rows.sort(key=lambda one: -(one.quantity.value or 0))
    shown = [stated(plain, one) for one in rows]
    apart = _apart(rows[0], rows[-1])
    table = Table(
        (Said("单位", "Body"), Said("年份", "Year"), plain_name(asked), Said("出处", "Source")),
        tuple((_name(one), str(one.year or ""), one.written, one.item.title) for one in rows),
    )
    return Reply((*shown, *apart), table=table, read=tuple(one.item.id for one in rows))


def _sides(asked: Asked) -> list[Asked]:
    """The same question for each side alone."""
    plain = _plain(asked)
    if len(asked.organisations) > 1:
        return [replace(plain, organisations=(name,), places=()) for name in asked.organisations]
    sides = [replace(plain, organisations=(), places=(place,)) for place in asked.places]
    return sides if len(sides) > 1 else []


def _each(plain: Asked, reader: Reader, year: int | None) -> list[Found]:
    found = find(plain, reader, year)
    found = found if year is not None else latest(found)
    owners = dict.fromkeys(one.owner for one in found)
    sides = [_surest(plain, [one for one in found if one.owner == owner]) for owner in owners]
    return [one for one in sides if one is not None]


def _name(one: Found) -> str:
    return one.item.organisation or one.item.place or one.item.title


def _apart(first: Found, last: Found) -> list[Statement]:
    computed = difference(first.quantity, last.quantity)
    if computed is None or not computed.sign or first.year != last.year:
        return []
    more = "高" if first.quantity.kind == "percent" else "多"
    text = f"{_name(first)}比{_name(last)}{more}{computed.text}（{computed.formula}）。"
    return [
        Statement(
            text,
            (first.citation, last.citation),
            (f"{more}{computed.text}",),
            computed.formula,
            computed=computed_words([computed]),
        )
    ]
