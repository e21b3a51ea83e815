// A ladder of small steps. It lives on the page alone. Before a step is taken, one question about risk comes first.
const form = document.querySelector("[data-ladder]");
const list = form.querySelector("[data-steps]");
const none = form.querySelector("[data-none]");
const [step, fear] = [form.querySelector("#step"), form.querySelector("#fear")];
const withWhom = form.querySelector("[data-with]");
const picked = form.querySelector("[data-picked]");
const [safe, unsafe] = [form.querySelector("[data-safe]"), form.querySelector("[data-unsafe]")];

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button-link";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function pick(text) {
  picked.textContent = text;
  for (const risk of form.querySelectorAll("input[name=risk]")) risk.checked = false;
  form.querySelector("#whom").value = "";
  form.querySelector("#after").value = "";
  safe.hidden = true;
  unsafe.hidden = true;
  withWhom.hidden = false;
  withWhom.focus();
}

function add(text, scary) {
  const item = document.createElement("li");
  item.dataset.scary = scary;
  const words = document.createElement("span");
  words.textContent = text;
  const much = document.createElement("span");
  much.className = "quiet small";
  much.textContent = list.dataset.fear.replace("FEAR", scary);
  const remove = button(list.dataset.remove, () => {
    item.remove();
    none.hidden = list.children.length > 0;
  });
  remove.setAttribute("aria-label", `${list.dataset.remove}: ${text}`);
  const take = button(list.dataset.pick, () => pick(text));
  take.setAttribute("aria-label", `${list.dataset.pick}: ${text}`);
  item.append(words, much, take, remove);
  const after = [...list.children].find((other) => Number(other.dataset.scary) > scary);
  list.insertBefore(item, after ?? null);
  none.hidden = true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = step.value.trim();
  if (text) add(text, Number(fear.value));
  step.value = "";
  step.focus();
});
for (const risk of form.querySelectorAll("input[name=risk]")) {
  risk.addEventListener("change", () => {
    safe.hidden = risk.value !== "no";
    unsafe.hidden = risk.value === "no";
  });
}
form.querySelector("[data-another]").addEventListener("click", () => {
  withWhom.hidden = true;
  step.focus();
});
form.querySelector("[data-print]").addEventListener("click", () => print());
document.querySelector("[data-without]").hidden = true;
form.reset();
form.hidden = false;
