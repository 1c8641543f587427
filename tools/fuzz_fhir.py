"""Send the FHIR server what nobody should: by the table, by its own OpenAPI, by bent examples, and bytes that find their own way.

    make fuzz                                    twelve minutes
    .venv/bin/python tools/fuzz_fhir.py --minutes 60 --seed 7
    .venv/bin/python tools/fuzz_fhir.py --only readers

A server of its own is begun (in this process, on a database of its own, no network). What is told at the end: each answer that is a fault of
ours (5xx), each refusal without words, each answer that took more than five seconds; and of the readers each error that is not a
refusal. The seed makes a run the same again.

Ways: `table` (tests/web/hostile.py, all of it), `openapi` (schemathesis), `examples` (HL7's, bent, if they are there), `readers` (atheris: the
readers of what is sent, led by what of the program has been reached).
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverka.config.settings")
os.environ["SAMVERKA_HOSTS"] = "testserver"
os.environ["SAMVERKA_FHIR_A_MINUTE"] = os.environ["SAMVERKA_FHIR_OPEN_A_MINUTE"] = "0"

from tests.web.hostile import JSON, PATCH, Hostile, every  # noqa: E402

SLOW = 5.0
"""Seconds. On a machine with other work the first answer of a kind can take long: what is slow is sent once more."""

WAYS = ("table", "openapi", "examples", "readers")


def main() -> int:
    """Run the ways that are asked for, tell what was found. 1 if anything was."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--minutes", type=float, default=12, help="of all ways together")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", choices=WAYS, action="append")
    chosen = asked.parse_args()
    ways = chosen.only or list(WAYS)
    each = chosen.minutes * 60 / len(ways)
    found = Found()
    if "readers" in ways:
        found.lines += _readers(each, chosen.seed)
    if rest := [one for one in ways if one != "readers"]:
        with served() as door:
            for way in rest:
                _WAYS[way](door, found, time.monotonic() + each, chosen.seed)
    return found.tell()


class Found:
    """What was wrong, once for each sort; and how much was sent."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.statuses: collections.Counter[int] = collections.Counter()
        self._met: set[str] = set()

    def send(self, door: Any, one: Hostile) -> None:
        """Send it, and look at the answer."""
        from tests.web.calling import fault

        begun = time.monotonic()
        try:
            status, text = door.send(one)
        except Exception as error:  # nothing may leave the application
            self.note(one, f"left the application: {error!r:.200}")
            return
        self.statuses[status] += 1
        if wrong := fault(status, text, one.method):
            self.note(one, wrong)
        elif time.monotonic() - begun > SLOW and _again(door, one) > SLOW:
            self.note(one, f"slow: {status} after {_again(door, one):.1f} s")

    def note(self, one: Hostile, wrong: str) -> None:
        """One line for each sort of fault at a place."""
        sort = f"{one.method} {one.path[:30]} {wrong[:60]}"
        if sort not in self._met:
            self._met.add(sort)
            sent = f"{one.method} {one.path[:80]}?{one.query[:200]} {one.media} {one.headers} {one.body[:300]!r}"
            self.lines.append(f"{one.what}\n    {wrong}\n    {sent}")
            print("!", ascii(self.lines[-1]).replace("\\n", "\n"), flush=True)

    def tell(self) -> int:
        """Print the sum."""
        print("answers:", dict(sorted(self.statuses.items())))
        print(f"{len(self.lines)} faults." if self.lines else "No fault.")
        return 1 if self.lines else 0


def _again(door: Any, one: Hostile) -> float:
    begun = time.monotonic()
    door.send(one)
    return time.monotonic() - begun


@contextmanager
def served() -> Iterator[Any]:
    """The application with a small county, and a token for its nurse."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    from tests import database
    from tests.factories.cast import county, make_person
    from tests.web.calling import Door, token_for

    settings.SECURE_SSL_REDIRECT, settings.SAMVERKA_TOKEN_SECONDS = False, 600
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with database.server() as urls, database.database(urls) as name:
        database.furnish(urls, name)
        with transaction.atomic():
            cast = county(datetime.now(UTC))
            person = make_person(cast.region_nurse)
            token = token_for(cast)
        from samverka.config.wsgi import application

        yield Door(application, token, {"patient": str(person.id)})


# ── the table ──


def _table(door: Any, found: Found, until: float, _seed: int) -> None:
    for one in every():
        found.send(door, one)


# ── by its own description ──


def _openapi(door: Any, found: Found, until: float, seed: int) -> None:
    """Each operation with values that its schema allows, and with values that it does not."""
    import schemathesis  # type: ignore[import-not-found,unused-ignore]
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from schemathesis import GenerationMode  # type: ignore[import-not-found,unused-ignore]

    from samverka.config.stated import openapi

    described = schemathesis.openapi.from_dict(openapi("http://testserver/fhir/R4"))
    operations = [one.ok() for one in described.get_all_operations()]
    dice = random.Random(seed)  # noqa: S311 (the same run again is the point)
    while time.monotonic() < until:
        dice.shuffle(operations)
        for operation in operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                if time.monotonic() > until:
                    return

                @seeded(dice.randrange(1 << 30))
                @settings(
                    max_examples=12, deadline=None, database=None, phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )  # fmt: skip
                @given(case=operation.as_strategy(generation_mode=mode))
                def run(case: Any) -> None:
                    found.send(door, _sent(case))

                try:
                    run()
                except Exception as error:  # schemathesis finds no such value
                    if "Unsatisfiable" not in type(error).__name__:
                        print("-", operation.label, f"{error!r:.120}")


def _sent(case: Any) -> Hostile:
    """What schemathesis has made, as a request."""
    from urllib.parse import unquote, urlencode, urlsplit

    made = case.as_transport_kwargs(base_url="http://testserver/fhir/R4")
    body = made.get("json") if "json" in made else made.get("data")
    raw = body if isinstance(body, bytes) else b"" if body is None else _json(body)
    headers = {str(name): str(value) for name, value in (made.get("headers") or {}).items()}
    media = headers.pop("Content-Type", JSON)
    path = unquote(urlsplit(made["url"]).path).removeprefix("/fhir/R4").removeprefix("/")
    query = urlencode(made.get("params") or {}, doseq=True, errors="replace")
    latin = {
        n: v.encode("utf-8", "replace").decode("latin-1") for n, v in headers.items() if n.isascii()
    }
    return Hostile(case.operation.label, str(made["method"]), path, raw, media, query, latin)


def _json(body: Any) -> bytes:
    return json.dumps(body, default=str).encode("utf-8", "replace")


# ── examples, bent ──

_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**31, 2**63, 10**300, "", " ", "\0", "\ud800", "x" * 5_000, "' OR 1=1", "2020-02-30", "9999-12-31T23:59:60Z", "#", "urn:uuid:x", "Patient/x", "http://x/" + "a" * 300, [], {},
    [None], [[]], {"a": 1}, {"reference": "#"}, {"extension": [{}]}, {"value": 1, "code": "mg", "system": "http://unitsofmeasure.org"},
)  # fmt: skip


def _examples(door: Any, found: Found, until: float, seed: int) -> None:
    """HL7's examples with something wrong in them, at the doors that take a resource."""
    from tests.factories import samples

    files = [one for name in samples.ALL for one in samples.files(name) if one.stat().st_size < 60_000]  # fmt: skip
    dice = random.Random(seed)  # noqa: S311 (the same run again is the point)
    while files and time.monotonic() < until:
        value = json.loads(dice.choice(files).read_bytes())
        for _n in range(dice.choice((0, 1, 1, 2, 5))):
            _bend(value, dice)
        text = json.dumps(value).encode()
        if dice.random() < 0.2:
            text = _torn(text, dice)
        found.send(door, _at_a_door(value, text, dice))


def _bend(value: Any, dice: random.Random) -> None:
    """Put something odd in one place."""
    while isinstance(value, dict | list) and value:
        name = dice.choice(list(value)) if isinstance(value, dict) else dice.randrange(len(value))
        if not isinstance(value[name], dict | list) or dice.random() < 0.2:
            what = dice.random()
            if what < 0.6:
                value[name] = deepcopy(dice.choice(_ODD))
            elif what < 0.8:
                del value[name]
            elif isinstance(value, dict):
                value[
                    dice.choice(("extension", "id", "contained", "_value", "resourceType", "meta"))
                ] = value[name]
            else:
                value.extend(deepcopy(value[:50]))
            return
        value = value[name]


def _torn(text: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(text))
    return text[:at] + dice.choice((b"", b"\0", b"\xff", b"}", b'"', b"\\", b"{", b"1e99999")) + text[at + dice.randrange(3) :]  # fmt: skip


def _at_a_door(value: dict[str, Any], text: bytes, dice: random.Random) -> Hostile:
    kind = str(value.get("resourceType") or "Basic")[:60]
    key = str(value.get("id") or "x")[:60]
    entry = b'{"fullUrl":"urn:uuid:%032x","request":{"method":"%s","url":"%s"},"resource":%s}'
    bundles = b",".join(
        entry % (dice.getrandbits(128), way.encode(), url.encode("utf-8", "replace"), text)
        for way, url in (("POST", kind), ("PUT", f"{kind}/{key}")) if dice.random() < 0.8
    )  # fmt: skip
    whole = b'{"resourceType":"Bundle","type":"%s","entry":[%s]}'
    return dice.choice((
        Hostile("example", "POST", kind, text), Hostile("example", "PUT", f"{kind}/{key}", text),
        Hostile("example", "POST", f"{kind}/$validate", text), Hostile("example", "POST", "$take-in", text),
        Hostile("example", "POST", "", text), Hostile("example", "PATCH", "Patient/{patient}", text),
        Hostile("example", "PATCH", "Patient/{patient}", text, PATCH),
        Hostile("example", "POST", "", whole % (b"batch", bundles)), Hostile("example", "POST", "", whole % (b"transaction", bundles)),
        Hostile("example", "POST", "Questionnaire/$populate", text),
    ))  # fmt: skip


_WAYS: dict[str, Callable[[Any, Found, float, int], None]] = {
    "table": _table,
    "openapi": _openapi,
    "examples": _examples,
}


# ── the readers, in a process of their own: atheris ends it ──


def _readers(seconds: float, seed: int) -> list[str]:
    """What atheris finds; it keeps what has led it further in a folder for the next run."""
    corpus = ROOT / "var" / "fuzz"
    corpus.mkdir(parents=True, exist_ok=True)
    _seeds(corpus)
    command = [
        sys.executable, str(ROOT / "tools" / "fuzz_readers.py"), str(corpus), f"-max_total_time={int(seconds)}", f"-seed={seed}", "-timeout=5", "-rss_limit_mb=2000", "-max_len=4096",
        f"-artifact_prefix={corpus.parent}/fuzz-", "-print_final_stats=1",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    print("\n".join(one for one in said.splitlines() if one.startswith("stat::")))
    if done.returncode == 0:
        return []
    print(said[-6_000:])
    return [f"readers: {said[-300:]}"]


def _seeds(corpus: Path) -> None:
    """Right texts to begin from: the published examples that are small, and what the table sends, for each reader."""
    from tests.factories import samples

    texts = [one.body for one in every()] + [one.query.encode() for one in every()]
    texts += [one.read_bytes() for name in samples.ALL for one in samples.files(name)]
    small = sorted({one for one in texts if 0 < len(one) < 4_000})
    for number, text in enumerate(small):
        for reader in (number, 0):
            (corpus / f"seed-{number}-{reader}").write_bytes(bytes([reader % 252]) + text)


if __name__ == "__main__":
    sys.exit(main())
