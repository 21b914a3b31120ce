// Paynet's send_otp by undici's fetch or axios: client.mjs undici|axios ADDRESS PHASE…; a line of JSON per phase.

import { createRequire } from "node:module";
import http from "node:http";

const [client, address, ...phases] = process.argv.slice(2);
// The packages are installed in the folder that it is run in, not beside this file.
const require = createRequire(process.cwd() + "/package.json");
const url = address + "/v1/card/send_otp";
const headers = {
  "Authorization": "Basic sck_test_demo",
  "Accept": "application/json; charset=UTF-8",
};
const body = { user_gsm: "5550000042", otp_session_id: "s-1" };

function withUndici() {
  const { Agent, fetch } = require("undici");
  const dispatcher = new Agent({
    connections: 64,
    pipelining: 1,
    connect: { timeout: 5000 },
    headersTimeout: 30000,
    bodyTimeout: 30000,
    keepAliveTimeout: 4000,
  });
  const json = { ...headers, "Content-Type": "application/json" };
  return async () => {
    const response = await fetch(url, {
      method: "POST",
      headers: json,
      body: JSON.stringify(body),
      dispatcher,
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.json();
  };
}

function withAxios() {
  const axios = require("axios");
  const instance = axios.create({
    headers,
    timeout: 30000,
    httpAgent: new http.Agent({ keepAlive: true, maxSockets: 64, timeout: 4000 }),
    proxy: false,
  });
  return async () => (await instance.post(url, body)).data;
}

const call = { undici: withUndici, axios: withAxios }[client]();

for (const phase of phases) {
  const [inFlight, calls] = phase.split("x").map(Number);
  let left = calls;
  const samples = [];
  const cpu = process.cpuUsage();
  const began = process.hrtime.bigint();
  const caller = async () => {
    while (left-- > 0) {
      const began = process.hrtime.bigint();
      const answer = await call();
      if (answer.code !== 0 || !answer.otp_expire) {
        throw new Error("the answer is not the documented success");
      }
      samples.push(Number(process.hrtime.bigint() - began));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  const wall = Number(process.hrtime.bigint() - began);
  const { user, system } = process.cpuUsage(cpu);
  samples.sort((a, b) => a - b);
  const rank = (percent) => Math.max(Math.ceil((samples.length * percent) / 100), 1) - 1;
  console.log(
    JSON.stringify({
      calls: samples.length,
      wall_ns: wall,
      cpu_ns: (user + system) * 1000,
      p50_ns: samples[rank(50)],
      p99_ns: samples[rank(99)],
    }),
  );
}
process.exit(0);
