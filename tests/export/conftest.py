"""A small draft with every kind of sentence, and the facts file it was written from."""

from __future__ import annotations

import pytest

from assistant.records import Citation, Draft, Fact, FactSection, FactsFile, Section, Sentence, Span

BODY = "围绕创新主体培育，新认定高新技术企业23家；技术合同登记额x.x亿元。依据《云溪县科技创新若干措施》兑现奖补。下一步持续用力。"


def sentence(text: str, piece: str, role: str, **rest: object) -> Sentence:
    start = text.index(piece)
    return Sentence(piece, Span(start, start + len(piece)), role, **rest)  # type: ignore[arg-type]


@pytest.fixture
def facts() -> FactsFile:
    listed = (
        Fact("F01", "新认定高新技术企业23家", place="第8行"),
        Fact("F02", "技术合同登记额x.x亿元", place="第9行"),
        Fact("F03", "建成科技小院2个|3个", place="第10行"),
    )
    section = FactSection("（一）聚焦创新要素，激发创新活力", 2, listed)
    return FactsFile(
        "facts.md", "云溪县科学技术局2025年工作总结", "云溪县科学技术局", 2025, "annual-summary", (section,)
    )


@pytest.fixture
def draft() -> Draft:
    cited = Citation(
        "p1",
        "d1",
        "云溪县科技创新若干措施",
        "兑现奖补",
        Span(3, 7),
        ("第二章", "第五条"),
        page=2,
        paragraph=9,
    )
    sentences = (
        sentence(
            BODY,
            "围绕创新主体培育，新认定高新技术企业23家；",
            "fact",
            fact_ids=("F01",),
            connective_spans=(Span(0, 9),),
        ),
        sentence(BODY, "技术合同登记额x.x亿元。", "placeholder", fact_ids=("F02",)),
        sentence(BODY, "依据《云溪县科技创新若干措施》兑现奖补。", "policy", citations=(cited,)),
        sentence(BODY, "下一步持续用力。", "connective"),
    )
    sections = (
        Section("一、2025年工作开展情况", 1),
        Section("（一）聚焦创新要素，激发创新活力", 2, BODY, sentences, notes=("有1条事实按原文写入",)),
    )
    return Draft("云溪县科学技术局2025年工作总结", "云溪县科学技术局", 2025, sections, "facts.md", "scripted")
