"""A policy cited under another document number than its own.

What it does:
    Compares the 发文字号 behind a title with that of the policy text of the same title.

Why it matters:
    The number is what the reader looks the text up by; a wrong year in it is last year's text.

Example:
    《云溪县高新技术企业培育奖补办法》（云政办〔2023〕9号), the text has 云政办〔2024〕9号.

Use instead:
    《云溪县高新技术企业培育奖补办法》（云政办〔2024〕9号）

Limits:
    Needs the policy text among the sources. The shape of the brackets is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.citations import Policies, mentions, same_number
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Document, Evidence, Finding, Fix


def find(case: Case) -> Iterator[Finding]:
    """Numbers that no text of that title has."""
    policies = Policies([doc for doc in case.sources.others if doc.genre == "policy"])
    for mention in mentions(case.text):
        if mention.number_span is None:
            continue
        numbered = [doc for doc in policies.titled(mention.title) if doc.number]
        if numbered and not any(same_number(_number(doc), mention.number) for doc in numbered):
            right = _number(numbered[0])
            message = Said(
                f"《{mention.title}》的文号应为“{right}”，此处写作“{mention.number}”。",
                f"The number of 《{mention.title}》 is “{right}”; here it is “{mention.number}”.",
            )
            evidence = tuple(
                Evidence(
                    "source", doc.title, _number(doc), doc.number.span if doc.number else None, "", doc.id
                )
                for doc in numbered
            )
            yield RULE.finding(mention.number_span, message, evidence, fix=Fix(mention.number_span, right))


def _number(document: Document) -> str:
    return document.number.value if document.number else ""


_POLICY = "云溪县高新技术企业培育奖补办法\n云政办〔2024〕9号\n第一条 为扩大高新技术企业规模，制定本办法。"
_TITLE = "按照《云溪县高新技术企业培育奖补办法》"

RULE = Rule(
    id="cite.number",
    title=Said("文号不符", "Wrong document number"),
    severity="error",
    find=find,
    flagged=(
        Example(_TITLE + "（云政办〔2023〕9号）兑现奖励。", others=(_POLICY,)),
        Example(_TITLE + "（云政办〔2024〕6号）兑现奖励。", others=(_POLICY,)),
        Example(_TITLE + "（云政发〔2024〕9号）兑现奖励。", others=(_POLICY,)),
        Example(_TITLE + "(云政办[2024]19号)兑现奖励。", others=(_POLICY,)),
        Example("按照《高新技术企业培育奖补办法》（云政办〔2020〕9号）兑现奖励。", others=(_POLICY,)),
    ),
    passed=(
        Example(_TITLE + "（云政办〔2024〕9号）兑现奖励。", others=(_POLICY,)),
        Example(_TITLE + "(云政办[2024]9号)兑现奖励。", others=(_POLICY,)),
        Example(_TITLE + "兑现奖励。", others=(_POLICY,)),
        Example(_TITLE + "（云政办〔2023〕9号）兑现奖励。"),
        Example("按照《科技特派员管理办法》（云政办〔2022〕15号）选派。", others=(_POLICY,)),
    ),
)
