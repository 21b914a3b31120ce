// The page by keyboard alone.

const at = (name) => document.querySelector(`[data-testid="${name}"]`);

/** `copy(item)` copies the code of an item. */
export function listenToKeys({ copy }) {
  const items = () => [...at("stream").children];
  const chosen = () => document.activeElement?.closest?.("[data-key]") ?? null;

  function step(by) {
    const all = items();
    const place = all.indexOf(chosen());
    const next = place === -1 ? all[0] : all[place + by];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  const doing = {
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => chosen() && step(1),
    ArrowUp: () => chosen() && step(-1),
    c: () => {
      const item = chosen() ?? items().find((one) => one.querySelector(".code"));
      if (item?.querySelector(".code")) {
        copy(item);
      }
    },
    "/": () => {
      at("search").focus();
      at("search").select();
    },
    t: () => {
      at("tools").focus();
      at("tools").scrollIntoView({ block: "nearest" });
    },
    "?": () => at("keys").showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const { target, key } = event;
    if (key === "Escape" && target === at("search")) {
      event.preventDefault();
      if (target.value !== "") {
        target.value = "";
        target.dispatchEvent(new Event("input", { bubbles: true }));
        return;
      }
      target.blur();
      items()[0]?.focus();
      return;
    }
    if (target.matches("input, select, textarea") || document.querySelector("dialog[open]")) {
      return;
    }
    if (key === "Enter" && target.matches("[data-key]")) {
      const call = target.querySelector("details");
      if (call) {
        call.open = !call.open;
      }
      event.preventDefault();
      return;
    }
    // An arrow in something that scrolls is for that.
    const isArrow = key.startsWith("Arrow");
    const action = isArrow && target.matches("pre") ? null : doing[key];
    if (action) {
      const isMeant = !isArrow || chosen();
      action();
      if (isMeant) {
        event.preventDefault();
      }
    }
  });
}
