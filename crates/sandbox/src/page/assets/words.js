// The words of the page, which come with it, and the language that was chosen before.

export const words = JSON.parse(document.body.dataset.words);

const CHOSEN = "onay-language";

// A browser may refuse to remember anything.
function remembered() {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

function remember(language) {
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // The address says it too.
  }
}

/** Shows the page in the language that was chosen before, unless the address names one. */
export function settleLanguage() {
  const address = new URL(location.href);
  const chosen = remembered();
  const shown = document.documentElement.lang;
  if (address.searchParams.has("lang")) {
    remember(shown);
  } else if ((chosen === "tr" || chosen === "en") && chosen !== shown) {
    address.searchParams.set("lang", chosen);
    location.replace(address);
  }
}

/** Keeps what the address says about the page when the language changes. */
export function keepTenantInLanguageLink(tenant) {
  const link = document.querySelector('[data-testid="language"]');
  const address = new URL(link.href);
  setOrDelete(address.searchParams, "tenant", tenant);
  link.href = address.pathname + address.search;
}

export function setOrDelete(search, name, value) {
  if (value) {
    search.set(name, value);
  } else {
    search.delete(name);
  }
}
