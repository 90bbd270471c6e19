from __future__ import annotations

from datetime import date

import pytest

from assistant.archive.questions import Names, bare, chosen, names_place, understand
from assistant.archive.results import ArchivedDocument, Filters
from assistant.errors import QueryInvalid

TODAY = date(2026, 3, 1)


def _document(place: str, year: int, organisation: str = "") -> ArchivedDocument:
    return ArchivedDocument(
        f"{place}{year}",
        f"{place}{year}",
        "题",
        "annual-summary",
        organisation,
        place,
        year,
        (year, year + 1),
        "",
        "",
        1,
    )


KNOWN = (_document("云溪县", 2024, "云溪县科学技术局"), _document("云溪县", 2025), _document("青岚区", 2025))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年高新技术企业", {2024}),
        ("２０２４ 年高新技术企业", {2024}),
        ("去年高新技术企业", {2025}),
        ("今年的目标", {2026}),
        ("前年", {2024}),
        ("高新技术企业 2025", {2025}),
        ("投资2024万元", set()),
        ("增长20.24%", set()),
        ("编号120242", set()),
    ],
)
def test_years(text: str, years: set[int]) -> None:
    assert understand(text, Names.of(KNOWN), TODAY).years == years


def test_relative_years_are_written_out_for_the_model() -> None:
    assert understand("去年云溪县", Names.of(KNOWN), TODAY).embedded == "2025年云溪县"


@pytest.mark.parametrize("text", ["云溪县的企业", "云溪的企业"])
def test_places_with_and_without_suffix(text: str) -> None:
    assert understand(text, Names.of(KNOWN), TODAY).places == {"云溪县"}


def test_organisations() -> None:
    assert understand("云溪县科学技术局做了什么", Names.of(KNOWN), TODAY).organisations == {
        "云溪县科学技术局"
    }


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("云溪县", "云溪"),
        ("湖南省", "湖南"),
        ("广西壮族自治区", "广西"),
        ("内蒙古自治区", "内蒙古"),
        ("国务院", "国务院"),
        ("东区", "东区"),
    ],
)
def test_bare_names(name: str, short: str) -> None:
    assert bare(name) == short


def test_no_place_is_named_by_an_empty_name() -> None:
    assert not names_place("云溪县", "")


def test_agreement() -> None:
    question = understand("2025年云溪县", Names.of(KNOWN), TODAY)
    assert [question.agreement(item) for item in KNOWN] == [0.75, 1.0, 0.5]
    assert understand("企业", Names.of(KNOWN), TODAY).agreement(KNOWN[0]) == 0


@pytest.mark.parametrize("text", ["", "  \n", "问" * 2001])
def test_refused(text: str) -> None:
    with pytest.raises(QueryInvalid):
        understand(text, Names.of(KNOWN), TODAY)


def test_filters() -> None:
    assert chosen(Filters(), KNOWN) == list(KNOWN)
    assert chosen(Filters(year=2025, place="云溪"), KNOWN) == [KNOWN[1]]
    assert chosen(Filters(organisation="科学技术局"), KNOWN) == [KNOWN[0]]
    assert chosen(Filters(documents=("青岚区2025",)), KNOWN) == [KNOWN[2]]
    assert chosen(Filters(genre="policy"), KNOWN) == []
    assert not Filters()
    assert Filters(place="云溪")


def test_all_names_of_an_indicator_are_looked_for() -> None:
    wording = understand("高企数量", Names.of(KNOWN), TODAY).wording
    assert any("高新技术" in name for group in wording.names for name in group)


def test_named_are_the_documents_that_are_all_the_question_names() -> None:
    known = [_document("云溪县", 2024), _document("云溪县", 2023), _document("临江市", 2024)]
    names = Names.of(known)
    assert understand("云溪县2024年企业", names, TODAY).named(known) == known[:1]
    assert understand("云溪县企业", names, TODAY).named(known) == known[:2]
    assert understand("2024年企业", names, TODAY).named(known) == [known[0], known[2]]
    assert understand("企业", names, TODAY).named(known) == []
