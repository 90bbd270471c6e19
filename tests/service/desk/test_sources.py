"""What a draft is checked against: facts, files that go with it, the archive; and new drafts from files."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import DocumentUnknown, DraftUnknown, FactsInvalid, InputError
from assistant.loaders import load_text
from assistant.service.desk.kept import Kept
from assistant.settings import Settings

from .made import TEXT, TITLE, desk_of, finding, pasted, rules_of
from .offices import FACTS

PRIOR = """云溪县科学技术局2024年工作总结和2025年工作计划
一、2024年工作总结
新认定高新技术企业18家，技术合同登记额4.2亿元。
二、2025年工作计划
力争新认定高新技术企业25家，技术合同登记额达到5亿元。
"""


@pytest.fixture
def prior(tmp_path: Path) -> Path:
    path = tmp_path / "去年总结.txt"
    path.write_text(PRIOR, encoding="utf-8")
    return path


def test_files_go_with_their_draft(settings: Settings, prior: Path) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_text(TITLE, TEXT, {"facts": FACTS, "prior": [prior], "archive": False})
        prior.unlink()
        shown = desk.sources(view.id)
        assert (shown.facts, shown.archive, shown.documents) == (7, False, ())
        (one,) = shown.prior
        assert (one.title, one.year, one.attached) == (
            "云溪县科学技术局2024年工作总结和2025年工作计划",
            2024,
            True,
        )
        assert one.title in desk.review(view.id).compared
        assert [row.state for row in desk.outcomes(view.id).rows][:1] == ["missed"]


def test_what_is_not_named_stays(settings: Settings, prior: Path) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_text(TITLE, TEXT, {"facts": FACTS, "prior": [prior], "archive": False})
        (one,) = desk.sources(view.id).prior
        shown = desk.set_sources(view.id, {"documents": [prior]})
        assert [source.id for source in shown.prior] == [one.id]
        assert len(shown.documents) == 1
        shown = desk.set_sources(view.id, {"prior": [], "archive": True})
        assert (shown.prior, shown.archive, len(shown.documents)) == ((), True, 1)


def test_other_facts_are_checked_at_once(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        assert "number.transposed" in rules_of(desk.review(view.id))
        desk.set_sources(view.id, {"facts": FACTS.replace("5.6亿元", "6.5亿元").replace("112", "121")})
        assert rules_of(desk.review(view.id)) == ["number.unsupported"]
        assert desk.undo(view.id).version == 3
        assert "number.transposed" in rules_of(desk.review(view.id))


def test_without_sources_figures_cannot_be_judged(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_text(TITLE, TEXT, {"archive": False})
        review = desk.review(view.id)
        assert {one.state for one in review.figures} == {"not_assessable"}
        assert review.compared == ()


def test_a_report_of_another_body_is_not_compared(settings: Settings, tmp_path: Path) -> None:
    other = tmp_path / "别处.txt"
    other.write_text(PRIOR.replace("云溪县", "江临区"), encoding="utf-8")
    with desk_of(settings) as desk:
        view = desk.new_from_text(TITLE, TEXT, {"prior": [other], "archive": False})
        review = desk.review(view.id)
        assert review.compared == ()
        assert any("江临区科学技术局" in note for note in review.notes)


def test_bad_sources_leave_everything_as_it_was(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 no archive")
    with desk_of(settings) as desk:
        view = pasted(desk)
        before = desk.sources(view.id)
        for given in ({"prior": [broken]}, {"documents": [tmp_path / "没有.txt"]}, {"facts": "# 只有标题\n"}):
            with pytest.raises(InputError):
                desk.set_sources(view.id, given)  # type: ignore[arg-type]
        with pytest.raises(DocumentUnknown):
            desk.set_sources(view.id, {"documents": ["no document"]})
        assert desk.sources(view.id) == before
        with pytest.raises(InputError):
            desk.new_from_text(TITLE, TEXT, {"prior": [broken]})
        with pytest.raises(FactsInvalid):
            desk.new_from_facts("   ")
        assert len(desk.drafts()) == 1


def test_an_uploaded_draft_is_checked_like_a_pasted_one(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "稿.md"
    path.write_text(f"# {TITLE}\n\n## 一、聚焦创新要素\n\n技术合同登记额6.5亿元。\n", encoding="utf-8")
    with desk_of(settings) as desk:
        view = desk.new_from_file(path, {"facts": FACTS, "archive": False})
        assert (view.title, view.kind, view.organisation, view.year) == (
            TITLE,
            "checked",
            "云溪县科学技术局",
            2025,
        )
        assert finding(desk.review(view.id), "number.transposed").words == "6.5亿元"


def test_a_draft_from_facts_has_their_headings(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_facts(FACTS, name="要点.md")
        assert (view.kind, view.title) == ("drafted", TITLE)
        assert [part.heading for part in view.sections if part.heading] == [
            "一、聚焦创新要素",
            "二、强化科技强农",
            "三、存在问题",
        ]
        assert {part.state for part in view.sections} == {"empty"}
        assert desk.drafts()[0].sections == len(view.sections)


def test_an_outline_decides_order_and_headings(settings: Settings) -> None:
    outline = [
        {"heading": "强化科技强农", "level": 1},
        {"heading": "全新的一节", "level": 2},
        {"heading": "一、聚焦创新要素", "level": 1},
    ]
    with desk_of(settings) as desk:
        view = desk.new_from_facts(FACTS, outline)
        assert [(part.heading, len(part.fact_ids)) for part in view.sections] == [
            ("强化科技强农", 2),
            ("全新的一节", 0),
            ("一、聚焦创新要素", 3),
        ]
        assert desk.sources(view.id).facts == 7


def test_facts_without_headings_take_those_of_last_years_report(settings: Settings) -> None:
    facts = "# 云溪县科学技术局2025年工作总结和2026年工作计划\n- 新认定高新技术企业23家\n- 力争技术合同登记额达到6亿元\n"
    with desk_of(settings) as desk:
        desk.office.archive(desk.owner).add(load_text(PRIOR, "去年.txt"))
        headings = [part.heading for part in desk.new_from_facts(facts).sections]
        assert headings == ["一、2025年工作总结", "二、2026年工作计划"]


def test_a_discarded_draft_keeps_everything(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        desk.rename(view.id, "改名")
        desk.discard(view.id)
        assert desk.drafts() == ()
        for act in (desk.review, desk.draft, desk.undo, desk.revisions, desk.sources):
            with pytest.raises(DraftUnknown):
                act(view.id)
        assert desk.undiscard(view.id).title == "改名"
        assert len(desk.revisions(view.id)) == 2


def test_what_is_kept_is_made_once_and_the_oldest_goes() -> None:
    kept, made = Kept[str](2), list[str]()

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in "aabcab":
        assert kept.get(name, 1, lambda name=name: make(name)) == name  # type: ignore[misc]
    assert made == ["a", "b", "c", "a", "b"]


def test_what_was_made_from_something_else_is_made_anew() -> None:
    kept = Kept[str](2)
    assert kept.get("a", 1, lambda: "one") == "one"
    assert kept.get("a", 2, lambda: "two") == "two"
    assert kept.get("a", 2, lambda: "three") == "two"
    assert kept.get("a", 1, lambda: "again") == "again"


def test_threads_that_want_the_same_wait_for_one_of_them() -> None:
    kept, made = Kept[str](2), list[str]()

    def make() -> str:
        made.append("made")
        time.sleep(0.05)
        return "done"

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: kept.get("a", 1, make), range(8))) == {"done"}
    assert made == ["made"]


def test_what_failed_is_tried_again() -> None:
    kept = Kept[str](2)

    def fail() -> str:
        raise DraftUnknown

    for _ in range(2):
        with pytest.raises(DraftUnknown):
            kept.get("a", 1, fail)
    assert kept.get("a", 1, lambda: "done") == "done"
