"""How routes take the service of a document: the method, the proof and the day of receipt."""

from datetime import datetime
from typing import Self

from pydantic import model_validator

from services.intake.domain.case.service_of_documents import Service
from services.intake.domain.reporting_policy import refuse_too_long_ago
from shared.contracts.case_codes import ServiceMethod
from shared.contracts.case_handling_codes import ServiceProof
from shared.http import Body
from shared.identity import Actor, Role
from shared.office.occurrence_time import Dated, Day, moment_of_day
from shared.times import china_day


class Served(Body):
    """By which way, and what proves it; handed over where nothing else is said."""

    method: ServiceMethod
    proof: ServiceProof | None = None


class ServedLater(Dated):
    """Body of a command about the service of a document.

    `served_on` is the day in China on which the petitioner received it, as the proof says.
    """

    served_on: Day | None = None
    only_a_backfill = "Only a backfill states the moment; served_on takes the day of receipt."

    @model_validator(mode="after")
    def _dated_once(self) -> Self:
        if self.occurred_at and self.served_on:
            raise ValueError("Either occurred_at or served_on is given")
        return self

    def moment(self, actor: Actor, *, now: datetime) -> datetime:
        """The moment of the receipt; raises BackfillOnly, NotYetHappened and TooLongAgo."""
        if self.served_on is None:
            return super().moment(actor, now=now)
        if actor.role is not Role.BACKFILL:
            refuse_too_long_ago(self.served_on, today=china_day(now), field="served_on")
        return moment_of_day(self.served_on, field="served_on", now=now)


def service(method: ServiceMethod, proof: ServiceProof | None, *, at: datetime) -> Service:
    """The service of that moment; what is given in person is handed over."""
    if proof is None and method is ServiceMethod.IN_PERSON:
        proof = ServiceProof.HANDED_OVER
    return Service(method=method, proof=proof, served_on=china_day(at))
