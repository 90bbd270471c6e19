"""What the tabs of a draft share: their words, their scripts, the files and sources that a form sends."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from assistant.checking import RULES
from assistant.errors import FileGone
from assistant.loaders import load_text
from assistant.service.desk.context import text_around
from assistant.settings import Settings
from assistant.ui import check, revise, write
from assistant.ui.assets import wording
from assistant.ui.given import Given
from assistant.ui.paperwork import files_of, offered, sources_given, uploaded

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk

SCRIPTS = [
    "pieces",
    "marks",
    "margin",
    "basis",
    "opendraft",
    "section",
    "rewriting",
    "outline",
    "materials",
    "home",
    "hovering",
    "paper",
    "draftbar",
    "editor",
    "sources",
    "check",
    "revise",
]
TEXT = "\n".join(f"第{n}段写明第{n}项工作。" for n in range(200))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """What the functions need of a desk: whose it is, and the settings with the folder."""
    settings = Settings(home=tmp_path)
    return cast("Desk", SimpleNamespace(owner="甲", office=SimpleNamespace(settings=settings)))


def script(name: str) -> str:
    return files("assistant.ui").joinpath("web", f"{name}.js").read_text(encoding="utf-8")


def keys() -> set[str]:
    return {key for name in ("write", "check", "revise") for key in wording(name, "zh").keys}


def test_every_sentence_that_a_script_says_is_there() -> None:
    said = {key for name in SCRIPTS for key in re.findall(r'say\("([\w.-]+)"', script(name))}
    assert said - keys() == set()


def test_every_sentence_is_said() -> None:
    source = "\n".join(script(name) for name in SCRIPTS)
    families = {one for one in re.findall(r"`([\w.]*)\$\{", source) if one}
    endings = set(re.findall(r"\$\{\w+\}(\.[\w.]+)`", source))
    unsaid = {
        key
        for key in keys()
        if f'"{key}"' not in source
        and not any(key.startswith(family) for family in families)
        and not any(key.endswith(ending) for ending in endings)
    }
    assert unsaid == set()


def test_placeholders_are_the_same_in_both_languages() -> None:
    for name in ("write", "check", "revise"):
        zh, en = wording(name, "zh"), wording(name, "en")
        for key in zh.keys:
            assert set(re.findall(r"\{(\w+)\}", zh.say(key))) >= set(re.findall(r"\{(\w+)\}", en.say(key))), (
                key
            )


def test_no_script_writes_markup() -> None:
    for name in SCRIPTS:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script(name)
        ), name


@pytest.mark.parametrize("tab", [write, check, revise])
def test_names_of_functions_are_free(tab: ModuleType) -> None:
    """A server function becomes an attribute of Gradio's component: it must not stand where one is already."""
    import gradio as gr

    names = [name for name, value in vars(tab).items() if getattr(value, "__module__", "") == tab.__name__]
    taken = set(dir(gr.HTML(html_template="")))
    assert not [name for name in names if name != "tab" and name in taken]


def test_every_rule_has_a_chinese_page() -> None:
    pages = check.chinese_pages()
    assert set(pages) == {rule.id for rule in RULES}
    assert all(set(page) == {"", "例如", "应写成", "不查的情形"} for page in pages.values())
    assert all(text.strip() for page in pages.values() for text in page.values())


def test_a_made_file_is_offered_under_its_name(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "总结.md"
    path.write_text("# 总结", encoding="utf-8")
    told = offered(desk, path)
    assert told["name"] == "总结.md"
    assert uploaded(desk, told["file"]).read_text(encoding="utf-8") == "# 总结"
    with pytest.raises(FileGone):
        files_of(desk).found("乙", told["file"])


def test_sources_of_a_form(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "上年.md"
    path.write_text("# 上年", encoding="utf-8")
    file = offered(desk, path)["file"]
    given = Given.of(
        {
            "facts": {"text": "- 甲1家"},
            "prior": [{"id": "d1"}, {"file": file}],
            "documents": [],
            "archive": False,
        }
    )
    sources = sources_given(desk, given)
    assert sources["facts"] == "- 甲1家"
    assert sources["prior"] == ["d1", uploaded(desk, file)]
    assert sources["documents"] == []
    assert sources["archive"] is False


def test_what_a_form_leaves_out_stays(desk: Desk) -> None:
    assert sources_given(desk, Given.of({"id": "x", "facts": None})) == {}


def test_an_upload_of_nobody_is_gone(desk: Desk) -> None:
    with pytest.raises(FileGone):
        sources_given(desk, Given.of({"facts": {"file": "0" * 24}}))
    with pytest.raises(FileGone):
        uploaded(desk, "../../etc/passwd")


def test_a_span_with_what_stands_around_it() -> None:
    document = load_text(TEXT, "资料")[0]
    start = document.text.index("第100段")
    view = text_around(document, start, start + 6, 0, 0)
    assert view.start is not None
    assert view.end is not None
    assert view.text[view.start : view.end] == "第100段写"[:6]
    assert document.text[view.offset : view.offset + len(view.text)] == view.text
    assert view.earlier
    assert view.later
    wider = text_around(document, start, start + 6, 1, 99)
    assert wider.offset < view.offset
    assert not wider.later


def test_a_lost_span_shows_the_beginning() -> None:
    document = load_text(TEXT, "资料")[0]
    view = text_around(document, None, None, 0, 0)
    assert (view.start, view.end, view.offset, view.earlier) == (None, None, 0, False)
