"""Door 2: events in. Auth hears of addresses that do not work, and of what every service's people did."""

from services.auth.actions.audit import keep_entry
from services.auth.actions.bounces import mark_bounced
from shared.contracts.events import Audited, DeliveryFailed
from shared.kit.inbox import Hears

HEARS: Hears = {DeliveryFailed: mark_bounced, Audited: keep_entry}
