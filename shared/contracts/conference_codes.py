"""Code lists of conferences: for what leaders and units meet."""

from shared.contracts.event import Code


class ConferenceForm(Code):
    """For what they meet."""

    MONTHLY_COMMITTEE = "monthly-committee", "党委会专题研究"
    JOINT_ASSESSMENT = "joint-assessment", "联合专项研判"
    JOINT_CONFERENCE = "joint-conference", "信访工作联席会议"
    SPECIAL_MEETING = "special-meeting", "其他专题会议"
