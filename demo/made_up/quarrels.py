"""The disputes of the made-up township, and what the parties agree on."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Quarrel:
    """A kind of dispute, the category of a petition about it, and its stories."""

    kind: str
    category: str
    stories: Sequence[tuple[str, str]]
    """Pairs of the issue and the terms of the agreement."""


QUARRELS = (
    Quarrel(
        "邻里", "城乡建设",
        (
            ("排水沟流向邻院", "水沟改道，所需费用各出一半"),
            ("夜间加工噪声", "晚八点以后不再开机"),
            ("院墙边的树遮挡采光", "树枝由主人修剪，今后每年修剪一次"),
        ),
    ),
    Quarrel(
        "房屋宅基地", "国土资源",
        (
            ("两家宅基地的分界", "以丈量所立界桩为准，互不越界"),
            ("屋檐滴水淋坏墙基", "檐口加装水槽，墙基由双方合修"),
        ),
    ),
    Quarrel(
        "山林土地", "国土资源",
        (
            ("承包地田埂被挖", "田埂恢复原状，青苗损失补二百元"),
            ("林地边界上的树归谁", "界上的树归两家共有，采伐须双方同意"),
        ),
    ),
    Quarrel(
        "婚姻家庭", "民政优抚",
        (
            ("老人赡养费怎样分担", "赡养费按月分担，医药费据实均摊"),
            ("分家时农具的归属", "农具按清单分开，各自取回"),
        ),
    ),
    Quarrel(
        "损害赔偿", "政法",
        (
            ("电动车碰伤行人", "赔付医药费一千八百元"),
            ("家禽毁坏菜地", "补偿菜地损失三百元，家禽圈养"),
        ),
    ),
    Quarrel(
        "合同", "经济管理",
        (
            ("租房押金未退", "退还押金八百元"),
            ("建房工料款结算", "按实量结算，余款六千元付清"),
        ),
    ),
    Quarrel(
        "劳动争议", "劳动社保",
        (
            ("零工工钱拖欠", "工钱两千四百元付清"),
            ("采收计件数目不符", "以双方核对的数目为准补付差额"),
        ),
    ),
    Quarrel(
        "生产经营", "农村农业",
        (
            ("灌溉用水先后", "按编号轮流放水，违者让一轮"),
            ("合养鱼塘的分成", "按出资比例分成，账目每季公布"),
        ),
    ),
)  # fmt: skip
"""By the labels of the published code lists."""
