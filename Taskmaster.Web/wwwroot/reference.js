// On the API reference, which another library draws: what it leaves out and screen readers need (WCAG 2.2, 4.1.2).
function complete() {
  // A list of suggestions that does not say whether it is open is closed.
  for (const field of document.querySelectorAll("[role=combobox]:not([aria-expanded])")) {
    field.setAttribute("aria-expanded", "false");
  }

  for (const button of document.querySelectorAll("button[aria-expanded]:not([aria-label], [aria-labelledby])")) {
    if (button.textContent.trim() === "") {
      button.setAttribute("aria-label", "More");
    }
  }
}

// What is there to read until it is drawn goes in the same moment, so that nothing jumps.
function replaceOutline() {
  if (document.getElementById("app").childElementCount > 0) {
    document.getElementById("outline")?.remove();
  }
}

// Once for all that is drawn at a time.
let isDue = false;
new MutationObserver(() => {
  replaceOutline();
  if (!isDue) {
    isDue = true;
    requestAnimationFrame(() => { isDue = false; complete(); });
  }
}).observe(document.body, { childList: true, subtree: true });
complete();
