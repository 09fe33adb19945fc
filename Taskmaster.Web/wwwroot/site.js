// What every page has. A page with more to do loads a module of its own, which imports toast() and showTimes() from these.
import "./times.js";
import "./toasts.js";

// Copy buttons: <button type="button" data-copy="id of a field, or of another element with text" hidden>. Without this
// script they stay hidden, and the text can still be selected.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.innerHTML;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value ?? field.textContent);
    } catch {
      // No clipboard access, as on plain http: copy what is selected.
      select(field);
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.innerHTML = label; }, 2000);
  });
}

function select(field) {
  if (field.select) {
    field.select();
  } else {
    getSelection().selectAllChildren(field);
  }
}

// The account menu closes by Escape, which gives the focus back to what opened it, by a click elsewhere, and when the focus
// moves on. Without this script its summary opens and closes it.
for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) {
      menu.open = false;
    }
  });
}
