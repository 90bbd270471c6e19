"""What the desk keeps in its tables comes back in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant.service.desk
from assistant.archive.catalogue import Catalogue
from assistant.checking import RULES
from assistant.errors import ArchiveBusy, Said, in_language
from assistant.service.desk import manuscript
from assistant.service.desk.job import RESTARTED, Job, JobRows, told
from assistant.service.desk.manuscript import HeldSection, Manuscript
from assistant.service.desk.naming import revision_name
from assistant.wording import Wording, restored, stored
from tests.checking.test_english import assert_english

_PACKAGE = Path(assistant.service.desk.__file__).parent
_CHINESE = re.compile("[\u4e00-\u9fff]")


def _whys() -> Iterator[str]:
    """The words by which the desk's own code names revisions: what is given to `change` as text."""
    for path in sorted(_PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("change", "keep", "_apply"):
                for part in (leaf for argument in node.args for leaf in ast.walk(argument)):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def test_every_name_of_a_revision_has_an_english_one() -> None:
    names = Wording("assistant.service.desk", "revisions.yaml")
    known = {names.say(key) for key in names.keys}
    used = {name.rstrip("：") for name in _whys() if _CHINESE.search(name)}
    assert {"编辑", "新建"} & known
    assert used
    assert {re.sub(r"恢复第 | 版", "", name) for name in used} - known <= {""}
    for key in names.keys:
        assert_english(names.both(key))


@pytest.mark.parametrize(
    ("kept", "english"),
    [
        ("恢复第 12 版", "Revision 12 restored"),
        ("起草：开头", "Drafted: opening"),
        ("改写：更精炼", "Rewritten: 更精炼"),
        ("改写：第 3 段，短些", "Rewritten: 第 3 段, 短些"),
        ("从 Word 文件取回：改动 2 节，批注 1 条，修订 3 处", "Brought back from Word: 2 sections changed, 1 comments, 3 tracked changes"),
    ],
)  # fmt: skip
def test_names_of_revisions(kept: str, english: str) -> None:
    name = revision_name(kept)
    assert name == kept
    assert name.en == english


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_adopted_fixes_are_named_by_their_rule(rule: object) -> None:
    assert_english(revision_name(f"采用：{getattr(rule, 'title')}"))  # noqa: B009


@pytest.mark.parametrize(
    "text", ["", "云溪县", '{"zh": 1', "{}", Said("已停止", "stopped"), Said("“甲”", "“甲”")]
)
def test_stored_and_restored(text: str) -> None:
    column = stored(text)
    assert type(column) is str or not isinstance(text, Said)
    again = restored(column)
    assert again == text
    assert in_language(again, "en") == in_language(text, "en")


def test_a_job_keeps_both_languages(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    rows = JobRows(catalogue)
    job = Job("writer", "ingest", Said("收入资料：3 个文件", "Take in: 3 files"), error=told(ArchiveBusy()))
    rows.insert(job)
    job.result = Said("3 个文件可检索", "3 files can be searched")
    rows.put(job, "done")
    view = rows.find("writer", job.id)
    assert view is not None
    assert (in_language(view.label, "en"), in_language(view.result, "en")) == (
        "Take in: 3 files",
        "3 files can be searched",
    )
    assert view.error is not None
    assert_english(view.error.message)
    assert_english(view.error.hint)
    catalogue.close()


def test_a_job_that_a_restart_stopped(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    job = Job("writer", "draft", "起草")
    JobRows(catalogue).insert(job)
    view = JobRows(catalogue).find("writer", job.id)
    assert view is not None
    assert view.result == RESTARTED
    assert_english(view.result)
    catalogue.close()


def test_notes_of_a_section_keep_both_languages() -> None:
    note = Said("没有可改之处，保留原文", "nothing to change; the text stays")
    state = Manuscript("总结", sections=(HeldSection("a", "一、", notes=(note, "writer's own")),))
    again = manuscript.read(manuscript.dump(state))
    assert again == state
    assert in_language(again.sections[0].notes[0], "en") == note.en
    assert in_language(again.sections[0].notes[1], "en") == "writer's own"
