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

// Its script is five megabytes, and takes the page for seconds: it is run once somebody uses the page, or came for one call. Until
// then there is the outline, with a button for those whose aids send no events of a pointer or keyboard.
const outline = document.getElementById("outline");
const open = outline.querySelector("button");
const uses = new AbortController();

function start() {
  uses.abort();
  open.textContent = "Opening…";
  const scripts = document.importNode(document.getElementById("scalar").content, true);
  for (const script of scripts.querySelectorAll("script")) {
    script.async = false;
  }
  document.body.append(scripts);
}

open.hidden = false;
if (location.hash) {
  start();
} else {
  for (const use of ["click", "focusin", "keydown", "pointermove", "touchstart", "wheel"]) {
    document.addEventListener(use, start, { passive: true, signal: uses.signal });
  }
}

// What is there to read until it is drawn goes in the same moment, so that nothing jumps. Whoever was in it goes on at the top.
function replaceOutline() {
  const drawn = document.getElementById("app");
  if (outline.isConnected && drawn.childElementCount > 0) {
    if (outline.contains(document.activeElement)) {
      drawn.tabIndex = -1;
      drawn.focus({ preventScroll: true });
    }
    outline.remove();
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
