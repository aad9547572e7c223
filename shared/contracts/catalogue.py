"""Every published event by its name on the wire, for decoding, schemas and documents."""

from collections.abc import Iterator
from typing import Any

from shared.contracts import agreements, intake, ledger, mediation, mediators
from shared.contracts.event import Event
from shared.upcasting import upcast

SERVICES: dict[str, tuple[type[Event], ...]] = {
    "intake": (
        intake.CaseFiled,
        intake.CaseReplied,
        intake.CaseForwarded,
        intake.CaseAccepted,
        intake.CaseReferredToMediation,
        intake.MediationOutcomeNoted,
        intake.CaseDiverted,
        intake.CaseLinked,
        intake.OpinionIssued,
        intake.OpinionServed,
        intake.CaseResolved,
        intake.CaseWithdrawn,
        intake.CaseClosed,
        intake.CaseReopened,
    ),
    "mediation": (
        mediators.MediatorEnrolled,
        mediators.MediatorLeft,
        mediators.CommitteeEstablished,
        mediators.CommitteeSealFiled,
        mediators.CommitteeSeatsFilled,
        mediators.CommitteeTermRenewed,
        mediators.CommitteeDissolved,
        mediation.MediationApplied,
        mediation.MediationNotTakenUp,
        mediation.MediationPartiesNamed,
        mediation.MediationConsented,
        mediation.MediationOpened,
        mediation.MediationRefused,
        mediation.ConsentWithdrawn,
        mediation.MediatorAssigned,
        mediation.MediatorRecused,
        mediation.MediationPeriodExtended,
        mediation.MediationSessionHeld,
        mediation.MediationFailed,
        mediation.MediationTerminated,
        mediation.MediationPaperFilledIn,
        mediation.MediationPaperVoided,
        mediation.MediationConsentVoided,
        mediation.MediatorAssignmentVoided,
        mediation.MediatorRecusalVoided,
        mediation.MediationExtensionVoided,
        mediation.MediationSessionVoided,
        mediation.MediationEndVoided,
        agreements.AgreementDrafted,
        agreements.AgreementDraftVoided,
        agreements.MediationSucceeded,
        agreements.PerformanceChecked,
        agreements.InstalmentPerformed,
        agreements.InstalmentPartlyPerformed,
        agreements.AgreementPerformed,
        agreements.AgreementBreached,
        agreements.ConfirmationRequested,
        agreements.ConfirmationDecided,
        agreements.FollowUpMade,
    ),
}

EVERY_SERVICE: tuple[type[Event], ...] = (ledger.LedgerSealed,)
"""What each service publishes on its own topic, about its ledgers."""

_CLASSES = {
    event.kind: event for events in (*SERVICES.values(), EVERY_SERVICE) for event in events
}


class UnknownEvent(ValueError):
    """The event's type is none that this release knows."""


class LaterVersion(UnknownEvent):
    """The event's type is known, in a version later than this release's."""


def event_classes() -> Iterator[tuple[str, type[Event]]]:
    """Service and class of every published event, in the order of the catalogue.

    What every service publishes comes last, under the service `*`.
    """
    for service, events in {**SERVICES, "*": EVERY_SERVICE}.items():
        for event in events:
            yield service, event


def dataschema(kind: str, version: int) -> str:
    """Where an event's schema is found, as CloudEvents' `dataschema` has it."""
    return f"/contracts/{kind}/{version}"


def event_class(kind: str, version: int) -> type[Event]:
    """The class that reads this type; UnknownEvent or LaterVersion when none does."""
    found = _CLASSES.get(kind)
    if found is None:
        raise UnknownEvent(f"no published event is called {kind!r}")
    if version > found.schema_version:
        raise LaterVersion(f"{kind} version {version} is later than {found.schema_version}")
    return found


def decode_data(kind: str, version: int, data: dict[str, Any]) -> Event:
    """The typed event, older versions brought up to date on the way; the stored text stays."""
    found = event_class(kind, version)
    return found.model_validate(upcast(kind, version, found.schema_version, data))


def json_schema(event: type[Event]) -> dict[str, Any]:
    """The JSON Schema of an event's data, with the address under which others refer to it."""
    schema = event.model_json_schema(mode="serialization")
    for name, field in event.model_fields.items():
        if not field.is_required():
            schema["properties"][name] = _said_or_left_out(schema["properties"][name])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": dataschema(event.kind, event.schema_version),
        **schema,
    }


def _said_or_left_out(field: dict[str, Any]) -> dict[str, Any]:
    """An optional field is left out, never null: its schema is that of what it says."""
    said = [choice for choice in field["anyOf"] if choice != {"type": "null"}]
    return said[0] if len(said) == 1 else {"anyOf": said}
