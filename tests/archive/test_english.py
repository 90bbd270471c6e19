"""What the archive says of its own state and of given files is said in English too."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from assistant.archive import Archive
from assistant.errors import Said
from assistant.llm import HashingEmbeddings
from assistant.settings import Settings
from tests.checking.test_english import assert_english
from tests.drafting.test_english import outside_said

_CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", ["repair", "ingest"])
def test_no_sentence_is_chinese_alone(name: str) -> None:
    module = import_module(f"assistant.archive.{name}")
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    documented = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
    }
    told = [text for text in outside_said(tree) if _CHINESE.search(text) and text not in documented]
    assert told == []


def test_rows_of_files(tmp_path: Path) -> None:
    good, empty = tmp_path / "总结.txt", tmp_path / "空.txt"
    good.write_text("云溪县2025年工作总结\n新认定高新技术企业23家。\n", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    settings = Settings(home=tmp_path / "home")
    with Archive.open(settings, embeddings=HashingEmbeddings()) as archive:
        archive.ingest([good])
        rows = archive.ingest([good, empty])
    assert [row.status for row in rows] == ["unchanged", "failed"]
    for row in rows:
        assert_english(row.reason)
    assert_english(rows[1].hint)
    assert isinstance(rows[0].reason, Said)
    assert rows[0].reason.en == "nothing has changed"
