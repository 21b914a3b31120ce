// Copying, and saying so.

import { words } from "./words.js";

const SHOWN_FOR = 1600;

/** Copies the text of an element and says on the button, and to screen readers, that it was. */
export async function copyFrom(source, button, announce) {
  const text = source.textContent;
  if (!(await copied(text, source))) {
    announce(words.copy_failed);
    return;
  }
  announce(`${words.copied}: ${text}`);
  if (!button) {
    return;
  }
  button.dataset.copied = text;
  button.textContent = words.copied;
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => {
    button.textContent = button.dataset.label;
    delete button.dataset.copied;
  }, SHOWN_FOR);
}

async function copied(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Neither there nor allowed where the page has a name instead of a loopback address.
  }
  getSelection().selectAllChildren(source);
  return document.execCommand("copy");
}
