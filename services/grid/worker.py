"""The worker of grid: follows the services, warns the office, records what was not done by its term.

`python -m services.grid.worker`
"""

from services.grid.policies import shipped_terms
from services.grid.policies.start_check import check_policies
from services.grid.settings import Settings
from services.grid.stream.early_warnings import Wakes, warning_runners
from services.grid.stream.link_targets import link_target_runner
from services.grid.stream.order_outcomes import order_outcome_runner
from services.grid.stream.policies import followed_by
from services.grid.stream.rhythm import rhythm_runner
from services.grid.stream.terms import runners
from services.grid.stream.unmerging import unmerge_runner
from services.grid.stream.warning_expiry import expiry_runners
from shared.garbage_collection import tune_collector
from shared.office.following_process import run_worker
from shared.office.marking import marks_of
from shared.settings import read_settings


def main() -> None:
    """Work until a signal."""
    tune_collector()
    settings = read_settings(Settings)
    check_policies(settings.early_warning_policy)
    policy, wakes = shipped_terms(settings.report_terms), Wakes()
    warned = settings.early_warning_policy
    run_worker(
        "grid",
        settings,
        followed_by(
            settings.county,
            report_terms=settings.report_terms,
            early_warnings=warned,
            wake=wakes,
        ),
        runners_over=lambda ledger, _: (
            *runners(ledger, county=settings.county, policy=policy),
            *expiry_runners(ledger, county=settings.county, early_warnings=warned),
            rhythm_runner(ledger, county=settings.county),
            *warning_runners(
                ledger,
                county=settings.county,
                early_warnings=warned,
                wakes=wakes,
                marks=marks_of(settings),
            ),
            link_target_runner(ledger, county=settings.county),
            unmerge_runner(ledger, county=settings.county),
            order_outcome_runner(ledger, county=settings.county, terms=policy),
        ),
    )


if __name__ == "__main__":
    main()
