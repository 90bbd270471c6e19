"""A Word file as a word processor saves it, built part by part: others' comments, tracked changes, text box, notes."""

from __future__ import annotations

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="w14 w15"'
)
_HEAD = "<?xml version='1.0' encoding=\"UTF-8\"  standalone='yes'?>"  # spelled as nobody else would
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"

OTHER = 'w:author="李某" w:date="2026-01-05T09:00:00Z"'
BOX = (
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>'
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)


def run(text: str, form: str = "") -> str:
    """A run of plain text."""
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs."""
    form = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{form}{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def inserted(text: str, number: int = 11) -> str:
    """What somebody else inserted."""
    return f'<w:ins w:id="{number}" {OTHER}>{run(text)}</w:ins>'


def deleted(text: str, number: int = 12) -> str:
    """What somebody else deleted."""
    return f'<w:del w:id="{number}" {OTHER}><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def commented(text: str, number: int = 3) -> str:
    """Words under somebody else's comment."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{run(text)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


BODY = (
    paragraph("甲县科技局2025年工作总结", style="Title1"),
    paragraph("一、2025年工作开展情况", style="H1"),
    paragraph(
        "新认定高新技术企业",
        inserted("18家"),
        deleted("16家"),
        "，",
        commented("技术合同登记额5.6亿元"),
        "。",
    ),
    paragraph(f"<w:r>{BOX.format(paragraph('方框内：科技特派员选任126名。'))}</w:r>"),
    paragraph("专利授权40件", '<w:r><w:footnoteReference w:id="2"/></w:r>', "。"),
    paragraph("研发投入增长", run("17", "<w:b/>"), run(".8%，占比2.1%。", "<w:i/>")),
)
_COMMENT = f'<w:comment w:id="3" {OTHER} w:initials="李"><w:p w14:paraId="5A5A0001">{run("请核实口径")}</w:p></w:comment>'
_EXTENDED = '<w15:commentEx w15:paraId="5A5A0001" w15:done="0"/>'
_NOTES = (
    '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("注：其中发明专利15件。")}</w:footnote>'
)
STYLES = (
    "<w:docDefaults/>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title1"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
)


def part(name: str, content: str) -> str:
    """An XML part with every namespace that is used."""
    return f"{_HEAD}\n<w:{name} {_NAMES}>{content}</w:{name}>"


def office_file(path: Path, body: tuple[str, ...] = BODY, **parts: str) -> Path:
    """Write the file; `parts` replace or add the content of comments, commentsExtended, footnotes, styles."""
    inner = {
        "comments": _COMMENT,
        "footnotes": _NOTES,
        "styles": STYLES,
        "settings": '<w:defaultTabStop w:val="420"/>',
        **parts,
    }
    extended = inner.pop("commentsExtended", _EXTENDED)
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(inner, 1)
    )
    relations += (
        '<Relationship Id="rId90" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
        'Target="commentsExtended.xml"/>'
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}.{name}+xml"/>' for name in inner
    )
    whole = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/relationships">{relations}</Relationships>',
        "word/document.xml": part("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/commentsExtended.xml": f"{_HEAD}<w15:commentsEx {_NAMES}>{extended}</w15:commentsEx>",
        **{f"word/{name}.xml": part(name, content) for name, content in inner.items()},
        "customXml/item1.xml": "<office xmlns='urn:office'>  不可更改 </office>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part's bytes by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
