// What was done, said in the corner of the page and announced: the element #toasts (role=status) is on every page. A toast goes
// away by itself, but not while the pointer or the focus is in it. Without script what the server says stands above the page.
const region = document.getElementById("toasts");
const seconds = 8;

/**
 * Shows a text, and a form or button that does something about it (an "Undo") as its last element.
 * Returns the toast's element: remove() takes it away.
 */
export function toast(text, { action = null, error = false, lasts = seconds } = {}) {
  const element = document.createElement("div");
  element.className = error ? "toast error" : "toast";
  const words = document.createElement("p");
  words.textContent = text;
  element.append(words);
  if (action) {
    element.append(action);
  }

  show(element, lasts);
  return element;
}

function show(element, lasts) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => element.remove());
  element.append(close);
  region.classList.add("floating");

  // Also one that is there already: what is announced is what comes into the region.
  region.append(element);

  let timer = 0;
  const wait = () => { timer = setTimeout(() => element.remove(), lasts * 1000); };
  const stay = () => clearTimeout(timer);
  element.addEventListener("pointerenter", stay);
  element.addEventListener("focusin", stay);
  element.addEventListener("pointerleave", () => { stay(); wait(); });
  element.addEventListener("focusout", () => { stay(); wait(); });
  wait();
}

for (const element of [...region.querySelectorAll(".toast")]) {
  show(element, seconds);
}
