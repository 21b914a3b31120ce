// The sandbox's events, come what may to the connection. A hidden page holds none: a
// browser opens six to one place, and seven tabs would wait for each other for ever.

import { query } from "./api.js";
import { words } from "./words.js";

const KINDS = [
  "item",
  "removed",
  "journal_cleared",
  "clock",
  "faults",
  "cleared",
  "reset",
  "resync",
];

// How long it takes until a connection that the sandbox refused is tried again.
const PAUSE = 2000;

// How long a page that was left may still be come back to without reading anew.
const REST_AFTER = 2000;

/**
 * Reads events while the page is seen. `heard(kind, data)` hears each, `opened()` each time that a
 * connection is there; where events were missed the kind is `resync`.
 */
export function listen({ heard, opened }) {
  let last = null;
  let source = null;
  let timer = null;

  function connect() {
    clearTimeout(timer);
    if (source || document.hidden) {
      return;
    }
    const { lang } = document.documentElement;
    const opening = new EventSource(query("/page/events", { lang, after: last }));
    source = opening;
    opening.addEventListener("open", () => {
      show("live");
      opened();
    });
    opening.addEventListener("error", () => {
      show("reconnecting");
      // The browser comes back by itself, but not after a refusal.
      if (opening.readyState === EventSource.CLOSED && source === opening) {
        source = null;
        clearTimeout(timer);
        timer = setTimeout(connect, PAUSE);
      }
    });
    for (const kind of KINDS) {
      opening.addEventListener(kind, (event) => {
        last = event.lastEventId;
        heard(kind, JSON.parse(event.data));
      });
    }
  }

  function rest() {
    clearTimeout(timer);
    if (source) {
      source.close();
      source = null;
      show("reconnecting");
    }
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(rest, REST_AFTER);
    } else {
      connect();
    }
  });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", connect);
  connect();
}

function show(state) {
  const indicator = document.querySelector('[data-testid="live"]');
  if (indicator.dataset.state !== state) {
    indicator.dataset.state = state;
    indicator.textContent = words[state];
  }
}
