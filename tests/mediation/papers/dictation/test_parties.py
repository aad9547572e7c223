"""Who the parties are, as far as they were named."""

import pytest

from services.mediation.papers.dictation.parties import parties_in


def _named(text: str) -> list[tuple[str, str]]:
    return [(party.side, party.name) for party in parties_in(text)]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("甲方是张三乙方是李四", [("甲方", "张三"), ("乙方", "李四")]),
        ("甲方叫王小明，乙方叫欧阳建国。", [("甲方", "王小明"), ("乙方", "欧阳建国")]),
        ("申请人刘美丽，被申请人陈建国", [("申请人", "刘美丽"), ("被申请人", "陈建国")]),
        ("一方是王五 另一方是赵六", [("一方", "王五"), ("另一方", "赵六")]),
        ("甲方：张三；乙方：李四", [("甲方", "张三"), ("乙方", "李四")]),
        ("甲方是和平乙方是高兴", [("甲方", "和平"), ("乙方", "高兴")]),
        ("女方叫赵秀英 男方叫孙有才", [("女方", "赵秀英"), ("男方", "孙有才")]),
        ("被申请人儿子周大伟三年没给赡养费", []),
        ("申请人孙秀兰 被申请人儿子周大伟", [("申请人", "孙秀兰"), ("被申请人", "周大伟")]),
        ("甲方叫阿卜杜拉·买买提，乙方叫古丽", [("甲方", "阿卜杜拉·买买提"), ("乙方", "古丽")]),
        ("经调解乙方李四赔甲方三千块", [("乙方", "李四")]),
        ("张三说李四打了他", [("", "张三")]),
        ("王小明跟赵大强两家吵架", [("", "王小明"), ("", "赵大强")]),
        ("两家吵架了", []),
        ("都说好了", []),
        (
            "甲方是张秀兰乙方是李长根两家因为滴水沟吵了半年",
            [("甲方", "张秀兰"), ("乙方", "李长根")],
        ),
        ("老张头家的狗咬了人", []),
        ("", []),
    ],
)
def test_parties_are_those_who_were_named(text: str, parties: list[tuple[str, str]]) -> None:
    assert _named(text) == parties


def test_what_was_said_of_a_party_goes_with_it_and_the_rest_stays_empty() -> None:
    first, second = parties_in(
        "申请人刘美丽，女，45岁，家住西沟村二组，电话13900000001，被申请人陈建国，男。五十岁的是别人"
    )
    assert first.row() == {
        "side": "申请人",
        "name": "刘美丽",
        "sex": "女",
        "age": "45",
        "address": "西沟村二组",
        "contact": "13900000001",
    }
    assert second.row() == {
        "side": "被申请人",
        "name": "陈建国",
        "sex": "男",
        "age": "",
        "address": "",
        "contact": "",
    }


def test_a_party_who_is_named_again_counts_once() -> None:
    assert _named("甲方是张三乙方是李四甲方是张三") == [("甲方", "张三"), ("乙方", "李四")]
