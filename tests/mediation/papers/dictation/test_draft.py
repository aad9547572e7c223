"""A dictation becomes a draft: every word stands in it, and no other."""

import re
from datetime import date
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.mediation.papers.dictation import AgreementDraft, draft_agreement
from services.mediation.papers.dictation.cues import CUES
from services.mediation.papers.dictation.turns import cut
from services.mediation.papers.forms import AGREEMENT
from shared.papers import PaperLacks, fill

SAID_ON = date(2026, 7, 10)
WALL = (
    "甲方是张三住在东坡村三组电话13900000001乙方是李四住在东坡村五组去年李四盖房子占了张三家半米宅基地"
    "张三要求拆墙李四承认自己没量清楚双方同意不拆墙李四一共赔张三三千块钱分三次给第一次7月20号给一千"
    "第二次八月底给一千最后一次年底给一千今后谁也不再提这事"
)


def _draft(text: str) -> AgreementDraft:
    return draft_agreement(text, said_on=SAID_ON)


def _texts(draft: AgreementDraft) -> dict[str, str]:
    return {part.id: part.text for part in draft.parts}


def test_one_breath_without_a_stop_falls_into_its_parts() -> None:
    draft = _draft(WALL)
    assert _texts(draft) == {
        "facts": "去年李四盖房子占了张三家半米宅基地。",
        "issue": "张三要求拆墙。",
        "liabilities": "李四承认自己没量清楚。",
        "terms": "双方同意不拆墙李四一共赔张三三千块钱。\n今后谁也不再提这事。",
        "performance_mode": "分三次给第一次7月20号给一千第二次八月底给一千最后一次年底给一千。",
        "performance_by": "分三次给第一次7月20号给一千第二次八月底给一千最后一次年底给一千。",
    }
    assert [(party.side, party.name, party.address) for party in draft.parties] == [
        ("甲方", "张三", "东坡村三组"),
        ("乙方", "李四", "东坡村五组"),
    ]
    assert draft.not_said == ()
    assert draft.doubts == ()


def test_instalments_have_their_amounts_and_days() -> None:
    assert [one.row() for one in _draft(WALL).instalments] == [
        {"term": "第一次", "due": "2026年7月20日", "amount": "1000元", "capitals": "壹仟元整"},
        {"term": "第二次", "due": "2026年8月31日", "amount": "1000元", "capitals": "壹仟元整"},
        {"term": "最后一次", "due": "2026年12月31日", "amount": "1000元", "capitals": "壹仟元整"},
    ]


def test_every_part_waits_for_the_mediator() -> None:
    assert all(part.to_check for part in _draft(WALL).parts)
    assert "“八月底”读作2026年8月31日：没有说年份，按2026年" in _draft(WALL).readings


def test_the_parts_are_the_forms_own() -> None:
    names = {element.id: element.zh for element in AGREEMENT.elements}
    for part in _draft("").parts:
        assert part.name == names[part.id]
        assert not part.said
    assert _draft("").not_said == (
        "当事人基本情况",
        "主要事实",
        "争议事项",
        "各方责任",
        "协议内容",
        "履行方式",
        "履行期限",
    )


@pytest.mark.parametrize(
    ("text", "part", "holds"),
    [
        ("事情是这样的两家的界石被挪了", "facts", "两家的界石被挪了"),
        ("王五说赵六欠他工钱", "facts", "赵六欠他工钱"),
        ("他家漏水泡了我家 我要求修房顶", "issue", "我要求修房顶"),
        ("主要争议是误工费", "issue", "争议是误工费"),
        ("赵六承认是他的责任", "liabilities", "承认是他的责任"),
        ("他认错了", "liabilities", "他认错了"),
        ("最后两家商量好以墙为界", "terms", "商量好以墙为界"),
        ("经调解双方同意共用一条路", "terms", "双方同意共用一条路"),
        ("赵六愿意赔八百块", "terms", "愿意赔八百块"),
        ("说好了现金当场给清", "performance_mode", "现金当场给清"),
        ("答应赔五百微信转账", "performance_mode", "微信转账"),
        ("同意赔八百块 分两次给", "performance_mode", "分两次给"),
        ("同意赔八百块 九月一号之前给清", "performance_by", "九月一号之前给清"),
        ("一次性付清", "performance_mode", "一次性付清"),
        ("刘洋要求赔钱。物业承认维修不及时", "liabilities", "物业承认维修不及时"),
        ("牛吃了玉米 后来讲好赔三百五", "terms", "后来讲好赔三百五"),
        ("经调解乙方李四赔甲方张三三千块", "terms", "乙方李四赔甲方张三三千块"),
        ("甲方是张三今年五十二岁 因为浇地的事打了架", "facts", "因为浇地的事打了架"),
        ("孙秀兰要求每个月给五百", "issue", "孙秀兰要求每个月给五百"),
        ("他去年转账给我三千", "facts", "转账给我三千"),
        ("女方叫赵秀英男方叫孙有才两家因彩礼闹", "facts", "两家因彩礼闹"),
    ],
)
def test_turn_words_tell_the_part(text: str, part: str, holds: str) -> None:
    assert holds in _draft(text).part(part).text


def test_who_does_not_agree_has_not_agreed() -> None:
    draft = _draft("李四不同意赔钱")
    assert not draft.part("terms").said
    assert "李四不同意赔钱" in draft.part("issue").text


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "同意赔一万五分两期第一期签字当天给一万第二期明年3月底给五千",
            [("第一期", "签字当天", "10000元"), ("第二期", "2027年3月31日", "5000元")],
        ),
        (
            "说好头一次给八百 剩下的年底给清",
            [("头一次", "", "800元"), ("剩下的", "2026年12月31日", "")],
        ),
        ("答应每个月还五百块 从下个月一号开始", [("每个月", "下个月一号", "500元")]),
        (
            "同意首付2000元，余款3,500元9月30日付清",
            [("首付", "", "2000元"), ("余款", "2026年9月30日", "3500元")],
        ),
        ("约定第一笔三千来块月底给", [("第一笔", "", "三千来块")]),
        (
            "今天说好树归老马 老马给老牛两千四 先给一千 剩下一千四腊月二十前给清",
            [("先给", "", "1000元"), ("剩下", "腊月二十", "1400元")],
        ),
        (
            "同意分两期 2026年9月1日给5000元 2026年10月1日给5000元",
            [
                ("2026年9月1日", "2026年9月1日", "5000元"),
                ("2026年10月1日", "2026年10月1日", "5000元"),
            ],
        ),
        ("同意每月一号给老人六百块钱", [("每月一号", "每月一号", "600元")]),
        ("孙秀兰要求分两次给 第一次8月1日给五百 第二次9月1日给五百", []),
        ("第一次调解没有谈成 同意下次再说", []),
        ("双方同意赔偿三千元", []),
    ],
)
def test_instalments_are_read_as_far_as_they_were_said(
    text: str, rows: list[tuple[str, str, str]]
) -> None:
    found = [one.row() for one in _draft(text).instalments]
    assert [(row["term"], row["due"], row["amount"]) for row in found] == rows


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("同意一共赔三千块分三次给 第一次月底给一千 第二次年底给一千", "说是分三次，听到的是2期"),
        (
            "同意一共赔三千块 第一次8月底给一千 第二次年底给一千",
            "各期合计2000元，总额说的是3000元",
        ),
        (
            "同意一共赔三千块 第一次8月底给一千 剩下的年底给清",
            "剩下的按总额减去其他各期应为2000元",
        ),
        ("同意分三期给清", "说是分三期，听到的是0期"),
        ("同意赔三五千块", "金额“三五千块”说得不确切，请写明数额"),
        ("同意第一次给一千", "第一次没有说什么时候履行"),
        ("同意第一次年底给", "第一次没有说金额"),
        ("甲方是张三 对方没来", "只听出一方当事人“张三”，请补上另一方"),
        ("同意过年前给五百块", "“过年前”不是公历日期，请写明哪年哪月哪日"),
    ],
)
def test_what_does_not_add_up_or_was_left_open_is_told(text: str, doubt: str) -> None:
    assert doubt in _draft(text).doubts


def test_what_the_rest_would_be_is_told_but_not_filled_in() -> None:
    draft = _draft("同意一共赔三千块 第一次8月底给一千 剩下的年底给清")
    assert draft.instalments[1].row()["amount"] == ""


def test_a_draft_alone_is_no_agreement() -> None:
    with pytest.raises(PaperLacks) as refused:
        fill(AGREEMENT, _draft(WALL).values(), dated=SAID_ON)
    missing = {lack.element for lack in refused.value.missing}
    assert missing == {"number", "copies", "parties_sign", "mediator", "seal", "dated"}
    with pytest.raises(PaperLacks) as refused:
        fill(AGREEMENT, _draft("张三打了人").values(), dated=SAID_ON)
    assert {"parties", "issue", "terms", "performance_by"} <= {
        lack.element for lack in refused.value.missing
    }


_STOPS = re.compile(r"[\s，。；;、！!？?：:…,]")
_WORDS = st.sampled_from(
    ["张三", "李四", "甲方是", "乙方是", "去年", "要求", "承认", "同意", "赔", "三千块", "分两次", "第一次",
     "年底", "给", "，", "。", " ", "\n", "的", "墙", "1,000", "每月", "剩下", "最后一次", "责任", "住在", "村"]
)  # fmt: skip
_DICTATIONS = st.one_of(st.lists(_WORDS, max_size=25).map("".join), st.text(max_size=60))


@given(_DICTATIONS)
@example("甲方是张三，张三")
def test_every_word_of_the_dictation_stands_in_one_piece(text: str) -> None:
    pieces = cut(text, ["张三", "李四"], {0: 3} if text.startswith("甲方是") else {})
    kept = "".join(piece.text for piece in pieces)
    assert _STOPS.sub("", kept) == _STOPS.sub("", text)
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)


@given(_DICTATIONS)
def test_nothing_stands_in_a_draft_that_was_not_said(text: str) -> None:
    draft = _draft(text)
    for written in (draft.introductions, *_texts(draft).values()):
        for words in re.split("[，。\n]", written):
            assert words in text
    for party in draft.parties:
        assert all(said in text for said in party.row().values())
    for one in draft.instalments:
        assert one.term in text
        assert (
            one.amount is None
            or one.amount.said.replace("＊", "") == ""
            or one.amount.said in text
        )


def test_a_dictation_that_is_too_long_is_refused() -> None:
    assert _draft("字" * 20_000).parts[0].said
    with pytest.raises(ValueError, match="at most 20000"):
        _draft("字" * 20_001)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", [WALL, "第一次", "三千块", "张三", "一", "7", "不同意", "每月", "住"]
)
def test_20_000_characters_are_drafted_in_about_the_time_of_reading_them(unit: str) -> None:
    """CPU time; one dictation of 150 characters costs about a millisecond."""
    before = process_time()
    _draft((unit * 20_000)[:20_000])
    assert process_time() - before < 2


@pytest.mark.parametrize("unit", ["{}说，", "甲方{}，", "{}说同意"])
def test_a_dictation_that_names_a_thousand_people_holds_up_nobody(unit: str) -> None:
    """The door drafts while others wait, so the names may not be looked up for every clause."""
    people = [
        f"{surname}{chr(0x5000 + 3 * place)}" for surname in "赵钱孙李" for place in range(250)
    ]
    before = process_time()
    _draft("".join(map(unit.format, people)))
    assert process_time() - before < 2


@pytest.mark.parametrize("unit", ["1", "一", "1.", "100,", "三千五1", "点", "万"])
def test_a_number_without_an_end_is_none_and_holds_up_nobody(unit: str) -> None:
    """What was promised is read for amounts, where 800 digits once cost eleven seconds."""
    before = process_time()
    draft = _draft(("双方同意赔" + unit * 20_000)[:19_999] + "元")
    assert process_time() - before < 2
    assert not any(one.amount and one.amount.cents for one in draft.instalments)


def test_the_rules_can_be_read_by_a_person() -> None:
    for cue in CUES:
        assert re.search("[\u4e00-\u9fff]", cue.words)
        assert not re.match(cue.words, ""), "a cue is never nothing"
