"""Questions to begin with, made from what an archive holds; only those that it answers are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from assistant.archive import Archive, ArchivedDocument, IndicatorName
from assistant.chat import Chat

_MOST = 5
_TRIED = 14
_INDICATORS = 6


def suggestions(archive: Archive, today: Callable[[], date]) -> tuple[str, ...]:
    """At most five questions that are answered without a model, of different kinds where there are."""
    documents = archive.documents()
    if not documents:
        return ()
    chat = Chat(archive, today=today)
    found: list[str] = []
    routes: list[str] = []
    for question in _unlike(archive, documents):
        answer = chat.answer(question)
        if not answer.declined and routes.count(answer.route) < 2:
            found.append(question)
            routes.append(answer.route)
        if len(found) == _MOST:
            break
    return tuple(found)


def _unlike(archive: Archive, documents: tuple[ArchivedDocument, ...]) -> list[str]:
    """Candidates, the kinds taking turns."""
    reports = [one for one in documents if one.genre != "policy" and one.organisation and one.year]
    reports.sort(key=lambda one: -(one.year or 0))
    names = [one for one in archive.indicator_names() if len(one.years) > 1][:_INDICATORS]
    kinds = (
        list(_values(names, reports)),
        list(_series(names, reports)),
        list(_policies(documents)),
        list(_comparisons(names, reports)),
        list(_problems(reports)),
    )
    longest = max(map(len, kinds))
    turns = (kind[n] for n in range(longest) for kind in kinds if n < len(kind))
    return list(dict.fromkeys(turns))[:_TRIED]


def _values(names: list[IndicatorName], reports: list[ArchivedDocument]) -> Iterator[str]:
    for name in names:
        for report in reports:
            if report.organisation in name.organisations and report.year and report.year - 1 in name.years:
                before = report.year - 1
                yield f"{report.organisation}{report.year}年{name.name}多少，比{before}年增加多少？"
                break


def _series(names: list[IndicatorName], reports: list[ArchivedDocument]) -> Iterator[str]:
    told = {one.organisation for one in reports}
    for name in names:
        for organisation in name.organisations:
            if organisation in told:
                yield f"{organisation}历年{name.name}的变化"
                break


def _comparisons(names: list[IndicatorName], reports: list[ArchivedDocument]) -> Iterator[str]:
    for name in names:
        places = dict.fromkeys(
            one.place for one in reports if one.place and one.organisation in name.organisations
        )
        if len(places) > 1:
            one, other = list(places)[:2]
            year = max(report.year or 0 for report in reports)
            yield f"{year}年{one}和{other}的{name.name}哪个多？"


def _policies(documents: tuple[ArchivedDocument, ...]) -> Iterator[str]:
    policies = sorted((one for one in documents if one.genre == "policy"), key=lambda one: -(one.year or 0))
    for one in policies[:4]:
        yield f"《{one.title}》的奖励标准是什么？"
        yield f"《{one.title}》的适用范围是什么？"


def _problems(reports: list[ArchivedDocument]) -> Iterator[str]:
    for one in reports[:3]:
        yield f"{one.organisation}{one.year}年存在哪些问题？"
