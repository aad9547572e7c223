"""What a register states of a filing: by which way, about what, by whom."""

from cli.register.case.tables import Case
from cli.register.facts import Said
from cli.register.refusals import RowUnreadable
from cli.register.times import Moment
from cli.register.values import Reader
from shared.contracts.case_codes import Category, Channel, FirstOrRepeat, Purpose, ReceivedFrom
from shared.times import china_day, start_of


def received(reader: Reader, case: Case, filed: Moment) -> Moment | None:
    """The day of receipt, where a column says it; never after the filing."""
    when = reader.moment(case.received_on)
    if case.received_on and when and china_day(when.at) > china_day(filed.at):
        raise RowUnreadable(case.received_on.label, "a day after that of the filing")
    return when and Moment(start_of(china_day(when.at)), day_only=True)


def filing(reader: Reader, case: Case) -> Said:
    """The filing by the API's names."""
    return {
        **_received_on(reader, case),
        "channel": reader.code(case.channel, Channel) or Channel.NOT_STATED,
        "purpose": reader.code(case.purpose, Purpose) or Purpose.NOT_STATED,
        "category": reader.code(case.category, Category) or Category.UNCLASSIFIED,
        "headcount": reader.count(case.headcount),
        "joint": reader.flag(case.joint),
        "anonymous": reader.flag(case.anonymous),
        "first_or_repeat": reader.code(case.first_or_repeat, FirstOrRepeat)
        or FirstOrRepeat.NOT_STATED,
        "urgent": reader.flag(case.urgent),
        "received_from": reader.code(case.received_from, ReceivedFrom),
        "person": _person(reader, case),
        "narrative": reader.text(case.narrative, between="\n"),
        **_cause(reader, case),
    }


def _received_on(reader: Reader, case: Case) -> Said:
    """Left out where the register has no such column."""
    if case.received_on is None:
        return {}
    when = reader.moment(case.received_on)
    return {"received_on": when and china_day(when.at).isoformat()}


def _cause(reader: Reader, case: Case) -> Said:
    """Left out where the row names none."""
    title, number = reader.text(case.cause), reader.text(case.cause_number)
    if not (title or number):
        return {}
    stated = {"title": title, "registration_number": number}
    return {"cause": {name: value for name, value in stated.items() if value}}


def _person(reader: Reader, case: Case) -> dict[str, str | None] | None:
    person = {
        "name": reader.text(case.person),
        "phone": reader.text(case.phone),
        "id_number": reader.text(case.id_number),
        "address": reader.text(case.address),
    }
    return person if any(person.values()) else None
