"""Door 2: events in, letters out. Each line is a row of the Mails table, or keeps an address."""

from services.notify import actions
from shared.contracts import events
from shared.kit.inbox import Hears

HEARS: Hears = {
    events.AccountOpened: actions.open_account,
    events.AccountChanged: actions.know_account,
    events.OrganizationChanged: actions.know_organization,
    events.PasswordResetAsked: actions.write_letters,
    events.PasswordChanged: actions.write_letters,
    events.EmailChangeAsked: actions.write_letters,
    events.SecurityNoticed: actions.write_letters,
    events.SubmissionFiled: actions.write_letters,
    events.SubmissionWithdrawn: actions.write_letters,
    events.TierReached: actions.write_letters,
    events.TierDecided: actions.write_letters,
    events.Returned: actions.write_letters,
    events.Approved: actions.write_letters,
    events.Overdue: actions.write_letters,
    events.ScansNeedAttention: actions.write_letters,
    events.ChangeRequested: actions.write_letters,
    events.ChangeWithdrawn: actions.write_letters,
    events.ChangeHandedOver: actions.write_letters,
    events.ChangeDecided: actions.write_letters,
}
