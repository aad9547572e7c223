"""Which events each command writes, all of them at once."""

from collections.abc import Mapping

_HELD, _AGREED = ("mediation-session-held",), ("mediation-succeeded",)
_CONSENTED, _BROKEN = ("mediation-consented",), ("agreement-breached",)
_OPENED = (*_CONSENTED, "mediation-opened")

KINDS: Mapping[str, tuple[str, ...]] = {
    "file": ("case-filed",),
    "file-of-long-ago": ("case-filed",),
    "forward": ("case-forwarded",),
    "accept": ("case-routed", "case-accepted"),
    "answer": ("opinion-issued", "opinion-served"),
    "accept-opinion": ("statement-recorded",),
    "resolve": ("case-resolved",),
    "state-withdrawal": ("withdrawal-stated",),
    "state-withdrawal-of-long-ago": ("withdrawal-stated",),
    "take-back-withdrawal": ("withdrawal-taken-back",),
    "withdraw": ("case-withdrawn",),
    "divert": ("case-diverted",),
    "check": ("closing-checked",),
    "check-by-office": ("closing-checked",),
    "close": ("case-closed",),
    "close-mediated": ("case-closed",),
    "reopen": ("case-reopened",),
    "refer": ("case-referred-to-mediation",),
    "refer-to-nobody": ("case-referred-to-mediation",),
    "register-village": ("village-registered",),
    "define-grid": ("grid-defined",),
    "enrol-worker": ("grid-worker-enrolled",),
    "serve": ("grid-worker-assigned",),
    "patrol": ("patrol-done", "patrol-done"),
    "report": ("grid-report-submitted",),
    "validate-report": ("grid-report-validated",),
    "reject-report": ("grid-report-rejected",),
    "convert-report": ("grid-report-converted",),
    "convert-report-to-nobody": ("grid-report-converted",),
    "dispatch-report": ("grid-report-dispatched",),
    "handle-report": ("grid-report-handled",),
    "verify-report": ("grid-report-verified",),
    "close-report": ("grid-report-closed",),
    "enrol": ("mediator-enrolled",),
    "establish": ("committee-established",),
    "apply": ("mediation-applied", *_CONSENTED),
    "apply-naming-a-case": ("mediation-applied",),
    "refuse": ("mediation-refused",),
    "consent": _CONSENTED,
    "open": _OPENED,
    "consent-by-name": _CONSENTED,
    "open-by-name": _OPENED,
    "withdraw-consent": ("consent-withdrawn", "mediation-failed"),
    "assign": ("mediator-assigned",),
    "hold": _HELD,
    "hold-apart": _HELD,
    "void-session": ("mediation-session-voided",),
    "draft": ("agreement-drafted",),
    "sign": _AGREED,
    "sign-orally": _AGREED,
    "fail": ("mediation-failed",),
    "void-end": ("mediation-end-voided",),
    "terminate": ("mediation-terminated",),
    "follow-up": ("follow-up-made",),
    "perform-first": ("instalment-performed",),
    "perform-last": ("instalment-performed", "agreement-performed"),
    "perform": ("agreement-performed",),
    "breach": _BROKEN,
    "undo": _BROKEN,
}

REPEATED_WITHOUT_POSITION = {"patrol"}
"""Batches whose lines are all known when they come again: nothing is appended, no place is told."""

OF_ITSELF = {"ledger-sealed"}
"""What a service writes without being asked, and without anything else as its cause."""
