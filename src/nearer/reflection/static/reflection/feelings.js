// The map of feelings: go to the nearest word by touch, mouse or arrow keys, and look at it. Nothing is sent or kept.

const root = document.querySelector("[data-feelings]");
const map = root.querySelector("[data-map]");
const here = root.querySelector("[data-here]");
const card = root.querySelector("[data-card]");
const shown = root.querySelector("[data-shown]");
const dots = [...map.querySelectorAll("a")].map((link) => ({
  link,
  id: link.dataset.feeling,
  x: Number(link.dataset.x),
  y: Number(link.dataset.y),
  entry: document.querySelector(`[data-word="${CSS.escape(link.dataset.feeling)}"]`),
}));
const byId = new Map(dots.map((dot) => [dot.id, dot]));
const wordOf = (dot) => dot.entry.querySelector(".feeling-word").textContent;
const distance = (dot, x, y) => Math.hypot(dot.x - x, dot.y - y);
let current = null;

function point(dot) {
  here.classList.toggle("is-on", Boolean(dot));
  if (!dot) return;
  here.querySelector("circle").setAttribute("cx", dot.x);
  here.querySelector("circle").setAttribute("cy", dot.y);
  const text = here.querySelector("text");
  text.textContent = wordOf(dot);
  text.setAttribute("y", dot.y < 120 ? dot.y + 84 : dot.y - 40);
  text.setAttribute("x", dot.x);
  const half = text.getComputedTextLength() / 2;
  text.setAttribute("x", Math.min(Math.max(dot.x, half + 8), 1000 - half - 8));
}

function open(dot) {
  current = dot;
  point(dot);
  const copy = dot.entry.querySelector(".feeling").cloneNode(true);
  copy.removeAttribute("id");
  shown.replaceChildren(copy);
  card.hidden = false;
  card.scrollIntoView({ block: "nearest" });
  for (const other of dots) other.link.tabIndex = other === dot ? 0 : -1;
}

function nearestTo(event) {
  const box = map.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * 1000;
  const y = ((event.clientY - box.top) / box.height) * 1000;
  const seen = dots.filter((dot) => !dot.link.classList.contains("is-faint"));
  const found = (seen.length ? seen : dots).reduce((a, b) => (distance(a, x, y) <= distance(b, x, y) ? a : b));
  return distance(found, x, y) < 140 ? found : null;
}

// The next word in a direction: the nearest one that lies more that way than aside.
function beside(dot, key) {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const ahead = dots.filter((other) => {
    const [x, y] = [other.x - dot.x, other.y - dot.y];
    const forward = x * dx + y * dy;
    return forward > 0 && forward >= Math.abs(x * dy + y * dx);
  });
  return ahead.sort((a, b) => distance(a, dot.x, dot.y) - distance(b, dot.x, dot.y))[0];
}

map.addEventListener("pointermove", (event) => point(nearestTo(event) ?? current));
map.addEventListener("pointerleave", () => point(current));
map.addEventListener("click", (event) => {
  event.preventDefault();
  // A click that a key made has no place: it is on the word in focus.
  const link = event.target.closest("a");
  const dot = event.detail === 0 && link ? byId.get(link.dataset.feeling) : nearestTo(event);
  if (dot) open(dot);
});
map.addEventListener("focusin", (event) => {
  const link = event.target.closest("a");
  if (link) point(byId.get(link.dataset.feeling));
});
map.addEventListener("keydown", (event) => {
  const link = event.target.closest("a");
  if (!link || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const next = beside(byId.get(link.dataset.feeling), event.key);
  if (!next) return;
  link.tabIndex = -1;
  next.link.tabIndex = 0;
  next.link.focus();
});
shown.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (!link) return;
  event.preventDefault();
  open(byId.get(link.dataset.go));
});
for (const dot of dots) dot.link.tabIndex = dot === dots[0] ? 0 : -1;

root.querySelector("[data-note]").addEventListener("click", () => current && root.dispatchEvent(new CustomEvent("noted", { detail: wordOf(current) })));
root.querySelector("[data-keys]").hidden = false;
