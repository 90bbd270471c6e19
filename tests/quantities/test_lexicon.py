"""The word lists: every line is read, units convert, longest words win."""

from collections import Counter
from decimal import Decimal

import pytest

from assistant.quantities import extract
from assistant.quantities.lexicon import Endings, Shield, Units, prefixes, shield, suffixes, units
from assistant.quantities.wordlists import lines, words


def listed_non_figures() -> list[str]:
    return [word for line in lines("non_figures.txt") if not line.startswith("[") for word in line.split()]


def test_units_are_many_and_of_known_kinds() -> None:
    kinds = Counter(unit.kind for unit in units().by_name.values())
    assert kinds["count"] > 100
    assert kinds["physical"] > 60
    assert kinds["money"] > 10
    assert set(kinds) == {"money", "count", "physical", "percent", "points", "multiple", "duration"}


@pytest.mark.parametrize(
    ("text", "start", "spelling"),
    [
        ("3人次", 1, "人次"),
        ("3人", 1, "人"),
        ("3个百分点", 1, "个百分点"),
        ("3个月", 1, "个月"),
        ("3个", 1, "个"),
        ("3平方公里", 1, "平方公里"),
        ("3千瓦时", 1, "千瓦时"),
        ("3千瓦", 1, "千瓦"),
        ("3吨标准煤", 1, "吨标准煤"),
        ("3微克/立方米", 1, "微克/立方米"),
        ("3场次", 1, "场次"),
        ("3元", 1, "元"),
        ("3美元", 1, "美元"),
    ],
)
def test_the_longest_unit_wins(text: str, start: int, spelling: str) -> None:
    found = units().at(text, start)
    assert found is not None
    assert found[0] == spelling


@pytest.mark.parametrize(
    "text", ["家庭", "项目", "条件", "名单", "部门", "元素", "成立", "米饭", "天然气", "日本", "年级", "起来"]
)
def test_a_unit_that_begins_another_word_is_none(text: str) -> None:
    assert units().at(text, 0) is None


def test_no_unit_at_the_end_of_the_text() -> None:
    assert units().at("23", 2) is None
    assert Units({}).at("家", 0) is None


@pytest.mark.parametrize(
    ("big", "small", "ratio"),
    [
        ("公里", "米", "1000"),
        ("平方公里", "公顷", "100"),
        ("公顷", "平方米", "10000"),
        ("吨", "公斤", "1000"),
        ("公斤", "斤", "2"),
        ("兆瓦", "千瓦", "1000"),
        ("吉瓦", "兆瓦", "1000"),
        ("兆瓦时", "千瓦时", "1000"),
        ("小时", "分钟", "60"),
        ("年", "个月", "12"),
        ("立方米", "升", "1000"),
        ("毫克/立方米", "微克/立方米", "1000"),
    ],
)
def test_factors(big: str, small: str, ratio: str) -> None:
    left, right = units().by_name[big], units().by_name[small]
    assert left.dimension == right.dimension
    assert left.factor / right.factor == Decimal(ratio)


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("千米", "公里"),
        ("km", "公里"),
        ("㎡", "平方米"),
        ("千克", "公斤"),
        ("度", "千瓦时"),
        ("港币", "港元"),
        ("美金", "美元"),
        ("块钱", "元"),
        ("百分点", "个百分点"),
        ("日", "天"),
        ("個", "个"),
        ("畝", "亩"),
        ("噸", "吨"),
    ],
)
def test_other_spellings(spelling: str, name: str) -> None:
    assert units().by_name[spelling].name == name


def test_currencies_do_not_convert() -> None:
    dimensions = [unit.dimension for unit in units().by_name.values() if unit.kind == "money"]
    names = [unit.name for unit in units().by_name.values() if unit.kind == "money"]
    assert dimensions == names


@pytest.mark.parametrize("word", listed_non_figures())
def test_every_listed_word_is_no_figure(word: str) -> None:
    assert [found.text for found in extract(f"坚持{word}。") if found.kind not in ("period", "date")] == []


def test_no_word_is_listed_twice() -> None:
    for section in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万"):
        assert words("non_figures.txt", section)
    repeated = [word for word, count in Counter(listed_non_figures()).items() if count > 1]
    assert repeated == []


def test_shield_looks_at_what_stands_in_front_of_the_numeral() -> None:
    guard = Shield(["统一", "一带一路", "唯一性"])
    assert guard.end("要统一部署", 2) == 3
    assert guard.end("共建一带一路", 2) == 6
    assert guard.end("唯一性", 1) == 3
    assert guard.end("新增一家", 2) == 0
    assert guard.end("一", 0) == 0


def test_the_shipped_shield_knows_the_common_words() -> None:
    assert shield().end("进一步", 1) == 3
    assert shield().end("二十大精神", 0) == 3
    assert shield().end("23家", 0) == 0


def test_endings_take_the_longest_word() -> None:
    endings = Endings({"超": "over", "不超": "at_most", "以上": "at_least"})
    assert endings.before("不超", 2) == ("不超", "at_most")
    assert endings.before("已超", 2) == ("超", "over")
    assert endings.before("", 0) is None
    assert endings.after("20以上", 2) == ("以上", "at_least")
    assert endings.after("20", 2) is None


@pytest.mark.parametrize(
    "word", ["约", "近", "超过", "突破", "不低于", "至少", "不超过", "不足", "逾", "不少于"]
)
def test_prefixes(word: str) -> None:
    assert prefixes().before(f"总量{word}", 2 + len(word)) is not None


@pytest.mark.parametrize("word", ["左右", "以上", "以内", "以下", "及以上", "上下"])
def test_suffixes(word: str) -> None:
    assert suffixes().after(word, 0) is not None
