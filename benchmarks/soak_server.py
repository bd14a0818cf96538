"""Soak the server: load, those who watch, a server killed, a full disk, a database restarted.

    python benchmarks/soak_server.py [--seconds 60] [--watchers 200] [--share 1] [--kills 200]
        [--full FOLDER] [--postgres ADDRESS --restart COMMAND]

One run measures: 8 clients that send 2,000 events a second in batches of up to 50 and 300 single
events a second, while others watch the situation; then kills the server with SIGKILL at random
moments while 8 clients send; then looks whether each event that was acknowledged is there, once.
`--full` names an empty folder on a small file system of its own (`mount -t tmpfs -o size=4m tmpfs
FOLDER`). With PostgreSQL, COMMAND is run in mid-load. Clients and server share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import csv
import json
import multiprocessing
import os
import random
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

CLIENTS = 8
BATCHES_S, SINGLES_S, BATCH = 40, 300, 50
BASE = datetime(2016, 11, 4, 12, 0, tzinfo=UTC)
CORRIDORS = ("bustan-al-qasr", "salah-al-din", "sheikh-saeed")
WARM_S = 3.0
TOKEN = "SAFEPASSAGE_SOAK_TOKEN"  # noqa: S105 - the name of a variable


# ---------------------------------------------------------------- the server


def served(plan: str, ledger: str, port: int) -> None:
    """Be the server, on an afternoon of the case; the first line printed is a token."""
    from safepassage.api.desk import Settings
    from safepassage.api.limits import Limits
    from safepassage.api.server import bound, serve
    from safepassage.api.tokens import Access

    began = datetime.now(UTC)
    access = Access(Path(ledger + ".access") if "://" not in ledger else Path(plan + ".access"))
    settings = Settings(
        plan=json.loads(Path(plan).read_text(encoding="utf-8")), ledger=ledger, access=access,
        plans=Path(f"{plan}.adopted"), apart=True,
        clock=lambda: BASE + (datetime.now(UTC) - began), limits=Limits(),
    )  # fmt: skip
    with contextlib.suppress(KeyboardInterrupt):
        serve(settings, bound("127.0.0.1", port))


class Serving:
    """Be a server in a process of its own, that can be killed and started again."""

    def __init__(self, plan: Path, ledger: str) -> None:
        self.plan, self.ledger = plan, ledger
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes]

    def start(self) -> float:
        """Start it, and wait until it answers; give the seconds that took."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", str(self.plan), self.ledger, str(self.port)]
        )
        while time.monotonic() - began < 60 and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                if asked(self.port, "GET", "/health")[0] == 200:
                    return time.monotonic() - began
            time.sleep(0.02)
        raise SystemExit("The server did not start.")

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as people do."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise SystemExit("The server did not end.") from None

    def memory_mb(self) -> float:
        """Tell what it, and the process that tells the situation, hold in memory."""
        texts = [
            Path(f"/proc/{pid}/status").read_text(encoding="utf-8") for pid in self._processes()
        ]
        return sum(int(text.split("VmRSS:")[1].split()[0]) for text in texts) / 1024

    def cpu_s(self) -> tuple[float, float]:
        """Tell how long it, and the process that tells the situation, have used a core."""
        first, *others = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split()[13:15]
            for pid in self._processes()
        )
        tick = os.sysconf("SC_CLK_TCK")
        return sum(map(int, first)) / tick, sum(map(int, chain(*others))) / tick

    def _processes(self) -> list[int]:
        own = self.process.pid
        text = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="utf-8")
        return [own, *map(int, text.split())]


# ---------------------------------------------------------------- clients


def event(n: int, source: str) -> bytes:
    """Write a new event, a remark with some of them."""
    told = BASE - timedelta(minutes=random.randrange(1, 90))  # noqa: S311 - load, no secret
    text = ',"text":"Most on foot, two carts; 3 wounded carried"' if n % 4 == 0 else ""
    at = told.isoformat().replace("+00:00", "Z")
    since = (told - timedelta(minutes=5)).isoformat().replace("+00:00", "Z")
    return (
        f'{{"id":"{uuid4()}","kind":"passage","happened_at":"{at}","known_at":"{at}","since":'
        f'"{since}","source":"{source}","means":"eyewitness count","status":"observed","corridor":'
        f'"{CORRIDORS[n % 3]}","people":{{"low":{n % 40},"best":{n % 40 + 2},"high":{n % 40 + 5}}},'
        f'"counted":"over","carrying":"unarmed"{text}}}'
    ).encode()


def request(method: str, path: str, token: str, body: bytes = b"", port: int = 0) -> bytes:
    """Write a request."""
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def answered(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read an answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    return int(head[9:12]), await reader.readexactly(length)


def asked(
    port: int, method: str, path: str, token: str = "", body: bytes = b""
) -> tuple[int, bytes]:
    """Ask once."""
    import httpx

    heads = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    heads = heads if token else {}
    answer = httpx.request(method, f"http://127.0.0.1:{port}{path}", headers=heads, content=body)
    return answer.status_code, answer.content


async def sending(
    port: int, token: str, source: str, per_s: float, size: int, seconds: float, began: float
) -> list[tuple[float, float, int]]:
    """Send by the clock, whatever the answers take: (due, seconds, events or minus the status)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took: list[tuple[float, float, int]] = []
    due = began + random.random() / per_s  # noqa: S311
    n = random.randrange(1000)  # noqa: S311
    while due < began + seconds:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        body = b'{"events":[' + b",".join(event(n + i, source) for i in range(size)) + b"]}"
        n += size
        writer.write(request("POST", "/api/events", token, body, port))
        status, said = await answered(reader)
        stored = said.count(b'"outcome":"stored"') if status == 200 else -status
        took.append((due - began, time.monotonic() - due, stored))
        due += 1 / per_s
    writer.close()
    return took


def clients(
    port: int, tokens: list[str], seconds: float, began: float, share: float
) -> dict[str, list[tuple[float, float, int]]]:
    """Be all eight clients, each with a connection for batches and one for single events."""

    async def all_() -> dict[str, list[tuple[float, float, int]]]:
        work = [
            sending(port, token, f"gate-{n}", share * rate / CLIENTS, size, seconds, began)
            for rate, size in ((BATCHES_S, BATCH), (SINGLES_S, 1))
            for n, token in enumerate(tokens)
        ]
        done = await asyncio.gather(*work)
        half = len(tokens)
        return {"batches": [*chain(*done[:half])], "singles": [*chain(*done[half:])]}

    return _run(all_())


def watching(port: int, token: str, many: int, seconds: float, began: float) -> dict[str, float]:
    """Be those who watch, each sent the whole situation."""

    async def one() -> tuple[int, int, float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        writer.write(request("GET", "/api/stream?full=1", token, b"", port))
        news, size, gap, last = 0, 0, 0.0, time.monotonic()
        with contextlib.suppress(TimeoutError, asyncio.IncompleteReadError):
            async with asyncio.timeout(max(0.1, began + seconds - time.monotonic())):
                while line := await reader.readline():
                    size += len(line)
                    if line.startswith(b"event:"):
                        news += 1
                        gap, last = max(gap, time.monotonic() - last), time.monotonic()
        writer.close()
        return news, size, gap

    async def all_() -> dict[str, float]:
        done = await asyncio.gather(*(one() for _ in range(many)))
        return {
            "fewest": min(each[0] for each in done), "most": max(each[0] for each in done),
            "longest_gap_s": max(each[2] for each in done),
            "bytes": sum(each[1] for each in done),
        }  # fmt: skip

    return _run(all_())


def _run(work: Any) -> Any:
    import uvloop

    return uvloop.run(work)


# ---------------------------------------------------------------- what is measured


def loaded(
    serving: Serving, tokens: list[str], seconds: float, watchers: int, share: float
) -> dict[str, Any]:
    """Measure the server under load, with those who watch."""
    began = time.monotonic() + 1.0
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(os.getpid).result()
        began = time.monotonic() + 2.0
        sent = pool.submit(clients, serving.port, tokens, seconds, began, share)
        watched = pool.submit(watching, serving.port, tokens[0], watchers, seconds, began)
        memory, cpu = [], serving.cpu_s()
        while not (sent.done() and watched.done()):
            memory.append(serving.memory_mb())
            time.sleep(1.0)
        done, seen = sent.result(), watched.result()
    cores = [(b - a) / seconds for a, b in zip(cpu, serving.cpu_s(), strict=True)]
    every = [each for some in done.values() for each in some]
    row: dict[str, Any] = {
        "seconds": seconds, "watchers": watchers,
        "events_per_s": round(sum(n for _, _, n in every if n > 0) / seconds),
        "refused": sum(n < 0 for _, _, n in every),
    }  # fmt: skip
    for name, some in done.items():
        took = sorted(took * 1000 for due, took, _ in some if due >= min(WARM_S, seconds / 4))
        row[f"{name}_per_s"] = round(len(some) / seconds)
        for part in (50, 99):
            row[f"{name}_p{part}_ms"] = round(took[int(len(took) * part / 100)], 1)
        row[f"{name}_longest_ms"] = round(took[-1], 1)
    third = max(1, len(memory) // 3)
    row |= {
        "server_cores": round(cores[0], 2), "telling_cores": round(cores[1], 2),
        "memory_mb_first_third": round(max(memory[1 : third + 1] or memory)),
        "memory_mb_last_third": round(max(memory[-third:])),
        "news_fewest": seen["fewest"], "news_most": seen["most"],
        "news_longest_gap_s": round(seen["longest_gap_s"], 1),
        "news_mb_per_s": round(seen["bytes"] / seconds / 1e6, 1),
    }  # fmt: skip
    row["stored"], row["acknowledged"] = _in(serving), sum(n for _, _, n in every if n > 0)
    return row


def _in(serving: Serving) -> int:
    from safepassage.ledger.opening import open_ledger

    with open_ledger(serving.ledger, read_only=True) as ledger:
        return ledger.tip()[0]


async def _insisting(port: int, token: str, source: str, until: list[bool], said: set[str]) -> None:
    """Send batch after batch, each until it is acknowledged, whatever becomes of the server."""
    rng = random.Random(source)  # noqa: S311
    while not until:
        size = rng.randrange(1, BATCH)
        some = [event(n, source) for n in range(size)]
        body = b'{"events":[' + b",".join(some) + b"]}"
        while not until:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(request("POST", "/api/events", token, body, port))
                status, answer = await answered(reader)
                writer.close()
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(0.05)
                continue
            if status == 200:
                said |= {each["id"] for each in json.loads(answer)["receipts"]}
                break
            await asyncio.sleep(0.05)


def killed(serving: Serving, tokens: list[str], kills: int, seed: int) -> dict[str, Any]:
    """Kill the server at random moments while clients send, then look at what is left."""
    rng = random.Random(seed)  # noqa: S311 - a soak that repeats
    said: set[str] = set()
    until: list[bool] = []

    async def go() -> None:
        sending = [
            asyncio.create_task(_insisting(serving.port, token, f"gate-{n}", until, said))
            for n, token in enumerate(tokens)
        ]
        for _ in range(kills):
            before = len(said)
            while len(said) == before:  # noqa: ASYNC110 - until it is at work
                await asyncio.sleep(0.01)
            await asyncio.sleep(rng.uniform(0.0, 0.3))
            serving.kill()
            await asyncio.to_thread(serving.start)
        until.append(True)
        await asyncio.gather(*sending)

    began = time.monotonic()
    before = _in(serving)
    asyncio.run(go())
    serving.kill()
    return {
        "kills": kills, "kill_seconds": round(time.monotonic() - began),
        **_found(serving, said, before), "kill_acknowledged": len(said),
    }  # fmt: skip


def _found(serving: Serving, said: set[str], before: int) -> dict[str, Any]:
    from safepassage.ledger.opening import open_ledger
    from safepassage.ledger.verify import verify

    with open_ledger(serving.ledger) as ledger:
        stored = [entry.id for entry in ledger.entries(after=before)]
        whole = verify(ledger).whole
    return {
        "kill_stored": len(stored), "kill_lost": len(said - set(stored)),
        "kill_doubled": len(stored) - len(set(stored)), "chain_whole": whole,
    }  # fmt: skip


def filled(folder: Path, plan: Path) -> dict[str, Any]:
    """Fill the disk under a server that runs, and make room again."""
    from safepassage.ledger.opening import make_ledger

    ballast = folder / "ballast"
    ballast.write_bytes(b"\0" * 300_000)
    ledger = str(folder / "full.ledger")
    make_ledger(ledger).close()
    serving = Serving(plan, ledger)
    token = tokens_of(serving, ["desk"], "coordinator")[0]
    serving.start()
    stored, status, said = 0, 200, b""
    while status == 200:
        body = b'{"events":[' + b",".join(event(n, "desk") for n in range(BATCH)) + b"]}"
        stored += BATCH
        status, said = asked(serving.port, "POST", "/api/events", token, body)
    stored -= BATCH
    read = asked(serving.port, "GET", f"/api/events?after={stored - 1}", token)
    situation = asked(serving.port, "GET", "/api/situation", token)[0]
    ballast.unlink()
    again, _ = asked(serving.port, "POST", "/api/events", token, body)
    serving.stop()
    return {
        "full_status": status, "full_clear": b"disk is full" in said,
        "full_readable": len(json.loads(read[1])["events"]) == 1 and situation == 200,
        "full_goes_on": again == 200 and _in(serving) == stored + BATCH,
    }  # fmt: skip


def restarted(plan: Path, address: str, command: str, seconds: float) -> dict[str, Any]:
    """Restart the database under a server that runs."""
    from safepassage.ledger.opening import make_ledger

    make_ledger(address).close()
    serving = Serving(plan, address)
    tokens = tokens_of(serving, [f"gate-{n}" for n in range(CLIENTS)], "coordinator")
    serving.start()
    said: set[str] = set()
    until: list[bool] = []

    async def go() -> None:
        sending = [
            asyncio.create_task(_insisting(serving.port, token, f"gate-{n}", until, said))
            for n, token in enumerate(tokens)
        ]
        for _ in range(3):
            await asyncio.sleep(seconds / 4)
            await asyncio.to_thread(subprocess.run, shlex.split(command), check=True)
        await asyncio.sleep(seconds / 4)
        until.append(True)
        await asyncio.gather(*sending)

    asyncio.run(go())
    serving.stop()
    found = _found(serving, said, 0)
    return {"postgres_restarts": 3, "postgres_acknowledged": len(said), **{
        f"postgres_{name.removeprefix('kill_')}": value
        for name, value in found.items()}}  # fmt: skip


def tokens_of(serving: Serving, labels: list[str], role: str) -> list[str]:
    """Make tokens in the file that the server reads."""
    from safepassage.api.tokens import new_token

    path = Path(serving.ledger + ".access")
    if "://" in serving.ledger:
        path = Path(f"{serving.plan}.access")
    return [new_token(path, role=role, label=label)[0] for label in labels]


def planned(folder: Path) -> Path:
    """Plan Aleppo, once."""
    import safepassage as sp

    path = folder / "plan.json"
    path.write_text(json.dumps(sp.plan("aleppo-2016-11-04").as_json()), encoding="utf-8")
    return path


def broken(row: dict[str, Any]) -> list[str]:
    """Name the promises that were broken."""
    limits = {
        "batches_p99_ms": 50, "singles_p99_ms": 50, "refused": 0, "kill_lost": 0,
        "kill_doubled": 0, "postgres_lost": 0, "postgres_doubled": 0,
    }  # fmt: skip
    said = [f"{name} is {row[name]}" for name, most in limits.items() if row.get(name, 0) > most]
    said += [f"{name} is {value}" for name, value in row.items() if value is False]
    due = (BATCHES_S * BATCH + SINGLES_S) * row["share"]
    if row["seconds"] and row["events_per_s"] < due * 0.99:
        said.append(f"events_per_s is {row['events_per_s']}")
    if row["seconds"] and row["stored"] != row["acknowledged"]:
        said.append(f"stored {row['stored']}, acknowledged {row['acknowledged']}")
    if row.get("full_status", 507) != 507:
        said.append(f"a full disk is answered with {row['full_status']}")
    return said


def main() -> int:
    """Run what was asked for, and give 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--watchers", type=int, default=200)
    parser.add_argument("--share", type=float, default=1.0, help="of the events a second")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", type=Path)
    parser.add_argument("--postgres")
    parser.add_argument("--restart", default="true")
    parser.add_argument("--plan", type=Path, help="a plan.json of Aleppo; made if not given")
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    asked_for = parser.parse_args()
    if asked_for.serve:
        plan, ledger, port = asked_for.serve
        served(plan, ledger, int(port))
        return 0
    from safepassage.ledger.opening import make_ledger

    row: dict[str, Any] = {"seconds": 0, "clients": CLIENTS, "share": asked_for.share}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = asked_for.plan or planned(folder)
        serving = Serving(plan, str(folder / "soak.ledger"))
        make_ledger(serving.ledger).close()
        tokens = tokens_of(serving, [f"gate-{n}" for n in range(CLIENTS)], "coordinator")
        try:
            serving.start()
            if asked_for.seconds:
                row |= loaded(
                    serving, tokens, asked_for.seconds, asked_for.watchers, asked_for.share
                )
            if asked_for.kills:
                row |= killed(serving, tokens, asked_for.kills, asked_for.seed)
            else:
                serving.stop()
        finally:
            serving.kill()  # whatever went wrong, it does not stay behind
        if asked_for.full:
            row |= filled(asked_for.full, plan)
        if asked_for.postgres:
            row |= restarted(plan, asked_for.postgres, asked_for.restart, 20)
    for key, value in row.items():
        print(f"{key:22} {value}")
    if asked_for.csv:
        with asked_for.csv.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([row.keys(), row.values()])
    for said in broken(row):
        print(f"*** {said}", file=sys.stderr)
    return 1 if broken(row) else 0


if __name__ == "__main__":
    sys.exit(main())
