"""The words by which a dictation tells what it speaks of; a mediator can read and correct them."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of the agreement, by the id of its element in the form."""

    PARTIES = "parties"
    FACTS = "facts"
    ISSUE = "issue"
    LIABILITIES = "liabilities"
    TERMS = "terms"
    PERFORMANCE = "performance"


_ANY = frozenset(Part)
_PROMISED = frozenset({Part.TERMS, Part.PERFORMANCE})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that begin a part, if what was spoken of before is one of `after`."""

    part: Part
    words: str
    after: frozenset[Part] = _ANY


BEFORE_THE_MATTER = frozenset({Part.PARTIES, Part.FACTS})
"""Only here is a side introduced: 双方同意乙方李四赔三千 introduces nobody."""
WHILE_NAMING = frozenset({Part.PARTIES})
"""Words too common to begin the facts anywhere else."""

PAYING = (
    "赔偿|补偿|赔|补|给付|给|支付|付|归还|偿还|还|退|交|掏|拿出|拿|出|欠|一共|总共|共计|合计|总计"
)

CUES = (
    Cue(
        Part.PARTIES,
        r"(?:甲方|乙方|丙方|被?申请人|一方|另一方|男方|女方)(?:当事人)?(?:是|叫)",
        BEFORE_THE_MATTER,
    ),
    Cue(Part.FACTS, r"事情(?:是|经过)|经过是|情况是|起因|事实是"),
    Cue(
        Part.FACTS,
        r"去年|前年|今年(?![^，。]{1,5}岁)|上个?月|当时|因为|为了|两家|因",
        WHILE_NAMING,
    ),
    Cue(Part.ISSUE, r"争议|争的|争执的|吵的|闹的|分歧|焦点|要求|提出|想让|非要|(?<!自愿)不同意"),
    Cue(Part.LIABILITIES, r"责任|承认|认错|认账|有错|不对|理亏|没有?过错|有过错|怪|赖"),
    Cue(
        Part.TERMS,
        r"最后(?!一[次期笔回])|商量好|说好|讲好|谈好|谈妥|达成|约定|协商|调解后|经过?调解|"
        r"(?<!不)同意|答应|愿意|自愿|今后|以后|往后|保证|互不|一共赔|一次性了结",
    ),
    Cue(
        Part.PERFORMANCE,
        r"什么时候给|怎么给|分[一二两三四五六七八九十0-9]+(?:次|期|笔|回)|一次(?:性)?(?:付|给|结|还)清|"
        r"首付|剩下的?|余款|尾款|其余的?|最后一(?:次|期|笔|回)|每(?:次|期|笔)",
        # who demands to be paid in three parts has not been promised it
        _ANY - {Part.ISSUE},
    ),
    Cue(
        Part.PERFORMANCE,
        r"第[一二两三四五六七八九十0-9]+(?:次|期|笔|回)(?!调解|见面|吵|打|开会|谈)|"
        r"头一?(?:次|期|笔|回)|先(?:给|付|还|赔)|每(?:个)?月|当场(?:给|付|还)|"
        r"现金|转账|微信|支付宝|银行卡|打到",
        _PROMISED,
    ),
)

MODE = re.compile(
    r"分[一二两三四五六七八九十0-9]+(?:次|期|笔|回)|一次|现金|转账|微信|支付宝|银行卡|打到|当场|每(?:个)?月|每(?:次|期|笔)"
)
"""What tells how a promise is kept."""

SUBJECTS = (
    "甲方",
    "乙方",
    "丙方",
    "男方",
    "女方",
    "双方",
    "两家",
    "大家",
    "他",
    "她",
    "我",
    "对方",
    "被申请人",
    "申请人",
    "自己",
    "都",
)
"""Who may stand before a cue and belongs to it: 双方同意, 他承认."""
