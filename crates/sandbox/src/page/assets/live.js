// The sandbox's events, come what may to the connection.

import { words } from "./words.js";

const KINDS = [
  "message",
  "journal",
  "journal_cleared",
  "clock",
  "faults",
  "cleared",
  "reset",
  "resync",
];

// How long it takes until a connection that the sandbox refused is tried again.
const PAUSE = 2000;

/**
 * Reads events from now on. `heard(kind, data)` hears each, `opened()` each time that a connection
 * is there; where events were missed the kind is `resync`.
 */
export function listen({ heard, opened }) {
  let last = null;

  function connect() {
    const after = last === null ? "" : `?after=${encodeURIComponent(last)}`;
    const source = new EventSource(`/api/v1/events${after}`);
    source.addEventListener("open", () => {
      show("live");
      opened();
    });
    source.addEventListener("error", () => {
      show("reconnecting");
      // The browser comes back by itself, but not after a refusal.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(connect, PAUSE);
      }
    });
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        last = event.lastEventId;
        heard(kind, JSON.parse(event.data));
      });
    }
  }

  connect();
}

function show(state) {
  const indicator = document.querySelector('[data-testid="live"]');
  if (indicator.dataset.state !== state) {
    indicator.dataset.state = state;
    indicator.textContent = words[state];
  }
}
