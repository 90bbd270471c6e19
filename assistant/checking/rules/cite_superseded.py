"""A policy that a later one among the sources has put out of force.

What it does:
    Reads “《…》（…号）同时废止” in the policy texts and reports mentions of the texts so ended.

Why it matters:
    Last year's basis is quoted on, and money is promised under rules that no longer hold.

Example:
    根据《云溪县高新技术企业培育奖补暂行办法》, ended by the 办法 of 2024.

Use instead:
    The text that replaced it.

Limits:
    Knows only what the given texts say. A review of a year in which the old text still held may name it; the
    finding is a warning for that reason. A sentence that itself speaks of 废止 or 修订 is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.citations import Mention, Policies, bare, mentions, same_number
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.records import Evidence, Finding

_SPEAKS_OF_IT = re.compile(r"废止|停止执行|失效|修订|替代|取代|原《")


def find(case: Case) -> Iterator[Finding]:
    """Mentions of ended texts."""
    policies = Policies([doc for doc in case.sources.others if doc.genre == "policy"])
    for mention in mentions(case.text):
        around = case.text[max(0, mention.span.start - 12) : mention.span.end + 30].split("。")[0]
        evidence = _ended(policies, mention)
        if evidence and not _SPEAKS_OF_IT.search(around):
            message = Said(
                f"《{mention.title}》已被《{bare(evidence.title)}》废止，请改引现行文件。",
                f"《{mention.title}》 was ended by 《{bare(evidence.title)}》; cite the text that is in force.",
            )
            yield RULE.finding(mention.span, message, (evidence,))


def _ended(policies: Policies, mention: Mention) -> Evidence | None:
    """Who ended it: by title, and by number where both give one."""
    name = bare(mention.title)
    for title, number, evidence in policies.ended:
        same = title == name or (len(name) >= 8 and title.endswith(name))
        if same and not (number and mention.number and not same_number(number, mention.number)):
            return evidence
    return None


_POLICY = (
    "云溪县高新技术企业培育奖补办法\n云政办〔2024〕9号\n第一条 为扩大规模，制定本办法。\n"
    "第二条 自本办法施行之日起，《云溪县高新技术企业培育奖补暂行办法》（云政办〔2020〕31号）同时废止。"
)
_OLD = "《云溪县高新技术企业培育奖补暂行办法》"

RULE = Rule(
    id="cite.superseded",
    title=Said("引用已废止文件", "Policy text no longer in force"),
    severity="warning",
    find=find,
    flagged=(
        Example(f"根据{_OLD}兑现奖励360万元。", others=(_POLICY,)),
        Example(f"根据{_OLD}（云政办〔2020〕31号）兑现奖励。", others=(_POLICY,)),
        Example(f"继续落实{_OLD}等政策。", others=(_POLICY,)),
        Example("按照《高新技术企业培育奖补暂行办法》推进。", others=(_POLICY,)),
        Example(f"一、政策\n严格执行{_OLD}。", others=(_POLICY,)),
    ),
    passed=(
        Example("根据《云溪县高新技术企业培育奖补办法》兑现奖励。", others=(_POLICY,)),
        Example(f"修订{_OLD}，提高奖励标准。", others=(_POLICY,)),
        Example(f"{_OLD}同时废止。", others=(_POLICY,)),
        Example(f"根据{_OLD}兑现奖励。"),
        Example("根据《云溪县科技特派员管理办法》选派。", others=(_POLICY,)),
    ),
)
