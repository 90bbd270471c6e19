"""What is a figure, and what it is worth: kind, span, value, unit, approximation."""

from decimal import Decimal
from itertools import pairwise

import pytest

from assistant.quantities import extract
from assistant.records import Quantity

FIGURES = [
    # sentence, figure as written, kind, value, unit
    ("投入1860万元", "1860万元", "money", "18600000", "元"),
    ("登记额5.6亿元，", "5.6亿元", "money", "560000000", "元"),
    ("折合人民币约12亿元", "12亿元", "money", "1200000000", "元"),
    ("引进外资3000万美元", "3000万美元", "money", "30000000", "美元"),
    ("合同额2亿港币", "2亿港币", "money", "200000000", "港元"),
    ("预算1.2万亿元", "1.2万亿元", "money", "1200000000000", "元"),
    ("资金1,280万元", "1,280万元", "money", "12800000", "元"),
    ("资金１２８０元", "１２８０元", "money", "1280", "元"),
    ("资金56 021万元", "56 021万元", "money", "560210000", "元"),
    ("总额5. 6亿元", "5. 6亿元", "money", "560000000", "元"),
    ("总额3亿5000万元", "3亿5000万元", "money", "350000000", "元"),
    ("一千二百八十亿元", "一千二百八十亿元", "money", "128000000000", "元"),
    ("罚款二万元以下", "二万元", "money", "20000", "元"),
    ("捐款¥1,200。", "¥1,200", "money", "1200", "元"),
    ("合同$30万", "$30万", "money", "300000", "美元"),
    ("肆佰叁拾萬圆整", "肆佰叁拾萬圆整", "money", "4300000", "元"),
    ("新增企业23家", "23家", "count", "23", "家"),
    ("整改31个问题", "31个", "count", "31", "个"),
    ("选派120名特派员", "120名", "count", "120", "名"),
    ("服务3.2万人次", "3.2万人次", "count", "32000", "人次"),
    ("建成560余座", "560余座", "count", "560", "座"),
    ("举办12场次", "12场次", "count", "12", "场次"),
    ("立案6宗", "6宗", "count", "6", "宗"),
    ("惠及1万余户", "1万余户", "count", "10000", "户"),
    ("推广148项次", "148项次", "count", "148", "项次"),
    ("更新设备15万台（套）", "15万台（套）", "count", "150000", "台（套）"),
    ("两所大学入选", "两所", "count", "2", "所"),
    ("三十余名专家", "三十余名", "count", "30", "名"),
    ("办成廿三件实事", "廿三件", "count", "23", "件"),
    ("新增 1 280 家", "1 280 家", "count", "1280", "家"),
    ("新增1 2 8 0家", "1 2 8 0家", "count", "1280", "家"),
    ("惠及1.5亿学生", "1.5亿", "count", "150000000", ""),
    ("数量突破一万，", "一万", "count", "10000", ""),
    ("第2000万辆汽车下线", "2000万辆", "count", "20000000", "辆"),
    ("绿地3.2万平方米", "3.2万平方米", "physical", "32000", "平方米"),
    ("通车56公里", "56公里", "physical", "56", "公里"),
    ("装机860兆瓦", "860兆瓦", "physical", "860", "兆瓦"),
    ("装机3.89亿千瓦", "3.89亿千瓦", "physical", "389000000", "千瓦"),
    ("农田4.5万亩", "4.5万亩", "physical", "45000", "亩"),
    ("产量12.3万吨", "12.3万吨", "physical", "123000", "吨"),
    ("发电12亿千瓦时", "12亿千瓦时", "physical", "1200000000", "千瓦时"),
    ("浓度28微克/立方米", "28微克/立方米", "physical", "28", "微克/立方米"),
    ("机组三千瓦", "三千瓦", "physical", "3", "千瓦"),
    ("增长18.3%", "18.3%", "percent", "18.3", "%"),
    ("增长8％", "8％", "percent", "8", "%"),
    ("增长18 .3 %", "18 .3 %", "percent", "18.3", "%"),
    ("增长19·5%", "19·5%", "percent", "19.5", "%"),
    ("下降-3.2%", "-3.2%", "percent", "-3.2", "%"),
    ("增长百分之八", "百分之八", "percent", "8", "%"),
    ("增长百分之二十三点五", "百分之二十三点五", "percent", "23.5", "%"),
    ("占比八成", "八成", "percent", "80", "%"),
    ("占比七成五", "七成五", "percent", "75", "%"),
    ("死亡率3‰", "3‰", "percent", "0.3", "%"),
    ("提高2.1个百分点", "2.1个百分点", "points", "2.1", "个百分点"),
    ("提高2.1百分点", "2.1百分点", "points", "2.1", "个百分点"),
    ("是上年的2.3倍", "2.3倍", "multiple", "2.3", "倍"),
    ("增长1.2倍", "1.2倍", "multiple", "2.2", "倍"),
    ("增加了近3倍", "3倍", "multiple", "4", "倍"),
    ("产量翻一番", "翻一番", "multiple", "2", "倍"),
    ("总值翻了两番", "翻了两番", "multiple", "4", "倍"),
    ("数量实现翻番", "翻番", "multiple", "2", "倍"),
    ("占三分之一以上", "三分之一", "fraction", None, ""),
    ("稳定在全国1/4", "1/4", "fraction", "0.25", ""),
    ("进入前千分之一", "千分之一", "fraction", "0.001", ""),
    ("居全市第2位", "第2位", "rank", "2", "位"),
    ("增速居全国第四，", "第四", "rank", "4", ""),
    ("强度居西部第1，", "第1", "rank", "1", ""),
    ("居全省首位", "首位", "rank", "1", ""),
    ("连续三年第一。", "第一", "rank", "1", ""),
    ("进入全国前三", "前三", "rank", "3", ""),
    ("建设期三年", "三年", "duration", "3", "年"),
    ("限15天完成", "15天", "duration", "15", "天"),
    ("用时两个月", "两个月", "duration", "2", "个月"),
    ("于15日内提出", "15日", "duration", "15", "天"),
    ("连续30个月居全国前10", "30个月", "duration", "30", "个月"),
    ("开展90天专项行动，平均", "90天", "duration", "90", "天"),
    ("平均20分钟医疗圈基本建成", "20分钟", "duration", "20", "分钟"),
    ("平均压缩时间在5个工作日内办结", "5个工作日", "duration", "5", "个工作日"),
    ("工业增加值连续15天", "15天", "duration", "15", "天"),
    ("优良天数达到338天", "338天", "physical", "338", "天"),
    ("审批时间压缩至0.5个工作日", "0.5个工作日", "physical", "0.5", "个工作日"),
    ("重污染天气减少38天", "38天", "physical", "38", "天"),
    ("平均缩短工期45天", "45天", "physical", "45", "天"),
    ("於一九四九年的十二萬噸", "十二萬噸", "physical", "120000", "吨"),
    ("共六百個項目", "六百個", "count", "600", "个"),
]


def only(text: str, written: str) -> Quantity:
    found = [quantity for quantity in extract(text) if quantity.text == written]
    assert len(found) == 1, extract(text)
    return found[0]


@pytest.mark.parametrize(("text", "written", "kind", "value", "unit"), FIGURES)
def test_figure(text: str, written: str, kind: str, value: str | None, unit: str) -> None:
    quantity = only(text, written)
    assert (quantity.kind, quantity.unit) == (kind, unit)
    if value is not None:
        assert quantity.value == Decimal(value)
        assert isinstance(quantity.value, Decimal)
    assert quantity.span.of(text) == written


@pytest.mark.parametrize(
    ("text", "written", "low", "high", "unit"),
    [
        ("新建3至5家", "3至5家", "3", "5", "家"),
        ("新建3—5家", "3—5家", "3", "5", "家"),
        ("新建3-5家", "3-5家", "3", "5", "家"),
        ("新建1～2个", "1～2个", "1", "2", "个"),
        ("增长10%—12%", "10%—12%", "10", "12", "%"),
        ("增长5-6%", "5-6%", "5", "6", "%"),
        ("奖励1~3‰", "1~3‰", "0.1", "0.3", "%"),
        ("投资3—5亿元", "3—5亿元", "300000000", "500000000", "元"),
        ("投资5000万—1亿元", "5000万—1亿元", "50000000", "100000000", "元"),
        ("投资5000万元至1亿元", "5000万元至1亿元", "50000000", "100000000", "元"),
        ("罚款8000-1万元", "8000-1万元", "8000", "10000", "元"),
        ("从100家到200家", "100家到200家", "100", "200", "家"),
        ("占六到七成", "六到七成", "60", "70", "%"),
        ("约两三个", "两三个", "2", "3", "个"),
        ("有七八百人", "七八百人", "700", "800", "人"),
        ("有十七八个", "十七八个", "17", "18", "个"),
        ("两到三千人", "两到三千人", "2000", "3000", "人"),
        ("提高2至3个百分点", "2至3个百分点", "2", "3", "个百分点"),
        ("用3—5年时间", "3—5年", "3", "5", "年"),
    ],
)
def test_range(text: str, written: str, low: str, high: str, unit: str) -> None:
    quantity = only(text, written)
    assert quantity.value is None
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))
    assert quantity.unit == unit


@pytest.mark.parametrize("text", ["由10%至5%", "5家至3家", "3家—5元"])
def test_falling_or_mixed_ends_are_two_figures(text: str) -> None:
    assert [quantity.low for quantity in extract(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "written", "approximation"),
    [
        ("约12万人", "12万人", "about"),
        ("大约12万人", "12万人", "about"),
        ("增长5%左右", "5%", "about"),
        ("近千家企业", "千家", "nearly"),
        ("接近100家", "100家", "nearly"),
        ("超2000亿元", "2000亿元", "over"),
        ("突破了3000亿元", "3000亿元", "over"),
        ("逾300家", "300家", "over"),
        ("20余家", "20余家", "over"),
        ("3000多万元", "3000多万元", "over"),
        ("增长一倍多。", "一倍", "over"),
        ("用时三年多", "三年", "over"),
        ("90%以上", "90%", "at_least"),
        ("不少于20家", "20家", "at_least"),
        ("不低于500万元", "500万元", "at_least"),
        ("上百家企业", "百家", "at_least"),
        ("控制在5%以内", "5%", "at_most"),
        ("3年以下", "3年", "at_most"),
        ("不超过5%", "5%", "at_most"),
        ("不得超过15日内", "15日", "at_most"),
        ("不足5%", "5%", "at_most"),
        ("十几个项目", "十几个", "several"),
        ("数百家企业", "数百家", "several"),
        ("几十万人", "几十万人", "several"),
        ("超过三分之一", "三分之一", "over"),
        ("最近3年", "3年", "exact"),
        ("附近5公里", "5公里", "exact"),
        ("新增23家", "23家", "exact"),
        ("控制在4.8%左右", "4.8%", "about"),
    ],
)
def test_approximation(text: str, written: str, approximation: str) -> None:
    found = [quantity for quantity in extract(text) if quantity.text == written]
    assert [quantity.approximation for quantity in found] == [approximation]


@pytest.mark.parametrize(
    ("text", "precision", "scale"),
    [
        ("5.6亿元", "5000000", "100000000"),
        ("56021万元", "5000", "10000"),
        ("18.3%", "0.05", "1"),
        ("18.30%", "0.005", "1"),
        ("23家", "0.5", "1"),
        ("3‰", "0.05", "1"),
        ("1.2万亿元", "50000000000", "1000000000000"),
    ],
)
def test_precision_and_scale(text: str, precision: str, scale: str) -> None:
    quantity = only(text, text)
    assert quantity.precision == Decimal(precision)
    assert quantity.scale == Decimal(scale)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("比例为1∶3", ("1", "3")),
        ("杠杆率之比为1：1。", ("1", "1")),
        ("三次产业比6.1:41.2:52.7", ("6.1", "41.2", "52.7")),
        ("计划从1.03比1改为", ("1.03", "1")),
    ],
)
def test_ratio(text: str, parts: tuple[str, ...]) -> None:
    (quantity,) = extract(text)
    assert quantity.kind == "ratio"
    assert quantity.parts == tuple(map(Decimal, parts))


@pytest.mark.parametrize(
    "text", ["上午9:30开会", "时间14：05", "IEC 62437：2006", "见表1：2023", "ISO 1-1:2014 已"]
)
def test_clock_times_and_standards_are_no_ratios(text: str) -> None:
    assert [quantity for quantity in extract(text) if quantity.kind == "ratio"] == []


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("居全市第2位", "全市"),
        ("居全省首位", "全省"),
        ("列西部第3", "西部"),
        ("总量位居全国第一，", "全国"),
        ("排名第5位", ""),
    ],
)
def test_rank_scope(text: str, scope: str) -> None:
    (quantity,) = extract(text)
    assert (quantity.kind, quantity.scope) == ("rank", scope)


@pytest.mark.parametrize(
    ("text", "written", "number"),
    [
        ("（国发〔2021〕3号）", "〔2021〕3号", "国发〔2021〕3号"),
        ("云政办发[2024]15号", "[2024]15号", "云政办发〔2024〕15号"),
        ("财税〔２０１７〕３８号", "〔２０１７〕３８号", "财税〔2017〕38号"),
        ("赣发改收费〔2017〕922 号", "〔2017〕922 号", "赣发改收费〔2017〕922号"),
        ("浙财农字(2004)15号", "(2004)15号", "浙财农字〔2004〕15号"),
        ("〔2022〕15号", "〔2022〕15号", "〔2022〕15号"),
    ],
)
def test_document_number(text: str, written: str, number: str) -> None:
    (quantity,) = extract(text)
    assert (quantity.kind, quantity.text, quantity.number) == ("document_number", written, number)
    assert not quantity.is_figure


@pytest.mark.parametrize(
    ("text", "written", "unit"),
    [
        ("新增xx家", "xx家", "家"),
        ("新增 XX 家", "XX 家", "家"),
        ("投资x.x亿元", "x.x亿元", "元"),
        ("增长XX%", "XX%", "%"),
        ("增长××%", "××%", "%"),
        ("培育**家", "**家", "家"),
        ("培育＊＊家", "＊＊家", "家"),
        ("截至xxxx年", "xxxx年", "年"),
        ("20xx年工作", "20xx年", "年"),
        ("居全市第x位", "第x位", "位"),
        ("自x-xx月起", "x-xx月", "月"),
        ("培训____人次", "____人次", "人次"),
        ("增长x.x个百分点", "x.x个百分点", "个百分点"),
        ("增长□□%", "□□%", "%"),
        ("投资??亿元", "??亿元", "元"),
        ("新增【待补充】家", "【待补充】家", "家"),
        ("投资（待核）万元", "（待核）万元", "元"),
    ],
)
def test_masks_are_placeholders(text: str, written: str, unit: str) -> None:
    (quantity,) = extract(text)
    assert (quantity.kind, quantity.text, quantity.unit) == ("masked", written, unit)
    assert quantity.value is None
    assert not quantity.is_figure


@pytest.mark.parametrize(
    "text", ["赴××县调研", "xx村两委", "***同志", "XX公司", "**加粗**", "max家", "box件"]
)
def test_masked_names_are_no_figures(text: str) -> None:
    assert extract(text) == []


def test_spans_are_ordered_and_apart() -> None:
    text = "".join(row[0] + "，" for row in FIGURES) * 3
    quantities = extract(text)
    ends = [(quantity.span.start, quantity.span.end) for quantity in quantities]
    assert all(left[1] <= right[0] for left, right in pairwise(ends))
    assert all(
        text[start:end] == quantity.text for (start, end), quantity in zip(ends, quantities, strict=True)
    )
    assert len(quantities) >= 3 * len(FIGURES)


def test_list_of_percentages() -> None:
    text = "汽车、装备、建材产业投资分别增长57.1%、23.7%和14.9%"
    assert [quantity.value for quantity in extract(text)] == [
        Decimal("57.1"),
        Decimal("23.7"),
        Decimal("14.9"),
    ]


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("分别提高11.1、11.2个百分点", ("11.1", "11.2"), "个百分点"),
        ("分别增长5.1、6.2和7.3%", ("5.1", "6.2", "7.3"), "%"),
        ("分别新增12、15家", ("12", "15"), "家"),
    ],
)
def test_a_list_shares_the_unit_of_its_last_figure(text: str, values: tuple[str, ...], unit: str) -> None:
    assert [(q.value, q.unit) for q in extract(text)] == [(Decimal(value), unit) for value in values]


@pytest.mark.parametrize("text", ["3、4号线", "附件1、2个", "第3、4章"])
def test_enumerated_numbers_share_nothing(text: str) -> None:
    assert [q.text for q in extract(text) if q.text[-1].isdigit()] == []


def test_table_cells_without_units() -> None:
    assert [quantity.value for quantity in extract("高企数\t23\t86\n登记额\t5.6\t4.7")] == [
        Decimal(23), Decimal(86), Decimal("5.6"), Decimal("4.7"),
    ]  # fmt: skip


def test_figures_of_a_change_without_unit() -> None:
    assert [quantity.value for quantity in extract("收入比由3.27缩小至2.93。")] == [
        Decimal("3.27"),
        Decimal("2.93"),
    ]


def test_empty_and_plain_text() -> None:
    assert extract("") == []
    assert extract("坚持稳中求进工作总基调") == []


def test_same_twice() -> None:
    text = "".join(row[0] for row in FIGURES)
    assert extract(text) == extract(text)
