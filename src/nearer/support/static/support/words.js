// Two or three sentences from ticks and own words. Nothing is sent; what was changed by hand stays as it was changed.
const form = document.querySelector("[data-builder]");
const said = form.querySelector("#said");
const notes = form.querySelector("[data-notes]");
const parts = [...form.querySelectorAll("[data-part]")];
const pressing = [...form.querySelectorAll("[data-pressing] [data-piece]")];
let touched = false;

const own = (part) => part.querySelector("[data-own] input");
function chosen(part) {
  return own(part).value.trim() || part.querySelector("input[type=radio]:checked")?.value || "";
}

function compose() {
  if (!touched) said.value = parts.map(chosen).filter(Boolean).join(" ");
  look();
}

// A piece counts as a word of its own, whatever its case.
function holds(text, piece) {
  const at = text.indexOf(piece);
  if (at < 0) return false;
  if (!/^\p{L}/u.test(piece)) return true;
  return new RegExp(`(?<!\\p{L})${piece}(?!\\p{L})`, "u").test(text);
}

function look() {
  const text = said.value.toLowerCase();
  const found = pressing.filter((item) => holds(text, item.dataset.piece.toLowerCase())).map((item) => item.textContent);
  const free = parts.at(-1);
  if (text && !touched && !chosen(free)) found.unshift(said.dataset.missing);
  notes.replaceChildren(
    ...[...new Set(found)].map((words) => {
      const item = document.createElement("li");
      item.className = "quiet";
      item.textContent = words;
      return item;
    }),
  );
}

form.addEventListener("input", (event) => {
  if (event.target === said) {
    touched = true;
    look();
  } else {
    touched = false;
    compose();
  }
});
form.querySelector("[data-clear]").addEventListener("click", () => {
  form.reset();
  touched = false;
  compose();
  parts[0].querySelector("input").focus();
});
const copy = form.querySelector("[data-copy]");
copy.addEventListener("click", async () => {
  said.select();
  try {
    await navigator.clipboard.writeText(said.value);
  } catch {
    document.execCommand("copy");
  }
  const label = copy.textContent;
  copy.textContent = copy.dataset.done;
  setTimeout(() => (copy.textContent = label), 2000);
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const part of parts) part.querySelector("[data-own]").hidden = false;
form.querySelector("[data-result]").hidden = false;
form.reset();
compose();
