// Sentences from ticks and own words, for every form with data-builder. Nothing is sent, and what was changed by hand
// stays as it was changed until a tick is changed again.
const DONE_SHOWN = 2000;

function own(part) {
  return part.querySelector("[data-own] input");
}

// What was chosen for a part, in the words that stand around it: "When " … ", ".
function chosen(part) {
  const words = own(part).value.trim() || part.querySelector("input[type=radio]:checked")?.value || "";
  return words && `${part.dataset.before ?? ""}${words}${part.dataset.after ?? ""}`;
}

// A piece counts as a word of its own, whatever its case.
function holds(text, piece) {
  if (!/^\p{L}/u.test(piece)) return text.includes(piece);
  return new RegExp(`(?<!\\p{L})${piece}(?!\\p{L})`, "u").test(text);
}

function build(form) {
  const said = form.querySelector("[data-said]");
  const notes = form.querySelector("[data-notes]");
  const copy = form.querySelector("[data-copy]");
  const parts = [...form.querySelectorAll("[data-part]")];
  const pressing = [...document.querySelectorAll("[data-pressing] [data-piece]")];
  const needed = parts.find((part) => "needed" in part.dataset);
  let touched = false;

  function look() {
    const text = said.value.toLowerCase();
    const found = pressing.filter((item) => holds(text, item.dataset.piece.toLowerCase())).map((item) => item.textContent);
    if (text && !touched && needed && !chosen(needed)) found.unshift(said.dataset.missing);
    notes?.replaceChildren(
      ...[...new Set(found)].map((words) => {
        const item = document.createElement("li");
        item.className = "quiet";
        item.textContent = words;
        return item;
      }),
    );
  }

  function compose() {
    said.value = parts.map(chosen).filter(Boolean).join(" ");
    look();
  }

  form.addEventListener("input", (event) => {
    touched = event.target === said;
    if (touched) look();
    else compose();
  });
  form.querySelector("[data-clear]").addEventListener("click", () => {
    form.reset();
    touched = false;
    compose();
    parts[0].querySelector("input").focus();
  });
  copy.addEventListener("click", async () => {
    said.select();
    await navigator.clipboard?.writeText(said.value).catch(() => document.execCommand("copy"));
    const label = copy.textContent;
    copy.textContent = copy.dataset.done;
    setTimeout(() => (copy.textContent = label), DONE_SHOWN);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const part of parts) part.querySelector("[data-own]").hidden = false;
  form.querySelector("[data-result]").hidden = false;
  form.reset();
  compose();
}

document.querySelectorAll("[data-builder]").forEach(build);
