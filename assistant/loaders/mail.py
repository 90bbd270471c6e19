"""Mails (.eml): subject, sender and date, the text, and the attachments, which are read as files of their own."""

from __future__ import annotations

import base64
import email
import email.policy
from email.errors import MessageError
from email.message import EmailMessage

from assistant.errors import FileUnreadable, Said
from assistant.loaders.html import read_html
from assistant.loaders.lines import Attached, Line, SourceText
from assistant.loaders.plain import clean
from assistant.loaders.text import lines_of

MAX_ATTACHMENTS = 50
_HEADERS = (("From", "发件人"), ("To", "收件人"), ("Date", "日期"))
_LONGEST_HEADER = 300


def read_mail(data: bytes, name: str) -> SourceText:
    """The lines of a mail with what is attached to it.

    Raises:
        FileUnreadable: it is no mail.
    """
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        return _read(mail, name)
    except (MessageError, LookupError, ValueError, AttributeError) as error:
        raise FileUnreadable(name=name, reason=Said("邮件已损坏", "the mail is broken")) from error


def _read(mail: EmailMessage, name: str) -> SourceText:
    subject = _header(mail, "Subject")
    if not subject and not any(_header(mail, key) for key, _ in _HEADERS):
        raise FileUnreadable(name=name, reason=Said("不是邮件", "it is no mail"))
    lines = [Line(subject, "title", paragraph=1)] if subject else []
    for key, shown in _HEADERS:
        if value := _header(mail, key):
            lines.append(Line(f"{shown}：{value}", "metadata", paragraph=len(lines) + 1))
    body = _body(mail, name)
    attached, notes = _attached(mail)
    return SourceText((*lines, *body.lines), title=subject, notes=(*body.notes, *notes), attached=attached)


def _header(mail: EmailMessage, key: str) -> str:
    return clean(" ".join(str(mail.get(key, "")).split()))[:_LONGEST_HEADER]


def _body(mail: EmailMessage, name: str) -> SourceText:
    """The text of the mail: the plain one where there are two."""
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return SourceText(())
    if part.get_content_type() == "text/html":
        raw = part.get_payload(decode=True)
        return read_html(raw if isinstance(raw, bytes) else b"", name)
    return lines_of(str(part.get_content()))


def _attached(mail: EmailMessage) -> tuple[tuple[Attached, ...], tuple[str, ...]]:
    """Attachments with a name; a mail inside the mail is only told."""
    found: list[Attached] = []
    notes: list[str] = []
    for part in mail.iter_attachments():
        name = clean(part.get_filename() or "")
        if part.get_content_type() == "message/rfc822":
            notes.append("附件里的邮件未展开")
        elif name and len(found) < MAX_ATTACHMENTS:
            content = part.get_payload(decode=True)
            encoded = base64.b64encode(content if isinstance(content, bytes) else b"").decode("ascii")
            found.append(Attached(name, encoded))
        elif name:
            notes.append(f"附件超过 {MAX_ATTACHMENTS} 个，“{name}”未读入")
    return tuple(found), tuple(dict.fromkeys(notes))
