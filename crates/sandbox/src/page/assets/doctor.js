// The doctor's word in the language of the page, as far as it is one of the sandbox's own.

import { words } from "./words.js";

const OWN = /(?:^|; )(?:a fault was asked for: (\w+)|the number is magic, ([^:]+): .*)$/su;

/** What of a word is the sandbox's own, in the page's language, and the rest of it, in English. */
export function understood(doctor) {
  const found = document.documentElement.lang === "en" ? null : OWN.exec(doctor);
  const own = found && translated(found[1], found[2]);
  return own ? { own, rest: doctor.slice(0, found.index) } : { own: "", rest: doctor };
}

function translated(kind, pattern) {
  if (kind) {
    const name = words[`kind_${kind}`];
    return name && `${words.fault_asked_for}: ${name}`;
  }
  const rows = [...document.querySelectorAll('[data-testid="magic-numbers"] dt')];
  const row = rows.find((one) => one.textContent === pattern);
  return row && `${words.magic_number} ${pattern}: ${row.nextElementSibling.textContent}`;
}
