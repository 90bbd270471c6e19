"""Findings as the margin shows them: where they stand, fixes, what is set aside, rules that are off."""

from __future__ import annotations

import pytest

from assistant.archive import Archive
from assistant.errors import DraftChanged, DraftUnknown, QueryInvalid, SettingsInvalid
from assistant.export import plain
from assistant.records import Document
from assistant.service.desk.desk import Desk
from assistant.service.desk.views import DraftView
from assistant.settings import Settings

from .made import TEXT, TITLE, desk_of, finding, pasted, rules_of, section
from .offices import FACTS, office_of

PRIOR = """云溪县科学技术局2024年工作总结和2025年工作计划
一、2024年工作总结
新认定高新技术企业18家，技术合同登记额4.2亿元。
二、2025年工作计划
力争新认定高新技术企业25家，技术合同登记额达到5亿元。
"""


def texts(view: DraftView) -> dict[str, dict[str, str]]:
    """Section id to its fields."""
    fields = {one.id: {"heading": one.heading, "text": one.text} for one in view.sections}
    return {**fields, "": {"title": view.title}}


def test_every_finding_and_figure_stands_where_it_says(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk, TEXT + "三、打算\n力争实现x.x亿元。\n")
        review, fields = desk.review(view.id), texts(view)
        assert {"number.transposed", "number.unsupported", "facts.omitted"} <= {
            one.rule for one in review.findings
        }
        for one in (*review.findings, *review.figures):
            words = one.words if hasattr(one, "words") else one.text
            assert fields[one.section_id][one.field][one.start : one.end] == words
        for found in review.findings:
            if found.fix:
                fix = found.fix
                assert fields[fix.section_id][fix.field][fix.start : fix.end] == fix.old
        states = {one.text: one.state for one in review.figures}
        assert states["23家"] == "supported"
        assert states["6.5亿元"] == "unsupported"
        assert states["x.x"] == "masked"
        assert [one.number for one in review.findings] == list(range(1, len(review.findings) + 1))
        assert review.coverage.seen == 7
        assert review.compared == ("事实材料",)
        assert not review.clean
        plain(review)


def test_evidence_names_its_source(settings: Settings) -> None:
    with desk_of(settings) as desk:
        (source,) = finding(desk.review(pasted(desk).id), "number.transposed").evidence
        assert (source.source, source.source_name, source.place) == ("facts", "事实材料", "第5行")
        assert source.quote == "技术合同登记额5.6亿元"


def test_a_fix_is_adopted(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        wrong = finding(desk.review(view.id), "number.transposed")
        saved = desk.adopt(view.id, view.version, wrong.key)
        assert saved.draft is not None
        assert "技术合同登记额5.6亿元" in saved.draft.sections[0].text
        assert wrong.key not in {one.key for one in saved.review.findings}
        assert desk.revisions(view.id)[0].why == "采用：数字错位"
        assert desk.undo(view.id).sections[0].text == view.sections[0].text


def test_all_fixes_are_adopted_at_once(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        saved = desk.adopt_all(view.id, view.version)
        assert saved.draft is not None
        assert "5.6亿元" in saved.draft.sections[0].text
        assert "112场次" in saved.draft.sections[1].text
        assert rules_of(saved.review) == ["number.unsupported"]
        assert desk.adopt_all(view.id, saved.version).draft is None


def test_fixes_of_one_rule_leave_the_others_and_the_ignored(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        desk.ignore(view.id, finding(desk.review(view.id), "number.transposed").key)
        assert desk.adopt_all(view.id, view.version, "no.such.rule").draft is None
        saved = desk.adopt_all(view.id, view.version, "number.transposed")
        assert saved.draft is not None
        assert "6.5亿元" in saved.draft.sections[0].text
        assert "112场次" in saved.draft.sections[1].text


def test_a_fix_for_a_text_that_was_changed_since_is_refused(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        wrong = finding(desk.review(view.id), "number.transposed")
        desk.save(view.id, 1, view.sections[0].id, "text", "新的一句。" + view.sections[0].text)
        with pytest.raises(DraftChanged):
            desk.adopt(view.id, 1, wrong.key)
        with pytest.raises(DraftChanged):
            desk.adopt_all(view.id, 1)
        assert desk.adopt(view.id, 2, wrong.key).draft is not None


def test_what_has_no_fix_cannot_be_adopted(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        for key in (finding(desk.review(view.id), "number.unsupported").key, "no key"):
            with pytest.raises(DraftUnknown):
                desk.adopt(view.id, view.version, key)


def test_what_is_ignored_stays_so_until_its_sentence_changes(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        part = section(view, "创新")
        key = finding(desk.review(view.id), "number.transposed").key
        assert rules_of(desk.ignore(view.id, key), ignored=True) == ["number.transposed"]
        saved = desk.save(view.id, 1, part.id, "text", "前面加一句。" + part.text)
        assert rules_of(saved.review, ignored=True) == ["number.transposed"]
        saved = desk.save(view.id, 2, "", "title", "另一个标题")
        assert rules_of(saved.review, ignored=True) == ["number.transposed"]
        changed = "前面加一句。" + part.text.replace("技术合同登记额", "全年技术合同登记额")
        saved = desk.save(view.id, 3, part.id, "text", changed)
        assert rules_of(saved.review, ignored=True) == []
        assert "number.transposed" in rules_of(saved.review)


def test_what_is_ignored_counts_again(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        key = finding(desk.review(view.id), "number.transposed").key
        desk.ignore(view.id, key)
        desk.ignore(view.id, key)
        assert rules_of(desk.unignore(view.id, key), ignored=True) == []
        with pytest.raises(DraftUnknown):
            desk.ignore(view.id, "no key")


def test_one_omitted_fact_is_ignored_and_the_others_are_not(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        omitted = [one for one in desk.review(view.id).findings if one.rule == "facts.omitted"]
        assert len({one.key for one in omitted}) == len(omitted) == 3
        review = desk.ignore(view.id, omitted[0].key)
        assert [one.ignored for one in review.findings if one.rule == "facts.omitted"].count(True) == 1


def test_facts_of_unwritten_sections_are_not_missed(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_facts(FACTS)
        part = section(view, "创新")
        saved = desk.save(
            view.id,
            1,
            part.id,
            "text",
            "新认定高新技术企业23家，有效高新技术企业总量达86家。选任科技特派员142名。",
        )
        omitted = [one for one in saved.review.findings if one.rule == "facts.omitted"]
        assert {one.section_id for one in omitted} == {part.id}
        assert {one.field for one in omitted} == {"heading"}
        assert [one.state for one in saved.review.figures] == ["supported"] * 3


def test_a_rule_is_switched_off_for_all_drafts_of_its_owner(settings: Settings) -> None:
    with office_of(settings) as office:
        desk, other = office.desk("甲"), office.desk("乙")
        mine, theirs = pasted(desk), pasted(other)
        rows = desk.switch_rule("number.transposed", False)
        assert [one.id for one in rows if not one.on] == ["number.transposed"]
        assert "number.transposed" not in rules_of(desk.review(mine.id))
        assert "number.transposed" in rules_of(other.review(theirs.id))
        desk.switch_rule("facts.omitted", False)
        assert not [one for one in desk.review(mine.id).findings if one.rule == "facts.omitted"]
        desk.switch_rule("number.transposed", True)
        assert "number.transposed" in rules_of(desk.review(mine.id))
        assert all(one.page and one.name for one in desk.rules())


def test_rules_that_the_settings_switch_off_stay_off(settings: Settings) -> None:
    quiet = settings.model_copy(update={"rules_off": "number.transposed"})
    with desk_of(quiet) as desk:
        assert "number.transposed" not in rules_of(desk.review(pasted(desk).id))
        with pytest.raises(QueryInvalid):
            desk.switch_rule("number.transposed", True)
        with pytest.raises(QueryInvalid):
            desk.switch_rule("no.such.rule", False)


def test_a_wrong_setting_is_told(settings: Settings) -> None:
    with desk_of(settings.model_copy(update={"rules_off": "nonsense"})) as desk:
        view = pasted(desk)
        with pytest.raises(SettingsInvalid):
            desk.review(view.id)


def test_the_list_counts_open_findings(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        assert desk.drafts()[0].open_findings is None
        review = desk.review(view.id)
        assert desk.drafts()[0].open_findings == len(review.findings)
        desk.ignore(view.id, review.findings[0].key)
        assert desk.drafts()[0].open_findings == len(review.findings) - 1
        desk.undo(view.id)
        desk.save(view.id, 1, "", "title", "改了")
        desk.rename(view.id, "又改了")
        assert desk.drafts()[0].open_findings is None


def archived(desk: Desk, text: str = PRIOR) -> Document:
    """Last year's report, taken into the owner's archive."""
    from assistant.loaders import load_text

    document = load_text(text, "总结.txt")[0]
    archive: Archive = desk.office.archive(desk.owner)
    archive.add([document])
    return document


def test_last_years_report_is_found_in_the_archive(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = desk.new_from_text(TITLE, TEXT, {"facts": FACTS})
        assert any("没有" in note for note in desk.review(view.id).notes)
        document = archived(desk)
        review = desk.review(view.id)
        assert document.title in review.compared
        outcomes = desk.outcomes(view.id)
        first = outcomes.rows[0]
        assert (first.indicator, first.target, first.outcome, first.state) == (
            "高新技术企业",
            "25家",
            "23家",
            "missed",
        )
        assert outcomes.prior == (document.title,)
        assert outcomes.rows[0].planned.quote


def test_a_source_that_was_removed_is_left_out(settings: Settings) -> None:
    with desk_of(settings) as desk:
        view = pasted(desk)
        document = archived(desk)
        shown = desk.set_sources(view.id, {"prior": [document.id]})
        assert [(one.id, one.role, one.attached) for one in shown.prior] == [(document.id, "prior", False)]
        assert document.title in desk.review(view.id).compared
        desk.office.archive(desk.owner).remove(document.id)
        assert desk.review(view.id).compared == ("事实材料",)
        assert desk.sources(view.id).prior == ()


def test_a_vector_server_that_is_down_does_not_stop_the_writing(settings: Settings) -> None:
    down = settings.model_copy(update={"chroma_url": "http://127.0.0.1:9"})
    with desk_of(down) as desk:
        view = desk.new_from_text(TITLE, TEXT, {"facts": FACTS})
        saved = desk.save(view.id, 1, view.sections[0].id, "text", view.sections[0].text + "又一句。")
        assert "number.transposed" in rules_of(saved.review)
        assert not any("资料库暂时不能使用" in note for note in saved.review.notes)  # the check asks no index
        assert desk.sources(view.id).archive
