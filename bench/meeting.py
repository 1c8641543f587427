"""A plan that many write in at once, while the county's boards stand open: how soon another's words are seen.

    python bench/meeting.py                            30 writers, 300 open boards, one minute
    python bench/meeting.py --writers 2 --boards 2 --seconds 10     only to see that it works

The claim: another's change is seen within two seconds, and the answers come within 300 ms for 95 of 100 while 30
write and 300 boards stand open, without a fault. Starts the real server (`make demo`) on a copy of what is
committed; each writer asks every 1.5 s and saves every 5 s, each board asks every 20 s, from processes of
their own. Prints a table.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import multiprocessing
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEEN, P95 = 2.0, 0.3
ASK, SAVE, BOARD = 1.5, 5.0, 20.0
"""Seconds between questions of a writer, saves of a writer, questions of a board."""

WHO = ("maria.sjolund", "asa.nordqvist", "katarina.wall")
PROCESSES = 6
NOT_MODIFIED = 304

Sample = tuple[str, float, int]
"""(what, seconds, status)"""


class Browser:
    """One who is logged in at the demo."""

    def __init__(self, base: str, who: str) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.get("/demo/")
        self.post("/demo/", {"who": who})

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, text and tag."""
        return self._ask(urllib.request.Request(self.base + path, headers=headers or {}))

    def post(self, path: str, data: dict[str, str], headers: dict[str, str] | None = None) -> tuple[int, str, str]:  # fmt: skip
        """Send a form with the token that the cookie holds."""
        token = next((one.value or "" for one in self.jar if "csrf" in one.name), "")
        body = urllib.parse.urlencode(data | {"csrfmiddlewaretoken": token}).encode()
        own = {"Referer": self.base, "Origin": self.base} | (headers or {})
        return self._ask(urllib.request.Request(self.base + path, body, own))

    def _ask(self, request: urllib.request.Request) -> tuple[int, str, str]:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode(), answer.headers.get("ETag", "")
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), refused.headers.get("ETag", "")


def main() -> None:
    """Start, load, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--writers", type=int, default=30)
    asked.add_argument("--boards", type=int, default=300)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--people", type=int, default=2000)
    chosen = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="samverka-bench-"))
    folder.chmod(0o711)
    demo, base = start(folder, chosen.people)
    try:
        samples, seen = load(base, chosen.writers, chosen.boards, chosen.seconds)
        show(samples, seen)
    finally:
        os.killpg(demo.pid, signal.SIGINT)  # as Ctrl C does
        demo.communicate()
        shutil.rmtree(folder)


def start(folder: Path, people: int) -> tuple[subprocess.Popen[str], str]:
    """The demo on a copy of what is committed; its address."""
    project = folder / "samverka"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(project)], check=True)
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    demo = subprocess.Popen(
        ["make", "--silent", "demo", f"PEOPLE={people}", f"PORT={port}"],
        cwd=project,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert demo.stdout is not None
    for line in demo.stdout:
        if f":{port}/" in line:
            return demo, f"http://127.0.0.1:{port}"
    raise SystemExit("The demo ended without an address.")


def load(base: str, writers: int, boards: int, seconds: int) -> tuple[list[Sample], list[float]]:
    """Everyone at once; what each question took, and how soon another's words were seen."""
    meeting = call(base)
    jobs = [("writer", number) for number in range(writers)]
    jobs += [("board", number) for number in range(boards)]
    shares = [jobs[at::PROCESSES] for at in range(min(PROCESSES, len(jobs)))]
    with multiprocessing.Pool(PROCESSES + 1) as pool:
        watching = pool.apply_async(watch, (base, meeting, seconds))
        parts = pool.starmap(work, [(base, meeting, share, seconds) for share in shares])
        return [one for part in parts for one in part], watching.get()


def call(base: str) -> str:
    """Call to a meeting about the first plan that the nurse may write in; the meeting's address."""
    nurse = Browser(base, WHO[0])
    _status, text, _tag = nurse.get("/vara-personer/")
    for person in re.findall(r'href="(/personer/[0-9a-f-]{36}/)"', text):
        _status, page, _tag = nurse.get(person)
        for plan in re.findall(r'href="(/planer/[0-9a-f-]{36}/)"', page):
            _status, form, _tag = nurse.get(f"{plan}mote/nytt/")
            if 'name="starts_at"' not in form:
                continue
            facts = {
                "starts_at": "2099-01-07T10:00",
                "length": "60",
                "place": "Rum 2",
                "person": "on",
            }
            nurse.post(f"{plan}mote/nytt/", facts)
            _status, listed, _tag = nurse.get(f"{plan}mote/")
            found = re.search(rf'href="({plan}mote/[0-9a-f-]{{36}}/)"', listed)
            if found:
                return found.group(1)
    raise SystemExit("The demo county has no plan to meet about.")


def work(base: str, meeting: str, share: list[tuple[str, int]], seconds: int) -> list[Sample]:
    """Several browsers in one process, each at its own times."""
    samples: list[Sample] = []
    tables = [Table(base, meeting, kind, number, samples) for kind, number in share]
    until = time.monotonic() + seconds  # from when all have logged in
    for one in tables:
        one.begin()
    while time.monotonic() < until:
        table = min(tables, key=lambda one: one.next)
        time.sleep(max(0.0, min(table.next, until) - time.monotonic()))
        if time.monotonic() < until:
            table.act()
    return samples


class Table:
    """One writer, or one board."""

    def __init__(
        self, base: str, meeting: str, kind: str, number: int, samples: list[Sample]
    ) -> None:
        self.browser = Browser(base, WHO[0])
        self.meeting, self.kind, self.number, self.samples = meeting, kind, number, samples
        self.every = ASK if kind == "writer" else BOARD
        self.next, self.saved, self.turn = 0.0, 0.0, 0
        self.tag = self.text = ""

    def begin(self) -> None:
        """Not all at the same moment."""
        self.next = time.monotonic() + self.every * (self.number % 29) / 29

    def act(self) -> None:
        """Ask what is new; a writer also saves now and then."""
        self.next = max(self.next + self.every, time.monotonic())
        if self.kind == "board":
            self.timed("board", lambda: self.browser.get("/"))
            return
        headers = {"If-None-Match": self.tag} if self.tag else {}
        status, text, tag = self.timed("ask", lambda: self.browser.get(f"{self.meeting}lage/", headers))  # fmt: skip
        if status != NOT_MODIFIED and tag:
            self.tag, self.text = tag, json.loads(text)["texts"]["if_worse"]
        if self.tag and time.monotonic() - self.saved > SAVE:
            self.save()

    def save(self) -> None:
        """One's own word in the text, which the next save takes away, so that it never grows too long."""
        self.turn, self.saved = self.turn + 1, time.monotonic()
        own = re.sub(rf"\bw{self.number}n\d+\b ?", "", self.text)
        sent = {"key": "if_worse", "base": self.text, "text": f"{own} w{self.number}n{self.turn}"}
        made = self.timed("save", lambda: self.browser.post(f"{self.meeting}text/", sent, {"X-Live": "1"}))  # fmt: skip
        if made[0] == 200:
            self.text = json.loads(made[1])["text"]

    def timed(self, what: str, ask: Any) -> tuple[int, str, str]:
        """The answer, and what it took."""
        began = time.monotonic()
        answer: tuple[int, str, str] = ask()
        self.samples.append((what, time.monotonic() - began, answer[0]))
        return answer


def watch(base: str, meeting: str, seconds: int) -> list[float]:
    """One writes, another looks as often as a page does: seconds from sent to seen."""
    one, other, seen, number = Browser(base, WHO[0]), Browser(base, WHO[0]), [], 0
    until = time.monotonic() + seconds
    while time.monotonic() < until - 2 * SEEN:
        number += 1
        word, began = f"sedd{number}", time.monotonic()
        one.post(f"{meeting}text/", {"key": "strengths", "base": "", "text": word}, {"X-Live": "1"})
        while time.monotonic() < until:
            time.sleep(ASK)
            if word in other.get(f"{meeting}lage/")[1]:
                seen.append(time.monotonic() - began)
                break
    return seen


def show(samples: list[Sample], seen: list[float]) -> None:
    """The table, with the share of what was promised."""
    print("| what | answers | median ms | p95 ms | promised | share | faults |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for what in ("ask", "save", "board"):
        took = sorted(seconds for kind, seconds, _status in samples if kind == what)
        faults = sum(kind == what and status not in (200, 304) for kind, _s, status in samples)
        if took:
            high = took[min(len(took) - 1, int(len(took) * 0.95))]
            print(
                f"| {what} | {len(took)} | {statistics.median(took) * 1000:.0f} | {high * 1000:.0f} "
                f"| {P95 * 1000:.0f} | {high / P95:.2f} | {faults} |"
            )
    if seen:
        worst = max(seen)
        print(f"| seen by another, worst | {len(seen)} | {statistics.median(seen) * 1000:.0f} | "
              f"{worst * 1000:.0f} | {SEEN * 1000:.0f} | {worst / SEEN:.2f} | 0 |")  # fmt: skip


if __name__ == "__main__":
    main()
