// Times as people say them: <time datetime="2026-01-15T09:00:00Z"> becomes "3 minutes ago", or the day when it is longer ago or
// ahead, in the reader's time zone; its title has the whole of it, and UTC. Without script the page says it in UTC.
const language = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const dayOfYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" });
const whole = new Intl.DateTimeFormat(language, {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short", hourCycle: "h23",
});

// A date without a time is a day of the calendar, everywhere the same: it stays as it is.
const moments = "time[datetime*='T']";

const units = [["second", 60], ["minute", 60], ["hour", 24], ["day", 7]];

/** "just now", "3 minutes ago", "in 2 days"; beyond a week the day, with its year if that is another. */
export function inWords(then, now = new Date()) {
  let amount = (then - now) / 1000;
  if (Math.abs(amount) < 45) {
    return "just now";
  }

  for (const [unit, size] of units) {
    if (Math.abs(amount) < size) {
      return relative.format(Math.round(amount), unit);
    }

    amount /= size;
  }

  return then.getFullYear() === now.getFullYear() ? `${day.format(then)}, ${time.format(then)}` : dayOfYear.format(then);
}

/** Of the page, or of what a script just put into it. */
export function showTimes(root = document) {
  const now = new Date();
  for (const element of root.querySelectorAll(moments)) {
    const then = new Date(element.dateTime);
    if (!element.title) {
      // What the server wrote is UTC.
      element.title = `${whole.format(then)} · ${element.textContent.trim()}`;
    }

    const words = inWords(then, now);
    if (element.textContent !== words) {
      element.textContent = words;
    }
  }
}

showTimes();
setInterval(() => { if (!document.hidden) showTimes(); }, 30_000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) showTimes(); });
