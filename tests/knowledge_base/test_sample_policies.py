"""The sample policies: numbers, dates, articles, what replaces what, and what the reports cite of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sample_archive import LEFTOVERS, NUMERALS, ROOT, front_matter, text_of

from assistant.loaders import load

POLICIES = sorted((ROOT / "policies").iterdir())
CITED = re.compile(r"《([^《》]+)》（([^（）]+?〔\d{4}〕\d+号)）")


def test_there_are_at_least_ten() -> None:
    assert len(POLICIES) >= 10


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_loads_as_a_policy_with_its_number(path: Path) -> None:
    (document,) = load(path)
    head = front_matter(path)
    assert document.genre == "policy"
    assert document.number is not None
    assert document.number.value == head["number"]
    assert str(document.reported_year) == head["year"] == head["date"][:4]
    assert f"〔{head['year']}〕" in head["number"]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_number_date_and_issuer_stand_in_the_text(path: Path) -> None:
    head, text = front_matter(path), text_of(path)
    year, month, day = (int(part) for part in head["date"].split("-"))
    assert head["note"].startswith("虚构样例")
    assert f"\n{head['number']}\n" in text
    assert f"{head['organisation']}\n\n{year}年{month}月{day}日印发" in text
    assert 800 <= len(re.sub(r"\s", "", text)) <= 1500
    assert not LEFTOVERS.search(text)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_articles_chapters_and_items_are_numbered_without_gaps(path: Path) -> None:
    text = text_of(path)
    articles = [_number(found) for found in re.findall(r"^第([一二三四五六七八九十]+)条 ", text, re.M)]
    chapters = [_number(found) for found in re.findall(r"^## 第([一二三四五六七八九十]+)章 ", text, re.M)]
    assert articles == list(range(1, len(articles) + 1))
    assert chapters == list(range(1, len(chapters) + 1))
    assert len(articles) >= 10 or re.findall(r"^## ([一二三四五])、", text, re.M)[:4] == list("一二三四")


def test_one_that_is_here_is_replaced_by_a_later_one_that_is_here() -> None:
    here = {front_matter(path)["number"]: front_matter(path) for path in POLICIES}
    pairs = [
        (here[number], front_matter(path))
        for path in POLICIES
        for title, number in re.findall(r"《([^《》]+)》（([^（）]+号)）同时废止", text_of(path))
        if number in here and here[number]["title"] == title
    ]
    assert len(pairs) >= 1
    assert all(old["date"] < new["date"] for old, new in pairs)


def test_what_reports_and_facts_cite_is_here_under_that_number_and_in_force(texts: dict[str, str]) -> None:
    here = {front_matter(path)["number"]: front_matter(path) for path in POLICIES}
    cited = [
        (name, *found)
        for name, text in texts.items()
        for found in CITED.findall(text)
        if "xx" not in found[0]
    ]
    assert len(cited) >= 10
    for name, title, number in cited:
        assert number in here, (name, number)
        assert here[number]["title"] == title, name
        written = re.search(r"20\d\d", name)
        assert written, name
        assert int(here[number]["year"]) <= int(written[0]), name


def _number(numeral: str) -> int:
    """一 to 十九 as a number."""
    if numeral == "十":
        return 10
    return NUMERALS.index(numeral.removeprefix("十")) + 1 + 10 * numeral.startswith("十")
