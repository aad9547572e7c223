"""Values for every form: a homestead boundary dispute of two made-up households."""

from datetime import date

from services.mediation.papers import FilePart, agreement_number
from shared.papers import Signer, Value, in_capitals

DAY = date(2026, 3, 5)
COMMITTEE = "青云镇人民调解委员会"
NUMBER = agreement_number("青云镇", year=2026, serial=12)
FACTS = (
    "王甲与李乙两家宅基地相邻。2025年9月李乙翻建厢房时，墙基越过原界石0.4米，占用王甲家宅基地。"
    "王甲多次要求拆除，双方发生争吵，村委会两次劝解未果。"
)
PARTIES = [
    {
        "side": "申请人",
        "name": "王甲",
        "sex": "男",
        "age": "52",
        "address": "青云镇东坡村三组12号",
        "contact": "13900000001",
    },
    {
        "side": "被申请人",
        "name": "李乙",
        "sex": "男",
        "age": "47",
        "address": "青云镇东坡村三组13号",
        "contact": "13900000002",
    },
]
BOTH = [Signer("申请人", "王甲"), Signer("被申请人", "李乙")]
MEDIATOR = [Signer("人民调解员", "赵丙")]

Filled = dict[str, Value | None]

APPLICATION: Filled = {
    "parties": PARTIES,
    "facts": FACTS,
    "request": "请求被申请人拆除越界墙基或者按占地面积补偿。",
    "applicants": BOTH[:1],
    "dated": date(2026, 2, 20),
}
CONSENT: Filled = {
    "number": None,
    "origin": "当事人申请",
    "category": "宅基地边界纠纷",
    "accepted": date(2026, 2, 21),
    "parties": PARTIES,
    "facts": FACTS,
    "mediators": "赵丙",
    "rights_told": "可以选择或者接受人民调解员；可以接受、拒绝或者要求终止调解；应当如实陈述纠纷事实。",
    "consenting": BOTH,
    "mediator": MEDIATOR,
    "seal": COMMITTEE,
    "dated": date(2026, 2, 21),
}
RECORD: Filled = {
    "held": "2026年2月26日9时至11时",
    "place_held": "东坡村村委会调解室",
    "mode": "面对面调解",
    "matter": "宅基地边界纠纷",
    "present": [
        {"role": "申请人", "name": "王甲"},
        {"role": "被申请人", "name": "李乙"},
        {"role": "人民调解员", "name": "赵丙", "note": "主持"},
        {"role": "记录人", "name": "孙丁"},
    ],
    "told": "调解员宣布调解纪律，告知双方权利义务。",
    "said": (
        "赵丙：今天请两家来，把墙基的事说清楚。\n"
        "王甲：他家墙基过了界石，占了我家四十公分，我要求拆。\n"
        "李乙：盖的时候没看见界石，拆了厢房就塌了，我愿意给补偿。\n"
        "赵丙：界石两家都认，昨天村里量过，确实过界0.4米，长6米，合2.4平方米。\n"
        "王甲：要是赔得合理，可以不拆。"
    ),
    "outcome": "双方同意以补偿代替拆除，金额下次再谈。",
    "parties_sign": BOTH,
    "mediator": MEDIATOR,
    "recorder": [Signer("记录人", "孙丁")],
    "dated": date(2026, 2, 26),
}
AGREEMENT: Filled = {
    "number": NUMBER,
    "parties": PARTIES,
    "facts": FACTS,
    "issue": "越界墙基是否拆除；不拆除时如何补偿。",
    "liabilities": "李乙建房前未与邻居核对界石，对越界负责；王甲对越界没有责任。",
    "terms": (
        "1.李乙一次性取得越界部分2.4平方米的使用，界石移至现墙基外侧，双方以后不再为此争执。\n"
        "2.李乙补偿王甲人民币3000元。\n"
        "3.今后任何一方翻建房屋，应当提前十日告知对方并共同核对界石。"
    ),
    "performance_mode": "现金支付，王甲收款后出具收条。",
    "performance_by": "分三期，最后一期不迟于2026年12月31日。",
    "instalments": [
        {
            "term": "第一期",
            "due": "2026年3月5日",
            "amount": "1000元",
            "capitals": in_capitals(100_000),
        },
        {
            "term": "第二期",
            "due": "2026年8月31日",
            "amount": "1000元",
            "capitals": in_capitals(100_000),
        },
        {
            "term": "第三期",
            "due": "2026年12月31日",
            "amount": "1000元",
            "capitals": in_capitals(100_000),
        },
    ],
    "copies": 3,
    "parties_sign": BOTH,
    "mediator": MEDIATOR,
    "recorder": [Signer("记录人", "孙丁")],
    "seal": COMMITTEE,
    "dated": DAY,
}
ORAL: Filled = {
    "number": agreement_number("青云镇", year=2026, serial=13),
    "parties": PARTIES,
    "facts": FACTS,
    "terms": "李乙当场赔礼，王甲不再追究。",
    "performance_mode": "口头道歉。",
    "performance_by": "当场履行完毕。",
    "agreed": DAY,
    "mediator": MEDIATOR,
    "seal": COMMITTEE,
    "dated": DAY,
}
TERMINATION: Filled = {
    "number": agreement_number("青云镇", year=2026, serial=14),
    "parties": PARTIES,
    "facts": FACTS,
    "ground": "被申请人明确表示不愿继续调解。",
    "ended": DAY,
    "routes": [
        {
            "route": "土地权属争议处理",
            "where": "青云镇人民政府",
            "note": "个人之间的宅基地争议可以申请乡级人民政府处理",
        },
        {"route": "民事诉讼", "where": "有管辖权的人民法院", "note": "相邻关系、侵权纠纷"},
    ],
    "mediator": MEDIATOR,
    "received": BOTH,
    "seal": COMMITTEE,
    "dated": DAY,
}
CONFIRMATION: Filled = {
    "parties": [
        {
            "side": "申请人",
            "name": party["name"],
            "address": party["address"],
            "served_at": "同住址",
            "contact": party["contact"],
        }
        for party in PARTIES
    ],
    "agreement": NUMBER,
    "effective": DAY,
    "request_by": date(2026, 4, 4),
    "request": f"请求确认{NUMBER}人民调解协议有效。",
    "facts": "双方因宅基地边界发生纠纷，经调解自愿达成协议，内容见附件。",
    "enclosed": "1.人民调解协议书\n2.双方身份证明\n3.宅基地使用证明",
    "court": "青云县人民法院",
    "parties_sign": BOTH,
    "dated": date(2026, 3, 10),
}
FOLLOW_UP: Filled = {
    "agreement": NUMBER,
    "visited": "王甲",
    "way": "上门回访",
    "held": "2026年9月3日15时",
    "performance": "第一期、第二期款项均已按期付清，界石已移。",
    "said": "满意，两家已正常来往。",
    "visitor": [Signer("回访人", "赵丙")],
    "dated": date(2026, 9, 3),
}
COVER: Filled = {
    "number": NUMBER,
    "committee": COMMITTEE,
    "category": "宅基地边界纠纷",
    "title": "王甲与李乙宅基地边界纠纷",
    "parties": "王甲、李乙",
    "mediators": "赵丙",
    "accepted": date(2026, 2, 21),
    "ended": DAY,
    "outcome": "达成书面调解协议，已履行",
    "filed": date(2027, 1, 10),
    "filed_by": "孙丁",
    "kept_for": "30年",
}
BY_FORM: dict[str, Filled] = {
    "mediation-application": APPLICATION,
    "mediation-consent": CONSENT,
    "mediation-session-record": RECORD,
    "mediation-agreement": AGREEMENT,
    "oral-agreement-registration": ORAL,
    "mediation-termination": TERMINATION,
    "confirmation-request": CONFIRMATION,
    "mediation-follow-up": FOLLOW_UP,
    "mediation-file-cover": COVER,
}
WHOLE = [
    FilePart("mediation-follow-up", FOLLOW_UP),
    FilePart("mediation-agreement", AGREEMENT, remark="原件"),
    FilePart("mediation-application", APPLICATION),
    FilePart("mediation-session-record", RECORD),
    FilePart("mediation-session-record", RECORD | {"mode": "背靠背调解"}),
    FilePart("mediation-consent", CONSENT),
]
