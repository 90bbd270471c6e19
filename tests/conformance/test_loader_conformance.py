"""The loader suite over a sample of every format in the registry; a format without a sample fails."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from conformance.loader_suite import HEADING, SENTENCE, TITLE, run_suite
from samples import build, pictures, slides

from assistant.loaders import FORMATS, Format, format_of
from assistant.loaders.office import converted, office_program
from assistant.loaders.worker import stop_children

_BODY = f"（一）聚焦创新要素，激发创新活力。今年以来，{SENTENCE}，有效总量达86家。"
_LINES = (TITLE, HEADING, _BODY, "二、2026年工作计划", "坚持创新驱动发展战略，力争新增高新技术企业30家。")


def _text() -> bytes:
    return "\n".join(_LINES).encode()


def _markdown() -> bytes:
    return f"# {TITLE}\n\n## {HEADING}\n\n{_BODY}\n\n## 二、2026年工作计划\n\n- **力争**新增30家\n".encode()


def _html() -> bytes:
    body = "".join(f"<p>{line}</p>" for line in _LINES)
    return f'<html><head><meta charset="utf-8"><title>{TITLE}-某县门户</title></head><body>{body}</body></html>'.encode()


def _docx() -> bytes:
    return build.docx(*(build.paragraph(line) for line in _LINES))


_ROWS = [
    ["标题", TITLE],
    ["单位", "云溪县科学技术局"],
    ["地区", "云溪县"],
    ["年度", 2025],
    ["体裁", "annual-summary"],
    [],
    ["章节", "要点", "数值"],
    [HEADING, SENTENCE, 86],
]


def _xlsx() -> bytes:
    return build.xlsx({"要点": _ROWS})


def _csv() -> bytes:
    rows = (
        (("标题"), TITLE),
        ("单位", "云溪县科学技术局"),
        ("地区", "云溪县"),
        ("年度", "2025"),
        ("体裁", "annual-summary"),
    )
    return (
        "\n".join(f"{key},{value}" for key, value in rows) + f"\n\n章节,要点,数值\n{HEADING},{SENTENCE},86\n"
    ).encode()


def _pdf() -> bytes:
    return build.pdf(
        [
            [(100, 760, TITLE), (92, 700, HEADING), (92, 670, _BODY[:24]), (60, 640, _BODY[24:])],
            [(92, 760, _LINES[3]), (92, 730, _LINES[4])],
        ]
    )


def _image() -> bytes:
    return pictures.picture(
        pictures.drawn([TITLE, "", f"　　{HEADING}", *_cut(f"　　{_BODY}"), *_cut(f"　　{_LINES[4]}")])
    )


def _cut(text: str) -> list[str]:
    return [text[start : start + 28] for start in range(0, len(text), 28)]


def _pptx() -> bytes:
    return slides.deck((TITLE, [HEADING, _BODY]), ("二、2026年工作计划", [_LINES[4]]))


def _mail() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = TITLE, "office@example.invalid"
    mail.set_content("\n".join(_LINES[1:]))
    return mail.as_bytes()


def _doc() -> bytes:
    """An old Word file, made by the office program that also reads it."""
    if not office_program():
        pytest.skip("LibreOffice is not installed")
    return converted(build.word(*_LINES), "样例.docx", "doc")


def _xls() -> bytes:
    return build.xls("要点", _ROWS)


SAMPLES: dict[str, Callable[[], bytes]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "pdf": _pdf,
    "image": _image,
    "pptx": _pptx,
    "mail": _mail,
    "doc": _doc,
    "xls": _xls,
}


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_suite(row: Format, tmp_path: Path) -> None:
    run_suite(row, SAMPLES[row.name](), tmp_path)
    stop_children()


def test_registry_has_unique_names_and_suffixes() -> None:
    names = [row.name for row in FORMATS]
    suffixes = [suffix for row in FORMATS for suffix in row.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)


def test_dangerous_parsers_are_limited() -> None:
    assert {row.name for row in FORMATS if row.limited} >= {
        "docx",
        "xlsx",
        "pdf",
        "html",
        "image",
        "pptx",
        "mail",
        "doc",
        "xls",
    }


@pytest.mark.parametrize("name", ["报告", "报告.exe", "报告.docx.zip", "报告.docm", ""])
def test_unknown_names(name: str) -> None:
    assert format_of(name) is None
