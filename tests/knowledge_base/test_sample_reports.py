"""The sample reports as texts: numbering, leftovers, repetition, length, and how the loaders read them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from sample_archive import LEFTOVERS, NUMERALS, ROOT, front_matter

from assistant.loaders import load

ORDINALS = [*NUMERALS, *(f"十{numeral}" for numeral in NUMERALS[:9])]
HALF_WIDTH = re.compile(r"[一-龥][,;:!?()]|[,;:!?()][一-龥]")
REPORTS = sorted((ROOT / "reports").iterdir())


def test_four_bureaus_report_for_three_years_each() -> None:
    found = defaultdict(set)
    for path in REPORTS:
        named = re.match(r"(.+?)(\d{4})年工作总结和(\d{4})年工作计划$", path.stem)
        assert named, path.name
        assert int(named[3]) == int(named[2]) + 1
        found[named[1]].add(int(named[2]))
    assert len(found) == 4
    assert set(map(frozenset, found.values())) == {frozenset({2022, 2023, 2024})}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_loads_as_one_annual_summary_with_its_bureau_and_year(path: Path) -> None:
    (document,) = load(path)
    assert document.genre == "annual-summary"
    assert document.title == path.stem
    assert document.organisation is not None
    assert path.stem.startswith(document.organisation.value)
    assert document.reported_year == int(re.search(r"\d{4}", path.stem)[0])
    assert document.masks == ()


def test_front_matter_says_that_it_is_fiction() -> None:
    for path in REPORTS:
        if path.suffix == ".md":
            assert front_matter(path)["note"].startswith("虚构样例"), path.name


def test_main_headings_and_run_in_headings_are_numbered_without_gaps(reports: dict[str, str]) -> None:
    for name, text in reports.items():
        main = re.findall(r"^(?:## )?([一二三四五六七八九十]+)、", text, re.M)
        assert main == ORDINALS[: len(main)], name
        assert len(main) in (3, 4), name
        for part in re.split(r"^(?:## )?[一二三四五六七八九十]+、.*$", text, flags=re.M)[1:]:
            run_in = re.findall(r"^（([一二三四五六七八九十]+)）", part, re.M)
            assert run_in == ORDINALS[: len(run_in)], (name, run_in)


def test_enumerated_measures_are_in_order(reports: dict[str, str]) -> None:
    for name, text in reports.items():
        for paragraph in text.splitlines():
            found = re.findall(r"(?:^|[。；：，])([一二三四五六七八九十])是", paragraph)
            assert found == ORDINALS[: len(found)], (name, paragraph[:30])
            assert len(found) != 1, (name, paragraph[:30])


def test_nothing_is_left_over(reports: dict[str, str]) -> None:
    for name, text in reports.items():
        assert not LEFTOVERS.search(text), (name, LEFTOVERS.search(text))
        assert not HALF_WIDTH.search(text), (name, HALF_WIDTH.search(text))


def test_no_long_sentence_stands_in_two_reports(reports: dict[str, str]) -> None:
    places = defaultdict(set)
    for name, text in reports.items():
        for sentence in re.split(r"[。；\n]", text):
            if len(sentence.strip()) > 40:
                places[sentence.strip()].add(name)
    assert {sentence for sentence, names in places.items() if len(names) > 1} == set()


def test_lengths(reports: dict[str, str]) -> None:
    for name, text in reports.items():
        assert 2000 <= len(re.sub(r"\s", "", text)) <= 3500, name


def test_the_indicator_list_has_fifteen_lines(reports: dict[str, str]) -> None:
    lists = [text.split("二、")[0] for name, text in reports.items() if "科工信局" in name]
    assert [len(re.findall(r"^（[^）]+）", part, re.M)) for part in lists] == [15, 15, 15]


def test_no_empty_phrases(reports: dict[str, str]) -> None:
    for name, text in reports.items():
        assert not re.search(r"总的来说|综上所述|众所周知|取得了显著成效|不断迈上新台阶", text), name
