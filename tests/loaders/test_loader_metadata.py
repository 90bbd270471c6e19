"""Title, genre, organisation, place, years and document number, with where each was read."""

from __future__ import annotations

import pytest

from assistant.loaders import load_text
from assistant.loaders.genres import genre_of
from assistant.loaders.places import organisation_in, place_of
from assistant.loaders.title import is_metadata_line, is_number_line, title_from_name
from assistant.loaders.years import years_in
from assistant.records import Document, Reading

BODY = "今年以来，全县上下攻坚克难，各项工作取得了新的成效，为高质量发展提供了有力支撑，群众满意度持续提升，发展后劲不断增强。"


def _load(*lines: str, name: str = "") -> Document:
    (document,) = load_text("\n".join(lines), name)
    return document


def _value(reading: Reading | None) -> str:
    return reading.value if reading else ""


# -- title ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("云溪县科学技术局2025年工作总结", BODY), "云溪县科学技术局2025年工作总结"),
        (
            ("云溪县人民政府办公室", "关于印发云溪县人才计划的通知", "云政办〔2024〕3号", "各镇人民政府："),
            "云溪县人民政府办公室关于印发云溪县人才计划的通知",
        ),
        (
            ("关于印发", "“十四五”物流发展规划的通知", "云政办〔2024〕3号", BODY),
            "关于印发“十四五”物流发展规划的通知",
        ),
        (
            (
                "2025年安岚省政府工作报告",
                "——2025年1月18日在安岚省第十四届人民代表大会第三次会议上",
                "省长　甲　乙",
                "各位代表：",
            ),
            "2025年安岚省政府工作报告",
        ),
        (
            ("移动终端软件预置", "和分发管理暂行规定", "为规范分发行为，制定本规定。"),
            "移动终端软件预置和分发管理暂行规定",
        ),
        (("云溪县奖补办法（试行）", "第一条 为规范奖补，制定本办法。"), "云溪县奖补办法（试行）"),
        (("学习参考资料", BODY), "学习参考资料"),
    ],
)
def test_titles_in_the_text(lines: tuple[str, ...], title: str) -> None:
    document = _load(*lines)
    assert document.title == title
    assert document.notes == ()
    assert (
        "".join(block.span.of(document.text) for block in document.blocks if block.kind == "title") == title
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("云溪县科学技术局2025年工作总结.txt", "云溪县科学技术局2025年工作总结"),
        ("关于加强管理的若干意见(2021-08-12).txt", "关于加强管理的若干意见"),
        ("工作_总结.md", "工作 总结"),
        ("report_01.txt", ""),
        ("扫描件.txt", ""),
    ],
)
def test_titles_from_names(name: str, title: str) -> None:
    assert title_from_name(name) == title


def test_title_from_the_name_is_told_by_its_origin() -> None:
    document = _load("各位同事：", BODY, name="云溪县科学技术局2025年工作总结.txt")
    assert document.title == "云溪县科学技术局2025年工作总结"
    assert document.year is not None
    assert (document.year.value, document.year.origin, document.year.span) == ("2025", "file_name", None)


def test_report_without_title_is_named_by_year_and_place() -> None:
    document = _load(
        "各位代表：", "现在，我代表安岚省人民政府，向大会报告工作，请予审议。", "一、2024年工作回顾", BODY
    )
    assert document.title == "2025年安岚省政府工作报告"
    assert "原文没有标题" in document.notes[0]
    assert document.reported_year == 2025
    assert document.years == (2024, 2025)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((BODY,), "今年以来，全县上下攻坚克难，各项工作取得了新的成效，为高质量"),
        (("一、总体要求。" + BODY,), "总体要求"),
        (("各位同事：", "一年来成绩突出。" + BODY), "一年来成绩突出"),
    ],
)
def test_text_without_title_is_named_by_its_first_clause(lines: tuple[str, ...], title: str) -> None:
    document = _load(*lines)
    assert document.title == title
    assert document.title in document.notes[0]


@pytest.mark.parametrize(
    ("line", "is_number"),
    [
        ("云政办〔2024〕3号", True),
        ("（云政发[2024]第13号）", True),
        ("国办发【2022】17号", True),
        ("2024年第3号", False),
        ("根据云政办〔2024〕3号文件", False),
        ("云政办〔2024〕3号文件要求", False),
    ],
)
def test_number_lines(line: str, is_number: bool) -> None:
    assert is_number_line(line) is is_number


@pytest.mark.parametrize(
    "line",
    [
        "2024年3月2日",
        "（2024年3月2日）",
        "2026-02-03 09:02:33",
        "省长 甲乙丙",
        "来源：云溪日报",
        "（征求意见稿）",
        "云溪县发展和改革局2020 年 6 月",
        "2012年12月26日 安岚省第九届人民代表大会常务委员会第二次会议通过",
    ],
)
def test_metadata_lines(line: str) -> None:
    assert is_metadata_line(line)


# -- genre ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("云溪县科学技术局2025年工作总结和2026年工作计划", "annual-summary"),
        ("2025年上半年工作情况汇报", "annual-summary"),
        ("云溪县科技局局长述职报告", "annual-summary"),
        ("2025年安岚省政府工作报告", "government-report"),
        ("政府工作报告——2025年1月在云溪县第一届人民代表大会上", "government-report"),
        ("关于印发2021年政府工作报告重点工作责任分解的通知", "policy"),
        ("云溪县高新技术企业奖补办法（试行）", "policy"),
        ("云溪县“十四五”科技创新规划", "policy"),
        ("关于促进科技成果转化的若干措施", "policy"),
        ("云溪县人才行动计划（2024—2026年）", "policy"),
        ("云溪县2025年科技工作要点", "policy"),
        ("云溪县2024年国民经济和社会发展统计公报", "statistics"),
        ("主要指标完成情况一览表", "statistics"),
        ("周末读书笔记", "other"),
    ],
)
def test_genres_from_titles(title: str, genre: str) -> None:
    assert genre_of(title, (), "") == genre


@pytest.mark.parametrize(
    ("lines", "genre"),
    [
        (("各位代表！", "根据安排，" + BODY), "government-report"),
        (("受县政府委托，现向大会作政府工作报告。",), "government-report"),
        (("同志们：", "这次代表大会的主题是……"), "other"),
        ((BODY, "现将工作情况汇报如下：", "一、工作情况", BODY), "annual-summary"),
        ((BODY, "一、2025年工作总结", BODY, "二、存在问题", BODY), "annual-summary"),
        (("各镇人民政府：", "现印发给你们，请认真贯彻执行。"), "policy"),
        (("为规范奖补管理，制定本办法。",), "policy"),
        ((BODY, "一、总体要求", BODY, "二、保障措施", BODY), "policy"),
        (("小明今天去了公园，看到很多花。",), "other"),
    ],
)
def test_genres_from_the_body(lines: tuple[str, ...], genre: str) -> None:
    assert _load(*lines).genre == genre


def test_given_genre_wins_only_if_known() -> None:
    assert genre_of("甲办法", (), "", "statistics") == "statistics"
    assert genre_of("甲办法", (), "", "poem") == "policy"


# -- places and organisations ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("云溪县科学技术局", "云溪县"),
        ("澜州市人民政府办公室", "澜州市"),
        ("澜州市江临区人民政府", "澜州市江临区"),
        ("浙江省杭州市人民政府", "浙江省杭州市"),
        ("浙江省人民政府办公厅", "浙江省"),
        ("浙江政府", "浙江省"),
        ("内蒙古自治区人民政府", "内蒙古自治区"),
        ("2025年广西政府工作报告", "广西壮族自治区"),
        ("国务院办公厅", "全国"),
        ("财政部 税务总局", "全国"),
        ("中共四川省委办公厅", "四川省"),
        ("北京市实施《种子法》办法", "北京市"),
        ("县科技局", ""),
        ("xx县科工信局", ""),
        ("自治区人民政府", ""),
        ("我市", ""),
        ("促进智慧城市健康发展", ""),
        ("科技园区管理委员会", ""),
        ("澜州市建设省域中心", "澜州市"),
        ("", ""),
    ],
)
def test_places(text: str, place: str) -> None:
    assert place_of(text) == place


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("云溪县科学技术局2025年工作总结", "云溪县科学技术局"),
        ("澜州市江临区科技创新局2025年", "澜州市江临区科技创新局"),
        ("云溪县人民政府办公室", "云溪县人民政府办公室"),
        ("读书笔记", ""),
    ],
)
def test_organisations(text: str, organisation: str) -> None:
    assert organisation_in(text) == organisation


@pytest.mark.parametrize(
    ("lines", "organisation", "origin"),
    [
        (("云溪县科学技术局2025年工作总结", BODY), "云溪县科学技术局", "title"),
        (("科技局2022年工作总结", "2022年，县科技局以创新为引领，" + BODY), "县科技局", "title"),
        (
            ("科技创新局2022年工作总结", "今年以来，在市科协的指导下，区科技创新局深入贯彻实施战略。" + BODY),
            "区科技创新局",
            "title",
        ),
        (("2022年工作总结", "xxxx年，xx县科工信局以创新为引领，" + BODY), "xx县科工信局", "body"),
        (("2025年云溪县政府工作报告", "各位代表："), "云溪县人民政府", "title"),
        (("政府工作报告", "各位代表：", "现在，我代表国务院，向大会报告政府工作。"), "国务院", "body"),
        (("安岚省人民政府办公厅关于印发规划的通知", BODY), "安岚省人民政府办公厅", "title"),
        (("中共云溪县委 云溪县人民政府关于加快创新的意见", BODY), "中共云溪县委 云溪县人民政府", "title"),
        (("关于加快创新的意见", BODY, "云溪县科学技术局", "2024年3月2日"), "云溪县科学技术局", "body"),
        (("关于加快创新的意见", BODY, "科 技 部", "2024年3月2日"), "科技部", "body"),
        (("种子管理办法", "2006年12月19日 国务院令第481号公布", BODY), "国务院", "body"),
        (
            ("云溪县条例", "2018年3月1日 安岚省第九届人民代表大会常务委员会第二次会议通过", BODY),
            "安岚省人民代表大会常务委员会",
            "body",
        ),
        (("读书笔记", BODY), "", ""),
    ],
)
def test_organisation_readings(lines: tuple[str, ...], organisation: str, origin: str) -> None:
    document = _load(*lines)
    assert _value(document.organisation) == organisation
    if document.organisation:
        assert document.organisation.origin == origin
        if document.organisation.span:
            assert document.organisation.span.of(document.text).replace(" ", "") == organisation.replace(
                " ", ""
            )


@pytest.mark.parametrize(
    ("lines", "name", "place"),
    [
        (("云溪县科学技术局2025年工作总结", BODY), "", "云溪县"),
        (("江临区人民政府关于甲的通知", BODY), "", "江临区"),
        (("关于印发澜州市规划的通知", BODY), "", "澜州市"),
        (("读书笔记", BODY), "浙江省资料.txt", "浙江省"),
        (
            ("政府工作报告", "——2025年1月18日在安岚省第十四届人民代表大会第三次会议上", "各位代表："),
            "",
            "安岚省",
        ),
        (("关于甲的通知", "各省、自治区、直辖市人民政府："), "", "全国"),
        (("智能制造规划", "我国制造业规模居世界首位，" + "发展基础扎实。" * 9), "", "全国"),
        (("智能制造规划", "我国制造业规模居世界首位，我县起步较晚。" + "发展基础扎实。" * 9), "", ""),
        (("xx县2025年工作总结", BODY), "", ""),
    ],
)
def test_place_readings(lines: tuple[str, ...], name: str, place: str) -> None:
    document = _load(*lines, name=name)
    assert _value(document.place) == place
    if document.place and document.place.span and place != "全国":
        assert place in document.place.span.of(document.text)


# -- years ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年工作总结和2026年工作计划", [2025, 2026]),
        ("二〇二五年五月八日", [2025]),
        ("二○一五年", [2015]),
        ("一九八四年", [1984]),
        ("（2021—2025年）", [2021, 2025]),
        ("2026-02-03", [2026]),
        ("xxxx年", []),
        ("12025年", []),
        ("2025家企业", []),
        ("3025年", []),
    ],
)
def test_years_in(text: str, years: list[int]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("lines", "name", "year", "years"),
    [
        (("甲局2025年工作总结和2026年工作计划", BODY), "", 2025, (2025, 2026)),
        (("甲局2026年工作计划和2025年工作总结", BODY), "", 2025, (2025, 2026)),
        (("甲局2022年度工作总结", "xxxx年，" + BODY), "", 2022, (2022,)),
        (("甲局xxxx年工作总结", "一、xxxx年工作情况", BODY), "", None, ()),
        (
            ("甲局工作总结", BODY, "一、2024年工作总结", BODY, "二、2025年工作计划", BODY),
            "",
            2024,
            (2024, 2025),
        ),
        (("甲局工作总结", BODY), "甲局工作总结2023.docx", 2023, (2023,)),
        (("2025年云溪县政府工作报告", "各位代表："), "", 2025, (2024, 2025)),
        (
            ("政府工作报告", "——2026年1月28日在云溪县第一届人民代表大会第三次会议上", "各位代表："),
            "",
            2026,
            (2025, 2026),
        ),
        (("政府工作报告", "各位代表：", "一、2024年工作回顾", BODY), "", 2025, (2024, 2025)),
        (("云溪县2025年工作要点", "云政办〔2024〕33号", BODY), "", 2024, (2024, 2025)),
        (("奖补办法", "2011年1月8日 国务院令第588号修订", BODY), "", 2011, (2011,)),
        (("奖补办法", "2003年8月18日 海关总署令公布", "2004年1月1日 施行", BODY), "", 2003, (2003,)),
        (("奖补办法", BODY, "云溪县科学技术局", "二〇一五年五月八日"), "", 2015, (2015,)),
        (("奖补办法", BODY, "本办法自2019年9月9日起施行。"), "", 2019, (2019,)),
        (("奖补办法", BODY), "奖补办法(2021-08-12).txt", 2021, (2021,)),
        (("奖补办法", BODY), "", None, ()),
    ],
)
def test_years(lines: tuple[str, ...], name: str, year: int | None, years: tuple[int, ...]) -> None:
    document = _load(*lines, name=name)
    assert document.reported_year == year
    assert document.years == years
    if document.year and document.year.span:
        assert years_in(document.year.span.of(document.text) + "年")


def test_year_in_the_title_has_its_place() -> None:
    document = _load("云溪县科学技术局2025年工作总结", BODY)
    assert document.year is not None
    assert document.year.span is not None
    assert document.year.origin == "title"
    assert document.year.span.of(document.text) == "2025"


# -- document number ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "name", "number", "origin"),
    [
        (("关于甲的通知", "云政办〔2024〕3号", BODY), "", "云政办〔2024〕3号", "body"),
        (("关于甲的通知 云政办〔2024〕3号", BODY), "", "云政办〔2024〕3号", "title"),
        (
            ("各镇人民政府：", BODY),
            "关于甲的工作通知_云政办〔2024〕3号.txt",
            "云政办〔2024〕3号",
            "file_name",
        ),
        (("关于甲的通知", "根据云政办〔2023〕1号文件，" + BODY), "", "", ""),
        (("关于甲的通知", BODY, "附件：《乙办法》（云政办〔2023〕1号）"), "", "", ""),
    ],
)
def test_document_numbers(lines: tuple[str, ...], name: str, number: str, origin: str) -> None:
    document = _load(*lines, name=name)
    assert _value(document.number) == number
    if document.number:
        assert document.number.origin == origin
        if document.number.span:
            assert document.number.span.of(document.text) == number


# -- labelled heads -------------------------------------------------------------------------------


def test_a_labelled_title_loses_its_label() -> None:
    document = _load("标题：云溪县科学技术局2025年工作总结", "来源：云溪县人民政府", BODY)
    assert document.title == "云溪县科学技术局2025年工作总结"
    assert document.blocks[0].span.of(document.text) == document.title
    assert document.blocks[1].kind == "metadata"


def test_header_of_a_stored_page() -> None:
    document = _load(
        "# 存档",
        "- doc_id: 1",
        "- title: 云溪县人民政府办公室关于印发规划的通知",
        "- http_status: 200",
        "- content_sha256: ab12",
        "---",
        "云溪县人民政府办公室关于印发",
        "规划的通知",
        "云政办〔2022〕17号",
        "各镇人民政府：",
        "现印发给你们，请认真贯彻执行。",
    )
    assert document.title == "云溪县人民政府办公室关于印发规划的通知"
    assert _value(document.organisation) == "云溪县人民政府办公室"
    assert _value(document.number) == "云政办〔2022〕17号"
    assert document.reported_year == 2022
    assert "http_status" not in document.text
