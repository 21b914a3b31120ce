// The test API of the sandbox that this page came from.

import { words } from "./words.js";

const ROOT = "/api/v1";

/** The list as the server renders it. */
export const items = (values) => ask("GET", query("/page/items", values), undefined, "");

/** Asks, and gives back what came; throws with words for people where that did not work. */
async function ask(method, path, body, root = ROOT) {
  let response;
  try {
    response = await fetch(root + path, {
      method,
      cache: "no-store",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error(words.unreachable);
  }
  const text = await response.text();
  if (!response.ok) {
    const error = new Error(messageIn(text) ?? `HTTP ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return text === "" ? null : JSON.parse(text);
}

function messageIn(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return null;
  }
}

export const get = (path) => ask("GET", path);
export const post = (path, body) => ask("POST", path, body);
export const put = (path, body) => ask("PUT", path, body);
export const remove = (path) => ask("DELETE", path);

/** A path with those of the values that are there. */
export function query(path, values) {
  const given = Object.entries(values).filter(([, value]) => value);
  const search = new URLSearchParams(given).toString();
  return search === "" ? path : `${path}?${search}`;
}
