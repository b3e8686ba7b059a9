"""Organizations that an administrator makes, and reviewers who come by the letter that invites them."""

import re

from tests.journeys.people import Mailbox, Someone

SLUG = "xiongan-young-experts"
PASSWORD = "Baiyangdian-2026-wei"


def open_office(admin: Someone, name: str, kind: str, username: str) -> str:
    """Make an organization, invite its reviewer, and let the reviewer set a password; gives the organization's id."""
    url = str(admin.http.base_url).rstrip("/")
    body = {"name": name, "kind": kind, "region": "130600", "municipal": False, "programmes": [SLUG]}
    organization_id = str(admin.call("POST", "/admin/organizations", body, status=201)["organization_id"])
    address = f"{username}@offices.test"
    invited = {"organization_id": organization_id, "username": username, "name": "石主任", "email": address}
    admin.call("POST", "/admin/reviewers", invited, status=201)
    letter = Mailbox(url).wait_for(address, 1)[0]
    token = re.findall(r"/reset/([\w-]+)", letter["text"])[0]
    Someone(url).call("POST", f"/password-resets/{token}", {"new_password": PASSWORD}, status=204)
    return organization_id


def reviewer(url: str, username: str, patience: float = 0.0) -> Someone:
    """Somebody who decides for an office, logged in."""
    someone = Someone(url)
    someone.patience = patience
    someone.log_in(username, PASSWORD)
    return someone
