// Changes that a page asks for without leaving it, by the same forms that work without script.
import { toast } from "./toasts.js";

/** The page's token, which is in each of its forms. */
const token = document.querySelector("input[name=__RequestVerificationToken]")?.value ?? "";

/**
 * Posts a form. Returns what was done ({task, text, undo}), or the status that it was refused with; 0 when nobody answered.
 */
export async function send(address, fields = {}) {
  const body = new URLSearchParams({ ...fields, __RequestVerificationToken: token });
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok && !answer.headers.get("Content-Type")?.startsWith("application/json")) {
      // Signed out meanwhile: the page leads to sign-in and back.
      location.reload();
    }

    return answer.ok ? { done: await answer.json() } : { status: answer.status };
  } catch {
    return { status: 0 };
  }
}

/** Says what was done, with a button that takes it back; `apply` is told of the task that comes of that. */
export function say(done, apply) {
  toast(done.text, { action: done.undo ? undoForm(done.undo, apply) : null });
}

/** Says that a change was not made, and why as far as anybody knows. */
export function sayRefused(status) {
  toast(
    status === 0 || status >= 500 ? "That did not work, and nothing was changed. Try again in a moment."
      : status === 404 ? "This task is no longer there."
        : "That was refused, and nothing was changed.",
    { error: true });
}

function undoForm(undo, apply) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = undo.address;
  for (const [name, value] of Object.entries({ ...undo.fields, __RequestVerificationToken: token })) {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", name, value];
    form.append(field);
  }

  const button = document.createElement("button");
  [button.type, button.className, button.textContent] = ["submit", "button secondary small", undo.label];
  form.append(button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { done } = await send(undo.address, undo.fields);
    if (done) {
      form.closest(".toast")?.remove();
      apply(done.task);
      say(done, apply);
    } else {
      // What stands in the way is shown by the page of the task.
      form.submit();
    }
  });
  return form;
}
