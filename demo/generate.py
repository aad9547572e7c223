"""Makes the bundled register: `python -m demo.generate`. The same rows every time.

Nothing in it is anyone's: people are called 测试甲, their numbers are not assigned, the township
and its villages do not exist.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from demo.made_up.chance import Chance

REGISTER = Path(__file__).parent / "register.csv"
ROWS = 300
FIRST_DAY = date(2024, 1, 2)

COLUMNS = (
    "登记编号", "登记时间", "信访形式", "诉求类别", "村(社区)", "联系人", "联系电话", "人数",
    "初次或重复", "主要诉求", "受理日期", "承办单位", "答复时间", "答复内容", "化解日期", "化解方式",
    "办理状态", "办结日期", "撤回日期",
)  # fmt: skip

_FORMS = ("来访", "来访", "来访", "来电", "来电", "来信", "网上", "热线")
VILLAGES = ("清水村", "石桥村", "柳湾村", "东岭社区", "河口村", "槐树村")
STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Matter:
    """A kind of matter, the unit that handles it, and its stories."""

    category: str
    unit: str
    stories: Sequence[tuple[str, str]]
    """Pairs of the petition's text and the office's answer."""


_MATTERS = (
    Matter(
        "饮水水利", "水利站",
        (
            ("自来水水压不足，做饭时间常断水", "已更换增压泵，水压恢复正常"),
            ("灌溉渠年久失修，下游田块缺水", "已将渠道清淤列入本季计划并开工"),
            ("饮水管网破裂多日无人维修", "管网已抢修完毕并试压合格"),
        ),
    ),
    Matter(
        "道路交通", "交通站",
        (
            ("通组道路破损严重，雨天无法通行", "路面已修补，完成现场验收"),
            ("村口路灯长期不亮，夜间出行不便", "路灯线路已检修，全部恢复照明"),
            ("施工车辆压坏入户路至今未修", "施工方已按约定恢复路面"),
        ),
    ),
    Matter(
        "劳动报酬", "人社所",
        (
            ("工程完工后拖欠工资两个月", "经协调，拖欠工资已足额发放"),
            ("加工厂停产，计件工资未结清", "双方核对账目后签订支付协议"),
            ("临时用工未签合同，工资对不上账", "已责令用工方补签合同并结清"),
        ),
    ),
    Matter(
        "土地承包", "自然资源所",
        (
            ("承包地边界与邻户有争议", "经实地丈量，双方认可边界"),
            ("土地流转租金逾期未付", "流转租金已补付到户"),
            ("确权面积与实际耕种面积不符", "已核对台账并更正登记"),
        ),
    ),
    Matter(
        "拆迁安置", "城建办",
        (
            ("安置房过渡费未按期发放", "过渡费已补发到账"),
            ("安置房渗水，多次报修未解决", "施工单位已返修并复查合格"),
            ("附属物补偿漏登记", "漏登项目已补登并公示"),
        ),
    ),
    Matter(
        "医疗保险", "医保办",
        (
            ("异地住院费用报销被退回", "补齐材料后已完成报销"),
            ("新生儿参保信息录入有误", "参保信息已更正"),
            ("慢性病门诊待遇认定时间过长", "认定已办结，待遇当月生效"),
        ),
    ),
)  # fmt: skip


def rows() -> Iterator[dict[str, str]]:
    """The rows of the register, in the order in which they were filed."""
    chance = Chance(519900102)
    for number in range(1, ROWS + 1):
        day = FIRST_DAY + timedelta(days=(number - 1) * 350 // ROWS)
        yield _row(chance, number, day)


def _row(chance: Chance, number: int, day: date) -> dict[str, str]:
    matter = chance.one_of(_MATTERS)
    trouble, answer = chance.one_of(matter.stories)
    row = dict.fromkeys(COLUMNS, "") | _filing(chance, number, day)
    row |= {"诉求类别": matter.category}
    row["主要诉求"] = f"{row['联系人']}反映：{row['村(社区)']}{trouble}，请求尽快处理。"
    if chance.percent(94):
        row |= _handling(chance, day) | {"承办单位": matter.unit}
        if row["答复时间"]:
            row["答复内容"] = f"{answer}。"
    else:
        row["办理状态"] = "待受理"
    return row


def _filing(chance: Chance, number: int, day: date) -> dict[str, str]:
    at = datetime.combine(day, time(8 + chance.below(10), chance.below(60)))
    return {
        "登记编号": f"{number:04}",
        "登记时间": at.strftime("%Y/%m/%d %H:%M") if chance.percent(90) else day.isoformat(),
        "信访形式": chance.one_of(_FORMS),
        "村(社区)": chance.one_of(VILLAGES),
        "联系人": f"测试{chance.one_of(STEMS)}{chance.one_of(STEMS)}",
        "联系电话": f"000-0000-{number:04}",
        "人数": str(1 + (chance.below(6) if chance.percent(15) else 0)),
        "初次或重复": "重复" if chance.percent(12) else "初次",
    }


def _handling(chance: Chance, day: date) -> dict[str, str]:
    accepted = day + timedelta(days=chance.below(14))
    row = {"受理日期": written(accepted), "办理状态": "办理中"}
    fate = chance.below(100)
    if fate < 4:
        return row | {"办理状态": "撤回", "撤回日期": written(accepted + timedelta(days=5))}
    if fate < 7:
        return row | {"办理状态": "转诉讼", "办结日期": written(accepted + timedelta(days=9))}
    if fate < 12:
        return row
    return row | _ending(chance, accepted)


def _ending(chance: Chance, accepted: date) -> dict[str, str]:
    answered = accepted + timedelta(days=1 + chance.below(20 if chance.percent(70) else 75))
    row = {"答复时间": written(answered)}
    if not chance.percent(95):
        return row
    ended = answered + timedelta(days=chance.below(10))
    how = chance.one_of(("认可意见", "认可意见", "当场解决", "协议履行"))
    row |= {"化解日期": written(ended), "化解方式": how}
    if chance.percent(92):
        row |= {
            "办理状态": "已办结",
            "办结日期": written(ended + timedelta(days=chance.below(4))),
        }
    return row


def written(day: date) -> str:
    """As an office writes a day."""
    return f"{day.year}年{day.month}月{day.day}日"


def write(path: Path) -> None:
    """The register as an office would save it from its spreadsheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    write(REGISTER)
    print(f"{ROWS} rows in {REGISTER}")
