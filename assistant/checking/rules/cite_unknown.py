"""A policy named in the draft that none of the given policy texts is.

What it does:
    Looks up each 《…》 whose ending is that of a policy among the policy texts at hand and reports those
    that are not there.

Why it matters:
    A title that a model or a tired writer made up reads like any other.

Example:
    根据《云溪县科技腾飞奖励办法》兑现奖励 (no such text in the archive).

Use instead:
    The title of a text that exists; or add the text to the archive.

Limits:
    Runs only when policy texts are given; titles that a fact carries are taken from the writer's word.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.citations import Policies, bare, mentions
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Finding


def find(case: Case) -> Iterator[Finding]:
    """Mentions that neither a policy nor a fact bears."""
    policies = Policies([doc for doc in case.sources.others if doc.genre == "policy"])
    if not policies.documents:
        return
    known = [bare(fact.text) for fact in case.sources.facts]
    inside = "".join(bare(doc.text) for doc in policies.documents)
    for mention in mentions(case.text):
        name = bare(mention.title)
        if (
            not policies.titled(mention.title)
            and name not in inside
            and not any(name in text for text in known)
        ):
            message = Said(
                f"资料中没有找到《{mention.title}》，请核实名称或补充该文件。",
                f"No source is 《{mention.title}》; check its name or add the text.",
            )
            yield RULE.finding(mention.span, message)


_POLICY = "云溪县高新技术企业培育奖补办法\n云政办〔2024〕9号\n第一条 为扩大高新技术企业规模，制定本办法。"

RULE = Rule(
    id="cite.unknown",
    title=Said("引用文件查无出处", "Policy text not found"),
    severity="warning",
    find=find,
    flagged=(
        Example("根据《云溪县科技腾飞奖励办法》兑现奖励。", others=(_POLICY,)),
        Example("落实《关于加快星海计划的实施意见》。", others=(_POLICY,)),
        Example("出台《全县创新券管理细则》等政策。", others=(_POLICY,)),
        Example("印发《揭榜挂帅行动计划》。", others=(_POLICY,)),
        Example("按照《科技金融十条措施》要求推进。", ("落实惠企政策",), others=(_POLICY,)),
    ),
    passed=(
        Example("根据《云溪县高新技术企业培育奖补办法》兑现奖励。", others=(_POLICY,)),
        Example("根据《高新技术企业培育奖补办法》兑现奖励。", others=(_POLICY,)),
        Example("根据《云溪县科技腾飞奖励办法》兑现奖励。"),
        Example("在《科技日报》刊发报道3篇。", others=(_POLICY,)),
        Example("印发《揭榜挂帅行动计划》。", ("印发《揭榜挂帅行动计划》",), others=(_POLICY,)),
    ),
)
