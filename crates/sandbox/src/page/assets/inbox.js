// The inbox page, live: what comes, what is shown of it, and what the buttons do.

import { get, query, remove } from "./api.js";
import { advance, Clocks, showClock } from "./clock.js";
import { copyFrom } from "./copy.js";
import { FaultPanel } from "./faults.js";
import { List } from "./items.js";
import { listenToKeys } from "./keys.js";
import { listen } from "./live.js";
import { fired, matches, Stream } from "./stream.js";
import { keepTenantInLanguageLink, setOrDelete, settleLanguage, words } from "./words.js";

const AS_MANY = 200;

settleLanguage();
for (const element of document.querySelectorAll("[data-live]")) {
  element.hidden = false;
}

const at = (name) => document.querySelector(`[data-testid="${name}"]`);
const finder = at("finder").elements;
const stream = new Stream();
const clocks = new Clocks();
const list = new List(at("stream"), clocks);
const chosen = {
  find: "",
  show: "all",
  tenant: new URL(location.href).searchParams.get("tenant") ?? "",
};
const faults = new FaultPanel({ tenant: () => chosen.tenant, failed });

function failed(error) {
  at("problem").textContent = `${words.failed} ${error.message}`;
}

function done() {
  at("problem").textContent = "";
}

function announce(text) {
  at("announcer").textContent = text;
}

function show() {
  const all = stream.items();
  const items = all.filter((item) => matches(item, chosen));
  const isNarrowed = chosen.find.trim() !== "" || chosen.show !== "all";
  const ofTenant = all.some((item) => !chosen.tenant || item.tenant === chosen.tenant);
  list.show(items);
  at("stream").hidden = items.length === 0;
  at("empty").hidden = items.length > 0 || (ofTenant && isNarrowed);
  at("nothing-found").hidden = items.length > 0 || !(ofTenant && isNarrowed);
  faults.showFired(fired(items));
  showClock(clocks, chosen.tenant);
  clocks.know(all.map((item) => item.tenant)).catch(failed);
}

function showTenants(tenants) {
  const known = new Set(tenants.map(({ name }) => name));
  for (const { tenant } of stream.items()) {
    if (tenant) {
      known.add(tenant);
    }
  }
  if (chosen.tenant) {
    known.add(chosen.tenant);
  }
  const [all] = finder.tenant.options;
  const options = [...known].sort().map((name) => new Option(name, name));
  finder.tenant.replaceChildren(all, ...options);
  finder.tenant.value = chosen.tenant;
}

function addTenant(name) {
  if (name && ![...finder.tenant.options].some((option) => option.value === name)) {
    finder.tenant.add(new Option(name, name));
  }
}

let reading = null;
let isStale = false;

/** Reads everything anew. What happens meanwhile makes it read once more. */
function readAll() {
  if (reading) {
    isStale = true;
    return reading;
  }
  reading = (async () => {
    do {
      isStale = false;
      const { tenant } = chosen;
      const lists = { tenant, limit: AS_MANY };
      const [{ messages }, { calls }, { tenants }, clock] = await Promise.all([
        get(query("/messages", lists)),
        get(query("/journal", lists)),
        get("/tenants"),
        get("/clock"),
      ]);
      // Kept oldest first, so that the oldest leave first.
      stream.replace(messages.reverse(), calls.reverse());
      clocks.forget();
      await clocks.take(clock);
      // An address may name one that never called.
      await clocks.know(tenants.filter(({ name }) => name === tenant).map(({ name }) => name));
      showTenants(tenants);
      show();
      await faults.read();
    } while (isStale);
    done();
  })()
    .catch(failed)
    .finally(() => {
      reading = null;
    });
  return reading;
}

const news = [];
let telling = null;

/** Says what came: one by one where few come, their number where many do. */
function tell(said) {
  news.push(said);
  telling ??= setTimeout(() => {
    const [first, ...others] = news.splice(0);
    announce(others.length === 0 ? first : `${first} (+${others.length})`);
    telling = null;
  }, 300);
}

const NAMES = { paynet: "Paynet", paywall: "Paywall", paytr: "PayTR" };

const hear = {
  message(message) {
    stream.addMessage(message);
    addTenant(message.tenant);
    if (!chosen.tenant || chosen.tenant === message.tenant) {
      const code = message.otp ? `, ${words.code} ${message.otp}` : "";
      tell(`${words.new_message}: ${NAMES[message.provider]}, ${message.to}${code}`);
    }
  },
  journal(call) {
    stream.addCall(call);
    addTenant(call.tenant);
    if (call.outcome !== "accepted" && (!chosen.tenant || chosen.tenant === call.tenant)) {
      const what = call.operation ?? words.unknown_path;
      tell(`${words.new_refusal}: ${NAMES[call.provider]}, ${what}`);
    }
  },
  cleared: ({ tenant }) => stream.clearMessages(tenant),
  journal_cleared: ({ tenant }) => stream.clearCalls(tenant),
  clock: (clock) => clocks.take(clock).catch(failed),
  faults: () => faults.read().catch(failed),
  reset: readAll,
  resync: readAll,
};

let isAsked = false;

// Much may come at once; it is shown once.
function showSoon() {
  if (!isAsked) {
    isAsked = true;
    setTimeout(() => {
      isAsked = false;
      show();
    }, 0);
  }
}

listen({
  heard(kind, data) {
    if (reading) {
      isStale = true;
    }
    hear[kind](data);
    showSoon();
  },
  // Later on too: another sandbox may listen here by then, and number its events alike.
  opened: readAll,
});

clocks.changed = () => {
  list.tick();
  showClock(clocks, chosen.tenant);
};
setInterval(() => {
  list.tick();
  showClock(clocks, chosen.tenant);
}, 500);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    list.tick();
  }
});

function copy(item) {
  const button = item.querySelector("[data-testid=copy]");
  return copyFrom(item.querySelector("[data-testid=otp]"), button, announce);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) {
    return;
  }
  if (button.dataset.testid === "copy") {
    copy(button.closest("[data-key]"));
  } else if (button.dataset.copy) {
    copyFrom(at(button.dataset.copy).querySelector("code"), button, announce);
  } else if (button.dataset.advance) {
    advance(button.dataset.advance, chosen.tenant).then((clock) => clocks.take(clock)).then(done, failed);
  } else if ("close" in button.dataset) {
    button.closest("dialog").close();
  }
});

at("finder").addEventListener("submit", (event) => event.preventDefault());
at("finder").addEventListener("input", () => {
  chosen.find = finder.find.value;
  chosen.show = finder.show.value;
  show();
});
finder.tenant.addEventListener("change", () => {
  chosen.tenant = finder.tenant.value;
  const address = new URL(location.href);
  setOrDelete(address.searchParams, "tenant", chosen.tenant);
  history.replaceState(null, "", address);
  keepTenantInLanguageLink(chosen.tenant);
  readAll();
});
keepTenantInLanguageLink(chosen.tenant);

at("show-everything").addEventListener("click", () => {
  at("finder").reset();
  finder.tenant.value = chosen.tenant;
  Object.assign(chosen, { find: "", show: "all" });
  show();
  finder.find.focus();
});

at("show-keys").addEventListener("click", () => at("keys").showModal());
at("clear").addEventListener("click", () => {
  const says = chosen.tenant ? words.clear_one : words.clear_all;
  document.getElementById("clear-title").textContent = says;
  at("confirm").showModal();
});
at("confirm-clear").addEventListener("click", async () => {
  at("confirm").close();
  const { tenant } = chosen;
  try {
    await remove(query("/messages", { tenant }));
    await remove(query("/journal", { tenant }));
    done();
  } catch (error) {
    failed(error);
  }
});

listenToKeys({ copy });
