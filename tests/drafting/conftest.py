"""Facts, models and an archive for the drafting tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.archive import Archive
from assistant.drafting import DraftDone, Drafter, DraftEvent
from assistant.llm import HashingEmbeddings, ScriptedChatModel
from assistant.loaders import load_text
from assistant.records import FactsFile, Section
from assistant.settings import Settings

REPORT = """---
title: 清源县科学技术局2024年工作总结和2025年工作计划
organisation: 清源县科学技术局
place: 清源县
year: 2024
genre: annual-summary
---
# 清源县科学技术局2024年工作总结和2025年工作计划

2024年，清源县科学技术局坚持以党的创新理论为指导，扎实推进科技创新。现将有关情况汇报如下：

## 一、2024年工作开展情况

### （一）壮大创新主体，激发企业活力

实施梯次培育，新认定高新技术企业12家，有效高新技术企业总量达60家，入库科技型中小企业90家，同比增长8%。

### （二）强化科技强农，建强特派员队伍

选任科技特派员88名，开展培训40场次，培训农户2100人次，推广新技术31项，示范面积1.2万亩。

## 二、2025年工作计划

力争有效高新技术企业达到70家，技术合同登记额达到3亿元以上。
"""
POLICY = """---
title: 清源县科技特派员管理办法
organisation: 清源县人民政府办公室
place: 清源县
number: 清政办〔2023〕7号
year: 2023
genre: policy
---
# 清源县科技特派员管理办法

清政办〔2023〕7号

第一条 为加强科技特派员选任和管理，提高科技特派员服务能力，制定本办法。

第二条 科技特派员每年服务不少于60天，开展培训不少于4场次。
"""
OLD_POLICY = (
    POLICY.replace("办法", "暂行办法")
    .replace("清政办〔2023〕7号", "清政办〔2019〕3号")
    .replace("2023", "2019")
)


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    """One past report and a policy that ends an older one."""
    texts = (
        REPORT,
        POLICY + "\n第九条 本办法自印发之日起施行，《清源县科技特派员管理暂行办法》同时废止。\n",
        OLD_POLICY,
    )
    documents = [document for text in texts for document in load_text(text)]
    with Archive.open(settings, HashingEmbeddings()) as opened:
        opened.add(documents)
        yield opened


def written(folder: Path, text: str, name: str = "facts.md") -> Path:
    """A facts file on disk."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def scripted(*answers: str) -> ScriptedChatModel:
    """A model that gives these answers over and over."""
    return ScriptedChatModel(answers=answers or ("无",), cycle=True)


def drafted(drafter: Drafter, facts: FactsFile, *only: str) -> tuple[list[DraftEvent], DraftDone]:
    """All events of a draft, and its end."""
    events = list(drafter.stream(facts, only))
    assert isinstance(events[-1], DraftDone)
    return events, events[-1]


def check_spans(section: Section) -> None:
    """Sentences cover the section in order, slice to their text, and their connective spans lie in them."""
    at = 0
    for sentence in section.sentences:
        assert sentence.span.of(section.text) == sentence.text
        assert section.text[at : sentence.span.start].strip("\n") == ""
        assert all(sentence.span.contains(span) for span in sentence.connective_spans)
        at = sentence.span.end
    assert at == len(section.text)
