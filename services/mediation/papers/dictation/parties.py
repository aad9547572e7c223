"""Who the parties are, as far as they were named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向"
    "古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾"
    "毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付冼覃佟"
)
_DOUBLE = "欧阳|太史|端木|上官|司马|东方|独孤|南宫|夏侯|诸葛|尉迟|皇甫|公孙|慕容|长孙|宇文|司徒|司空|令狐"
_NOT_SURNAMES = set("和家都时全从同别能向后相公双国应成方明平安常经干通利权益关查满广高于元")
"""Surnames that are much oftener plain words; after 甲方是 they count all the same."""

_SPOKEN_AFTER = (
    "说|讲|认为|承认|要求|提出|答应|同意|不同意|愿意|不愿意|表示|反映|跟|和|与|家|住|今年|男|女|电话|手机|"
    "赔|补|给|付|还|退|交|借|向|对|骂|占|拆|砸|撞|推|承担|负责|应|要|已|没|不|也|就|将|被|让|把|"
    "甲方|乙方|丙方|申请人|被申请人|一方|另一方|男方|女方|对方|双方|因|去年|前年|盖|欠|打|把|的|"
    "两家|两人|两户|两个|之间|事情|上个?月"
)
_STOP = rf"(?=[\s，。；;、！!？?：:…,]|{_SPOKEN_AFTER}|[0-9]|$)"
_SIDE = r"(?P<side>甲方|乙方|丙方|被申请人|申请人|一方|另一方|男方|女方)(?:当事人)?(?:是|叫|为|：|:|\s)?(?:叫)?"
_KIN = "(?:儿子|女儿|丈夫|妻子|父亲|母亲|邻居|业主|村民|村民组员)?"
_WITH_DOT = r"[\u4e00-\u9fff]{1,10}(?:·[\u4e00-\u9fff]{1,10})+"
"""Names of many minorities: 阿卜杜拉·买买提."""
_GIVEN = r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff]{1,2}?"
_NAME = rf"(?P<name>{_WITH_DOT}|(?:{_DOUBLE}|[{SURNAMES}]){_GIVEN}){_STOP}"
_INTRODUCED = re.compile(_SIDE + _KIN + _NAME)
_SPEAKING = re.compile(
    rf"(?:^|(?<=[\s，。；;、！!？?]))(?P<name>(?:{_DOUBLE}|[{SURNAMES}]){_GIVEN})"
    r"(?:说|讲|认为|承认|要求|提出|答应|不?同意|不?愿意|表示|反映|家|跟|和|与|欠)"
)
_JOINED = re.compile(
    rf"(?:跟|和|与)(?P<name>(?:{_DOUBLE}|[{SURNAMES}]){_GIVEN})(?=家|两|因|吵|打|闹|为|发生|[\s，。]|$)"
)
_PARTICULARS = {
    "address": re.compile(
        r"(?:家住|住在|住)(?P<value>[^\s，。；;、0-9]{2,20}?[0-9]*[号组村室]?)"
        r"(?=[\s，。；;、]|电话|手机|今年|甲方|乙方|申请人|被申请人|一方|另一方|去年|前年|两家|因|事情|他|她|我|$)"
    ),
    "contact": re.compile(r"(?P<value>(?<![0-9])1[3-9][0-9]{9}(?![0-9]))"),
    "age": re.compile(r"(?P<value>[0-9]{1,3}|[一二三四五六七八九十]{1,3})岁"),
    "sex": re.compile(r"(?:(?<=[\s，、])|^|(?<=是))(?P<value>[男女])(?=的|[\s，。、今]|$)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidParty:
    """One party; what was not said is empty. `start` and `introduced` are places in the text."""

    name: str
    side: str = ""
    sex: str = ""
    age: str = ""
    address: str = ""
    contact: str = ""
    start: int = 0
    introduced: int | None = None

    def row(self) -> dict[str, str]:
        """As a row of the form's parties."""
        cells = {"side": self.side, "name": self.name, "sex": self.sex, "age": self.age}
        return cells | {"address": self.address, "contact": self.contact}


def parties_in(text: str, known: Sequence[str] = ()) -> list[SaidParty]:
    """The parties in the order in which they are first named.

    Who is introduced as a side comes with what is said of them up to the next introduction.
    Where nobody is, those count who are named by a surname before a verb of speech (张三说, 王五跟
    赵六), and beside them those of the `known` names that are said anywhere.
    """
    said = [name for name in dict.fromkeys(known) if len(name) > 1 and name in text]
    # a name of which only the beginning was heard is the known one
    heard = [
        party
        for party in _heard(text)
        if not any(name.startswith(party.name) and name != party.name for name in said)
    ]
    names = {party.name for party in heard}
    further = [SaidParty(name=name, start=text.index(name)) for name in said if name not in names]
    return sorted([*heard, *further], key=lambda party: party.start)


def _heard(text: str) -> list[SaidParty]:
    introduced = list(_first_of_each(_INTRODUCED.finditer(text)))
    if introduced:
        ends = [*(match.start() for match in introduced[1:]), len(text)]
        return [
            _with_particulars(_introduced(match), text[match.end() : end])
            for match, end in zip(introduced, ends, strict=True)
        ]
    named = sorted([*_SPEAKING.finditer(text), *_JOINED.finditer(text)], key=re.Match.start)
    return [
        SaidParty(name=match["name"], start=match.start("name"))
        for match in _first_of_each(named)
        if match["name"][0] not in _NOT_SURNAMES
    ]


def _introduced(match: re.Match[str]) -> SaidParty:
    return SaidParty(
        name=match["name"],
        side=match["side"],
        start=match.start("name"),
        introduced=match.start(),
    )


def _with_particulars(party: SaidParty, said: str) -> SaidParty:
    first_words = re.split("[。\n]", said, maxsplit=1)[0]
    found = {
        name: match["value"] if (match := pattern.search(first_words)) else ""
        for name, pattern in _PARTICULARS.items()
    }
    return replace(
        party,
        address=found["address"],
        contact=found["contact"],
        age=found["age"],
        sex=found["sex"],
    )


def _first_of_each(
    matches: Iterator[re.Match[str]] | list[re.Match[str]],
) -> Iterator[re.Match[str]]:
    seen: set[str] = set()
    for match in matches:
        if match["name"] not in seen:
            seen.add(match["name"])
            yield match
