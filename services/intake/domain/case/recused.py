"""Posts that were recused from a case: nothing more of it is given to them [R28]."""

from services.intake.domain.case.case_file import CaseFile
from shared.refusals import Refusal


class PostWasRecused(Refusal):
    """This post was recused from the case: another one has to take it."""

    title = "The post was recused"


def refuse_recused_post(post: str | None, case: CaseFile, *, field: str) -> None:
    """Raise where the post was recused from the case."""
    if post is not None and post in case.recused_posts:
        raise PostWasRecused(field=field)
