// Everything that a key does, in one table: it finds what a key means, fills the palette, and is the help. A command leads to an
// address, presses something of the page, or is told to the element that has the focus as an event "command" with its name.
const card = ".board .task";
const row = "table.tasks tbody tr";

const commands = [
  { text: "Find a command", keys: ["Ctrl+k", "Meta+k"], run: () => openPalette() },
  { text: "Show all keys", keys: ["?"], run: () => openHelp() },
  { text: "Take back what was just done", keys: ["u"], press: ".toast:last-child form button" },
  { text: "Add a task", keys: ["c"], focus: "#quick-add", address: "/tasks/new" },
  { text: "Search tasks", keys: ["/"], focus: "#q", address: "/tasks" },
  { text: "Go to the board", keys: ["g b"], address: "/tasks/board" },
  { text: "Go to the list of tasks", keys: ["g t"], address: "/tasks" },
  { text: "Go to projects", keys: ["g p"], address: "/projects" },
  { text: "Go to the developer page", keys: ["g d"], address: "/developer" },
  { text: "Go to your account", keys: ["g a"], address: "/account" },
  { text: "Go to the documentation", keys: ["g h"], address: "/docs" },

  { text: "Card above, below", keys: ["ArrowUp", "ArrowDown"], on: card, names: ["up", "down"] },
  { text: "Card to the left, right", keys: ["ArrowLeft", "ArrowRight"], on: card, names: ["left", "right"] },
  { text: "Move the card to the column before, after", keys: ["Shift+ArrowLeft", "Shift+ArrowRight"], on: card, names: ["back", "forward"] },
  { text: "Move the card to the first, second, … column", keys: ["1", "2", "3", "4", "5", "6"], on: card, names: ["column"] },
  { text: "Delete the card's task", keys: ["Delete"], on: card, names: ["erase"] },

  { text: "Next, previous task of the list", keys: ["j", "k"], on: row, names: ["next", "previous"] },
  { text: "Select the task, all tasks", keys: ["x", "Shift+X"], on: row, press: "input[type=checkbox]", names: ["", "all"] },
  { text: "Rename the task", keys: ["e"], on: row, press: "td a.quiet" },
  { text: "Mark the task done, or reopen it", keys: ["d"], on: row, press: "td.end button" },
];

// A letter alone is pressed by mistake, and by whoever dictates: it can be switched off (WCAG 2.1.4). On a card or a row, which have
// the focus then, keys always work.
const setting = "single-key-shortcuts";
const letters = () => localStorage.getItem(setting) !== "off";

let pending = "";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) {
    return;
  }

  const modified = event.ctrlKey ? "Ctrl+" : event.metaKey ? "Meta+" : "";
  const shifted = event.shiftKey && (event.key.length > 1 || /^[A-Z]$/.test(event.key)) ? "Shift+" : "";
  const pressed = modified + shifted + event.key;
  const keys = [pending + pressed, pressed];
  pending = "";
  if (typing && !modified) {
    return;
  }

  for (const key of keys) {
    const command = commands.find((candidate) => candidate.keys.includes(key)
      && (candidate.on ? event.target.closest?.(candidate.on) : modified || letters()));
    if (command) {
      event.preventDefault();
      run(command, event.target, key);
      return;
    }
  }

  if (!modified && letters() && commands.some((command) => command.keys.some((key) => key.startsWith(`${pressed} `)))) {
    pending = `${pressed} `;
  }
});

function run(command, target, key) {
  const place = command.on ? target.closest(command.on) : document;
  const name = command.names?.[Math.min(command.keys.indexOf(key), command.names.length - 1)];
  const focused = command.focus && document.querySelector(command.focus);
  if (command.run) {
    command.run();
  } else if (name) {
    place.dispatchEvent(new CustomEvent("command", { bubbles: true, detail: { name, key } }));
  } else if (focused) {
    focused.focus();
  } else if (command.press) {
    place.querySelector(command.press)?.click();
  } else {
    location.assign(command.address);
  }
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** "g b" → g then b; "Shift+ArrowLeft" → Shift ←. */
function keysOf(command) {
  const arrows = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
  return command.keys.flatMap((keys, index) => [
    index > 0 ? " " : "",
    ...keys.split(/[ +]/).map((key) => element("kbd", { textContent: arrows[key] ?? key })),
  ]);
}

/** Opened modally: the page behind waits, Escape closes it and gives the focus back. */
function dialog(title, ...children) {
  const id = `dialog-${title.replaceAll(" ", "-").toLowerCase()}`;
  const heading = element("h2", { id, textContent: title });
  const close = element("button", { type: "button", className: "button secondary small", textContent: "Close" });
  const made = element("dialog", { className: "commands" }, element("div", { className: "page-head" }, heading, close), ...children);
  made.setAttribute("aria-labelledby", id);
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => {
    if (event.target === made) {
      made.close();
    }
  });
  made.addEventListener("close", () => made.remove());
  document.body.append(made);
  made.showModal();
  return made;
}

function openHelp() {
  const groups = [["Everywhere", undefined], ["On a card of the board", card], ["On a task of a list", row]];
  const box = element("input", { type: "checkbox", checked: letters() });
  box.addEventListener("change", () => localStorage.setItem(setting, box.checked ? "on" : "off"));
  dialog(
    "Keys",
    ...groups.flatMap(([name, on]) => [
      element("h3", { textContent: name }),
      element("dl", { className: "keys" }, ...commands.filter((command) => command.on === on).flatMap((command) => [
        element("dt", {}, ...keysOf(command)),
        element("dd", { textContent: command.text }),
      ])),
    ]),
    element("label", { className: "check" }, box, "Single letters work everywhere on a page"));
}

/** A combobox (WAI-ARIA APG): the focus stays in the field, arrows choose, Enter does it. */
function openPalette() {
  const field = element("input", { type: "text", autocomplete: "off", placeholder: "What do you want to do?" });
  const list = element("ul", { id: "palette", role: "listbox" });
  list.setAttribute("aria-label", "Commands");
  for (const [name, value] of [["role", "combobox"], ["aria-label", "Command"], ["aria-controls", "palette"], ["aria-expanded", "true"]]) {
    field.setAttribute(name, value);
  }

  const palette = dialog("Find a command", field, list);
  let found = [];
  let chosen = 0;

  const show = () => {
    const words = field.value.trim().toLowerCase();
    found = commands.filter((command) => !command.on && command.run !== commands[0].run
      && words.split(/\s+/).every((word) => command.text.toLowerCase().includes(word)));
    if (words) {
      found.push({ text: `Search tasks for “${field.value.trim()}”`, keys: [], address: `/tasks?status=any&q=${encodeURIComponent(field.value.trim())}` });
    }

    chosen = Math.min(chosen, found.length - 1);
    list.replaceChildren(...found.map((command, index) => {
      const option = element("li", { id: `palette-${index}`, role: "option" }, element("span", { textContent: command.text }), element("span", {}, ...keysOf(command)));
      option.setAttribute("aria-selected", String(index === chosen));
      option.addEventListener("click", () => choose(index));
      return option;
    }));
    field.setAttribute("aria-activedescendant", `palette-${chosen}`);
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (index) => {
    const command = found[index];
    if (command) {
      palette.close();
      run(command, document.body, command.keys[0]);
    }
  };

  field.addEventListener("input", () => { chosen = 0; show(); });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      chosen = (chosen + step + found.length) % found.length;
      show();
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(chosen);
    }
  });
  show();
  field.focus();
}
