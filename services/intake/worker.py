"""The worker of intake: follows its own and other services, and does what falls due.

`python -m services.intake.worker`
"""

from services.intake.settings import Settings
from services.intake.stream.accusations import recognising_accusations
from services.intake.stream.attachments import copying_attachments
from services.intake.stream.conferences import missing_conferences
from services.intake.stream.erasures import erasing_copies
from services.intake.stream.objections import settling_objections
from services.intake.stream.policies import followed_by
from services.intake.stream.receptions import missing_receptions
from services.intake.stream.remits import lapsing_remits
from services.intake.stream.withdrawals import ending_withdrawals
from shared.office.following_process import run_worker
from shared.office.marking import marks_of
from shared.settings import read_settings


def main() -> None:
    """Work until a signal."""
    settings = read_settings(Settings)
    run_worker(
        "intake",
        settings,
        followed_by(settings.county, clock_policy=settings.clock_policy, marks=marks_of(settings)),
        runners_over=lambda ledger, keys: (
            copying_attachments(ledger, keys, county=settings.county),
            ending_withdrawals(ledger, county=settings.county),
            lapsing_remits(ledger, county=settings.county),
            settling_objections(ledger, county=settings.county),
            missing_receptions(ledger, county=settings.county),
            missing_conferences(ledger, county=settings.county),
            erasing_copies(ledger, county=settings.county),
            recognising_accusations(ledger, keys, county=settings.county),
        ),
    )


if __name__ == "__main__":
    main()
