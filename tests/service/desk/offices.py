"""Offices with scripted models, and what the tests of jobs do with them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from pydantic import Field

from assistant.llm import HashingEmbeddings, ScriptedChatModel
from assistant.service.desk.desk import Desk
from assistant.service.desk.job import ENDED
from assistant.service.desk.office import Office
from assistant.service.desk.views import EventView, JobView
from assistant.settings import Settings

FACTS = """# 云溪县科学技术局2025年工作总结
## 一、聚焦创新要素
- 新认定高新技术企业23家，有效高新技术企业总量达86家
- 入库科技型中小企业163家，同比增长15.6%
- 技术合同登记额5.6亿元
## 二、强化科技强农
- 选任科技特派员142名
- 开展特派员培训112场次，培训农户5740人次
## 三、存在问题
- 专业人才短缺
- 创新投入不足
"""
GOOD = "主题：壮大科技企业队伍，促进技术成果转化\n第一组：培育创新型企业群体｜梯次培育科技企业\n第二组：活跃技术合同交易"


def scripted(*answers: str, **options: object) -> ScriptedChatModel:
    """A model that gives these answers over and over."""
    return ScriptedChatModel(answers=answers or (GOOD,), cycle=True, **options)  # type: ignore[arg-type]


class Held(ScriptedChatModel):
    """A scripted model that says nothing before `go` is set."""

    go: threading.Event = Field(default_factory=threading.Event)

    def _answer(self, messages: list[BaseMessage], call: int) -> str:
        self.go.wait(60)
        return super()._answer(messages, call)


@contextmanager
def office_of(settings: Settings, chat: BaseChatModel | None = None, **options: int) -> Iterator[Office]:
    """An office that is closed at the end."""
    office = Office(settings, chat=chat or scripted(), embeddings=HashingEmbeddings(), **options)  # type: ignore[arg-type]
    with office:
        yield office


def ended(desk: Desk, job_id: str, seconds: float = 30.0) -> JobView:
    """The job once it has ended."""
    until = time.monotonic() + seconds
    while (view := desk.job(job_id)).state not in ENDED:
        assert time.monotonic() < until, view
        time.sleep(0.01)
    return view


def events_of(desk: Desk, job_id: str) -> list[EventView]:
    """All that a job has told."""
    return list(asyncio.run(desk.events(job_id, 0, 0)).events)


def first_event(desk: Desk, job_id: str, kind: str) -> EventView:
    """The first event of a kind, waited for."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for event in events_of(desk, job_id):
            if event.type == kind:
                return event
        time.sleep(0.01)
    raise AssertionError(f"no {kind}")
