#!/usr/bin/env python3
"""Paynet's send_otp from other languages beside Onay's, 64 calls in flight: prints the guide's table; --write writes it.

Each client is a process on one core and the server another process on another. What two runs of different length differ by
is what the calls between them cost. Wants Linux, cargo, Node.js with npm, and Python with venv; installs below target/peers.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INSTALLED = ROOT / "target/peers"
NODE = {"undici": "7.30.2", "axios": "1.21.1"}
PYTHON = {"aiohttp": "3.14.5", "httpx": "0.28.1", "requests": "2.34.2"}
ROUNDS = 7

JAVASCRIPT = """
import http from "node:http";
const [name, address, calls] = process.argv.slice(2);
const url = address + "/v1/card/send_otp";
const headers = { "Content-Type": "application/json; charset=UTF-8", "Accept": "application/json; charset=UTF-8",
  "Authorization": "Basic sck_test_demo" };
const body = { user_gsm: "5550000042", otp_session_id: "s-1" };
let call;
if (name === "undici") {
  const { Agent, fetch } = await import("undici");
  const dispatcher = new Agent({ connections: 64, connect: { timeout: 5000 }, headersTimeout: 30000, bodyTimeout: 30000 });
  call = async () => (await fetch(url, { method: "POST", headers, body: JSON.stringify(body), dispatcher })).json();
} else {
  const { default: axios } = await import("axios");
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const client = axios.create({ headers, timeout: 30000, httpAgent: agent, proxy: false });
  call = async () => (await client.post(url, body)).data;
}
let left = Number(calls);
const caller = async () => {
  while (left-- > 0) if ((await call()).code !== 0) throw new Error("refused");
};
await Promise.all(Array.from({ length: 64 }, caller));
process.exit(0);
"""

PYTHONIC = """
import asyncio, sys
from concurrent.futures import ThreadPoolExecutor
name, address, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
url = address + "/v1/card/send_otp"
headers = {"Accept": "application/json; charset=UTF-8", "Authorization": "Basic sck_test_demo"}
body = {"user_gsm": "5550000042", "otp_session_id": "s-1"}
left = iter(range(calls))
def check(answer):
    assert answer["code"] == 0, "refused"
async def crowd(call):
    async def caller():
        for _ in left:
            check(await call())
    await asyncio.gather(*(caller() for _ in range(64)))
async def with_aiohttp():
    limits, timeout = aiohttp.TCPConnector(limit=64), aiohttp.ClientTimeout(30, sock_connect=5)
    async with aiohttp.ClientSession(connector=limits, timeout=timeout, headers=headers) as client:
        async def call():
            async with client.post(url, json=body) as response:
                return await response.json()
        await crowd(call)
async def with_httpx():
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
    async with httpx.AsyncClient(limits=limits, timeout=30, headers=headers, trust_env=False) as client:
        async def call():
            return (await client.post(url, json=body)).json()
        await crowd(call)
def with_requests():
    with requests.Session() as session, ThreadPoolExecutor(64) as pool:
        session.trust_env = False
        session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=64))
        call = lambda _: check(session.post(url, json=body, headers=headers, timeout=(5, 30)).json())
        list(pool.map(call, left))
if name == "aiohttp":
    import aiohttp; asyncio.run(with_aiohttp())
elif name == "httpx":
    import httpx; asyncio.run(with_httpx())
else:
    import requests; with_requests()
"""


def install():
    """Installs the peers, and returns the bench that has Rust's clients and the server."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    (INSTALLED / "peer.mjs").write_text(JAVASCRIPT)
    (INSTALLED / "peer.py").write_text(PYTHONIC)
    run = lambda *command: subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", INSTALLED, *(f"{n}@{v}" for n, v in NODE.items()))
    run(sys.executable, "-m", "venv", INSTALLED / "venv")
    run(INSTALLED / "venv/bin/pip", "install", "--quiet", *(f"{n}=={v}" for n, v in PYTHON.items()))
    built = run(*"cargo bench -p onay --features full --bench speed --no-run --message-format=json".split())
    messages = map(json.loads, built.splitlines())
    return next(m["executable"] for m in messages if m.get("target", {}).get("name") == "speed" and m.get("executable"))


def start(command, core, **options):
    pin = lambda: os.sched_setaffinity(0, {core % os.cpu_count()})
    return subprocess.Popen(list(map(str, command)), preexec_fn=pin, **options)


def cost(command, short, long):
    """Seconds of CPU that one more call takes."""
    seconds = []
    for calls in (short, long):
        _, status, usage = os.wait4(start([*command, calls], 0).pid, 0)
        if status != 0:
            sys.exit(f"{command} failed")
        seconds.append(usage.ru_utime + usage.ru_stime)
    return (seconds[1] - seconds[0]) / (long - short)


def main():
    bench = install()
    server = start([bench, "--serve"], 1, stdout=subprocess.PIPE, text=True)
    address = server.stdout.readline().strip()
    rust = {"onay": "Onay", "by_hand": "reqwest by hand", "bare": "bare reqwest", "raw_hyper": "raw hyper-util"}
    rows = [(label, [bench, "--call", name, address], 2000, 22000) for name, label in rust.items()]
    rows += [(f"Node.js, {n} {v}", ["node", INSTALLED / "peer.mjs", n, address], 2000, 5000) for n, v in NODE.items()]
    python = [INSTALLED / "venv/bin/python3", INSTALLED / "peer.py"]
    rows += [(f"Python, {n} {v}", [*python, n, address], 128, 640) for n, v in PYTHON.items()]
    try:
        rounds = [[cost(*row) for _, *row in rows] for _ in range(ROUNDS)]
    finally:
        server.kill()
    text = (
        "\nWritten by `crates/all/benches/peers.py --write`: the client's CPU, user and system, for Paynet's `send_otp`, answered with a "
        f"success, 64 calls in flight; medians of {ROUNDS} rounds over all rows, and of the ratios within each round. Only the "
        "ratios compare across machines.\n\n"
        "| client | CPU per call, µs | to Onay |\n| --- | --: | --: |\n"
    )
    for index, (label, *_) in enumerate(rows):
        cpu = statistics.median(seconds[index] for seconds in rounds)
        ratio = statistics.median(seconds[index] / seconds[0] for seconds in rounds)
        text += f"| {label} | {cpu * 1e6:,.1f} | {ratio:.2f} |\n"
    print(text)
    if "--write" in sys.argv:
        (ROOT / "crates/all/src/guide/evidence/peers.md").write_text(text)


main()
