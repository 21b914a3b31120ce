// What there is to show: calls with the messages that they sent, newest first, and which are meant.

// As many as the page shows; older ones are in the API.
const MOST = 200;

export class Stream {
  constructor() {
    this.messages = new Map();
    this.calls = new Map();
  }

  /** Puts these in the place of all others. */
  replace(messages, calls) {
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.calls = new Map(calls.map((call) => [call.id, call]));
  }

  addMessage(message) {
    this.messages.set(message.id, message);
    dropOldest(this.messages);
  }

  addCall(call) {
    this.calls.set(call.id, call);
    dropOldest(this.calls);
  }

  clearMessages(tenant) {
    clear(this.messages, tenant);
  }

  clearCalls(tenant) {
    clear(this.calls, tenant);
  }

  /** Every item, newest first: a call, a message, or a call with its message. */
  items() {
    const newest = (one, other) => other.id - one.id;
    const messages = [...this.messages.values()].sort(newest);
    const calls = [...this.calls.values()].sort(newest);
    const items = [];
    let place = 0;
    for (const call of calls) {
      while (call.message !== null && messages[place]?.id > call.message) {
        items.push(item(messages[place], null));
        place += 1;
      }
      if (call.message !== null && messages[place]?.id === call.message) {
        items.push(item(messages[place], call));
        place += 1;
      } else {
        items.push(item(null, call));
      }
    }
    for (const message of messages.slice(place)) {
      items.push(item(message, null));
    }
    return items.slice(0, MOST);
  }
}

/** How often each kind of fault struck among these items. */
export function fired(items) {
  const counts = new Map();
  for (const { call } of items) {
    if (call?.fault) {
      counts.set(call.fault, (counts.get(call.fault) ?? 0) + 1);
    }
  }
  return counts;
}

function item(message, call) {
  return {
    key: message ? `m${message.id}` : `c${call.id}`,
    message,
    call,
    provider: (message ?? call).provider,
    tenant: (message ?? call).tenant,
    made: message ? message.created_at : call.at,
  };
}

function clear(kept, tenant) {
  for (const [id, one] of kept) {
    if (!tenant || one.tenant === tenant) {
      kept.delete(id);
    }
  }
}

function dropOldest(kept) {
  while (kept.size > MOST) {
    kept.delete(kept.keys().next().value);
  }
}

/** Whether an item is meant by what was chosen: `{ find, show, tenant }`. */
export function matches(item, { find, show, tenant }) {
  if (tenant && item.tenant !== tenant) {
    return false;
  }
  if (show === "messages" && !item.message) {
    return false;
  }
  if (show === "refused" && !isProblem(item)) {
    return false;
  }
  return wordsOf(find).every((word) => meets(item, word));
}

/** Refused, or not handled, or struck by a fault, be it that the answer only came late. */
function isProblem({ call }) {
  return call !== null && (call.outcome !== "accepted" || call.fault !== null);
}

/** What is looked for, word by word; the digits that follow `to:` are one number. */
function wordsOf(find) {
  const found = [];
  for (const word of fold(find).split(/\s+/u)) {
    const isMore = /^[\d()+-]+$/u.test(word) && /^to:[\d()+-]*$/u.test(found.at(-1) ?? "");
    if (isMore) {
      found.push(found.pop() + word);
    } else if (word !== "") {
      found.push(word);
    }
  }
  return found;
}

function meets(item, word) {
  const [, name, value] = /^(to|provider|fault|operation):(.*)$/u.exec(word) ?? [];
  const within = (text) => fold(text).includes(value);
  switch (name) {
    case "to":
      return isTo(item.message?.to ?? "", value);
    case "provider":
      return within(item.provider);
    case "fault":
      return within(item.call?.fault);
    case "operation":
      return within(item.call?.operation);
    default:
      return haystack(item).includes(word);
  }
}

/** `0555…`, `90555…` and `+90 555…` are the same number. */
function isTo(to, wanted) {
  const isNumber = /^[\d()+-]+$/u.test(wanted);
  const digits = wanted.replace(/\D/gu, "").replace(/^0090|^90|^0/u, "");
  return isNumber ? to.includes(digits) : fold(to).includes(wanted);
}

function haystack({ message, call, provider, tenant }) {
  const parts = [provider, tenant, message?.text, message?.to, message?.otp, message?.link];
  if (call) {
    parts.push(call.operation, call.outcome, call.fault, call.doctor);
    parts.push(JSON.stringify(call.request), JSON.stringify(call.answer.body));
  }
  return fold(parts.filter((part) => part).join("\n"));
}

/** Small letters, and one for `I`, `İ`, `ı` and `i`: in English and in Turkish alike. */
function fold(text) {
  return (text ?? "").normalize("NFC").replace(/[Iİı]/gu, "i").toLowerCase();
}
