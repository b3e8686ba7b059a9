"""What goes wrong is said in words, with the status of the API page, and changes nothing."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.builders.files import portrait, saved
from tests.builders.hostile import pixel_bomb_png
from tests.journeys.filling import employer
from tests.journeys.people import API, Someone, new_applicant
from tests.journeys.platform import Platform, wait_until

POOL = "dezhou-talent-pool"
BASIC = f"/profiles/{POOL}/sections/basic"
ENTRIES = f"/profiles/{POOL}/sections/education/entries"


@pytest.fixture
def applicant(platform: Platform) -> Someone:
    """Somebody who has just registered."""
    return new_applicant(platform.url)


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"name": 7}, "name", "wrong_type"),
        ({"name": "长" * 201}, "name", "too_long"),
        ({"surprise": "x"}, "surprise", "unknown_field"),
        ({"gender": "male"}, "gender", "not_a_choice"),
        ({"born_on": "1988-02-30"}, "born_on", "not_a_date"),
        ({"id_type": "citizen_id", "id_number": "371402198805123427"}, "id_number", None),
        ({"employer": str(uuid4())}, "employer", None),
        ({"id_scan": [str(uuid4())]}, "id_scan", None),
        ({"id_number": "****************26"}, "id_number", "masked_value"),
    ],
)
def test_a_section_that_is_wrong_is_refused_field_by_field(
    applicant: Someone, values: dict[str, object], field: str, code: str | None
) -> None:
    before = applicant.get(f"/profiles/{POOL}")

    answer = applicant.http.put(API + BASIC, json=values)

    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert [error["field"] for error in errors] == [field]
    if code:
        assert errors[0]["code"] == code
    assert applicant.get(f"/profiles/{POOL}")["sections"] == before["sections"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff\xfe", b'{"name": NaN}', b""])
def test_json_that_is_none_is_refused(applicant: Someone, body: bytes) -> None:
    answer = applicant.http.put(API + BASIC, content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_what_belongs_to_others_is_not_there(applicant: Someone, platform: Platform) -> None:
    owner = new_applicant(platform.url)
    scan_id = owner.upload(saved(portrait(), "PNG"), "photo.png", "photo")

    assert applicant.refused("GET", f"/scans/{scan_id}") == (404, "not_found")
    assert applicant.refused("GET", f"/scans/{scan_id}/pages/1") == (404, "not_found")
    assert applicant.http.put(API + BASIC, json={"photo": scan_id}).status_code == 422
    assert applicant.refused("DELETE", f"{ENTRIES}/{uuid4()}") == (404, "not_found")
    assert applicant.refused("GET", f"/submissions/{uuid4()}") == (404, "not_found")


def test_who_is_slower_is_told(applicant: Someone) -> None:
    section = applicant.call("PUT", BASIC, {"name": "周晓燕"})
    applicant.call("PUT", BASIC, {"name": "周晓雁"}, headers={"If-Match": section["etag"]})

    late = applicant.http.put(API + BASIC, json={"name": "周小燕"}, headers={"If-Match": section["etag"]})

    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")


def test_the_same_key_creates_once(applicant: Someone) -> None:
    headers, entry = {"Idempotency-Key": str(uuid4())}, {"school": "山东大学"}
    first = applicant.call("POST", ENTRIES, entry, status=201, headers=headers)
    second = applicant.call("POST", ENTRIES, entry, status=201, headers=headers)
    other = applicant.http.post(API + ENTRIES, json={"school": "青岛大学"}, headers=headers)

    assert first == second
    assert other.status_code == 422
    education = next(s for s in applicant.get(f"/profiles/{POOL}")["sections"] if s["section"] == "education")
    assert len(education["entries"]) == 1


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"PK\x03\x04" + b"x" * 400, "scan.pdf", 415, "type_not_accepted"),
        (b"", "empty.png", 422, "file_empty"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * (21 * 1024 * 1024), "big.png", 413, "too_large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg", 415, "type_not_accepted"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_at_the_door(
    applicant: Someone, content: bytes, name: str, status: int, code: str
) -> None:
    answer = applicant.http.post(f"{API}/scans", files={"file": (name, content)}, data={"purpose": "proof"})

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_bomb_ends_as_rejected_with_a_sentence(applicant: Someone) -> None:
    answer = applicant.http.post(f"{API}/scans", files={"file": ("x.png", pixel_bomb_png())}, data={"purpose": "proof"})
    assert answer.status_code == 202
    scan_id = answer.json()["scan_id"]

    wait_until(lambda: applicant.get(f"/scans/{scan_id}")["status"] == "rejected", 60, "the bomb is rejected")

    assert "像素" in str(applicant.get(f"/scans/{scan_id}")["reason"])


def test_nobody_gets_in_without_logging_in_and_nobody_decides_without_an_office(
    visitor: Someone, applicant: Someone, as_demo: Callable[[str], Someone]
) -> None:
    assert visitor.refused("GET", "/me") == (401, "not_logged_in")
    assert visitor.refused("GET", f"/profiles/{POOL}") == (401, "not_logged_in")
    assert applicant.refused("GET", "/review/cases")[0] == 403
    assert applicant.refused("POST", "/admin/organizations", {"name": "x"})[0] == 403
    assert as_demo("unit-lubei").refused("POST", "/admin/organizations", {"name": "x"})[0] == 403
    assert visitor.refused("GET", "/nothing/here") == (404, "not_found")
    assert visitor.refused("DELETE", "/programmes")[0] == 405


def test_problems_are_told_in_english_where_it_is_asked_for(visitor: Someone) -> None:
    answer = visitor.http.get(f"{API}/me", headers={"Accept-Language": "en"})

    assert answer.status_code == 401
    assert answer.json()["detail"].isascii()


def test_filing_for_another_employer_than_the_dossiers_is_refused(applicant: Someone) -> None:
    lubei = employer(applicant, "鲁北新材料有限公司")
    answer = applicant.http.post(f"{API}/submissions", json={"programme": POOL, "organization_id": lubei})

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "incomplete")
    assert {error["section"] for error in problem["errors"]} == {"basic", "education", "work"}
