from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from archive.conftest import TODAY, Opener
from archive.made import CountingEmbeddings, document, report
from assistant.archive import Archive, Filters
from assistant.errors import DocumentUnknown, QueryInvalid
from assistant.llm import embedding_model
from assistant.records import Document
from assistant.settings import Settings

PLACES = ("云溪县", "青岚区", "临浦市")
FIRMS = "新认定高新技术企业"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Three places, three years each, and a policy; only read."""
    settings = Settings(home=tmp_path_factory.mktemp("filled"))
    policy = document(
        "高新技术企业奖补办法", ["新认定高新技术企业给予奖补20万元。"], genre="policy", place="云溪县"
    )
    reports = [
        report(place, year, year % 100 + len(place)) for place in PLACES for year in (2023, 2024, 2025)
    ]
    with Archive.open(settings, CountingEmbeddings(), today=lambda: TODAY) as archive:
        archive.add([*reports, policy])
        yield archive


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("words", "year"), [("2023年", 2023), ("去年", 2025), ("前年", 2024)])
def test_year_and_place_in_the_question(filled: Archive, place: str, words: str, year: int) -> None:
    first = filled.search(f"{words}{place[:2]}{FIRMS}多少家")[0].passage
    assert (first.place, first.year, FIRMS in first.text) == (place, year, True)


def test_a_wrong_guess_does_not_empty_the_result(filled: Archive) -> None:
    assert len(filled.search(f"1999年云溪县{FIRMS}")) == 10
    assert len(filled.search(f"某某市{FIRMS}")) == 10


def test_filters_narrow_for_certain(filled: Archive) -> None:
    hits = filled.search(f"青岚区2023年{FIRMS}", filters=Filters(year=2024, place="云溪"), k=50)
    assert {(hit.passage.year, hit.passage.place) for hit in hits} == {(2024, "云溪县")}
    assert len(hits) == 2
    assert filled.search(FIRMS, filters=Filters(place="无此地")) == []
    assert {hit.passage.genre for hit in filled.search(FIRMS, filters=Filters(genre="policy"))} == {"policy"}
    assert {
        hit.passage.organisation
        for hit in filled.search(FIRMS, filters=Filters(organisation="临浦市科学技术局"))
    } == {"临浦市科学技术局"}


def test_filter_by_document(filled: Archive) -> None:
    wanted = filled.documents()[0].id
    hits = filled.search(FIRMS, filters=Filters(documents=(wanted,)))
    assert {hit.passage.document_id for hit in hits} == {wanted}


def test_hits_carry_both_scores_in_order(filled: Archive) -> None:
    hits = filled.search(f"2025年云溪县{FIRMS}")
    assert all(0 <= second.score <= first.score <= 1 for first, second in pairwise(hits))
    assert hits[0].keyword > 0
    assert 0 < hits[0].dense <= 1.0001
    assert 0 < hits[0].coverage <= 1


def test_pages_of_hits_do_not_overlap(filled: Archive) -> None:
    whole = [hit.passage.id for hit in filled.search(FIRMS, k=19)]
    paged = [hit.passage.id for start in (0, 5, 10, 15) for hit in filled.search(FIRMS, k=5, offset=start)]
    assert len(whole) == len(set(whole)) == 19
    assert set(paged) == set(whole)
    assert filled.search(FIRMS, k=5, offset=500) == []


@pytest.mark.parametrize(
    ("question", "k", "offset"), [(" ", 5, 0), ("问" * 2001, 5, 0), ("x", 0, 0), ("x", 5, -1)]
)
def test_refused(filled: Archive, question: str, k: int, offset: int) -> None:
    with pytest.raises(QueryInvalid):
        filled.search(question, k=k, offset=offset)


@pytest.mark.parametrize(
    "question", ["？！。", "a" * 1999, "' OR 1=1 --", "\u202e\x00", "((((", "body:x AND *", "企业\ud800"]
)
def test_odd_questions_are_harmless(filled: Archive, question: str) -> None:
    assert len(filled.search(question)) <= 10


def test_an_empty_archive_finds_nothing(archive: Archive) -> None:
    assert archive.search(FIRMS) == []
    assert archive.documents() == ()


def test_abbreviations(archive: Archive) -> None:
    wanted = document("甲", ["新认定高新技术企业23家。"])
    archive.add([wanted, document("乙", ["新增企业员工宿舍23间，企业满意度较高。"])])
    assert archive.search("高企数量")[0].passage.document_id == wanted.id


def test_the_retriever_is_langchains(filled: Archive) -> None:
    retriever = filled.retriever(filters=Filters(year=2024), k=3)
    found = retriever.invoke(f"云溪县{FIRMS}")
    assert len(found) == 3
    first = found[0]
    passage = filled.search(f"云溪县{FIRMS}", filters=Filters(year=2024))[0].passage
    assert (first.page_content, first.metadata["passage_id"]) == (passage.text, passage.id)
    assert (first.metadata["title"], first.metadata["year"]) == ("云溪县科学技术局2024年工作总结", 2024)
    assert first.metadata["heading_path"] == "一、工作开展情况"
    assert retriever.invoke("  ") == []


def test_owners_never_see_each_other(opened: Opener) -> None:
    first, second = opened("甲"), opened("乙")
    same = report("云溪县", 2025, 3)
    secrets = {
        owner: [
            document(f"{name}{n}号材料", [f"{name}的秘密编号{n:03d}，暗语{name}{n * 7919}。"])
            for n in range(30)
        ]
        for owner, name in ((first, "松柏"), (second, "江海"))
    }
    for owner, documents in secrets.items():
        owner.add([same, *documents])
    for reader, other in ((first, second), (second, first)):
        own = {item.id for item in secrets[reader]} | {same.id}
        for made in secrets[other]:
            for question in (made.text, made.title, made.text[:6]):
                assert {hit.passage.document_id for hit in reader.search(question, k=50)} <= own
            assert reader.search("秘密", filters=Filters(documents=(made.id,))) == []
            assert reader.passages(made.id) == ()
            with pytest.raises(DocumentUnknown):
                reader.document(made.id)
            with pytest.raises(DocumentUnknown):
                reader.remove(made.id)
    first.remove(same.id)
    assert second.document(same.id) == same
    assert second.search("云溪县高新技术企业")[0].passage.document_id == same.id


def test_a_large_share_of_another_owner_does_not_hide_ones_own(opened: Opener) -> None:
    crowd, alone = opened("甲"), opened("乙")
    crowd.add([report(f"第{n}县", 2025, 3) for n in range(150)])
    alone.add([report("云溪县", 2025, 3)])
    assert len(alone.search(FIRMS)) == 2


def test_searching_while_an_ingest_writes(opened: Opener) -> None:
    writer, reader = opened(), opened()
    writer.add([report("云溪县", 2025, 3)])
    found: list[int] = []

    def search() -> None:
        found.extend(len(reader.search(f"云溪县{FIRMS}")) for _ in range(15))

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(8):
        writer.add([report(f"第{number}县", 2025, number)])
    for thread in threads:
        thread.join()
    assert len(found) == 45
    assert min(found) >= 2
    assert len(reader.search(FIRMS, k=30)) == 18


def test_with_the_embedded_embeddings(opened: Opener, settings: Settings) -> None:
    archive = opened(embeddings=embedding_model(settings))
    wanted = document("甲", ["今年粮食总产量达到12.3万吨，再创新高。"])
    archive.add([wanted, document("乙", ["新建中小学校6所，新增学位3000个。"])])
    assert archive.search("稻谷小麦收成怎么样")[0].passage.document_id == wanted.id


def _yearly(year: int, done: int) -> Document:
    return document(
        f"{year}年云溪县政府工作报告",
        [
            ("heading", 1, f"一、{year - 1}年工作回顾"),
            f"全县上下聚焦产业转型，深入实施创新驱动发展战略，全年完成民间投资{done}亿元，健全了民间投资推介机制。",
            ("heading", 1, f"二、{year}年工作安排"),
            f"持续扩大有效投资，加快重大项目建设，力争民间投资达到{done + 5}亿元，推动产业升级提速增效。",
            "进一步健全民间投资常态化推介机制，吸引民间投资参与民间投资重点领域建设，营造民间投资良好氛围。",
        ],
        year=year,
        place="云溪县",
        organisation="云溪县人民政府",
        genre="government-report",
    )


@pytest.fixture
def yearly(archive: Archive) -> Archive:
    archive.add([_yearly(2023, 31), _yearly(2024, 37), _yearly(2025, 43)])
    return archive


def test_the_passage_with_the_result_goes_before_talk_and_target(yearly: Archive) -> None:
    best = yearly.search("云溪县民间投资完成多少")[0].passage
    assert "43亿元" in best.text
    assert best.year == 2025


def test_a_target_is_found_where_one_is_asked_for(yearly: Archive) -> None:
    texts = [hit.passage.text for hit in yearly.search("云溪县2025年民间投资目标是多少", k=2)]
    assert any("48亿元" in text for text in texts)


def test_twins_of_other_years_stand_behind_the_one_that_is_meant(yearly: Archive) -> None:
    named = yearly.search("云溪县2024年民间投资是多少")
    assert named[0].passage.year == 2024
    unnamed = yearly.search("云溪县民间投资完成多少")
    results = [hit.passage.year for hit in unnamed if "全年完成" in hit.passage.text]
    assert results[0] == 2025


def test_scores_fall_from_hit_to_hit_also_with_twins(yearly: Archive) -> None:
    scores = [hit.score for hit in yearly.search("云溪县民间投资完成多少")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
