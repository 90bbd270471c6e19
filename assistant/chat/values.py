"""The routes that read values: one value, the change between two years, organisations side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.chat.answer import Reply, Statement, Table
from assistant.chat.asked import Asked
from assistant.chat.computing import Computed, difference, growth
from assistant.chat.matching import plain_name
from assistant.chat.reading import Reader
from assistant.chat.value import Found, chosen, contradicting, find, latest, stated

_MOST_OWNERS = 4
_CONFLICT = "各来源的数字不一致，请核对。"


def value(asked: Asked, reader: Reader) -> Reply:
    """One value, or that of each year asked for; with 增加多少 the difference too."""
    if asked.wants("difference") or (asked.wants("rate") and len(asked.years) == 2):
        changed = change(asked, reader)
        if changed.statements:
            return changed
    statements: list[Statement] = []
    notes: list[str] = []
    read: list[str] = []
    for year in asked.years or (None,):
        found = find(asked, reader, year)
        found = found if year is not None else latest(found)
        told = _told(asked, found)
        statements += told.statements
        notes += told.notes
        read += [item.id for item in reader.about(asked) if year is None or item.year == year]
        if year is None and found and found[0].year:
            notes.append(f"问题没有指明年份，取有数据的最近一年（{found[0].year}年）。")
        if year is not None and not found and len(asked.years) > 1:
            notes.append(f"{year}年的数据在资料库中没有找到。")
    return Reply(tuple(statements), tuple(dict.fromkeys(notes)), read=tuple(dict.fromkeys(read)))


def _told(asked: Asked, found: Sequence[Found]) -> Reply:
    """The statements for one year: each organisation's, and what contradicts them, said to be so."""
    best = chosen(list(found))
    owners = list(dict.fromkeys(one.owner for one in best))
    shown = [one for one in best if one.owner in owners[:_MOST_OWNERS]]
    notes = [_CONFLICT] if contradicting(shown) else []
    if len(owners) > _MOST_OWNERS:
        notes.append(f"{len(owners)}个地区或单位有这一数据，只列出前{_MOST_OWNERS}个；请指明地区或单位。")
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
    now = _surest(find(plain, reader, later), later if not asked.of_report else None)
    then = _surest(find(plain, reader, earlier), earlier if not asked.of_report else None)
    if now is None:
        return Reply()
    shown = [stated(plain, one) for one in (now, then) if one is not None]
    if then is None:
        return Reply(tuple(shown), (f"{earlier}年的数据在资料库中没有找到，不能计算变化。",))
    computed = _change_statement(now, then)
    notes = () if computed else ("两个数的口径或单位不能直接相减，未作计算。",)
    return Reply((*shown, *([computed] if computed else [])), notes, read=(now.item.id, then.item.id))


def _plain(asked: Asked) -> Asked:
    """The same question for the value itself, without 增加多少 and 增速."""
    return replace(asked, text=asked.matter)


def _surest(found: Sequence[Found], year: int | None = None) -> Found | None:
    """The surest result; with `year` only one that is for that year."""
    results = [one for one in found if one.claim.status == "actual" and one.claim.kind in ("level", "share")]
    return next((one for one in results if year is None or one.year == year), None)


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
        best = _surest(found, years[-1]) or _surest(found)
        rows += [best] if best else []
    if not asked.organisations and not asked.places:
        rows = _each(plain, reader, years[-1])
    if len(rows) < 2:
        notes = ("只找到一方的数据，不能比较。",) if rows else ()
        return Reply(
            tuple(stated(plain, one) for one in rows), notes, read=tuple(one.item.id for one in rows)
        )
    rows.sort(key=lambda one: -(one.quantity.value or 0))
    shown = [stated(plain, one) for one in rows]
    apart = _apart(rows[0], rows[-1])
    table = Table(
        ("单位", "年份", plain_name(asked), "出处"),
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
    sides = [_surest([one for one in found if one.owner == owner]) for owner in owners]
    return [one for one in sides if one is not None]


def _name(one: Found) -> str:
    return one.item.organisation or one.item.place or one.item.title


def _apart(first: Found, last: Found) -> list[Statement]:
    computed = difference(first.quantity, last.quantity)
    if computed is None or not computed.sign or first.year != last.year:
        return []
    text = f"{_name(first)}比{_name(last)}多{computed.text}（{computed.formula}）。"
    return [
        Statement(
            text,
            (first.citation, last.citation),
            (f"多{computed.text}",),
            computed.formula,
            computed=computed_words([computed]),
        )
    ]
