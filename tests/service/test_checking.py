"""Checking any draft: sources by hand or from the archive, wrong reports refused, hard inputs."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.archive import Archive
from assistant.errors import FileUnreadable, InputError, SettingsInvalid
from assistant.llm import HashingEmbeddings
from assistant.service.checking import STDIN, Checked, CheckOrder, check_order, rules_off
from assistant.settings import Settings

REPORT = """{body}{year}年工作总结和{next}年工作计划

一、{year}年工作开展情况
（一）强化培育。新认定高新技术企业{new}家，技术合同登记额{deals}亿元。
二、{next}年工作计划
技术合同登记额达到{goal}亿元。
"""
FACTS = """---
title: 云溪县科学技术局2025年工作总结和2026年工作计划
organisation: 云溪县科学技术局
year: 2025
genre: annual-summary
---
# 一、2025年工作开展情况
## （一）强化培育
- 新认定高新技术企业18家
- 技术合同登记额5.6亿元
"""


def report(
    year: int, body: str = "云溪县科学技术局", new: int = 18, deals: str = "5.6", goal: str = "6.4"
) -> str:
    return REPORT.format(body=body, year=year, next=year + 1, new=new, deals=deals, goal=goal)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.md").write_text(FACTS, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(report(2025), encoding="utf-8")
    for year, body in ((2024, "云溪县科学技术局"), (2023, "云溪县科学技术局"), (2024, "江临区科技创新局")):
        (tmp_path / f"{body}{year}.txt").write_text(report(year, body, 14, "4.7", "5.5"), encoding="utf-8")
    return tmp_path


def run(settings: Settings, folder: Path, draft: str = "draft.txt", **given: object) -> Checked:
    paths = {name: tuple(folder / one for one in names) for name, names in given.items() if name != "archive"}  # type: ignore[attr-defined]
    order = CheckOrder(folder / draft, archive=bool(given.get("archive")), **paths)
    (found,) = check_order(order, settings)
    return found


def test_against_facts(settings: Settings, folder: Path) -> None:
    found = run(settings, folder, facts=["facts.md"])
    assert found.report.coverage.supported >= 2
    assert found.compared == ("facts.md",)
    (folder / "draft.txt").write_text(report(2025, new=81), encoding="utf-8")
    wrong = run(settings, folder, facts=["facts.md"])
    assert not wrong.clean
    assert any(one.span.of(wrong.document.text) == "81家" for one in wrong.report.findings)


def test_several_facts_files_tell_which(settings: Settings, folder: Path) -> None:
    (folder / "more.md").write_text(FACTS.replace("18家", "19家"), encoding="utf-8")
    found = run(settings, folder, facts=["facts.md", "more.md"])
    assert found.compared == ("facts.md", "more.md")
    conflict = [one for one in found.report.findings if one.rule == "facts.conflict"]
    places = {evidence.place for one in conflict for evidence in one.evidence}
    assert {place.split()[0] for place in places} == {"facts.md", "more.md"}


def test_evidence_has_a_place(settings: Settings, folder: Path) -> None:
    (folder / "draft.txt").write_text(report(2025, deals="6.5"), encoding="utf-8")
    found = run(settings, folder, facts=["facts.md"], prior=["云溪县科学技术局2024.txt"])
    told = [evidence for one in found.report.findings for evidence in one.evidence]
    assert told
    assert all(evidence.place for evidence in told if evidence.span is not None)


@pytest.mark.parametrize(
    ("prior", "words"),
    [
        ("江临区科技创新局2024.txt", "江临区科技创新局"),
        ("云溪县科学技术局2023.txt", "2023年"),
        ("draft.txt", "2025年"),
    ],
)
def test_another_body_or_year_is_not_compared(
    settings: Settings, folder: Path, prior: str, words: str
) -> None:
    found = run(settings, folder, prior=[prior])
    assert found.compared == ()
    (note,) = found.report.notes
    assert words in note
    assert "未作上年比对" in note


def test_the_right_report_is_found_in_the_archive(settings: Settings, folder: Path) -> None:
    with Archive.open(settings, embeddings=HashingEmbeddings()) as archive:
        archive.ingest(
            [
                folder / f"{name}.txt"
                for name in ("云溪县科学技术局2024", "云溪县科学技术局2023", "江临区科技创新局2024")
            ]
        )
    found = run(settings, folder, archive=True)
    assert found.compared == ("云溪县科学技术局2024年工作总结和2025年工作计划",)
    assert not found.report.notes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (report(2030), "资料库中没有云溪县科学技术局2029年的报告"),
        ("新认定高新技术企业18家。", "本稿看不出单位"),
    ],
)
def test_what_the_archive_lacks_is_said(settings: Settings, folder: Path, text: str, words: str) -> None:
    (folder / "draft.txt").write_text(text, encoding="utf-8")
    found = run(settings, folder, archive=True)
    assert any(words in note for note in found.report.notes)


def test_rules_can_be_switched_off(settings: Settings, folder: Path) -> None:
    (folder / "draft.txt").write_text(report(2025).replace("18家", "xx家"), encoding="utf-8")
    assert any(one.rule == "residue.placeholder" for one in run(settings, folder).report.findings)
    off = settings.model_copy(update={"rules_off": "residue.placeholder， arith.sum"})
    assert not run(off, folder).report.findings
    with pytest.raises(SettingsInvalid):
        rules_off(settings.model_copy(update={"rules_off": "no.such"}))


def test_pasted_text(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def paste(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    paste("外贸进出口总额55亿元，其中出口30亿元，进口20亿元。".encode())
    (found,) = check_order(CheckOrder(STDIN), settings)
    assert [one.rule for one in found.report.findings] == ["arith.sum"]
    paste(b"\xff\xfe\x00")
    with pytest.raises(FileUnreadable):
        check_order(CheckOrder(STDIN), settings)
    paste(b"")
    with pytest.raises(InputError):
        check_order(CheckOrder(STDIN), settings)


def test_pasted_text_takes_year_and_body_of_the_facts(settings: Settings, folder: Path) -> None:
    (folder / "draft.txt").write_text("新认定高新技术企业18家。", encoding="utf-8")
    found = run(settings, folder, facts=["facts.md"])
    assert found.document.reported_year == 2025
    assert found.document.organisation is not None


def test_the_same_twice(settings: Settings, folder: Path) -> None:
    first, second = (run(settings, folder, facts=["facts.md"]) for _ in range(2))
    assert first == second


# Hard inputs


def checked(settings: Settings, tmp_path: Path, text: str) -> Checked:
    (tmp_path / "hard.txt").write_text(text, encoding="utf-8")
    return run(settings, tmp_path, "hard.txt")


def test_a_draft_without_figures(settings: Settings, tmp_path: Path) -> None:
    found = checked(settings, tmp_path, "甲县科技局工作总结\n各项工作有序推进，成效明显。")
    assert found.clean
    assert found.report.coverage.seen == 0
    assert found.figures == ()


def test_five_thousand_figures(settings: Settings, folder: Path) -> None:
    lines = [f"第{n}镇培育企业{n}家，同比增长{n % 90}.{n % 10}%。" for n in range(1, 2501)]
    (folder / "many.txt").write_text("甲县总结\n" + "\n".join(lines), encoding="utf-8")
    found = run(settings, folder, "many.txt", facts=["facts.md"])
    assert found.report.coverage.seen >= 5_000
    assert len(found.figures) == found.report.coverage.seen


def test_one_sentence_without_punctuation(settings: Settings, tmp_path: Path) -> None:
    found = checked(settings, tmp_path, "甲县持续推进企业培育工作新认定企业18家" * 600)
    assert found.report.coverage.seen == 600


def test_three_hundred_pages(settings: Settings, folder: Path) -> None:
    page = "\n".join("围绕创新主体培育，持续完善梯度体系，强化部门协同，提升服务质效。" * 3 for _ in range(7))
    text = "\n".join(f"第{n}页新增企业{n}家。\n{page}" for n in range(300))
    (folder / "long.txt").write_text(f"甲县总结\n{text}", encoding="utf-8")
    found = run(settings, folder, "long.txt", prior=["云溪县科学技术局2024.txt"])
    assert found.report.coverage.seen >= 290


def test_traditional_characters(settings: Settings, tmp_path: Path) -> None:
    found = checked(settings, tmp_path, "甲縣科技局工作總結\n新認定高新技術企業18家，技術合同登記額5.6億元。")
    assert found.report.coverage.seen == 2


@pytest.mark.parametrize("figure", ["1 8家", "１８家", "18 家", "1８家"])
def test_split_and_half_width_digits(settings: Settings, folder: Path, figure: str) -> None:
    (folder / "draft.txt").write_text(report(2025).replace("18家", figure), encoding="utf-8")
    found = run(settings, folder, facts=["facts.md"])
    assert found.report.coverage.supported >= 2
    assert not [one for one in found.report.findings if "18" in one.message and one.severity == "error"]
