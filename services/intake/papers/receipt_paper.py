"""回执 (the receipt of a registration) on paper: number, day, the event's hash, and a QR code of them."""

from dataclasses import dataclass
from datetime import date

from shared.papers import Paper
from shared.papers.blocks import Block, Labelled, Paragraph, QrCode, Title
from shared.papers.numbers import printed_day

_IN_GROUPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """What the paper says; `sealed_on` is None before the seal of its day."""

    number: str
    received_on: date
    hash: str
    ledger: str
    sequence: int
    sealed_on: date | None

    @property
    def in_the_code(self) -> bytes:
        """Number, day and hash in the characters that a QR code holds most compactly."""
        return f"CONCORD1:{self.number}:{self.received_on}:{self.hash.upper()}".encode("ascii")


def receipt_paper(facts: ReceiptFacts, *, dated: date) -> Paper:
    """The paper for the petitioner."""
    blocks: tuple[Block, ...] = (
        Title("信访事项收件回执"),
        Labelled("编号（number）：", facts.number),
        Labelled("收到日期（received on）：", printed_day(facts.received_on)),
        Labelled("账本与序号（ledger, event）：", f"{facts.ledger}，{facts.sequence}"),
        Labelled("登记记录校验值（hash）：", _grouped(facts.hash)),
        Labelled("封存（sealed）：", _sealed(facts.sealed_on)),
        QrCode(facts.in_the_code),
        Paragraph(
            "本回执证明该编号的信访事项于所载日期登记在账本中；不证明来信内容，也不表示受理或者答复。"
            "请妥善保管查询码，凭编号和查询码可以查询办理情况，并可取得含封存证明的电子回执。"
        ),
        Paragraph(
            "This receipt shows that a matter of this number was registered, received on this day. It "
            "does not show what was written, and is neither an acceptance nor an answer."
        ),
    )
    return Paper("receipt", dated, blocks, paged=False)


def _grouped(digest: str) -> str:
    groups = (digest[at : at + _IN_GROUPS] for at in range(0, len(digest), _IN_GROUPS))
    return " ".join(groups)


def _sealed(day: date | None) -> str:
    if day is None:
        return "尚未封存，次日后可再取（not sealed yet）"
    return f"已由{printed_day(day)}的封存覆盖（sealed）"
