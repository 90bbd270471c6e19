"""What drafting says of its own work is said in English too."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import assistant.drafting
from assistant.drafting.verify import sentence_fault, verify_section
from assistant.errors import Said, in_language
from assistant.records import Section
from assistant.wording import Wording
from tests.checking.test_english import assert_english

_PACKAGE = Path(assistant.drafting.__file__).parent
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FAULTS = Wording("assistant.drafting", "faults.yaml")
_NOTED = ("drafter", "edits", "plan", "repair", "revise", "verify")


@pytest.mark.parametrize("key", _FAULTS.keys)
def test_faults(key: str) -> None:
    names = re.findall(r"\{(\w+)\}", _FAULTS.say(key))
    values = {name: Said("外文", "foreign word") if name == "name" else "F01" for name in names}
    fault = _FAULTS.both(key, **values)
    assert_english(fault)
    assert set(re.findall(r"“[^”]*”", fault)) == set(re.findall(r"“[^”]*”", fault.en))


@pytest.mark.parametrize(
    "text",
    [
        "没有句号",
        "**推进**工作。",
        "推进工作" * 80 + "。",
        "依据《云溪县办法》推进工作。",
        "新增高新技术企业37家。",
        "张三同志推进工作。",
    ],
)
def test_why_a_sentence_is_not_taken(text: str) -> None:
    fault = sentence_fault(text, [])
    assert_english(fault)


def test_findings_of_a_section() -> None:
    found = verify_section(Section("一、企业", 1, "新增高新技术企业37家。依据《云溪县办法》。**推进**。"), [])
    assert {one.rule for one in found} >= {"number.unsupported", "cite.unknown", "residue.markup"}
    for one in found:
        assert_english(one.message)
        assert in_language(one.message, "zh") == one.message


@pytest.mark.parametrize("name", _NOTED)
def test_no_note_is_chinese_alone(name: str) -> None:
    """A note is a `Said`: nothing with Chinese words is appended to notes, or returned with a revision, as bare text."""
    module = import_module(f"assistant.drafting.{name}")
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = ast.unparse(call.func)
        if called.endswith("notes.append") or called == "Revised":
            for argument in call.args:
                bare = [leaf for leaf in outside_said(argument) if _CHINESE.search(leaf)]
                assert bare == [], ast.unparse(call)


def outside_said(tree: ast.AST) -> list[str]:
    """The texts in an expression that are not in both languages."""
    if isinstance(tree, ast.Call) and ast.unparse(tree.func) in ("Said", "_without"):
        return []
    own = [tree.value] if isinstance(tree, ast.Constant) and isinstance(tree.value, str) else []
    return own + [text for child in ast.iter_child_nodes(tree) for text in outside_said(child)]
