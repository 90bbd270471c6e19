from __future__ import annotations

import pytest

from assistant.errors import SettingsInvalid
from assistant.llm.prompts import parse, prompt, prompt_folder

GOOD = "---\nname: demo\nversion: 2\nvariables: [title]\n---\n## system\n你是起草人。\n\n## human\n写{title}，{{}}。\n"


def test_every_prompt_of_the_project_parses_and_names_its_variables() -> None:
    files = sorted(prompt_folder().glob("*.md"))
    for path in files:
        if path.stem != "README":
            assert prompt(path.stem).metadata == {
                "name": path.stem,
                "version": prompt(path.stem).metadata["version"],
            }


def test_a_prompt_fills_in() -> None:
    template = parse("demo", GOOD)
    assert [message.content for message in template.format_messages(title="总结")] == [
        "你是起草人。",
        "写总结，{}。",
    ]
    assert template.metadata == {"name": "demo", "version": "2"}
    assert parse("demo", GOOD.replace("\n", "\r\n")).input_variables == ["title"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "## system\n无前言\n",
        GOOD.replace("name: demo", "name: other"),
        GOOD.replace("version: 2\n", ""),
        GOOD.replace("[title]", "title"),
        GOOD.replace("[title]", "[title, extra]"),
        GOOD.replace("[title]", "[]"),
        GOOD.replace("## system", "散文\n## system"),
        GOOD.replace("name: demo", "name: [demo"),
        GOOD.replace("{title}", "{title"),
        "---\nname: demo\nversion: 2\nvariables: []\n---\n",
    ],
)
def test_a_prompt_that_says_too_little_is_refused(text: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        parse("demo", text)
    assert "prompts/demo.md" in caught.value.sentence("en")


@pytest.mark.parametrize("name", ["nothing", "../README", "", "/etc/passwd"])
def test_a_prompt_that_is_not_there(name: str) -> None:
    with pytest.raises(SettingsInvalid):
        prompt(name)
