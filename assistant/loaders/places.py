"""Places and organisations in titles and opening sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_SUFFIX = "省|自治区|特别行政区|自治州|地区|自治县|新区|市|州(?!市)|盟|县|(?<!园)(?<!发)区|旗|镇|乡"
_STEP = rf"[一-龥]{{1,7}}?(?:{_SUFFIX})"
_PLACE = re.compile(_STEP)
_NOT_A_PLACE = re.compile(
    r"^(?:自治|特别|促进|推进|推动|加快|加强|关于|实施|支持|建立|建设|完善|深化|做好|开展|智慧|智能|现代|农村|美丽|新型|中心|城镇|各|本|全|我|该|有关|所属|驻|省|市|县|区|乡|镇|州|旗|新|老|开发|工业|园|社|地|示范|试验|山|城|特|小|片|灾|牧|林|矿|景|军|战|疫|校)"
)
_MASKED = re.compile(r"[xX×*＊某]")
_BODY = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|人民代表大会常务委员会|人民代表大会|委员会办公室|委员会|办公厅|办公室"
    r"|管理局|监督局|总局|管委会|[一-龥]{0,14}?(?:局|厅|委|院|中心|办|署|部|会|公司|大学|学院|学校|医院))"
)
_ORGAN = re.compile(rf"^(?:中共)?(?:{_STEP}){{0,3}}{_BODY}")
_NATIONAL = re.compile(
    r"中华人民共和国|国务院|中共中央|中央|全国|我国|国家|财政部|教育部|科技部|科学技术部|工业和信息化部|交通运输部|农业农村部|商务部"
    r"|人力资源社会保障部|人力资源和社会保障部|生态环境部|自然资源部|住房和城乡建设部|住房城乡建设部|水利部|民政部|司法部|公安部"
    r"|文化和旅游部|应急管理部|中国人民银行|人民银行|海关总署|税务总局|市场监管总局|中国银保监会|银保监会|证监会"
)


@cache
def provinces() -> dict[str, str]:
    """Short and full names of the provinces, each to the full name."""
    rows = files("assistant.loaders").joinpath("data/provinces.tsv").read_text("utf-8").splitlines()
    names = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {name: full for short, full in names for name in (short, full)}


def place_of(text: str) -> str:
    """The place that a title or an organisation's name begins with; "" if none, 全国 for national bodies.

    >>> [place_of(name) for name in ("云溪县科学技术局", "临江市青石区人民政府", "国务院办公厅", "县科技局")]
    ['云溪县', '临江市青石区', '全国', '']
    """
    words = re.sub(r"^(?:\d{4}年(?:度)?|中共|《|关于印发|关于|转发|实施)+", "", text.strip())
    for name, full in provinces().items():
        if words.startswith(name):
            rest = words[len(full) :] if words.startswith(full) else words[len(name) :]
            return _joined(full if words.startswith(full) else name, rest)
    if _NATIONAL.match(words):
        return "全国"
    return "".join(_steps(words))


def _steps(words: str) -> Iterator[str]:
    """City, county, town at the start of `words`, from the largest on; stops at what is no name."""
    start = 0
    for _ in range(3):
        step = _PLACE.match(words, start)
        if not step or _NOT_A_PLACE.match(step.group()) or _MASKED.search(step.group()):
            return
        yield step.group()
        start = step.end()


def _joined(province: str, rest: str) -> str:
    """The province, with the city or county behind it when one stands there."""
    full = provinces()[province]
    chain = re.match(
        r"(?:[一-龥]{2,4}?(?:市|州|盟|县|区|旗)){1,2}(?=人民|政府|[一-龥]{0,12}(?:局|委|办|院))", rest
    )
    return full + chain.group() if chain and not _NOT_A_PLACE.match(chain.group()) else full


def organisation_in(text: str) -> str:
    """The organisation that a text begins with; "" if none.

    >>> organisation_in("云溪县科学技术局2025年工作总结")
    '云溪县科学技术局'
    """
    found = _ORGAN.match(text.strip())
    return found.group() if found else ""
