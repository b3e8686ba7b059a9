"""`make fuzz`: `python -m bench.fuzz [--url URL] [--seed N] [--cases N]`; ends with 1 where anything was found.

Without --url a platform is started for it. Each finding is printed once, with what was sent: the same seed sends the
same again, as far as the answers are the same.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

from bench.fuzz.asking import Asker
from bench.fuzz.values import Maker
from bench.world import running

PERSONAS = (None, "zhang.wei", "unit-lubei", "hr-371402", "office-371400", "chen.jing", "admin")
LEFT_OUT = frozenset({"auth_log_out", "auth_change_password"})
"""They end the very session that goes on asking; their own tests try them."""


def main() -> None:
    """Fuzz, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="A platform that runs, with captchas and limits off.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=50, help="So many for each operation and persona in turn.")
    given = parser.parse_args()
    with _platform(given.url) as url:
        sys.exit(fuzz(url, given.seed, given.cases))


@contextmanager
def _platform(url: str | None) -> Iterator[str]:
    """The platform that is asked."""
    if url is not None:
        yield url
        return
    with running() as world:
        yield world.platform.url


def fuzz(url: str, seed: int, cases: int) -> int:
    """Ask every operation so often; gives 1 where anything was found."""
    asker = Asker(url)
    document = asker.document()
    maker = Maker(seed, document["components"]["schemas"])
    maker.sections = asker.sections("dezhou-talent-pool")
    operations = [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if operation.get("operationId") not in LEFT_OUT
    ]
    found: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    for turn in range(cases):
        maker.chance.shuffle(operations)
        for method, path, operation in operations:
            who = maker.chance.choice(PERSONAS)
            target, body = _made(maker, path, operation)
            answer = asker.ask(who, method, target, body)
            statuses[answer.status] += 1
            maker.remember(answer.content)
            for finding in answer.findings(operation):
                key = f"{method} {path}: {finding}"
                found[key] += 1
                if found[key] == 1:
                    print(
                        f"{key}\n    as {who}: {method} {target} {json.dumps(body)[:600]}\n    {answer.said}",
                        flush=True,
                    )
        print(f"turn {turn + 1}: {sum(statuses.values())} asked, {len(found)} kinds of findings", flush=True)
    print(f"statuses {dict(sorted(statuses.items()))}; slowest {asker.slowest:.1f} s")
    for key, count in found.most_common():
        print(f"{count:6} {key}")
    return int(bool(found))


def _made(maker: Maker, path: str, operation: dict[str, Any]) -> tuple[str, object]:
    """The address and the body of one try."""
    query: list[tuple[str, str]] = []
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            text = _text(maker.value(parameter["schema"]))
            path = path.replace("{" + parameter["name"] + "}", quote(text, safe="", errors="replace") or "-")
        elif parameter["in"] == "query" and maker.chance.random() < (1 if parameter.get("required") else 0.4):
            query.append((parameter["name"], _text(maker.value(parameter["schema"]))))
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    body = maker.value(schema) if schema is not None else None
    return path + ("?" + urlencode(query, errors="replace") if query else ""), body


def _text(value: object) -> str:
    """A value as an address holds it."""
    return value if isinstance(value, str) else json.dumps(value)


if __name__ == "__main__":
    main()
