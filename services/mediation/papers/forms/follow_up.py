"""A visit after the agreement: what was performed, and what the parties say."""

from services.mediation.papers.forms.elements import (
    FILE_FORMAT,
    LAW,
    SIGNED,
    SIGNED_BY_HAND,
    dated,
    line,
    signatures,
    text,
)
from shared.papers import Form

FOLLOW_UP = Form(
    id="mediation-follow-up",
    zh="人民调解回访记录",
    en="record of a follow-up visit",
    source=f"{LAW} 31",
    body=(
        line("agreement", "调解协议编号", "number of the agreement", f"{LAW} 31", required=False),
        line("visited", "回访对象", "who was visited"),
        line("way", "回访方式", "way of the visit"),
        line("held", "回访时间", "time of the visit"),
        text("performance", "协议履行情况", "performance of the agreement", f"{LAW} 31"),
        text("said", "当事人意见", "what the party says", FILE_FORMAT),
        text("next_steps", "后续措施", "what follows", f"{LAW} 31", required=False),
        signatures(
            "visited_sign",
            "被回访人签名",
            "signature of who was visited",
            FILE_FORMAT,
            mark=SIGNED,
            required=False,
        ),
        signatures(
            "visitor", "回访人签名", "visitor's signature", FILE_FORMAT, mark=SIGNED_BY_HAND
        ),
        dated(FILE_FORMAT),
    ),
)
