"""Paynet's send_otp by httpx or requests: client.py httpx|requests ADDRESS PHASE…; a line of JSON per phase."""

import json
import sys
import time

PATH = "/v1/card/send_otp"
HEADERS = {
    "Authorization": "Basic sck_test_demo",
    "Accept": "application/json; charset=UTF-8",
}
BODY = {"user_gsm": "5550000042", "otp_session_id": "s-1"}


def check(response):
    response.raise_for_status()
    answer = response.json()
    if answer["code"] != 0 or not answer["otp_expire"]:
        raise RuntimeError("the answer is not the documented success")


def report(began, cpu, samples):
    wall = time.perf_counter_ns() - began
    cpu = time.process_time_ns() - cpu
    samples.sort()
    rank = lambda percent: max(-(-len(samples) * percent // 100), 1) - 1
    line = {
        "calls": len(samples),
        "wall_ns": wall,
        "cpu_ns": cpu,
        "p50_ns": samples[rank(50)],
        "p99_ns": samples[rank(99)],
    }
    print(json.dumps(line), flush=True)


def with_requests(url, phases):
    import requests
    from concurrent.futures import ThreadPoolExecutor

    with requests.Session() as session:
        session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=64))

        def call(_):
            began = time.perf_counter_ns()
            check(session.post(url, json=BODY, headers=HEADERS, timeout=(5, 30)))
            return time.perf_counter_ns() - began

        for in_flight, calls in phases:
            began, cpu = time.perf_counter_ns(), time.process_time_ns()
            if in_flight == 1:
                samples = [call(None) for _ in range(calls)]
            else:
                with ThreadPoolExecutor(in_flight) as pool:
                    samples = list(pool.map(call, range(calls)))
            report(began, cpu, samples)


def with_httpx(url, phases):
    import asyncio

    import httpx

    async def run():
        limits = httpx.Limits(
            max_connections=64, max_keepalive_connections=64, keepalive_expiry=4
        )
        timeout = httpx.Timeout(30, connect=5)
        async with httpx.AsyncClient(limits=limits, timeout=timeout) as client:

            async def caller(left, samples):
                while left[0] > 0:
                    left[0] -= 1
                    began = time.perf_counter_ns()
                    check(await client.post(url, json=BODY, headers=HEADERS))
                    samples.append(time.perf_counter_ns() - began)

            for in_flight, calls in phases:
                began, cpu = time.perf_counter_ns(), time.process_time_ns()
                left, samples = [calls], []
                await asyncio.gather(*(caller(left, samples) for _ in range(in_flight)))
                report(began, cpu, samples)

    asyncio.run(run())


def main():
    client, address, *phases = sys.argv[1:]
    phases = [tuple(map(int, phase.split("x"))) for phase in phases]
    {"httpx": with_httpx, "requests": with_requests}[client](address + PATH, phases)


main()
