// Lists and the page of a task: what is marked data-live is taken anew from the server when something changed elsewhere, so that
// filters, order and counts are always its own. The rest of the page, and with it what is being typed, stays.
import { follow } from "./live.js";
import { showTimes } from "./times.js";

const soon = 30;
let timer = 0;
let asking = false;
let again = false;

follow(() => {
  clearTimeout(timer);
  timer = setTimeout(refresh, soon);
});

async function refresh() {
  // What is being typed would be lost: the list is right again when that is saved.
  if (document.querySelector("[data-live] form")) {
    return;
  }

  if (asking) {
    again = true;
    return;
  }

  asking = true;
  try {
    // After a form that was refused, the address still names what it was about.
    const address = new URL(location.href);
    address.searchParams.delete("handler");
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelectorAll("[data-live]").forEach((part) => take(part, page));
    }
  } catch {
    // The next change asks again.
  } finally {
    asking = false;
  }

  if (again) {
    again = false;
    await refresh();
  }
}

/** Exchanges a part of the page; what was ticked in it, and where the focus was, stays. */
function take(part, page) {
  const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
  if (!fresh) {
    return;
  }

  // The first task, or the last one that is gone: there is more to a list than its table.
  if (part.classList.contains("empty") !== fresh.classList.contains("empty")) {
    location.reload();
    return;
  }

  const ticked = new Set([...part.querySelectorAll("tr:has(input:checked)")].map((row) => row.dataset.id));
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const place = focused?.closest("[data-id]")?.dataset.id;
  const order = place ? [...focused.closest("[data-id]").querySelectorAll("a, button, input")].indexOf(focused) : -1;

  showTimes(fresh);
  part.replaceWith(fresh);
  for (const row of fresh.querySelectorAll("tr[data-id]")) {
    const box = row.querySelector("input[type=checkbox]");
    if (box && ticked.has(row.dataset.id)) {
      box.checked = true;
    }
  }

  if (place) {
    fresh.querySelector(`[data-id="${CSS.escape(place)}"]`)?.querySelectorAll("a, button, input")[order]?.focus();
  }
}

// Selecting, by keys too (commands.js); the form about the selected is there only when there are any.

const bulk = document.getElementById("bulk");
if (bulk) {
  const boxes = () => [...document.querySelectorAll("input[type=checkbox][form=bulk]")];
  const show = () => { bulk.hidden = !boxes().some((box) => box.checked); };
  document.addEventListener("change", show);
  document.addEventListener("command", (event) => {
    const row = event.target.closest?.("table.tasks tr");
    const beside = { next: row?.nextElementSibling, previous: row?.previousElementSibling }[event.detail.name];
    beside?.querySelector("th a")?.focus();
    if (event.detail.name === "all") {
      const all = boxes();
      const tick = all.some((box) => !box.checked);
      all.forEach((box) => { box.checked = tick; });
      show();
    }
  });
  show();
}
