// On the pages of documentation. Without this script there is a link to the Markdown, and languages are chosen one by one.

// <button data-copy-from="id of a link" hidden> copies what the link leads to.
for (const button of document.querySelectorAll("button[data-copy-from]")) {
  const link = document.getElementById(button.dataset.copyFrom);
  const label = button.textContent;
  button.hidden = !navigator.clipboard?.write;
  button.addEventListener("click", async () => {
    const text = fetch(link.href).then((answer) => (answer.ok ? answer.blob() : Promise.reject(answer.status)));
    try {
      // Given as a promise, because some browsers only let a click copy, and not what comes after it.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text.then((blob) => new Blob([blob], { type: "text/plain" })) })]);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// Who chose a language once reads everything in it.
const key = "language";
const languages = [...document.querySelectorAll(".tabs input[type=radio]")];

function choose(language) {
  for (const radio of languages.filter((radio) => radio.value === language)) {
    radio.checked = true;
  }
}

for (const radio of languages) {
  radio.addEventListener("change", () => {
    choose(radio.value);
    localStorage.setItem(key, radio.value);
  });
}

choose(localStorage.getItem(key));
