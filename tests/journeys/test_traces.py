"""What people confide leaves no trace in the clear, and when all stories are told, the data agree with themselves.

It looks at whatever the stories before it have left: databases, logs, the broker and the files of the platform.
"""

import re
from collections.abc import Iterator, Mapping

import psycopg
import pytest
import redis

from cli.invariants import SERVICES, Broken, broken
from cli.local.environment import Installation
from cli.local.places import Places
from tests.journeys import offices
from tests.journeys.filling import ID_NUMBER
from tests.journeys.people import PASSWORD, Mailbox, Someone, new_applicant, that_says
from tests.journeys.platform import Platform, wait_until

MOBILE = "13905349173"
HOME = "德州市德城区金丝雀胡同四七一一号"
OLD, NEW = "Luhe-Qingtian-77", "Jinsique-Mimi-4711"
FATHER = "金丝雀老人"


@pytest.fixture
def settings(platform: Platform) -> Mapping[str, str]:
    """The settings of the platform that runs, as its operator's commands have them."""
    return Installation.here({"JUXIAN_DATA_DIR": str(platform.data)}, running=True).all()


def confided(platform: Platform, mailbox: Mailbox) -> list[str]:
    """Let somebody confide all kinds of things; gives them, with the tokens that came of it.

    The address is not among them: letters need it, so it travels from auth to notify.
    """
    someone = new_applicant(platform.url, "秦一诺", mobile=MOBILE)
    address = someone.get("/me")["email"]
    first = str(someone.http.headers["Authorization"]).removeprefix("Bearer ")
    sections = "/profiles/dezhou-talent-pool/sections"
    someone.call("PUT", f"{sections}/basic", {"id_type": "citizen_id", "id_number": ID_NUMBER, "address": HOME})
    someone.call("POST", f"{sections}/family_members/entries", {"name": FATHER}, status=201)
    Someone(platform.url).call("POST", "/password-resets", {"username": someone.username, "email": address}, status=202)
    letter = that_says(mailbox.wait_for(address, 2), "/reset/")
    link = re.findall(r"/reset/([\w-]+)", letter["text"])[0]
    someone.call("POST", f"/password-resets/{link}", {"new_password": NEW}, status=204)
    second = someone.log_in(someone.username, NEW)["access_token"]
    wrong = {"username": someone.username, "password": ID_NUMBER}
    assert someone.refused("POST", "/sessions", wrong) == (401, "bad_credentials")
    mailbox.wait_for(address, 3)
    return [first, link, second, ID_NUMBER, MOBILE, HOME, FATHER, OLD, NEW, PASSWORD, offices.PASSWORD]


def kept(settings: Mapping[str, str], places: Places) -> Iterator[tuple[str, bytes]]:
    """Everything that the platform keeps, piece by piece, each with its name."""
    for service in SERVICES:
        url = settings[f"JUXIAN_{service.upper()}_DATABASE_URL"].replace("+psycopg", "")
        with psycopg.connect(url) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (table,) in tables:
                rows = connection.execute(f'SELECT t::text FROM "{table}" t').fetchall()
                yield f"{service}.{table}", "\n".join(row for (row,) in rows).encode()
    with redis.Redis.from_url(settings["JUXIAN_REDIS_URL"]) as broker:
        for key in broker.scan_iter(count=1000):
            yield f"redis {key!r}", key + repr(value_of(broker, key)).encode()
    for folder in (places.logs, places.files, places.valkey):
        for path in folder.rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()


def value_of(broker: "redis.Redis", key: bytes) -> object:
    """What stands under a key, whatever its kind."""
    match broker.type(key):
        case b"stream":
            return broker.xrange(key)
        case b"list":
            return broker.lrange(key, 0, -1)
        case b"hash":
            return broker.hgetall(key)
        case b"zset":
            return broker.zrange(key, 0, -1)
        case b"set":
            return broker.smembers(key)
        case _:
            return broker.get(key)


def ways_of(text: bytes) -> tuple[bytes, ...]:
    """How a text may be spelt: as it is, as PostgreSQL shows bytes, as Python does."""
    return text, text.hex().encode(), repr(text)[2:-1].encode()


@pytest.mark.timeout(120)
def test_nothing_that_was_confided_lies_in_the_clear(
    platform: Platform, mailbox: Mailbox, settings: Mapping[str, str]
) -> None:
    secrets = confided(platform, mailbox)
    spelt = {
        text: (text.encode(), text.encode().hex().encode(), repr(text.encode())[2:-1].encode()) for text in secrets
    }
    found = [
        (name, text)
        for name, content in kept(settings, Places.of(str(platform.data)))
        for text, ways in spelt.items()
        if any(way in content for way in ways)
    ]

    assert found == []


@pytest.mark.timeout(120)
def test_the_data_agree_with_themselves(settings: Mapping[str, str]) -> None:
    databases = {name: settings[f"JUXIAN_{name.upper()}_DATABASE_URL"] for name in SERVICES}
    found: list[Broken] = []

    def agree() -> bool:
        """Whether every law holds, now that all is calm."""
        found[:], _looked = broken(databases)
        return not found

    try:
        wait_until(agree, 60, "every law holds")
    except AssertionError:
        assert found == []
