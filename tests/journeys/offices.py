"""Organizations that an administrator makes, and reviewers who come by the letter that invites them."""

import re

from tests.journeys.people import Mailbox, Someone

SLUG = "xiongan-young-experts"
CREATED, CONFLICT = 201, 409
PASSWORD = "Baiyangdian-2026-wei"


def open_office(admin: Someone, name: str, kind: str, username: str) -> str:
    """Make an organization, invite its reviewer, and let the reviewer set a password; gives the organization's id.

    One that another story of the session has opened is there already, with its reviewer.
    """
    body = {"name": name, "kind": kind, "region": "130600", "municipal": False, "programmes": [SLUG]}
    made = admin.answer("POST", "/admin/organizations", body)
    if made.status_code == CONFLICT:
        found = admin.get(f"/admin/organizations?query={name}")["items"]
        return next(str(one["organization_id"]) for one in found if one["name"] == name)
    assert made.status_code == CREATED, made.text
    organization_id = str(made.json()["organization_id"])
    join_office(admin, organization_id, username)
    return organization_id


def join_office(admin: Someone, organization_id: str, username: str, name: str = "石主任") -> None:
    """Invite a reviewer to an organization, and let them set a password by the letter."""
    url = str(admin.http.base_url).rstrip("/")
    address = f"{username}@offices.test"
    invited = {"organization_id": organization_id, "username": username, "name": name, "email": address}
    admin.call("POST", "/admin/reviewers", invited, status=201)
    letter = Mailbox(url).wait_for(address, 1)[0]
    token = re.findall(r"/reset/([\w-]+)", letter["text"])[0]
    Someone(url).call("POST", f"/password-resets/{token}", {"new_password": PASSWORD}, status=204)


def reviewer(url: str, username: str, patience: float = 0.0) -> Someone:
    """Somebody who decides for an office, logged in."""
    someone = Someone(url)
    someone.patience = patience
    someone.log_in(username, PASSWORD)
    return someone
