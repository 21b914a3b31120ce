// The inbox page, live: what comes, what is shown of it, and what the buttons do.

import { get, items, post, query, remove } from "./api.js";
import { advance, Clocks, showClock } from "./clock.js";
import { copyFrom } from "./copy.js";
import { FaultPanel } from "./faults.js";
import { listenToKeys } from "./keys.js";
import { List } from "./list.js";
import { listen } from "./live.js";
import { keepTenantInLanguageLink, setOrDelete, settleLanguage, words } from "./words.js";

// How often a hidden page asks what came, in milliseconds.
const ASK_AGAIN = 5000;

settleLanguage();
const at = (name) => document.querySelector(`[data-testid="${name}"]`);
const finder = at("finder").elements;
const clocks = new Clocks();
const list = new List(at("stream"), clocks);
for (const element of document.querySelectorAll("[data-live]")) {
  element.hidden = false;
}

const address = new URL(location.href).searchParams;
const chosen = {
  q: address.get("q") ?? "",
  show: "all",
  tenant: address.get("tenant") ?? "",
  item: address.get("item") ?? "",
};
const faults = new FaultPanel({ tenant: () => chosen.tenant, failed });
const listed = { count: 0, hasAny: false };
const title = document.title;
// What came while the page was in the background: told by events, and found out later.
let unread = 0;
let missed = 0;

function failed(error) {
  at("problem").textContent = `${words.failed} ${error.message}`;
}

function done() {
  at("problem").textContent = "";
}

function announce(text) {
  at("announcer").textContent = text;
}

function isNarrow() {
  return chosen.q.trim() !== "" || chosen.show !== "all" || chosen.item !== "";
}

/** Shows what goes with the list: how many there are, and what to do where there is none. */
function show() {
  const shown = list.items.length;
  const isSearched = isNarrow() && listed.hasAny;
  at("stream").hidden = shown === 0;
  at("empty").hidden = shown > 0 || isSearched;
  at("nothing-found").hidden = shown > 0 || !isSearched;
  at("show-older").hidden = shown >= listed.count;
  at("count").textContent =
    shown === 0 ? "" : words.shown_of.replace("{shown}", shown).replace("{count}", listed.count);
  showUnread();
  faults.showFired(list.fired());
  showClock(clocks, chosen.tenant);
}

function showUnread() {
  const count = unread + missed;
  document.title = count > 0 ? `(${count}) ${title}` : title;
}

function showTenants(tenants) {
  const [all] = finder.tenant.options;
  finder.tenant.replaceChildren(all);
  for (const { name, label } of tenants) {
    addTenant(name, label);
  }
  addTenant(chosen.tenant, chosen.tenant);
  finder.tenant.value = chosen.tenant;
}

function addTenant(name, label) {
  if (name && ![...finder.tenant.options].some((option) => option.value === name)) {
    const option = new Option(label, name);
    option.title = name;
    finder.tenant.add(option);
  }
}

const lang = document.documentElement.lang;

async function readItems() {
  const { html, count, has_any: hasAny } = await items({ ...chosen, lang });
  list.replace(html);
  Object.assign(listed, { count, hasAny });
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
      const [{ tenants }, clock] = await Promise.all([get("/tenants"), get("/clock"), readItems()]);
      await clocks.take(clock);
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

let soon = null;

/** Looks for what is wanted anew, once nothing was typed for a moment. */
function findSoon() {
  clearTimeout(soon);
  soon = setTimeout(readAll, 80);
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

const hear = {
  item(item) {
    if (chosen.tenant && chosen.tenant !== item.tenant) {
      return;
    }
    if (item.tenant && ![...finder.tenant.options].some(({ value }) => value === item.tenant)) {
      get("/tenants").then(({ tenants }) => showTenants(tenants), failed);
    }
    if (item.is_new && item.says) {
      tell(item.says);
    }
    if (item.is_new && item.is_message && document.hidden) {
      unread += 1;
    }
    if (isNarrow()) {
      findSoon();
    } else if (list.add(item)) {
      listed.count += 1;
      listed.hasAny = true;
    }
  },
  removed({ id }) {
    if (list.remove(`m${id}`)) {
      listed.count -= 1;
    }
  },
  cleared: readAll,
  journal_cleared: readAll,
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
    unread = 0;
    missed = 0;
    list.tick();
    show();
  }
});

// A hidden page holds no connection: it asks now and then how many messages came.
setInterval(async () => {
  if (!document.hidden) {
    return;
  }
  try {
    const { html } = await items({ ...chosen, lang });
    missed = document.hidden ? list.unknownMessages(html) : 0;
    showUnread();
  } catch {
    // A visitor who comes back is told that the sandbox does not answer.
  }
}, ASK_AGAIN);

/** Does what a button asks of the sandbox, and says what did not work. */
function doing(asked) {
  asked.then(done, failed);
}

async function showOlder() {
  const behind = list.items.at(-1)?.dataset.key;
  const { html, count } = await items({ ...chosen, lang, behind });
  list.append(html);
  listed.count = count;
  show();
}

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
  } else if (button.dataset.testid === "send-again") {
    doing(post(`/callbacks/${button.dataset.callback}/resend`));
  } else if (button.dataset.testid === "remove-message") {
    doing(remove(`/messages/${button.closest("[data-key]").dataset.key.slice(1)}`));
  } else if (button.dataset.testid === "show-older") {
    doing(showOlder());
  } else if (button.dataset.advance) {
    advance(button.dataset.advance, chosen.tenant).then((clock) => clocks.take(clock)).then(done, failed);
  } else if ("close" in button.dataset) {
    button.closest("dialog").close();
  }
});

at("finder").addEventListener("submit", (event) => event.preventDefault());
at("finder").addEventListener("input", () => {
  chosen.q = finder.find.value;
  chosen.show = finder.show.value;
  keep("q", chosen.q.trim());
  findSoon();
});
finder.tenant.addEventListener("change", () => {
  chosen.tenant = finder.tenant.value;
  keep("tenant", chosen.tenant);
  keepTenantInLanguageLink(chosen.tenant);
  readAll();
});
keepTenantInLanguageLink(chosen.tenant);

/** Says in the address what is shown, so that a bookmark shows it again. */
function keep(name, value) {
  const address = new URL(location.href);
  setOrDelete(address.searchParams, name, value);
  history.replaceState(null, "", address);
}

at("show-everything").addEventListener("click", () => {
  at("finder").reset();
  finder.find.value = "";
  finder.tenant.value = chosen.tenant;
  Object.assign(chosen, { q: "", show: "all", item: "" });
  keep("q", "");
  keep("item", "");
  readAll();
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
