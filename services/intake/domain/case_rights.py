"""Who may act on a case and who may read it, by the case, the registry and the token of who asks.

member of the unit complained of, or of no unit ─► nothing: as if there were no case
handler, substitute, holding unit, its head, petition office, township leader, backfill ─► acts
co-handling unit ─► reads, investigates and hears
whoever acts or investigates, but for a backfill ─► reads who filed it and what was written
once handler, county leader, auditor, county's petition office ─► reads

Whoever was recused reads what they read before, and acts on nothing [R28]. A petition office that
is complained of holds nothing: the matter goes one level up, to the county's [R30].
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from services.intake.domain.case import CaseFile, CaseNotFound
from services.intake.domain.complained_unit import (
    complained_units,
    is_complained_of,
    is_or_is_below,
)
from services.intake.domain.participant import Participant
from services.intake.domain.registry import Place, Registry
from shared.contracts.case_handling_codes import ClosingChecker
from shared.divisions import county_of, division_of
from shared.refusals import Refusal


class Access(IntEnum):
    """What somebody may do with a case, each with all that comes before."""

    NOTHING = 0
    READ = 1
    FIND_FACTS = 2
    ACT = 3


class CaseNotInYourHands(Refusal):
    """The case is in the hands of another unit or post; hand it over first."""

    status = 403
    title = "The case is not in your hands"


class CheckOfAnother(Refusal):
    """Each check before a closing is made by whom it names: the unit's head, the petition office."""

    status = 403
    title = "The check is another's"


class ShownToTheHolder(Refusal):
    """Who filed the case and what was written is shown to whom the case is with; ask for a reveal."""

    status = 403
    title = "Person and text are shown to whom the case is with"


class RevealNotFound(Refusal):
    """Nobody has asked for this reveal of the case."""

    status = 404
    title = "No such reveal"


class RevealApprovedByTheAsker(Refusal):
    """A reveal is asked by one post and approved by another."""

    status = 403
    title = "Nobody approves their own reveal"


class RecusedFromCase(Refusal):
    """This post was recused: it does nothing more in the case."""

    status = 403
    title = "You are recused from the case"


def refuse_unless_acting(
    case: CaseFile, who: Participant, registry: Registry, *, on: date, needs: Access = Access.ACT
) -> None:
    """Raise CaseNotFound, RecusedFromCase or CaseNotInYourHands."""
    granted = access(case, who, registry, on=on)
    if granted is Access.NOTHING:
        raise CaseNotFound
    if is_recused(case, who):
        raise RecusedFromCase
    if granted < needs:
        raise CaseNotInYourHands


def refuse_unless_reading(
    case: CaseFile, who: Participant, registry: Registry, *, on: date, texts: bool = False
) -> None:
    """Raise CaseNotFound; RecusedFromCase where `texts` and papers of the case are asked for."""
    if access(case, who, registry, on=on) is Access.NOTHING:
        raise CaseNotFound
    if texts and is_recused(case, who):
        raise RecusedFromCase


def refuse_unless_holding(
    case: CaseFile, who: Participant, registry: Registry, *, on: date
) -> None:
    """Raise CaseNotFound, RecusedFromCase or ShownToTheHolder.

    Units that handle the case along count as holding it, since they find facts and hear people. Of
    a matter that another division holds, or of a void registration, nothing is shown here.
    """
    granted = access(case, who, registry, on=on)
    if granted is Access.NOTHING:
        raise CaseNotFound
    if is_recused(case, who):
        raise RecusedFromCase
    held_here = case.holder is not None and case.holder.case_id == case.case_id
    if who.is_backfill or granted < Access.FIND_FACTS or not held_here:
        raise ShownToTheHolder


def access(case: CaseFile, who: Participant, registry: Registry, *, on: date) -> Access:
    """What somebody may do with the case on that day, a recusal aside.

    Nobody does anything with what is the discipline lane's: that has a record of its own.
    """
    if case.case_id is None or case.is_sealed or is_complained_of(case, who, registry, on=on):
        return Access.NOTHING
    if who.is_backfill:
        return Access.ACT
    if who.unit is None:
        return Access.NOTHING
    return _Held(case, division_of(case.case_id), registry, on).access(who)


def refuse_unless_checking(
    case: CaseFile, who: Participant, registry: Registry, *, on: date, by: ClosingChecker
) -> None:
    """Raise CheckOfAnother where somebody is not who makes that check before the closing.

    The head of the unit is a post that heads it, or a leader of the township. Where the registry
    names no head, it is anybody of the unit.
    """
    if case.case_id is None or who.is_backfill:
        return
    held = _Held(case, division_of(case.case_id), registry, on)
    if not (held.heads(who) if by is ClosingChecker.UNIT_HEAD else held.is_petition_office(who)):
        raise CheckOfAnother(field="by")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBy:
    """Who has a case in this ledger on a day, as the registry says."""

    division: str
    unit: str
    post: str | None
    """The post that has the handler's matters; None where none is named, or none has them."""
    substitute: str | None


def held_by(case: CaseFile, registry: Registry, *, on: date) -> HeldBy:
    """The unit responsible, the handler and who acts for it; CaseNotFound before the filing."""
    if case.case_id is None:
        raise CaseNotFound
    return _Held(case, division_of(case.case_id), registry, on).by()


def office_if_unheld(case: CaseFile, registry: Registry, *, on: date) -> str | None:
    """The petition office, where the case was given to a unit or a post that nobody has that day."""
    if case.case_id is None or case.responsible_unit is None:
        return None
    division, handler = division_of(case.case_id), case.handler
    unheld = registry.unit_unheld(division, case.responsible_unit, on)
    if unheld is None and handler is not None:
        unheld = registry.post_unheld(division, handler, on)
    return registry.petition_office(division, on) if unheld else None


def is_recused(case: CaseFile, who: Participant) -> bool:
    """Whether the case has a recusal of the participant's post."""
    if case.case_id is None:
        return False
    names = who.names_in(division_of(case.case_id))
    return any(fact.post in names for fact, _ in case.proceedings.recusals)


def unit_of(who: Participant, registry: Registry, on: date) -> Place | None:
    """The unit that the token names; None where the registry knows the post elsewhere, or ended."""
    post = registry.post(who.division, who.post) if who.post else None
    if who.place is None or post is None:
        return who.place
    known = registry.unit_of_post(post.division, post.code, on)
    return who.place if known == registry.unit_now(*who.place, on) else None


@dataclass(frozen=True, slots=True)
class _Held:
    """The case in the hands of those whom the registry names on that day."""

    case: CaseFile
    division: str
    registry: Registry
    on: date

    def access(self, who: Participant) -> Access:
        if self._acts(who):
            return Access.ACT
        if self._unit_of(who) in self._co_handlers():
            return Access.FIND_FACTS
        return Access.READ if self._reads(who) else Access.NOTHING

    def _acts(self, who: Participant) -> bool:
        if who.leads_township and who.division == self.division:
            return True
        holding = self.units()
        of_unit = self._unit_of(who) in holding
        return of_unit or self._heads(who, holding) or self._is_handler(who)

    def _unit_of(self, who: Participant) -> Place | None:
        return unit_of(who, self.registry, self.on)

    def units(self) -> frozenset[Place]:
        """The units that hold the case: the one responsible, and the petition office."""
        return frozenset([self._responsible(), self._petition_office()])

    def heads(self, who: Participant) -> bool:
        """Whether it heads the unit responsible, or is of it where the registry names no head."""
        if who.leads_township and who.division == self.division:
            return True
        unit = self._responsible()
        if self.registry.heads_of(*unit, self.on):
            return self._heads(who, frozenset([unit]))
        return self._unit_of(who) == unit

    def is_petition_office(self, who: Participant) -> bool:
        """Whether it is of the petition office that has the case."""
        return self._unit_of(who) == self._petition_office()

    def by(self) -> HeldBy:
        """The unit responsible, and its post."""
        division, unit = self._responsible()
        handler = self.case.handler
        now = self.registry.post_now(self.division, handler, self.on) if handler else None
        post = self.registry.post(*now) if now else None
        if handler is None or post is None:
            named = None if handler is None or self._is_over(handler) else handler
            return HeldBy(division=division, unit=unit, post=named, substitute=None)
        return HeldBy(
            division=division,
            unit=unit,
            post=post.code,
            substitute=post.substitute_on(self.on),
        )

    def _responsible(self) -> Place:
        """The unit that was given the case, or has its matters since; never one complained of."""
        holder = self.registry.unit_now(self.division, self.case.unit, self.on)
        return self._petition_office() if self._is_complained(holder) else holder

    def _is_complained(self, unit: Place) -> bool:
        complained = complained_units(self.case, self.registry)
        return is_or_is_below(unit, complained, self.registry)

    def _petition_office(self) -> Place:
        """The division's; the county's where the division's is the one complained of."""
        own = self.division, self.registry.petition_office(self.division, self.on)
        return self._county_office() if self._is_complained(own) else own

    def _county_office(self) -> Place:
        county = county_of(self.division)
        return county, self.registry.petition_office(county, self.on)

    def _co_handlers(self) -> frozenset[Place]:
        accepted = self.case.accepted
        named = accepted.co_handlers if accepted else ()
        return frozenset(
            self.registry.unit_now(self.division, each, self.on)
            for each in named
            if self.registry.unit(self.division, each) is not None
        )

    def _heads(self, who: Participant, units: frozenset[Place]) -> bool:
        """Whether it is the post that heads one of these units."""
        if who.post is None:
            return False
        post = self.registry.post(who.division, who.post)
        if post is None or not post.leads:
            return False
        return self.registry.unit_of_post(post.division, post.code, self.on) in units

    def _is_handler(self, who: Participant) -> bool:
        """Whether it is the post that has the handler's matters on that day, or its substitute."""
        handler = self.case.handler
        if handler is None:
            return False
        if handler in who.names_in(self.division):
            return not self._is_over(handler)
        if who.division != self.division or who.post is None:
            return False
        now = self.registry.post_now(self.division, handler, self.on)
        post = self.registry.post(*now) if now else None
        return post is not None and who.post in {post.code, post.substitute_on(self.on)}

    def _is_over(self, handler: str) -> bool:
        """Whether the registry has ended the post, or given its matters to another."""
        post = self.registry.post(self.division, handler)
        return post is not None and post.has_ended(self.on)

    def _reads(self, who: Participant) -> bool:
        if who.oversees or who.leads_township or self._unit_of(who) == self._county_office():
            return True
        return not self.case.handlers_until_now.isdisjoint(who.names_in(self.division))
