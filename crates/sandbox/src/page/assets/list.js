// The list of items: as the server renders them, each where it belongs.

import { showApart, showExpiry } from "./clock.js";

// As many as the server gives at once; what was loaded of older ones stays besides.
const AS_MANY = 200;

export class List {
  constructor(root, clocks) {
    this.root = root;
    this.clocks = clocks;
    this.most = AS_MANY;
    // What the server said of each, by which it is known whether it says something else now.
    this.sources = new Map();
    for (const element of root.children) {
      this.sources.set(element.dataset.key, element.outerHTML);
      this.enliven(element);
    }
  }

  get items() {
    return [...this.root.children];
  }

  /** Shows these and no others, and moves none that is shown already. */
  replace(html) {
    this.most = AS_MANY;
    const elements = parse(html);
    const wanted = new Set(elements.map((element) => element.dataset.key));
    for (const element of this.items) {
      if (!wanted.has(element.dataset.key)) {
        this.leave(element);
      }
    }
    let next = this.root.firstElementChild;
    for (const element of elements) {
      const known = this.find(element.dataset.key);
      const isNext = known !== null && known === next;
      const shown = this.put(element, known);
      next = isNext ? shown : next;
      if (shown === next) {
        next = next.nextElementSibling;
      } else {
        this.root.insertBefore(shown, next);
      }
    }
    this.number();
  }

  /** Adds older ones behind those that are shown. */
  append(html) {
    for (const element of parse(html)) {
      if (!this.find(element.dataset.key)) {
        this.root.append(this.put(element, null));
      }
    }
    this.most = Math.max(this.most, this.root.children.length);
    this.number();
  }

  /** Shows one before all others, or in its place where it is shown already. False where it is not. */
  add({ key, html, is_new: isNew }) {
    const known = this.find(key);
    if (!known && !isNew) {
      return false;
    }
    const [element] = parse(html);
    const shown = this.put(element, known);
    if (!known) {
      this.root.prepend(shown);
    }
    while (this.root.children.length > this.most) {
      this.leave(this.root.lastElementChild);
    }
    this.number();
    return !known;
  }

  /** How many of these are messages that are not shown. */
  unknownMessages(html) {
    const isUnknown = ({ dataset }) => dataset.testid === "message" && !this.find(dataset.key);
    return parse(html).filter(isUnknown).length;
  }

  /** Forgets one, if it is shown. */
  remove(key) {
    const known = this.find(key);
    if (known) {
      this.leave(known);
      this.number();
    }
    return known !== null;
  }

  tick() {
    for (const element of this.root.children) {
      showExpiry(element, this.clocks);
      showApart(element, this.clocks);
    }
  }

  /** How often each kind of fault struck among those that are shown. */
  fired() {
    const counts = new Map();
    for (const { dataset } of this.root.children) {
      if (dataset.fault) {
        counts.set(dataset.fault, (counts.get(dataset.fault) ?? 0) + 1);
      }
    }
    return counts;
  }

  find(key) {
    return this.items.find((element) => element.dataset.key === key) ?? null;
  }

  // What is the same stays, with what is open, chosen or selected in it.
  put(element, known) {
    const { key } = element.dataset;
    const source = element.outerHTML;
    if (known && this.sources.get(key) === source) {
      return known;
    }
    this.sources.set(key, source);
    this.enliven(element);
    if (known) {
      const hadFocus = known.contains(document.activeElement);
      const call = element.querySelector("details");
      if (call) {
        call.open = known.querySelector("details")?.open ?? false;
      }
      known.replaceWith(element);
      if (hadFocus) {
        element.focus({ preventScroll: true });
      }
    }
    return element;
  }

  enliven(element) {
    for (const one of element.querySelectorAll("[data-live]")) {
      one.hidden = false;
    }
    showExpiry(element, this.clocks);
    showApart(element, this.clocks);
  }

  // The focus of an item that leaves goes to the one that takes its place.
  leave(element) {
    const hadFocus = element.contains(document.activeElement);
    const heir = element.nextElementSibling ?? element.previousElementSibling;
    this.sources.delete(element.dataset.key);
    element.remove();
    if (hadFocus) {
      heir?.focus({ preventScroll: true });
    }
  }

  number() {
    this.items.forEach((element, place) => {
      element.setAttribute("aria-posinset", place + 1);
      element.setAttribute("aria-setsize", this.root.children.length);
    });
  }
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}
