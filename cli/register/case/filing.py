"""What a register states of a filing: by which way, about what, by whom."""

from cli.register.case.tables import Case
from cli.register.facts import Said
from cli.register.values import Reader
from shared.contracts.case_codes import Category, Channel, FirstOrRepeat, Purpose, ReceivedFrom


def filing(reader: Reader, case: Case) -> Said:
    """The filing by the API's names."""
    return {
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
    }


def _person(reader: Reader, case: Case) -> dict[str, str | None] | None:
    person = {
        "name": reader.text(case.person),
        "phone": reader.text(case.phone),
        "id_number": reader.text(case.id_number),
        "address": reader.text(case.address),
    }
    return person if any(person.values()) else None
