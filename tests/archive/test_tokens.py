from __future__ import annotations

from assistant.archive.tokens import question_tokens, tokens, word_list


def test_words_and_pairs() -> None:
    assert {"高新技术", "企业", "高新", "术企"} <= set(tokens("高新技术企业"))


def test_full_width_and_case_are_folded() -> None:
    assert tokens("ＧＤＰ２０２４") == ["gdp2024"]
    assert tokens("R&D") == ["r", "d"]


def test_punctuation_gives_nothing() -> None:
    assert tokens("，。（）《》\n") == []


def test_asking_words_are_left_out() -> None:
    assert "多少" not in question_tokens("高新技术企业有多少？")
    assert question_tokens("多少") == ["多少"]


def test_decimals_stay_whole() -> None:
    assert "18.3" in tokens("增长18.3%")


def test_word_lists_have_no_comments() -> None:
    assert not any(word.startswith("#") for word in word_list("place_suffixes.txt"))
