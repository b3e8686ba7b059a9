"""Door 2: events in. Auth hears of addresses that do not work."""

from services.auth.actions.bounces import mark_bounced
from shared.contracts.events import DeliveryFailed
from shared.kit.inbox import Hears

HEARS: Hears = {DeliveryFailed: mark_bounced}
