// The fault panel: which faults are set, setting one, and what struck so far.

import { get, post, put, remove } from "./api.js";
import { DETAILS, knows, Mistyped, ruleOf, unreachable } from "./rules.js";
import { words } from "./words.js";

const at = (name) => document.querySelector(`[data-testid="${name}"]`);

export class FaultPanel {
  /** `tenant()` is whose faults are set; `failed(error)` hears what did not work. */
  constructor({ tenant, failed }) {
    this.tenant = tenant;
    this.failed = failed;
    this.form = at("fault-form");
    this.form.addEventListener("change", ({ target }) => this.suit(target.name));
    this.form.addEventListener("input", ({ target }) => {
      if (target.hasAttribute("aria-invalid")) {
        this.excuse();
      }
    });
    at("fault-setter").addEventListener("toggle", () => {
      if (at("fault-setter").open) {
        this.form.scrollIntoView({ block: "nearest" });
      }
    });
    this.places = [...this.form.elements.operation.querySelectorAll("option[data-faults]")].map(
      ({ value, parentElement, dataset }) => ({
        provider: parentElement.dataset.provider,
        operation: value,
        serves: dataset.serves.split(" "),
        faults: dataset.faults.split(" "),
      }),
    );
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
      const isKnown = (place) =>
        ["", place.provider].includes(provider.value) && knows(place, option.value);
      option.disabled = !this.places.some(isKnown);
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
      detail.inputMode = needed.range ? "numeric" : "text";
    }
    at("fault-amount-label").hidden = often.value === "always";
    if (changed === "often") {
      const says = often.value === "chance" ? words.amount_chance : words.amount_times;
      at("fault-amount-label").firstElementChild.textContent = says;
      amount.value = often.value === "chance" ? "20" : "1";
    }
    // What was typed wrong may be right by now.
    if (["kind", "often", "provider"].includes(changed)) {
      this.excuse();
    }
  }

  /** Says what was wrong, at the field where it is one. */
  blame(message, field) {
    const problem = at("fault-problem");
    const label = field?.closest("label") ?? this.form.querySelector("button").previousElementSibling;
    if (label !== problem) {
      label.after(problem);
    }
    problem.textContent = message;
    if (field) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", problem.id);
      field.focus();
    }
  }

  excuse() {
    at("fault-problem").textContent = "";
    for (const field of this.form.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
  }

  async add() {
    this.excuse();
    try {
      await post("/faults", ruleOf(this.form.elements, this.tenant()));
      await this.read();
    } catch (error) {
      if (error instanceof Mistyped) {
        this.blame(error.message, error.field);
      } else {
        this.blame(`${words.failed} ${error.message}`);
      }
    }
  }

  async drop(rule) {
    try {
      await remove(`/faults/${rule.id}`);
    } catch (error) {
      // One that was used up meanwhile is gone as well.
      if (error.status !== 404) {
        throw error;
      }
    }
    await this.read();
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
    const clear = at("clear-faults");
    const wasAtClear = document.activeElement === clear;
    const never = unreachable(rules, this.places);
    at("no-rules").hidden = rules.length > 0;
    at("rules").hidden = rules.length === 0;
    clear.hidden = rules.length < 2;
    document.getElementById("first-strikes").hidden = rules.length < 2;
    const lines = rules.map((rule) => this.line(rule, never.includes(rule)));
    at("rules").replaceChildren(...lines);
    if (hadFocus || (wasAtClear && clear.hidden)) {
      (at("remove-rule") ?? at("fault-setter").querySelector("summary")).focus();
    }
  }

  line(rule, isNever) {
    const line = make("li", "", "rule");
    const says = make("div", "");
    const kind = make("strong", words[`kind_${rule.fault.kind}`] ?? rule.fault.kind);
    const where = [rule.fault.kind, this.nameOf(rule.provider), rule.operation, rule.tenant];
    says.append(kind, make("span", detailOf(rule.fault)));
    says.append(make("small", [...where.filter((part) => part), often(rule)].join(" · ")));
    if (isNever) {
      line.dataset.reached = "never";
      says.append(make("small", words.never_reached));
    }
    const button = make("button", "×", "remove-rule");
    button.type = "button";
    button.className = "quiet";
    button.setAttribute("aria-label", `${words.remove}: ${kind.textContent}`);
    button.addEventListener("click", () => this.drop(rule).catch(this.failed));
    line.append(says, button);
    return line;
  }

  /** What people call a provider: what the form calls it. */
  nameOf(provider) {
    const options = [...this.form.elements.provider.options];
    return options.find(({ value }) => value === (provider ?? ""))?.textContent ?? provider;
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
