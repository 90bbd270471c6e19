"""What a question asks: years, places, organisations, and the words of the matter that are left."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.archive import ArchivedDocument
from assistant.chat.words import pattern, simplified, table
from assistant.errors import QueryInvalid, Said
from assistant.quantities.indicators import begins_with_verb
from assistant.quantities.lexicon import units

LONGEST = 2_000
_RELATIVE = (
    ("上一年", -1),
    ("去年", -1),
    ("上年", -1),
    ("前年", -2),
    ("今年", 0),
    ("本年度", 0),
    ("明年", 1),
)
_RELATIVE_AT = re.compile(f"(?<![比较同与和])(?:{'|'.join(word for word, _ in _RELATIVE)})(?!同期|末|底|初)")
_YEAR = re.compile(
    r"(?<![\d.])((?:1[89]|2\d)\d{2}(?=\s*年)|(?:19|20)\d{2}(?!\s*[\d.%元家个项万亿]))(?:\s*年度?)?"
)
_RANGE = re.compile(r"((?:19|20)\d\d)\s*年?\s*(?:[—–~～－-]|至|到)\s*((?:19|20)\d\d)\s*年?")
_SINCE = re.compile(r"((?:19|20)\d\d)\s*年?\s*(?:以来|至今)")
_RECENT = re.compile(r"近([两二三四五六七八九十]|\d{1,2})年来?")
_NUMERALS = dict(zip("两二三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_PIECES = re.compile(r"[，,。；;？?！!、：:（）()\s]+")
_SUFFIX = "特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治[区州县旗]|省|市|县|区|州|盟|旗|镇|乡"
_ENDING = re.compile(f"(?:{_SUFFIX})$")
_FOLLOWING = re.compile(f"^(?:{_SUFFIX})(?!场)")
_ALONE = re.compile(f"[\u4e00-\u9fff]{{2,10}}(?:{_SUFFIX}|局|厅|委|委员会|办公室|政府)")
_GLUED = re.compile("[\u4e00-\u9fff]{2,3}(?:省|市|县|自治州|州)(?=[^场民值容])")
_HOW_MANY = re.compile("(多少|几)[万亿]{0,2}")
_OURS = re.compile("(?<![基根资成样版])(?:咱们?|我们|我|俺们?|本)(省|市|县|区|州|旗|镇|乡|局|厅)(?!场)的?")
_NATIONS = ("全国", "国务院", "中国")
_NATION = re.compile(
    "(?<![占居在于比列排超较是])(?:全国|我国)的?"
    "(?!第|前|平均|排|首|性|各|占|比|人大|政协|重点|文明|百强|试点|示范|统一|先进|劳)"
)
_SPAN = 30  # years that a range may cover


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart.

    `matter` is what is asked about (高新技术企业), without years, places, organisations and asking words;
    `unit` the measure word behind 多少, `rest` the question without the years and names. `strangers` are places and
    offices that the archive has nothing of. `of_report`: the year is that of the report (2025年…报告里).
    """

    text: str
    matter: str = ""
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    unit: str = ""
    rest: str = ""
    strangers: tuple[str, ...] = ()
    of_report: bool = False

    def wants(self, section: str) -> bool:
        """Whether the question has a word of that section of data/words.txt."""
        return bool(pattern(section).search(self.text))


def understand(text: str, known: Sequence[ArchivedDocument], today: date) -> Asked:
    """Take a question apart, with the places and organisations that the archive knows.

    Raises:
        QueryInvalid: the question is empty or longer than 2,000 characters.
    """
    folded = simplified(unicodedata.normalize("NFKC", text)).strip()
    if not folded:
        raise QueryInvalid(reason=Said("问题是空的", "the question is empty"))
    if len(folded) > LONGEST:
        raise QueryInvalid(
            reason=Said(f"问题超过 {LONGEST} 字", f"the question is longer than {LONGEST} characters")
        )
    rest, organisations = _named(folded, {item.organisation for item in known})
    rest, places = _placed(rest, {item.place for item in known})
    rest, ours = _ours(rest, known) if not (organisations or places) else (rest, ())
    places = (*places, *ours)
    about = [item for item in known if item.organisation in organisations or item.place in places]
    years = years_of(folded, about or known, today)
    rest, unit = _counted(_RELATIVE_AT.sub("", _without_years(rest)))
    return Asked(
        text=folded,
        matter=_matter(rest),
        years=years,
        places=places,
        organisations=organisations,
        unit=unit,
        rest=" ".join(rest.split()),
        strangers=_strangers(rest),
        of_report=bool(pattern("report").search(folded)),
    )


def years_of(text: str, known: Iterable[ArchivedDocument], today: date) -> tuple[int, ...]:
    """All years of a question, ascending: written, relative to `today`, from ranges and 近三年.

    近三年 ends with the newest year that the archive has a report of.
    """
    found = {int(match[1]) for match in _YEAR.finditer(text)}
    for match in _RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        found.update(range(first, min(last, first + _SPAN) + 1))
    for match in _RELATIVE_AT.finditer(text):
        found.add(today.year + dict(_RELATIVE)[match[0]])
    if since := _SINCE.search(text):
        first = int(since[1])
        newest = max((item.reviewed_year for item in known if item.reviewed_year), default=today.year)
        found.update(range(first, min(newest, first + _SPAN) + 1))
    if recent := _RECENT.search(text):
        count = _NUMERALS.get(recent[1]) or int(recent[1])
        newest = max((item.reviewed_year for item in known if item.reviewed_year), default=today.year)
        found.update(range(newest - min(count, _SPAN) + 1, newest + 1))
    return tuple(sorted(found))


def _without_years(text: str) -> str:
    return _RECENT.sub("", _YEAR.sub("", _SINCE.sub("", _RANGE.sub("", text))))


def _named(text: str, organisations: set[str]) -> tuple[str, tuple[str, ...]]:
    """Known organisations in the text, and the text without them; 科技局 stands for 科学技术局."""
    found: list[str] = []
    for name in sorted(filter(None, organisations), key=len, reverse=True):
        for form in (name, *_short(name)):
            if form in text:
                text = text.replace(form, " ")
                found.append(name)
    return text, tuple(dict.fromkeys(found))


def _short(name: str) -> list[str]:
    """The same office by the name that people use: 云溪县科技局 for 云溪县科学技术局."""
    return [name.replace(full, short) for short, full in table("office").items() if full in name]


def _placed(text: str, places: set[str]) -> tuple[str, tuple[str, ...]]:
    """Known places in the text, with or without their suffix, and the text without them.

    云溪区 is not 云溪县: another suffix names another place.
    """
    found: list[str] = []
    if national := next((name for name in _NATIONS if name in places), ""):
        text, count = _NATION.subn(" ", text)
        found += [national] if count else []
    for place in sorted(filter(None, places - {"全国"}), key=len, reverse=True):
        root = _ENDING.sub("", place)
        for form in (place, root if len(root) >= 2 else place):
            at = text.find(form)
            behind = _FOLLOWING.match(text[at + len(form) :]) if at >= 0 else None
            if at < 0 or (behind and form != place and root != place):
                continue
            end = at + len(form) + (behind.end() if behind and root == place else 0)
            text = f"{text[:at]} {text[end:]}"
            found.append(place)
    return text, tuple(dict.fromkeys(found))


def _ours(text: str, known: Sequence[ArchivedDocument]) -> tuple[str, tuple[str, ...]]:
    """咱们县 without its words, and the one county that the archive knows; none where it knows several."""
    match = _OURS.search(text)
    if match is None:
        return text, ()
    meant = {item.place for item in known if item.place.endswith(match[1])}
    return _OURS.sub(" ", text), tuple(meant) if len(meant) == 1 else ()


def _counted(text: str) -> tuple[str, str]:
    """The text without the measure word behind 多少 or 几 (家, 亿元), and that word."""
    for match in _HOW_MANY.finditer(text):
        measure = units().at(text, match.end())
        if measure is not None:
            end = match.end() + len(measure[0])
            return text[: match.end(1)] + text[end:], text[match.end(1) : end]
    return text, ""


def _matter(text: str) -> str:
    """The first piece that is left of a question when all that only asks is taken out."""
    pieces: list[str] = []
    for piece in _PIECES.split(text):
        pieces += bare(piece)
    told = [piece for piece in pieces if not says_nothing(piece)]
    return (told or pieces or [""])[0]


def bare(piece: str) -> list[str]:
    """The words of a piece of a question, without those that only ask."""
    left = pattern("asking").sub("", pattern("over").sub("", pattern("report").sub(" ", piece)))
    return [part for part in map(_trimmed, left.split()) if part]


def says_nothing(piece: str) -> bool:
    """Whether a piece only compares (比增加) or only leads to the question (在…的)."""
    return bool(pattern("compared").fullmatch(piece) or pattern("idle").fullmatch(piece))


def _strangers(text: str) -> tuple[str, ...]:
    """Names of places and offices that are left once the known ones are taken out (海东省, 火星县科技局)."""
    found = []
    for piece in _PIECES.split(pattern("report").sub(" ", text)):
        bare = _trimmed(pattern("asking").sub("", piece))
        name = _ALONE.fullmatch(bare) or _GLUED.match(bare)
        if name and not pattern("nowhere").search(name[0]) and not begins_with_verb(name[0]):
            found.append(name[0])
    return tuple(found)


def _trimmed(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = pattern("behind").sub("", pattern("ahead").sub("", text))
    return text
