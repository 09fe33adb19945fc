// The board: cards are moved by pointer, by keys (commands.js) and by their buttons, and what changes elsewhere shows at once.
// A move shows before it is saved; it is saved only if the card still is as it was shown. Without script each button is a form.
import { follow } from "./live.js";
import { say, sayRefused, send } from "./task-actions.js";

const board = document.querySelector(".board");
const form = document.getElementById("board");
const template = document.getElementById("card").content.firstElementChild;
const columns = [...board.querySelectorAll(".column")];
const most = Number(board.dataset.most);
const project = board.dataset.project;
const here = form.elements.returnUrl.value;
const names = new Map([...(document.getElementById("project")?.options ?? [])].map((option) => [option.value, option.text]));

/** Card → the moves of it that are still on their way, one after the other. */
const moving = new Map();

const listOf = (column) => column.querySelector("ol");
const columnOf = (status) => columns.find((column) => column.dataset.status === status);
const textOf = (column) => column.querySelector(".status").textContent;
const cardOf = (id) => board.querySelector(`.task[data-id="${CSS.escape(id)}"]`);
const address = (card, column) =>
  `/tasks/${card.dataset.id}?handler=Status&status=${column.dataset.status}&shown=${card.dataset.state}`;

function count(column) {
  const more = !column.querySelector(".rest").hidden;
  column.querySelector(".count").textContent = `${listOf(column).childElementCount}${more ? "+" : ""}`;
}

/** Where its buttons lead from where it is. */
function aim(card) {
  const at = columns.indexOf(card.closest(".column"));
  const title = card.querySelector("a").textContent;
  for (const button of card.querySelectorAll("button")) {
    const column = columns[at + Number(button.value)];
    button.disabled = !column;
    button.setAttribute("aria-label", column ? `Move ${title} to ${textOf(column)}` : "Cannot go further");
    if (column) {
      button.setAttribute("formaction", address(card, column));
    } else {
      button.removeAttribute("formaction");
    }
  }
}

/** To the top of a column: the last changed is first. One over the bound makes room. */
function place(card, column) {
  const from = card.closest(".column");
  const focused = card.contains(document.activeElement);
  const list = listOf(column);
  list.prepend(card);
  if (list.childElementCount > most) {
    list.lastElementChild.remove();
    column.querySelector(".rest").hidden = false;
  }

  count(column);
  if (from && from !== column) {
    count(from);
  }

  if (focused) {
    card.querySelector("a").focus();
  }
}

function remove(card) {
  const column = card.closest(".column");
  card.remove();
  count(column);
}

/** Shows a task as it is, wherever that was learned; what is older than what is shown is nothing new. */
function apply(task) {
  const state = Date.parse(task.updated_at);
  let card = cardOf(task.id);
  if (project && task.project_id !== project) {
    if (card) {
      remove(card);
    }
    return;
  }

  if (card && state <= Number(card.dataset.state)) {
    return;
  }

  card ??= template.cloneNode(true);
  [card.dataset.id, card.dataset.state] = [task.id, state];
  const link = card.querySelector("a");
  link.textContent = task.title;
  link.href = `/tasks/${task.id}?returnUrl=${encodeURIComponent(here)}`;
  card.querySelector(".project").textContent = project ? "" : names.get(task.project_id) ?? "";

  // A card that is being moved stays where it was put until that is decided.
  if (!moving.has(card)) {
    place(card, columnOf(task.status));
  }

  aim(card);
}

/** One after the other: a second move begins with what the first made of the task. */
function move(card, column) {
  const from = card.closest(".column");
  if (!column || column === from) {
    return;
  }

  const next = card.nextElementSibling;
  place(card, column);
  aim(card);
  const sending = (moving.get(card) ?? Promise.resolve()).then(() => save(card, column, () => {
    listOf(from).insertBefore(card, next?.parentElement === listOf(from) ? next : null);
    [from, column].forEach(count);
    aim(card);
  }));
  moving.set(card, sending);
  sending.finally(() => {
    if (moving.get(card) === sending) {
      moving.delete(card);
    }
  });
}

async function save(card, column, putBack) {
  const { done, status } = await send(address(card, column), { returnUrl: here });
  if (done) {
    card.dataset.state = Date.parse(done.task.updated_at);
    aim(card);
    say(done, apply);
  } else if (status === 409) {
    // Both versions are shown by the page that the form leads to.
    form.action = address(card, column);
    form.submit();
  } else {
    putBack();
    sayRefused(status);
    if (status === 404) {
      remove(card);
    }
  }
}

async function erase(card) {
  const beside = (card.nextElementSibling ?? card.previousElementSibling)?.querySelector("a");
  const { done, status } = await send(`/tasks/${card.dataset.id}?handler=Delete&shown=${card.dataset.state}`, { returnUrl: here });
  if (done) {
    const focused = card.contains(document.activeElement);
    if (card.isConnected) {
      remove(card);
    }
    if (focused) {
      beside?.focus();
    }
    say(done, apply);
  } else if (status === 409) {
    location.assign(`/tasks/${card.dataset.id}?returnUrl=${encodeURIComponent(here)}`);
  } else {
    sayRefused(status);
  }
}

form.addEventListener("submit", (event) => {
  const card = event.submitter?.closest(".task");
  if (card) {
    event.preventDefault();
    move(card, columns[columns.indexOf(card.closest(".column")) + Number(event.submitter.value)]);
  }
});

// Pointer

let dragged = null;

board.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".task");
  if (dragged) {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
    dragged.classList.add("dragged");
  }
});
board.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  mark(null);
});
board.addEventListener("dragover", (event) => {
  const column = event.target.closest?.(".column");
  if (dragged && column) {
    event.preventDefault();
    mark(column);
  }
});
board.addEventListener("drop", (event) => {
  const column = event.target.closest?.(".column");
  if (dragged && column) {
    event.preventDefault();
    move(dragged, column);
  }
});

function mark(target) {
  for (const column of columns) {
    column.classList.toggle("target", column === target);
  }
}

// Keys: what commands.js found pressed on a card.

const commands = {
  up: (card) => focus(card.previousElementSibling),
  down: (card) => focus(card.nextElementSibling),
  left: (card) => focus(beside(card, -1)),
  right: (card) => focus(beside(card, 1)),
  back: (card) => move(card, columns[columns.indexOf(card.closest(".column")) - 1]),
  forward: (card) => move(card, columns[columns.indexOf(card.closest(".column")) + 1]),
  column: (card, key) => move(card, columns[Number(key) - 1]),
  erase,
};

function focus(card) {
  card?.querySelector("a").focus();
}

/** The card at the same height in the next column that has any. */
function beside(card, step) {
  const at = [...card.parentElement.children].indexOf(card);
  for (let index = columns.indexOf(card.closest(".column")) + step; columns[index]; index += step) {
    const cards = listOf(columns[index]).children;
    if (cards.length > 0) {
      return cards[Math.min(at, cards.length - 1)];
    }
  }

  return null;
}

board.addEventListener("command", (event) => commands[event.detail.name]?.(event.target.closest(".task"), event.detail.key));

// What changes elsewhere

follow((subject, kind, data) => {
  if (subject === "project" && data.project) {
    names.set(data.id, data.project.name);
  } else if (subject === "task" && kind === "deleted") {
    const card = cardOf(data.id);
    if (card) {
      remove(card);
    }
  } else if (subject === "task") {
    apply(data.task);
  }
});
