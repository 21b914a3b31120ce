// Rules for faults, apart from how they look: what was typed, and which never have their turn.

import { words } from "./words.js";

// What a kind is asked for, and what it is called in the API.
export const DETAILS = {
  delay: { field: "ms", usual: "3000", range: [1, 120000], unit: " ms" },
  html: { field: "code", usual: "200", range: [200, 599] },
  status: { field: "code", usual: "503", range: [300, 599] },
  refuse: { field: "code", usual: "1" },
  truncate: { field: "bytes", usual: "20", range: [0, 65536], unit: " B" },
  drip: { field: "ms_per_byte", usual: "50", range: [1, 10000], unit: " ms/B" },
};
const TIMES = [1, 1000000];

// Kinds that only some operations know; each operation says so itself.
const OWN = ["rotate_token", "renew_session"];

/** Whether a place knows a kind. */
export const knows = ({ faults }, kind) => !OWN.includes(kind) || faults.includes(kind);

/** Something typed that cannot be, and in which field. */
export class Mistyped extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

/** The rule that a form asks for; throws what is `Mistyped`. */
export function ruleOf({ provider, operation, kind, detail, often, amount }, tenant) {
  const fault = { kind: kind.value };
  const needed = DETAILS[kind.value];
  if (needed) {
    fault[needed.field] = needed.range ? whole(detail, needed.range) : text(detail);
  }
  return {
    provider: provider.value || null,
    operation: operation.value || null,
    tenant: tenant || null,
    times: often.value === "times" ? whole(amount, TIMES) : null,
    chance: often.value === "chance" ? chance(amount) : null,
    fault,
  };
}

function text(field) {
  const value = field.value.trim();
  if (value === "") {
    throw new Mistyped(field, words.code_wanted);
  }
  return value;
}

function whole(field, [least, most]) {
  const value = field.value.trim();
  const number = /^\d+$/u.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    const says = words.number_wanted.replace("{least}", least).replace("{most}", most);
    throw new Mistyped(field, says);
  }
  return number;
}

// `20`, `12.5`, `12,5`, `20 %` and, as Turkish writes it, `%20`.
function chance(field) {
  const [, digits] = /^%?\s*(\d*[.,]?\d+)\s*%?$/u.exec(field.value.trim()) ?? [];
  const percent = Number((digits ?? "").replace(",", "."));
  if (!(percent > 0 && percent <= 100)) {
    throw new Mistyped(field, words.percent_wanted);
  }
  return percent / 100;
}

/** Those rules that can strike nothing, because others before them always strike first. */
export function unreachable(rules, places) {
  return rules.filter((rule, turn) => {
    const before = rules.slice(0, turn).filter((one) => isForEver(one) && isForAll(one, rule));
    const taken = new Set(before.flatMap((one) => reach(one, places)));
    const left = reach(rule, places);
    return left.length > 0 && left.every((place) => taken.has(place));
  });
}

const isForEver = ({ times, chance: by }) => times === null && (by ?? 1) >= 1;

const isForAll = ({ tenant }, other) => tenant === null || tenant === other.tenant;

function reach({ provider, operation, fault }, places) {
  return places.filter(
    (place) =>
      (provider === null || provider === place.provider) &&
      (operation === null || operation === place.operation || place.serves.includes(operation)) &&
      knows(place, fault.kind),
  );
}
