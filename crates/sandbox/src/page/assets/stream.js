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

  /** How often each kind of fault struck, of the calls that are shown. */
  fired(tenant) {
    const counts = new Map();
    for (const call of this.calls.values()) {
      if (call.fault !== null && (!tenant || call.tenant === tenant)) {
        counts.set(call.fault, (counts.get(call.fault) ?? 0) + 1);
      }
    }
    return counts;
  }
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
  if (show === "refused" && !isRefused(item)) {
    return false;
  }
  return find
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== "")
    .every((word) => meets(item, word.toLocaleLowerCase("tr")));
}

/** Refused, or kept from being looked at, or answered by a fault. */
export function isRefused({ call }) {
  return call !== null && (call.outcome !== "accepted" || call.fault !== null);
}

function meets(item, word) {
  const [, name, value] = /^(to|provider|fault|operation):(.*)$/u.exec(word) ?? [];
  const within = (text) => lower(text).includes(value);
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
  const digits = wanted.replace(/^\+?90|^0/u, "").replace(/\D/gu, "");
  return lower(to).includes(wanted) || (/^[+\d]+$/u.test(wanted) && to.includes(digits));
}

function haystack({ message, call, provider, tenant }) {
  const parts = [provider, tenant, message?.text, message?.to, message?.otp, message?.link];
  if (call) {
    parts.push(call.operation, call.outcome, call.fault, call.doctor);
    parts.push(JSON.stringify(call.request), JSON.stringify(call.answer.body));
  }
  return lower(parts.filter((part) => part).join("\n"));
}

function lower(text) {
  return (text ?? "").toLocaleLowerCase("tr");
}
