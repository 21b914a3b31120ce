// The doctor's word in the language of the page, as far as it is one of the sandbox's own.

import { words } from "./words.js";

const OWN = /(?:^|; )(?:a fault was asked for: (\w+)|the number is magic, ([^:]+): (.*))$/su;

/** What of a word is the sandbox's own, in the page's language, and the rest of it, in English. */
export function understood(doctor) {
  const found = document.documentElement.lang === "en" ? null : OWN.exec(doctor);
  const own = found && translated(...found.slice(1));
  return own ? { own, rest: doctor.slice(0, found.index) } : { own: "", rest: doctor };
}

function translated(kind, pattern, told) {
  if (kind) {
    const name = words[`kind_${kind}`];
    return name && `${words.fault_asked_for}: ${name}`;
  }
  const rows = [...document.querySelectorAll('[data-testid="magic-numbers"] dt')];
  const row = rows.find((one) => one.textContent === pattern);
  return row && `${words.magic_number} ${pattern}: ${ofMessage(told, row.nextElementSibling.textContent)}`;
}

// What a magic number does, without the promise of a message where the call sent none.
function ofMessage(told, does) {
  if (!does.startsWith(words.message_goes) || told.startsWith("the message goes out, ")) {
    return does;
  }
  const rest = does.slice(words.message_goes.length);
  return told.startsWith("no message went out, ") ? words.no_message_goes + rest : rest;
}
