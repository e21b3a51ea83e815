// Shows what clients would see a moment after something was typed. Nothing is kept until the form is sent.
const PAUSE = 500;
const form = document.querySelector("form[data-preview]");
const into = document.querySelector("[data-into]");
let waiting = 0;
let asked = 0;

async function refresh() {
  const number = ++asked;
  const response = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  if (!response.ok || response.redirected || number !== asked) return;
  const text = await response.text();
  const parsed = new DOMParser().parseFromString(text, "text/html");
  into.replaceChildren(...parsed.body.childNodes);
}

if (form && into) {
  form.querySelector("[data-without-scripts]")?.remove();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => refresh().catch(() => {}), PAUSE);
  });
}
