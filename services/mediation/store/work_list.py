"""The disputes that a mediator, or the desk of a township, has to go on with, in groups."""

from datetime import timedelta

from services.mediation.domain.mediation_state import GOING_ON
from services.mediation.store.kept_from import NOT_KEPT_SQL
from services.mediation.store.mediation_board import MEDIATIONS
from shared.board.grouped import GroupedList
from shared.office.work import WorkGroup

DUE_SOON = timedelta(days=3)
"""The period of a mediation is thirty days, an instalment has its day."""
_GOING_ON = ", ".join(f"'{each.value}'" for each in GOING_ON)
_TAKEN = """
    exists (select from mediation_hand as participant
        where participant.division_code = mediation_board.division_code
          and participant.mediation_id = mediation_board.mediation_id and participant.takes_part)
"""
_OF_THE_DESK = f"""
    from mediation_board
    where %(is_desk)s::boolean and division_code = %(scope)s::text
      and state = any (array[{_GOING_ON}])
      and {NOT_KEPT_SQL.replace("{table}", "mediation_board")}
"""
_OF_THE_MEDIATOR = f"""
    from mediation_hand as own join mediation_board using (division_code, mediation_id)
    where own.mediator_id = any(%(mediators)s::text[]) and own.takes_part and state = any (array[{_GOING_ON}])
      and {NOT_KEPT_SQL.replace("{table}", "mediation_board")}
"""
_AGREED = "state = any (array['agreed', 'partly-performed'])"
WORK = GroupedList(
    MEDIATIONS,
    order="due",
    sources=(_OF_THE_DESK, _OF_THE_MEDIATOR),
    groups={
        WorkGroup.NEW: f"""
            case when %(is_desk)s::boolean
                then state = any (array['applied', 'open']) and not {_TAKEN}
                else state = 'applied' end
        """,
        WorkGroup.RETURNED: "state = 'breached'",
        WorkGroup.WAITING: f"""
            {_AGREED} and coalesce(due_on > %(today)s::date, true)
            or %(is_desk)s::boolean and state = any (array['applied', 'open']) and {_TAKEN}
        """,
        WorkGroup.OVERDUE: "due_on < %(today)s::date",
        WorkGroup.DUE_SOON: "due_on >= %(today)s::date and due_on <= %(soon)s::date",
    },
    changed="changed_at",
)
