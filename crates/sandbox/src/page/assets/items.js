// Items as elements: made from the page's own template, filled with text, never with markup.

import { showApart, showExpiry, timeOf } from "./clock.js";
import { understood } from "./doctor.js";
import { words } from "./words.js";

const NAMES = { paynet: "Paynet", paywall: "Paywall", paytr: "PayTR" };

export class List {
  constructor(root, clocks) {
    this.root = root;
    this.clocks = clocks;
    this.template = document.getElementById("item").content.firstElementChild;
    this.shown = new Map();
    // What the server rendered stays where it is and is taken over as it is.
    for (const element of root.children) {
      this.shown.set(element.dataset.key, { element, item: null });
    }
  }

  /** Shows these items in this order, and moves none that is shown already. */
  show(items) {
    const wanted = new Set(items.map(({ key }) => key));
    for (const [key, { element }] of this.shown) {
      if (!wanted.has(key)) {
        this.leave(element);
        this.shown.delete(key);
      }
    }
    let next = this.root.firstElementChild;
    for (const item of items) {
      const known = this.shown.get(item.key);
      const element = known?.element ?? this.template.cloneNode(true);
      if (!known || known.item?.call !== item.call || known.item?.message !== item.message) {
        fill(element, item);
        showExpiry(element, item.message, this.clocks);
        showApart(element, item.tenant, this.clocks);
      }
      this.shown.set(item.key, { element, item });
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        this.root.insertBefore(element, next);
      }
    }
    [...this.root.children].forEach((element, place) => {
      element.setAttribute("aria-posinset", place + 1);
      element.setAttribute("aria-setsize", items.length);
    });
  }

  // Whoever reads an item that leaves goes on with the one that takes its place.
  leave(element) {
    const hadFocus = element.contains(document.activeElement);
    const heir = element.nextElementSibling ?? element.previousElementSibling;
    element.remove();
    if (hadFocus) {
      heir?.focus({ preventScroll: true });
    }
  }

  tick() {
    for (const { element, item } of this.shown.values()) {
      showExpiry(element, item?.message, this.clocks);
      showApart(element, item?.tenant, this.clocks);
    }
  }
}

function fill(element, { key, message, call, provider, tenant, made }) {
  const at = (name) => element.querySelector(`[data-testid="${name}"]`);
  const channel = message ? message.channel : "call";
  element.id = key;
  element.setAttribute("aria-labelledby", `${key}-name`);
  element.querySelector("h2").id = `${key}-name`;
  Object.assign(element.dataset, {
    key,
    testid: message ? "message" : "call",
    provider,
    channel,
    outcome: call?.outcome ?? "",
  });
  element.querySelector("use").setAttribute("href", `#icon-${channel}`);
  at("provider").textContent = NAMES[provider] ?? provider;
  at("channel").textContent = words[channel];
  at("created").textContent = timeOf(made);
  at("created").dateTime = made;
  at("tenant").textContent = tenant ?? "";
  at("copy").hidden = false;
  fillMessage(element, at, message);
  fillCall(at, call);
}

function fillMessage(element, at, message) {
  element.querySelector(".body").hidden = !message;
  at("to").hidden = !message;
  if (!message) {
    return;
  }
  at("to").textContent = message.to;
  at("text").textContent = message.text;
  at("otp").textContent = message.otp ?? "";
  element.querySelector(".code").hidden = message.otp === null;
  element.querySelector(".link").hidden = message.link === null;
  if (isHere(message.link)) {
    at("open-link").href = message.link;
  } else {
    at("open-link").removeAttribute("href");
  }
  at("expiry").hidden = message.expires_at === null;
}

// A link leads to a page, and to nothing else that an address can mean.
function isHere(link) {
  return link !== null && /^https?:\/\//u.test(link);
}

function fillCall(at, call) {
  at("outcome").hidden = !call;
  at("fault").hidden = !call?.fault;
  at("doctor-line").hidden = !call?.doctor;
  at("exchange").hidden = !call;
  at("operation").textContent = call ? (call.operation ?? words.unknown_path) : "";
  if (!call) {
    return;
  }
  at("outcome").textContent = words[call.outcome];
  at("fault-kind").textContent = call.fault ?? "";
  at("fault").querySelector(".fault-says").textContent = words[`kind_${call.fault}`] ?? "";
  fillDoctor(at, call.doctor ?? "");
  at("called").textContent = call.operation ?? words.unknown_path;
  at("status").textContent = call.answer.status === null ? words.no_answer : `HTTP ${call.answer.status}`;
  at("request").textContent = pretty(call.request);
  at("answer").textContent = pretty(call.answer.body);
}

function fillDoctor(at, doctor) {
  const { own, rest } = understood(doctor);
  const line = at("doctor-line");
  line.querySelector(".own").textContent = own && rest ? own : "";
  line.querySelector("strong").textContent = rest ? words.why_in_english : words.why;
  at("doctor").textContent = rest || own;
  at("doctor").lang = rest ? "en" : document.documentElement.lang;
}

function pretty(fields) {
  return Object.keys(fields).length === 0 ? words.no_body : JSON.stringify(fields, null, 2);
}
