"""Files made to harm, built by code: a name, the bytes, and what must become of them.

`REFUSED` end in a coded refusal with certain words, `READ` in Documents, `EITHER` in one of both. `LARGE` are
those that take long; they are refused. The benchmark of formats reads the same files.
"""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage

from samples import slides
from samples.build import cell, compound, docx, paragraph, pdf, pdf_of, run, table, xlsx, zipped

PROSE = "云溪县2025年工作总结"
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _document(body: str, head: str = "") -> bytes:
    return zipped({"word/document.xml": f"{head}<w:document {WORD}><w:body>{body}</w:body></w:document>"})


def _with_parts(**parts: str) -> bytes:
    stream = io.BytesIO(docx(paragraph(PROSE)))
    with zipfile.ZipFile(stream, "a") as archive:
        for name, content in parts.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_rels", ".rels"), content
            )
    return stream.getvalue()


def _many_paragraphs() -> bytes:
    return _document("<w:p/>" * 2_000_000)


def _one_huge_text() -> bytes:
    return _document("<w:p><w:r><w:t>" + "长" * 30_000_000 + "</w:t></w:r></w:p>")


def _lying_size() -> bytes:
    data = bytearray(_document("<w:p/>" * 300_000))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def _pdf(
    *extra: bytes, pages: bytes = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", catalogue: bytes = b""
) -> bytes:
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b">>", pages, *extra])


def _pdf_bomb() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return _pdf(page, _stream(b"0 0 m " * 25_000_000))


def _pdf_loop() -> bytes:
    return _pdf(b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 1000000 >>")


def _pdf_of_images() -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(300))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return _pdf(page, pages=b"<< /Type /Pages /Kids [" + kids + b"] /Count 300 >>")


def _pdf_script() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return _pdf(page, b"<< /S /JavaScript /JS (app.alert(1)) >>", catalogue=b"/OpenAction 4 0 R ")


def _rows() -> bytes:
    parts = {
        "xl/workbook.xml": "<workbook/>",
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + '<row><c r="A1"/></row>' * 1_500_000,
    }
    return zipped(parts)


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "two million paragraphs": ("段.docx", _many_paragraphs, "压缩比异常"),
    "one huge text": ("长.docx", _one_huge_text, "压缩比异常"),
    "billion laughs": ("笑.docx", lambda: _document(paragraph("&i;"), LAUGHS), "不允许的声明"),
    "external entity": ("外.docx", lambda: _document(paragraph("&x;"), OUTSIDE), "不允许的声明"),
    "lying size": ("谎.docx", _lying_size, "已损坏"),
    "rows": ("行.xlsx", _rows, "压缩比异常"),
    "workbook with entities": (
        "笑.xlsx",
        lambda: zipped({"xl/workbook.xml": LAUGHS + "<w>&i;</w>"}),
        "不允许的声明",
    ),
    "zip in zip": ("套.docx", lambda: _with_parts(**{"word__a.zip": "PK"}), "还有压缩包"),
    "upwards": ("上.docx", lambda: _with_parts(**{"..__..__evil": "x"}), "路径不安全"),
    "page tree loop": ("环.pdf", _pdf_loop, ""),
    "images only": ("图.pdf", _pdf_of_images, "没有文字"),
    "script": ("脚本.pdf", _pdf_script, "没有文字"),
}


def _nested_tables(depth: int) -> str:
    inner = paragraph("深处")
    for _ in range(depth):
        inner = table([cell("", inner=inner), cell("旁")])
    return inner


READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "macro part": ("宏.docx", lambda: _with_parts(word__vbaProject="x")),
    "external template": (
        "模板.docx",
        lambda: _with_parts(
            **{
                "word___rels__settings_xml_rels": '<Relationships><R Target="http://203.0.113.1/a" TargetMode="External"/></Relationships>'
            }
        ),
    ),
    "comment nodes": (
        "注.docx",
        lambda: docx(paragraph(PROSE), "<!-- x --><?pi y?>", paragraph(inner="<!-- z -->" + run("正文"))),
    ),
    "nested tables": ("嵌.docx", lambda: docx(paragraph(PROSE), _nested_tables(40))),
    "white text": (
        "白.docx",
        lambda: docx(paragraph(PROSE), paragraph(inner=run("白字", '<w:color w:val="FFFFFF"/>'))),
    ),
    "formula": (
        "式.xlsx",
        lambda: xlsx({"表": [[PROSE], ["合计", '=HYPERLINK("http://203.0.113.1","x")'], ["甲", 2]]}),
    ),
    "nested page": ("深.html", lambda: ("<div>" * 20_000 + PROSE).encode()),
    "many attributes": ("属.html", lambda: ("<p " + "a=1 " * 200_000 + ">" + PROSE + "</p>").encode()),
    "unclosed table": ("表.html", lambda: ("<table><tr><td>" * 2_000 + PROSE).encode()),
    "aliases in front matter": (
        "别.md",
        lambda: ("---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: " + PROSE + "\n---\n正文").encode(),
    ),
    "code in front matter": (
        "码.md",
        lambda: ("---\ntitle: !!python/object/apply:os.system ['x']\n---\n# " + PROSE).encode(),
    ),
    "one line": ("行.txt", lambda: (PROSE + "\n" + "（一）" * 100_000).encode()),
    "brackets": ("括.txt", lambda: (PROSE + "\n" + "《" * 200_000).encode()),
    "blanks": ("空.txt", lambda: (PROSE + "\n" + "  " * 400_000 + "完").encode()),
    "dots": ("点.txt", lambda: (PROSE + "\n" + "一、" + ". " * 100_000).encode()),
    "stars": ("星.md", lambda: ("# " + PROSE + "\n" + "*a" * 50_000).encode()),
    "links": ("链.md", lambda: ("# " + PROSE + "\n" + "[" * 50_000).encode()),
    "numbers": ("数.txt", lambda: (PROSE + "\n" + "2025年" * 50_000).encode()),
    "places": ("地.txt", lambda: ("区" * 100_000 + "\n" + PROSE).encode()),
    "organisations": ("局.txt", lambda: (PROSE + "\n" + "，县科技" * 50_000).encode()),
    "masks": ("码.txt", lambda: (PROSE + "\n" + "x" * 200_000 + "." + "x-" * 50_000).encode()),
    "overrides": ("‮gpj.txt", lambda: (PROSE + "\n\u202e正文\u202c").encode()),
}


# -- slides, mails, pictures, old files ------------------------------------------------------------


def _slides(body: str, head: str = "", **parts: str | bytes) -> bytes:
    """A presentation of one slide with this XML in it."""
    names = (
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    entries: dict[str, str | bytes] = {
        "ppt/presentation.xml": f'<p:presentation {names}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Target="slides/slide1.xml"/></Relationships>',
        "ppt/slides/slide1.xml": f"{head}<p:sld {names}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:sld>",
        **{name.replace("__", "/"): content for name, content in parts.items()},
    }
    return zipped(entries)


def _shape(text: str) -> str:
    return f"<p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"


def _mail(subject: str = PROSE, text: str = "正文") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail.set_content(text)
    return mail


def _mail_with(*files: tuple[str, bytes]) -> bytes:
    mail = _mail()
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def _deep_mail() -> bytes:
    lines = ["Subject: deep"]
    for depth in range(3_000):
        lines += [f'Content-Type: multipart/mixed; boundary="b{depth}"', "", f"--b{depth}"]
    return "\r\n".join(lines).encode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(width: int, height: int, rows: bytes, *extra: bytes) -> bytes:
    """A grey PNG that says it is `width` × `height` and holds these packed rows."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _text_bomb_png() -> bytes:
    packed = zlib.compress(bytes(60_000_000), 9)
    return _png(8, 8, zlib.compress(bytes(72)), _chunk(b"zTXt", b"Comment\0\0" + packed))


def _tiff(directories: int, loop: bool) -> bytes:
    """A TIFF of empty directories; with `loop` the last points to the first."""
    data = b"II*\0" + struct.pack("<I", 8)
    for number in range(directories):
        after = 8 if loop and number == directories - 1 else len(data) + 30
        entries = struct.pack("<HHII", 256, 4, 1, 8) + struct.pack("<HHII", 257, 4, 1, 8)
        data += (
            struct.pack("<H", 2)
            + entries
            + struct.pack("<I", after if loop or number < directories - 1 else 0)
        )
    return data


def _image_in_pdf(width: int, height: int, pages: int = 1) -> bytes:
    """Pages that all show one white image of that many pixels, a single bit each."""
    packed = zlib.compress(b"\xff" * ((width + 7) // 8 * height), 9)
    image = (
        (
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
            f"/BitsPerComponent 1 /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        ).encode()
        + packed
        + b"\nendstream"
    )
    content = b"<< /Length 31 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q \nendstream"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>"
    kids = b"<< /Type /Pages /Kids [" + b" 3 0 R" * pages + b"] /Count " + str(pages).encode() + b" >>"
    return _pdf(page, content, image, pages=kids)


def _pdf_of_content(content: bytes, box: bytes = b"[0 0 595 842]", more: bytes = b"") -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox " + box + b" /Contents 4 0 R " + more + b">>"
    return _pdf(page, _stream(content))


def _form_loop() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 5 >>\nstream\n/F Do\nendstream"
    return _pdf(page, _stream(b"/F Do"), form)


def _rules(count: int) -> bytes:
    """A page full of crossing rules with a little text: a table without end."""
    lines = "".join(
        f"{number % 595} 0 m {number % 595} 842 l S 0 {number % 842} m 595 {number % 842} l S "
        for number in range(count)
    )
    return pdf([[(90, 700, PROSE)]]).replace(b"BT /F1", lines.encode() + b" BT /F1")


def _open_document(body: str, head: str = "", **parts: bytes) -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    text = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": head + text, **parts}
    )


def _chain_loop() -> bytes:
    """A compound file whose chain of sectors never ends."""
    data = bytearray(compound("Workbook", b"\x09\x08" + bytes(4094)))
    for number in range(2, 10):
        struct.pack_into("<I", data, 512 + 4 * number, 2)
    return bytes(data)


_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")

REFUSED |= {
    "encrypted document": ("密.docx", lambda: _ENCRYPTED, "已加密"),
    "encrypted workbook": ("密.xlsx", lambda: _ENCRYPTED, "已加密"),
    "encrypted slides": ("密.pptx", lambda: _ENCRYPTED, "已加密"),
    "encrypted old document": ("密.doc", lambda: _ENCRYPTED, "已加密"),
    "program named document": ("程.docx", lambda: b"MZ" + bytes(600), "内容是程序"),
    "program named picture": ("程.png", lambda: b"\x7fELF" + bytes(600), "内容是程序"),
    "stub of an old file": (
        "桩.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "旧版 Office 文件",
    ),
    "empty file": ("空.pptx", lambda: b"", "文件是空的"),
    "zip": ("包.zip", lambda: zipped({"a.docx": b"PK"}), "请先解压"),
    "macro document": ("宏.docm", lambda: docx(paragraph(PROSE)), "请先另存为"),
    "slides with entities": ("笑.pptx", lambda: _slides(_shape("&i;"), LAUGHS), "不允许的声明"),
    "slides with an outside entity": ("外.pptx", lambda: _slides(_shape("&x;"), OUTSIDE), "不允许的声明"),
    "zip in slides": ("套.pptx", lambda: _slides("", **{"ppt__a.zip": b"PK"}), "还有压缩包"),
    "slides upwards": ("上.pptx", lambda: _slides("", **{"..__x": b"x"}), "路径不安全"),
    "slides of paragraphs": ("段.pptx", lambda: _slides("<a:p/>" * 100_500), "段落超过"),
    "open document with entities": ("笑.odt", lambda: _open_document("&i;", LAUGHS), "不允许的声明"),
    "open document bomb": (
        "弹.odt",
        lambda: _open_document("", **{"a.bin": bytes(30_000_000)}),
        "压缩比异常",
    ),
    "picture bomb": ("弹.png", lambda: _png(60_000, 60_000, zlib.compress(bytes(1000))), "万像素"),
    "picture of another kind": ("假.jpg", lambda: b"GIF89a" + bytes(100), "内容不是 图片"),
    "broken picture": ("坏.tif", lambda: b"II*\0" + b"\xff" * 50, "图片已损坏"),
    "bitmap that lies": (
        "谎.bmp",
        lambda: (
            b"BM" + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 2**30, 2**30, 1, 24, 0, 0, 0, 0, 0, 0)
        ),
        "",
    ),
    "old workbook of noise": ("噪.xls", lambda: compound("Workbook", bytes(range(256)) * 20), "已损坏"),
    "endless chain": ("链.xls", _chain_loop, ""),
    "no mail": ("假.eml", lambda: b"text only", "不是邮件"),
    "deep mail": ("深.eml", _deep_mail, ""),
    "endless form": ("形.pdf", _form_loop, "没有文字"),
    "giant image in a page": ("像.pdf", lambda: _image_in_pdf(30_000, 30_000), ""),
    "giant page": ("巨.pdf", lambda: _pdf_of_content(b"0 0 9 9 re f", b"[0 0 10000000 10000000]"), ""),
    "page of no size": ("零.pdf", lambda: _pdf_of_content(b"0 0 9 9 re f", b"[0 0 0 0]"), ""),
    "pages of one blank scan": ("扫.pdf", lambda: _image_in_pdf(800, 1100, 20), "没有文字"),
}

READ |= {
    "tracked changes": (
        "修.docx",
        lambda: docx(
            paragraph(PROSE),
            "<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>",
        ),
    ),
    "hidden text": ("隐.docx", lambda: docx(paragraph(PROSE), paragraph(inner=run("密", "<w:vanish/>")))),
    "remote image": (
        "远.docx",
        lambda: _with_parts(
            **{
                "word___rels__document_xml_rels": '<Relationships><R Target="http://203.0.113.1/a.png" TargetMode="External"/></Relationships>'
            }
        ),
    ),
    "text box": (
        "框.docx",
        lambda: docx(
            paragraph(
                inner=f"{run(PROSE)}<w:r><w:pict><w:txbxContent>{paragraph('框内')}</w:txbxContent></w:pict></w:r>"
            )
        ),
    ),
    "nested groups": ("组.pptx", lambda: _slides("<p:grpSp>" * 100 + "</p:grpSp>" * 100 + _shape(PROSE))),
    "slide without its part": ("缺.pptx", lambda: slides.deck((PROSE, ["正文"]))),
    "attachments that harm": (
        "附.eml",
        lambda: _mail_with(
            ("../../x.docx", _many_small()),
            ("\u202egpj.exe", b"MZ"),
            ("包.zip", b"PK"),
            ("弹.docx", _lying_size()),
        ),
    ),
    "many attachments": (
        "多.eml",
        lambda: _mail_with(*((f"{n}.txt", f"第{n}份".encode()) for n in range(60))),
    ),
    "long header": ("头.eml", lambda: b"Subject: " + b"a" * 2_000_000 + b"\r\n\r\n" + PROSE.encode()),
    "unknown charset": (
        "码.eml",
        lambda: b"Subject: x\r\nContent-Type: text/html; charset=no-such\r\n\r\n<p>" + PROSE.encode(),
    ),
    "attachment in odd base64": (
        "基.eml",
        lambda: (
            b'Subject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\n'
            + PROSE.encode()
            + b'\r\n--b\r\nContent-Disposition: attachment; filename="a.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!'
            + base64.b64encode(b"x")
            + b"\r\n--b--"
        ),
    ),
    "table without end": ("格.pdf", lambda: _rules(300)),
    "drawing of rules": ("线.pdf", lambda: _rules(20_000)),
    "UTF-16": ("宽.txt", lambda: f"{PROSE}\n新增企业23家。".encode("utf-16")),
    "GB18030": ("国.txt", lambda: f"{PROSE}\n新增企业23家。".encode("gb18030")),
    "byte order mark": ("标.csv", lambda: b"\xef\xbb\xbf" + "指标,数值\n企业,23".encode()),
    "open quotes": ("引.csv", lambda: ('"' * 3 + "甲,乙\n" * 5_000).encode()),
    "long name": ("报" * 83 + "ab.txt", lambda: PROSE.encode()),
}

EITHER: dict[str, tuple[str, Callable[[], bytes]]] = {
    "text bomb in a picture": ("文.png", _text_bomb_png),
    "cut picture": ("断.png", lambda: _png(2_000, 2_000, zlib.compress(bytes(4_002_000))[:900])),
    "endless directories": ("环.tif", lambda: _tiff(3, loop=True)),
    "thousands of frames": ("帧.tif", lambda: _tiff(5_000, loop=False)),
    "missing slide": (
        "缺页.pptx",
        lambda: _slides("", **{"ppt___rels__presentation.xml.rels": "<Relationships/>"}),
    ),
    "cut slides": ("断.pptx", lambda: slides.deck((PROSE, ["正文"]))[:9_000]),
    "old document of noise": ("噪.doc", lambda: compound("WordDocument", bytes(range(256)) * 40)),
    "deep rich text": ("深.rtf", lambda: b"{\\rtf1" + b"{" * 50_000 + b"x" + b"}" * 50_001),
    "object in rich text": ("物.rtf", lambda: b"{\\rtf1{\\object\\objdata " + b"00" * 50_000 + b"}x}"),
    "rich text that links": (
        "链.rtf",
        lambda: b'{\\rtf1{\\field{\\*\\fldinst INCLUDEPICTURE "http://203.0.113.1/a.png"}}text}',
    ),
}

LARGE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "flate bomb": ("弹.pdf", _pdf_bomb, ""),
    "300 pages of one scan": ("扫.pdf", lambda: _image_in_pdf(1_600, 2_200, 300), "没有文字"),
    "too many paragraphs of text": (
        "段.docx",
        lambda: _document("<w:p><w:r><w:t>一</w:t></w:r></w:p>" * 101_000),
        "",
    ),
    "text too long": ("长.txt", lambda: ("长" * 90 + "\n").encode() * 130_000, "1000 万字"),
    "page too long": ("长.html", lambda: ("<p>" + "长" * 90 + "</p>").encode() * 130_000, "1000 万字"),
    "over the size limit": ("大.md", lambda: b"a" * (101 * 1024 * 1024), "MB 的上限"),
}


def _many_small() -> bytes:
    return docx(*(paragraph(f"段{number}") for number in range(50)))
