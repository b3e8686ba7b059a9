"""Door 2: what review hears, and the action that answers each."""

from services.review import actions
from shared.contracts.events import (
    AccountChanged,
    AccountOpened,
    ChangeApplied,
    ChangeRequested,
    ChangeWithdrawn,
    OrganizationChanged,
    SubmissionFiled,
    SubmissionWithdrawn,
)
from shared.kit.inbox import Hears

HEARS: Hears = {
    SubmissionFiled: actions.open_case,
    SubmissionWithdrawn: actions.close_withdrawn,
    ChangeApplied: actions.raise_version,
    ChangeRequested: actions.know_change,
    ChangeWithdrawn: actions.withdraw_change,
    OrganizationChanged: actions.know_organization,
    AccountOpened: actions.know_reviewer,
    AccountChanged: actions.know_reviewer,
}
