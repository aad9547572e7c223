"""The cover of a file, and the list of what is in it."""

from services.mediation.papers.forms.elements import FILE_FORMAT, LAW, line
from shared.papers import Form, Kind

COVER = Form(
    id="mediation-file-cover",
    zh="人民调解卷宗",
    en="file cover",
    source=f"{LAW} 27; {FILE_FORMAT}",
    paged=False,
    cover=True,
    body=(
        line("number", "卷宗编号", "file number", kind=Kind.TEXT),
        line("committee", "人民调解委员会", "mediation committee"),
        line("category", "纠纷类别", "category of the dispute"),
        line("title", "案由", "the matter"),
        line("parties", "当事人", "the parties"),
        line("mediators", "人民调解员", "mediators"),
        line("accepted", "受理日期", "date of acceptance", kind=Kind.DATE),
        line("ended", "结案日期", "date of the end", kind=Kind.DATE),
        line("outcome", "调解结果", "outcome"),
        line("filed", "立卷日期", "date of filing", kind=Kind.DATE),
        line("filed_by", "立卷人", "filed by"),
        line("kept_for", "保管期限", "kept for", required=False),
    ),
)

CONTENTS_TITLE = "卷内目录"
CONTENTS_HEAD = ("序号", "材料名称", "文号", "页次", "备注")
