// Counts down to the next code. Without this script the note says when, and the shop itself refuses
// whoever is too early.
"use strict";

for (const note of document.querySelectorAll("[data-wait]")) {
  const button = note.closest("form").querySelector("button");
  const end = performance.now() + Number(note.dataset.wait) * 1000;
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    button.disabled = left > 0;
    if (left > 0) {
      const seconds = String(left % 60).padStart(2, "0");
      note.textContent = `Yeni kod için ${Math.floor(left / 60)}:${seconds}`;
      setTimeout(tick, 250);
    } else {
      note.textContent = "Şimdi yeni kod isteyebilirsiniz.";
    }
  };
  tick();
}
