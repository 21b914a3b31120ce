// The virtual clocks: the common clock and each tenant's own, and how long codes are still good.

import { get, post } from "./api.js";
import { words } from "./words.js";

const SOON = 30;

const time = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Istanbul",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Istanbul" });

export const timeOf = (instant) => time.format(new Date(instant));

export class Clocks {
  constructor() {
    // How far each is from this browser's clock, in milliseconds; the common clock under "".
    this.apart = new Map([["", apart(document.querySelector("[data-testid=sandbox-time]").dateTime)]]);
    this.offset = new Map();
    this.changed = () => {};
  }

  now(tenant) {
    return Date.now() + (this.apart.get(tenant ?? "") ?? this.apart.get(""));
  }

  /** How far a tenant's clock is ahead of the common clock, in seconds. */
  ahead(tenant) {
    const all = this.offset.get("") ?? 0;
    return (this.offset.get(tenant ?? "") ?? all) - all;
  }

  /** Takes what the API says of a clock. The common clock moves each tenant's too. */
  async take(reading) {
    this.keep(reading);
    this.changed();
    if (reading.tenant === null && !reading.tenants) {
      await this.take(await get("/clock"));
    }
  }

  keep({ now, tenant, offset_seconds: offset, tenants }) {
    if (tenants) {
      // A tenant that is not named has the common clock.
      this.apart.clear();
      this.offset.clear();
      for (const [name, own] of Object.entries(tenants)) {
        this.apart.set(name, apart(now) + (own - offset) * 1000);
        this.offset.set(name, own);
      }
    }
    this.apart.set(tenant ?? "", apart(now));
    this.offset.set(tenant ?? "", offset);
  }
}

function apart(now) {
  return new Date(now).getTime() - Date.now();
}

/** Shows how long a message is still good: what is left of it, or since when it is not. */
export function showExpiry(element, clocks) {
  const line = element.querySelector("[data-testid=expiry]");
  if (!line) {
    return;
  }
  const label = line.querySelector(".expiry-label");
  const shown = line.querySelector("time");
  const ends = shown.dateTime;
  const left = Math.ceil((new Date(ends) - clocks.now(element.dataset.tenant)) / 1000);
  const isOver = left <= 0;
  element.dataset.state = isOver ? "expired" : left <= SOON ? "soon" : "valid";
  // Far ends are dates, not countdowns.
  const isFar = left > 60 * 60;
  set(label, isOver ? words.expired : isFar ? words.expires : words.expires_in);
  const end = isFar ? `${day.format(new Date(ends))} ` : "";
  set(shown, isOver || isFar ? end + timeOf(ends) : countdown(left));
}

function countdown(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// What has not changed is left alone: it may be selected.
function set(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** The panel: whose time it is, the time, how far it was moved, and buttons that move it. */
export function showClock(clocks, tenant) {
  const now = clocks.now(tenant);
  const whose = document.querySelector("[data-testid=clock-panel] h2");
  set(whose, tenant ? words.clock_of_tenant : words.clock);
  const shown = document.querySelector("[data-testid=sandbox-time]");
  shown.dateTime = new Date(now).toISOString();
  set(shown, `${day.format(now)} ${timeOf(now)}`);
  const offset = clocks.offset.get(tenant ?? "") ?? clocks.offset.get("") ?? 0;
  set(document.querySelector("[data-testid=offset]"), apartInWords(offset));
}

function apartInWords(offset) {
  if (offset === 0) {
    return words.as_real_time;
  }
  return (offset > 0 ? words.ahead : words.behind).replace("{}", duration(offset));
}

function duration(offset) {
  const seconds = Math.abs(offset);
  const parts = [
    [Math.floor(seconds / 86400), words.unit_days],
    [Math.floor((seconds % 86400) / 3600), words.unit_hours],
    [Math.floor((seconds % 3600) / 60), words.unit_minutes],
    [seconds % 60, words.unit_seconds],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** Shows how far an item's clock is from the common clock, where it is. */
export function showApart(element, clocks) {
  const ahead = clocks.ahead(element.dataset.tenant);
  const line = element.querySelector(".apart");
  line.hidden = ahead === 0;
  set(line.lastElementChild, `${ahead < 0 ? "−" : "+"}${duration(ahead)}`);
}

export const advance = (seconds, tenant) =>
  post("/clock/advance", { seconds: Number(seconds), tenant: tenant || null });
