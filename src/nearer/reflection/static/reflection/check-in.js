// The check-in is read here, on the person's device: nothing is sent, nothing is kept.
const root = document.querySelector("[data-check-in]");
const form = root.querySelector("[data-questions]");
const result = root.querySelector("[data-result]");
const signs = [...form.querySelectorAll("[data-sign]")];
const all = (selector, inside = root) => [...inside.querySelectorAll(selector)];
const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`);
const show = (element, shown) => (element.hidden = !shown);

function screened() {
  const sums = all("[data-screen]", form).map((screen) => {
    const names = new Set(all("input", screen).map((input) => input.name));
    const answers = [...names].map(chosen);
    // Scored as published: complete answers only.
    if (answers.includes(null)) return null;
    const sum = answers.reduce((total, input) => total + Number(input.value), 0);
    return sum >= Number(screen.dataset.cutOff) ? "high" : "low";
  });
  return sums.includes("high") ? "high" : sums.includes("low") ? "low" : "";
}

function told() {
  const none = chosen("none");
  let answered = 0;
  let often = 0;
  for (const about of all("[data-about]", result)) {
    const answer = chosen(about.dataset.about);
    answered += Boolean(answer);
    const isOften = Boolean(answer) && "often" in answer.dataset;
    often += isOften;
    const words = about.querySelector("[data-your-answer]");
    words.textContent = answer ? words.dataset.words.replace("ANSWER", answer.parentElement.textContent.trim()) : "";
    show(words, answer);
    show(about, isOften);
  }
  show(result.querySelector('[data-nothing="none"]'), none && !often);
  show(result.querySelector('[data-nothing="empty"]'), !none && !answered);
  show(result.querySelector('[data-nothing="seldom"]'), !none && answered && !often);
  if (!none && !answered) for (const about of all("[data-about]", result)) show(about, true);
  if (!none && answered && !often) for (const about of all("[data-about]", result)) show(about, chosen(about.dataset.about));
  for (const notice of all("[data-screened]", result)) show(notice, notice.dataset.screened === screened());
  show(result, true);
}

let at = 0;
function step(to) {
  at = Math.min(Math.max(to, 0), signs.length - 1);
  signs.forEach((sign, index) => sign.classList.toggle("is-here", index === at));
  for (const sign of signs) sign.querySelector("[data-steps]")?.remove();
  const row = stepper.content.firstElementChild.cloneNode(true);
  const [back, on] = row.querySelectorAll("button");
  back.disabled = at === 0;
  back.addEventListener("click", () => step(at - 1));
  on.addEventListener("click", () => (at === signs.length - 1 ? finish() : step(at + 1)));
  signs[at].append(row);
  signs[at].querySelector("input").focus({ preventScroll: true });
}
const stepper = document.querySelector("[data-stepper]");

function finish() {
  told();
  result.focus();
  result.scrollIntoView();
}

const pace = root.querySelector("[data-one-by-one]");
pace.addEventListener("click", () => {
  const single = root.classList.toggle("is-one-by-one");
  pace.setAttribute("aria-pressed", single);
  if (single) {
    step(at);
    signs[at].scrollIntoView({ block: "center" });
  } else for (const row of all("[data-steps]")) row.remove();
});
for (const skip of all("[data-skip]")) {
  show(skip, true);
  skip.addEventListener("click", () => {
    for (const input of all("input", skip.closest("fieldset"))) input.checked = false;
    if (root.classList.contains("is-one-by-one")) step(at + 1);
  });
}
root.querySelector("[data-show]").addEventListener("click", finish);
for (const button of all("[data-print]")) button.addEventListener("click", () => (told(), print()));
root.querySelector("[data-clear]").addEventListener("click", () => {
  form.reset();
  show(result, false);
  root.querySelector("h1").scrollIntoView();
});
form.addEventListener("submit", (event) => event.preventDefault());
show(root.querySelector("[data-pace]"), true);
show(root.querySelector("[data-buttons]"), true);
show(root.querySelector("[data-clear]"), true);
show(root.querySelector("[data-without]"), false);
show(result, false);
form.reset(); // a browser that restores a page must not bring back what was answered
