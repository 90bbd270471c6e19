"""What looks like a figure and is none."""

import pytest

from assistant.quantities import extract

NOTHING = [
    "“十四五”规划",
    "党的二十大精神",
    "十九届六中全会",
    "三会一课",
    "四个意识",
    "两个维护",
    "一单四制",
    "双减政策",
    "两强一增行动",
    "5G基站",
    "3A级景区",
    "4A级物流企业",
    "R&D经费",
    "12345热线",
    "一是加强统筹",
    "二是压实责任",
    "（三）",
    "(四)",
    "第一议题",
    "百分百落实",
    "第一产业",
    "第一书记",
    "一带一路",
    "一体化发展",
    "统一部署",
    "一些问题",
    "一批项目",
    "进一步深化",
    "一系列举措",
    "唯一",
    "同一",
    "每一个",
    "这一年",
    "逐一排查",
    "之一",
    "八项规定",
    "三农工作",
    "三峡库区",
    "四川省",
    "五四青年节",
    "九江",
    "三亚",
    "两岸关系",
    "两会期间",
    "两新组织",
    "三严三实",
    "四风问题",
    "三重一大",
    "一网通办",
    "一件事一次办",
    "最后一公里",
    "“一把手”",
    "首次获评",
    "第三批",
    "第十四届",
    "第三次会议",
    "第五章",
    "第二十一条规定",
    "第二产业",
    "双一流",
    "百花齐放",
    "千方百计",
    "万众一心",
    "千家万户",
    "十分重要",
    "万无一失",
    "一如既往",
    "PM2.5",
    "C919",
    "G60科创走廊",
    "T3航站楼",
    "GB/T 9704-2012",
    "ISO9001",
    "2.0版",
    "1+N体系",
    "“8+4”体系",
    "3·15晚会",
    "7×24小时服务",
    "“三个一百”",
    "“十个全国第一”",
    "《2023年政府工作报告》",
    "《关于2024年1号文件的意见》",
    "一二三产业融合",
    "三次产业",
    "兰张三四线",
    "四议两公开",
    "三支一扶",
    "六稳六保",
    "五位一体",
    "九年义务教育",
    "三门峡市",
    "六盘水市",
    "若干意见",
    "几何",
    "数字经济",
    "一号文件",
    "一等奖",
    "二级医院",
    "三级公立医院",
    "20世纪",
    "90后",
    "亿万人民",
    "万千气象",
    "一方面",
    "一定要",
]


@pytest.mark.parametrize("text", NOTHING)
def test_not_a_figure(text: str) -> None:
    assert extract(text) == []
    assert extract(f"要坚持{text}，抓好落实。") == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1.新增23家", "23家"),
        ("2、推进3项工程", "3项"),
        ("（1）完成5个项目", "5个"),
        ("(12)完成5个项目", "5个"),
        ("一、完成5个项目", "5个"),
        ("  3．新增23家", "23家"),
        ("10. 投资5亿元", "5亿元"),
        ("总结\n4.新增23家", "23家"),
        ("1.5亿元投资到位", "1.5亿元"),
    ],
)
def test_enumerators(text: str, written: str) -> None:
    assert [quantity.text for quantity in extract(text)] == [written]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("建成5G基站3.5万个", "3.5万个"),
        ("“十四五”期间新增23家", "23家"),
        ("统一采购设备12台", "12台"),
        ("进一步新增5家", "5家"),
        ("一是新增两家企业", "两家"),
        ("三峡库区新增3座", "3座"),
        ("《2023年报告》提出新增4项", "4项"),
        ("12345热线受理3.2万件", "3.2万件"),
        ("十五个项目", "十五个"),
        ("一百二十家", "一百二十家"),
        ("八项规定落实整改7项", "7项"),
        ("二十大以来新增20个", "20个"),
        ("新增一家企业", "一家"),
    ],
)
def test_a_figure_beside_one(text: str, written: str) -> None:
    assert written in [quantity.text for quantity in extract(text)]


@pytest.mark.parametrize(
    "text", ["一家企业", "万元", "单位：万元", "（亿元）", "百亿工程", "千亿级产业", "亿元台阶"]
)
def test_a_scale_or_one_alone_is_no_figure(text: str) -> None:
    assert extract(text) == []


@pytest.mark.parametrize(
    "text", ["超百亿元", "亿元以上项目", "近千家", "百余家", "突破万亿元", "数百万元", "上千户"]
)
def test_a_scale_with_its_approximation_is_one(text: str) -> None:
    (quantity,) = extract(text)
    assert quantity.approximation != "exact"
    assert quantity.value
    assert quantity.value >= 100


@pytest.mark.parametrize("text", ["5家庭", "3项目", "2条件", "7本地", "4部门", "9户籍", "6名单", "8位于"])
def test_a_measure_word_that_begins_another_word(text: str) -> None:
    assert [quantity for quantity in extract(f"共有{text}") if quantity.unit] == []
