from __future__ import annotations

import pytest

from assistant.errors import DocumentUnknown, DraftUnknown
from assistant.loaders import load_text
from assistant.service.desk.citing import Quoted
from assistant.settings import Settings

from .offices import office_of

REPORT = "云溪县科学技术局2024年工作总结\n一、工作开展情况\n有效高新技术企业总量73家，居全市六县第3位。"
TAKEN = "2024年有效高新技术企业73家。"


def test_words_from_the_archive_rest_on_their_passage_and_go_on_doing_so(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        document = load_text(REPORT)[0]
        office.archive("writer").add([document])
        at = document.text.index("有效高新")
        draft = desk.new_from_text("总结", f"一、工作开展情况\n全年工作有序推进。{TAKEN}")
        section = draft.sections[-1]
        cited = desk.cite(draft.id, section.id, TAKEN, [Quoted(document.id, at, at + 14)])
        (sentence,) = [one for one in cited.sections[-1].sentences if one.citations]
        assert section.text[sentence.start : sentence.end] == TAKEN
        assert sentence.citations[0].quote == "有效高新技术企业总量73家，"
        assert sentence.citations[0].title == document.title
        desk.save(draft.id, cited.version, section.id, "text", f"开头一句。{section.text}")
        position = desk.draft(draft.id).sections[-1].text.index(TAKEN) + 1
        told = desk.why(draft.id, section.id, position)
        assert [one.document_id for one in told.citations] == [document.id]


def test_a_figure_of_the_quote_is_supported_and_another_is_not(settings: Settings) -> None:
    text = f"一、工作开展情况\n{TAKEN}培育瞪羚企业75家。"
    with office_of(settings) as office:
        desk = office.desk("writer")
        document = load_text(REPORT)[0]
        office.archive("writer").add([document])
        at = document.text.index("有效高新")
        facts = {"facts": "- 签订产学研合作协议34项"}
        draft = desk.new_from_text("总结", text, facts)
        missing = [one.words for one in desk.review(draft.id).findings if one.rule == "number.unsupported"]
        assert missing == ["73家", "75家"]
        desk.cite(draft.id, draft.sections[-1].id, TAKEN, [Quoted(document.id, at, at + 14)])
        review = desk.review(draft.id)
        assert [one.words for one in review.findings if one.rule == "number.unsupported"] == ["75家"]
        figure = next(one for one in review.figures if one.text == "73家")
        assert figure.state == "supported"
        assert figure.source is not None
        assert figure.source.title == document.title


def test_what_does_not_stand_there_cannot_be_cited(settings: Settings) -> None:
    with office_of(settings) as office:
        desk = office.desk("writer")
        document = load_text(REPORT)[0]
        office.archive("writer").add([document])
        draft = desk.new_from_text("总结", f"一、工作开展情况\n{TAKEN}")
        section = draft.sections[-1].id
        for words in ("别的话", "  "):
            with pytest.raises(DraftUnknown):
                desk.cite(draft.id, section, words, [Quoted(document.id, 30, 34)])
        with pytest.raises(DocumentUnknown):
            desk.cite(draft.id, section, TAKEN, [Quoted("none", 0, 4)])
        assert desk.draft(draft.id).version == draft.version
