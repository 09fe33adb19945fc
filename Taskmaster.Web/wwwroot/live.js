// What changes elsewhere (another tab, a program, an agent), as it changes: the stream of the signed-in user, one for each
// tab that is looked at. A tab that is hidden gives its connection back, and goes on from the last event when it is seen again.
const path = "/tasks/events";
const longestWait = 60_000;

const listeners = [];
let source = null;
let last = null;
let timer = 0;
let wait = 2000;

/** Calls back with subject ("task", "project"), kind ("created", "updated", "deleted") and data of each change. */
export function follow(listener) {
  listeners.push(listener);
  open();
}

function open() {
  if (source || document.hidden) {
    return;
  }

  source = new EventSource(last ? `${path}?after=${encodeURIComponent(last)}` : path);
  source.addEventListener("heartbeat", begin);

  // Too long away: nobody knows what was missed.
  source.addEventListener("reset", () => location.reload());
  for (const subject of ["task", "project"]) {
    for (const kind of ["created", "updated", "deleted"]) {
      source.addEventListener(`${subject}.${kind}`, (event) => {
        last = event.lastEventId;
        tell(subject, kind, JSON.parse(event.data));
      });
    }
  }

  // Broken, it is opened again by the browser; refused (an outage, too many, signed out), by us, later and later.
  source.addEventListener("error", () => {
    if (source?.readyState === EventSource.CLOSED) {
      close();
      clearTimeout(timer);
      timer = setTimeout(open, wait);
      wait = Math.min(2 * wait, longestWait);
    }
  });
}

function close() {
  source?.close();
  source = null;
}

function begin(event) {
  const first = last === null;
  last = event.lastEventId;
  wait = 2000;
  if (first) {
    catchUp();
  }
}

/** Of the moment between the making of the page and the beginning of the stream. */
async function catchUp() {
  const made = document.getElementById("live").dataset.made;
  const answer = await fetch(`/tasks/board?handler=Since&made=${made}`, { headers: { Accept: "application/json" } });
  if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
    for (const task of await answer.json()) {
      tell("task", "updated", { id: task.id, task });
    }
  }
}

function tell(subject, kind, data) {
  for (const listener of listeners) {
    listener(subject, kind, data);
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    close();
  } else {
    open();
  }
});
