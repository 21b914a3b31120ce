// The fault panel: which faults are set, setting one, and what struck so far.

import { get, put } from "./api.js";
import { words } from "./words.js";

// What a kind is asked for, and what it is called in the API.
const DETAILS = {
  delay: { field: "ms", usual: "3000", isNumber: true, unit: " ms" },
  status: { field: "code", usual: "503", isNumber: true },
  refuse: { field: "code", usual: "1", isNumber: false },
  truncate: { field: "bytes", usual: "20", isNumber: true, unit: " B" },
  drip: { field: "ms_per_byte", usual: "50", isNumber: true, unit: " ms/B" },
};
const ONLY_MASTERPASS = ["rotate_token", "renew_session"];
const NAMES = { paynet: "Paynet", paywall: "Paywall", paytr: "PayTR" };

const at = (name) => document.querySelector(`[data-testid="${name}"]`);

export class FaultPanel {
  /** `tenant()` is whose faults are set; `failed(error)` hears what did not work. */
  constructor({ tenant, failed }) {
    this.tenant = tenant;
    this.failed = failed;
    this.rules = [];
    this.form = at("fault-form");
    this.form.addEventListener("change", ({ target }) => this.suit(target.name));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    at("clear-faults").addEventListener("click", () => this.set([]));
    this.suit("kind");
  }

  async read() {
    this.show((await get("/faults")).rules);
  }

  /** Shows what the choices need, and offers only what there is. */
  suit(changed) {
    const { provider, operation, kind, detail, often, amount } = this.form.elements;
    for (const group of operation.querySelectorAll("optgroup")) {
      const isMeant = provider.value === "" || provider.value === group.dataset.provider;
      group.disabled = !isMeant;
      group.hidden = !isMeant;
    }
    if (operation.selectedOptions[0]?.parentElement.disabled) {
      operation.value = "";
    }
    for (const option of kind.options) {
      const isMasterpass = ONLY_MASTERPASS.includes(option.value);
      option.disabled = isMasterpass && provider.value !== "" && provider.value !== "paywall";
    }
    if (kind.selectedOptions[0]?.disabled) {
      kind.value = "delay";
      changed = "kind";
    }
    const needed = DETAILS[kind.value];
    at("fault-detail-label").hidden = !needed;
    if (needed && changed === "kind") {
      at("fault-detail-label").firstElementChild.textContent = words[`detail_${kind.value}`];
      detail.value = needed.usual;
      detail.inputMode = needed.isNumber ? "numeric" : "text";
    }
    at("fault-amount-label").hidden = often.value === "always";
    if (changed === "often") {
      amount.value = often.value === "chance" ? "20" : "1";
    }
    at("fault-problem").textContent = "";
  }

  rule() {
    const { provider, operation, kind, detail, often, amount } = this.form.elements;
    const fault = { kind: kind.value };
    const needed = DETAILS[kind.value];
    if (needed) {
      const value = detail.value.trim();
      fault[needed.field] = needed.isNumber && value !== "" ? Number(value) : value;
    }
    return {
      provider: provider.value || null,
      operation: operation.value || null,
      tenant: this.tenant() || null,
      times: often.value === "times" ? Number(amount.value) : null,
      chance: often.value === "chance" ? Number(amount.value.replace(",", ".")) / 100 : null,
      fault,
    };
  }

  async add() {
    try {
      // Read again: some may have been used up since.
      const { rules } = await get("/faults");
      this.show((await put("/faults", { rules: [...rules, this.rule()] })).rules);
      at("fault-problem").textContent = "";
    } catch (error) {
      at("fault-problem").textContent = `${words.failed} ${error.message}`;
    }
  }

  async drop(rule) {
    const { rules } = await get("/faults");
    const gone = rules.findIndex((one) => isSame(one, rule));
    await this.set(rules.filter((_, place) => place !== gone));
  }

  async set(rules) {
    try {
      this.show((await put("/faults", { rules })).rules);
    } catch (error) {
      this.failed(error);
    }
  }

  show(rules) {
    const hadFocus = at("rules").contains(document.activeElement);
    this.rules = rules;
    at("no-rules").hidden = rules.length > 0;
    at("rules").hidden = rules.length === 0;
    at("clear-faults").hidden = rules.length < 2;
    at("rules").replaceChildren(...rules.map((rule) => this.line(rule)));
    if (hadFocus) {
      (at("remove-rule") ?? at("fault-setter").querySelector("summary")).focus();
    }
  }

  line(rule) {
    const line = make("li", "", "rule");
    const says = make("div", "");
    const kind = make("strong", words[`kind_${rule.fault.kind}`] ?? rule.fault.kind);
    const where = [rule.provider ? NAMES[rule.provider] : words.any, rule.operation, rule.tenant];
    says.append(kind, make("span", detailOf(rule.fault)));
    says.append(make("small", [...where.filter((part) => part), often(rule)].join(" · ")));
    const remove = make("button", "×", "remove-rule");
    remove.type = "button";
    remove.className = "quiet";
    remove.setAttribute("aria-label", `${words.remove}: ${kind.textContent}`);
    remove.addEventListener("click", () => this.drop(rule).catch(this.failed));
    line.append(says, remove);
    return line;
  }

  /** Shows whose calls the next fault is for, and how often each kind struck. */
  showFired(counts) {
    at("fault-scope").textContent = this.tenant() ? words.faults_of_tenant : words.faults_say;
    const line = at("fired");
    line.hidden = counts.size === 0;
    const said = [...counts].map(([kind, count]) => `${kind} ×${count}`);
    line.textContent = `${words.fired}: ${said.join(", ")}`;
  }
}

function make(tag, text, hook) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (hook) {
    element.dataset.testid = hook;
  }
  return element;
}

function detailOf(fault) {
  const needed = DETAILS[fault.kind];
  return needed ? ` ${fault[needed.field]}${needed.unit ?? ""}` : "";
}

function often({ times, chance }) {
  const said = [];
  if (times !== null) {
    said.push(`${times} ${words.left}`);
  }
  if (chance !== null) {
    said.push(`${Math.round(chance * 1000) / 10} %`);
  }
  return said.length > 0 ? said.join(" · ") : words.always;
}

// What is left of a rule changes with every call that it strikes.
function isSame(one, other) {
  return JSON.stringify({ ...one, times: 0 }) === JSON.stringify({ ...other, times: 0 });
}
