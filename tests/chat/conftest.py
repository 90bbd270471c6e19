"""A small archive: reports of two counties over three years, a policy and the one that it replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from archive.made import document

from assistant.archive import Archive
from assistant.chat import Chat, Scope
from assistant.chat.asked import Asked, understand
from assistant.chat.reading import Reader
from assistant.llm import HashingEmbeddings
from assistant.records import Document
from assistant.settings import Settings

TODAY = date(2025, 12, 1)
Asker = Callable[[str], Asked]

FIGURES = {
    ("清河县", 2022): (49, 14, "3.41", "19.2", "1.35", 60, "4.0"),
    ("清河县", 2023): (61, 16, "4.12", "20.8", "1.48", 75, "4.8"),
    ("清河县", 2024): (73, 17, "4.73", "14.8", "1.64", 85, "5.5"),
    ("白塔区", 2023): (210, 48, "15.2", "11.0", "2.41", 240, "17.0"),
    ("白塔区", 2024): (233, 53, "17.6", "15.8", "2.57", 260, "20.0"),
}


def annual(place: str, year: int) -> Document:
    """The yearly report of a county's office; the figures are in FIGURES."""
    firms, new, contracts, growth, intensity, aim, contracts_aim = FIGURES[place, year]
    return document(
        f"{place}科学技术局{year}年工作总结和{year + 1}年工作计划",
        [
            ("heading", 1, f"一、{year}年工作开展情况"),
            ("heading", 2, "（一）企业创新"),
            f"全年新认定高新技术企业{new}家，退出5家，有效总量{firms}家，居全市第3位。",
            ("heading", 2, "（二）成果转化"),
            f"技术合同登记额{contracts}亿元，同比增长{growth}%。研发投入强度{intensity}%。",
            f"竹产业中试基地完成主体工程，组建了院士工作站{year - 2021}个。",
            ("heading", 1, "二、存在问题"),
            "一是高新技术企业净增放缓，跟踪管理没有跟上。二是技术合同结构单一，本地输出不足两成。",
            ("heading", 1, f"三、{year + 1}年工作计划"),
            f"有效高新技术企业总量达到{aim}家，技术合同登记额达到{contracts_aim}亿元。",
        ],
        year=year,
        place=place,
        organisation=f"{place}科学技术局",
    )


OLD_POLICY = document(
    "清河县高新技术企业培育奖补暂行办法",
    [
        "清政办〔2020〕31号",
        "第一条 为培育高新技术企业，制定本办法。",
        "第二条 首次通过高新技术企业认定的，一次性奖励10万元。",
    ],
    year=2020,
    place="清河县",
    genre="policy",
)
NEW_POLICY = document(
    "清河县高新技术企业培育奖补办法",
    [
        "清政办〔2024〕9号",
        "第一条 为扩大高新技术企业规模，制定本办法。",
        "第二条 首次通过高新技术企业认定的，一次性奖励20万元。",
        "第三条 期满后重新通过认定的，一次性奖励8万元。",
        "第四条 本办法自2024年4月1日起施行。《清河县高新技术企业培育奖补暂行办法》（清政办〔2020〕31号）同时废止。",
    ],
    year=2024,
    place="清河县",
    genre="policy",
)


def made() -> list[Document]:
    """All documents of the small archive."""
    from dataclasses import replace

    from assistant.records import Reading

    old = replace(OLD_POLICY, number=Reading("清政办〔2020〕31号", "body"))
    new = replace(NEW_POLICY, number=Reading("清政办〔2024〕9号", "body"))
    return [*(annual(place, year) for place, year in FIGURES), old, new]


def opened(home: Path, documents: list[Document]) -> Archive:
    """An archive with these documents and hashing embeddings."""
    archive = Archive.open(Settings(home=home), HashingEmbeddings(64), today=lambda: TODAY)
    if documents:
        archive.add(documents)
    return archive


@pytest.fixture(scope="package")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The small archive, shared by all tests of the chat; none of them changes it."""
    with opened(tmp_path_factory.mktemp("chat"), made()) as found:
        yield found


@pytest.fixture
def chat(archive: Archive) -> Chat:
    """A chat without a model over the small archive."""
    return Chat(archive, today=lambda: TODAY)


@pytest.fixture
def reader(archive: Archive) -> Reader:
    """The small archive, read without a scope."""
    return Reader(archive, Scope())


@pytest.fixture
def asked(archive: Archive) -> Asker:
    """Takes questions apart against the small archive."""
    documents = archive.documents()
    return lambda text: understand(text, documents, TODAY)
