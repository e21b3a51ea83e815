// Paints a week of hours: by dragging, by two taps, or by keyboard. What is painted is written into the rows of the
// form, which are what is sent; a row that is typed is painted. Days that nobody paints keep their exact times.
const CELL = 30;
const CELLS = (24 * 60) / CELL;
const FIRST_SEEN = 7 * 60;
const paint = document.querySelector("[data-paint]");
const rows = document.querySelector("[data-rows]");
const status = paint?.querySelector("[data-status]");
const days = [...(rows?.querySelectorAll("[data-day]") ?? [])];
const cells = days.map(() => []);
let anchor = null;
let pressed = null;

const clock = (minute) => `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const shown = (minute) => new Date(2000, 0, 1, 0, minute).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
const nameOf = (day) => days[day].querySelector("legend").textContent.trim();
const isOn = (cell) => cell.getAttribute("aria-selected") === "true";

function minuteOf(text) {
  const found = /^(\d{1,2}):(\d{2})/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

function label(cell) {
  const { day, at } = place(cell);
  const state = isOn(cell) ? paint.dataset.working : paint.dataset.free;
  cell.setAttribute("aria-label", `${nameOf(day)}, ${shown(at * CELL)} – ${shown((at + 1) * CELL)}, ${state}`);
}

function place(cell) {
  return { day: Number(cell.dataset.day), at: Number(cell.dataset.at) };
}

function setCell(cell, on) {
  cell.setAttribute("aria-selected", String(on));
  label(cell);
}

// From the rows to the grid.
function draw(day) {
  const spans = [...days[day].querySelectorAll(".week-row")].map((row) => {
    const [from, until] = [...row.querySelectorAll("input")].map((input) => minuteOf(input.value));
    return [from, until === 0 ? 24 * 60 : until];
  });
  cells[day].forEach((cell, at) => {
    const start = at * CELL;
    setCell(cell, spans.some(([from, until]) => from !== null && until !== null && from < start + CELL && until > start));
  });
}

// From the grid to the rows of one day.
function write(day) {
  const spans = [];
  cells[day].forEach((cell, at) => {
    if (!isOn(cell)) return;
    const last = spans.at(-1);
    if (last && last[1] === at * CELL) last[1] += CELL;
    else spans.push([at * CELL, (at + 1) * CELL]);
  });
  const lines = () => [...days[day].querySelectorAll(".week-row")];
  while (lines().length < spans.length) addRow(day, lines());
  lines().forEach((line, number) => {
    const [from, until] = line.querySelectorAll("input");
    from.value = spans[number] ? clock(spans[number][0]) : "";
    until.value = spans[number] ? clock(spans[number][1]) : "";
    line.querySelector(".error-message")?.remove();
  });
}

function addRow(day, lines) {
  const copy = lines[0].cloneNode(true);
  for (const input of copy.querySelectorAll("input")) {
    const part = input.name.split("-").at(-1);
    copy.querySelector(`label[for="${input.id}"]`).htmlFor = `id_${day}-${lines.length}-${part}`;
    input.name = `${day}-${lines.length}-${part}`;
    input.id = `id_${input.name}`;
    input.value = "";
  }
  lines.at(-1).after(copy);
}

function between(first, last) {
  const [low, high] = [first.at, last.at].sort((one, other) => one - other);
  return cells[first.day].slice(low, high + 1);
}

function fill(first, last) {
  const on = !isOn(cells[first.day][first.at]);
  for (const cell of between(first, last)) setCell(cell, on);
  write(first.day);
  status.textContent = on ? paint.dataset.painted : paint.dataset.cleared;
}

function mark(name, chosen) {
  for (const cell of paint.querySelectorAll(`.${name}`)) cell.classList.remove(name);
  for (const cell of chosen) cell.classList.add(name);
}

// One press names an end; the second one, on the same day, paints.
function press(here) {
  if (anchor && anchor.day === here.day) {
    fill(anchor, here);
    drop();
    return;
  }
  anchor = here;
  mark("paint-anchor", [cells[here.day][here.at]]);
  status.textContent = `${nameOf(here.day)}, ${shown(here.at * CELL)}. ${paint.dataset.begun}`;
}

function drop() {
  anchor = null;
  mark("paint-anchor", []);
  mark("paint-over", []);
}

function focus(cell) {
  for (const each of paint.querySelectorAll('[tabindex="0"][data-at]')) each.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
  cell.scrollIntoView({ block: "nearest" });
}

function byKey(event) {
  const cell = event.target.closest("[data-at]");
  if (!cell) return;
  const { day, at } = place(cell);
  const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Home: [0, -at], End: [0, CELLS - 1 - at] };
  if (steps[event.key]) {
    const [sideways, down] = steps[event.key];
    const next = cells[Math.min(6, Math.max(0, day + sideways))][Math.min(CELLS - 1, Math.max(0, at + down))];
    focus(next);
    if (anchor && anchor.day === place(next).day) mark("paint-over", between(anchor, place(next)));
  } else if (event.key === " " || event.key === "Enter") {
    press({ day, at });
  } else if (event.key === "Escape" && anchor) {
    drop();
    status.textContent = paint.dataset.left;
  } else return;
  event.preventDefault();
}

// A mouse or pen drags; a finger taps, so that it can still scroll.
function listen(grid) {
  grid.addEventListener("keydown", byKey);
  grid.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("[data-at]");
    if (!cell || event.button !== 0 || event.pointerType === "touch") return;
    pressed = place(cell);
  });
  grid.addEventListener("pointerover", (event) => {
    const cell = event.target.closest("[data-at]");
    if (!cell) return;
    const from = pressed ?? anchor;
    if (from && from.day === place(cell).day) mark("paint-over", between(from, place(cell)));
  });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-at]");
    if (cell && event.detail !== 0 && !dragged) press(place(cell));
    dragged = false;
  });
  document.addEventListener("pointerup", (event) => {
    const cell = event.target.closest?.("[data-at]");
    const from = pressed;
    pressed = null;
    if (!from || !cell || place(cell).day !== from.day || place(cell).at === from.at) return;
    fill(from, place(cell));
    drop();
    dragged = true;
    setTimeout(() => { dragged = false; });
  });
}
let dragged = false;

function build() {
  const grid = document.createElement("div");
  grid.className = "paint-grid";
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-describedby", "paint-help");
  grid.setAttribute("aria-label", document.querySelector("h1").textContent);
  const head = row(grid, "paint-row paint-head");
  add(head, "columnheader", "").append(hidden(paint.dataset.time));
  days.forEach((_, day) => {
    const name = nameOf(day);
    const cell = add(head, "columnheader", "");
    cell.setAttribute("aria-label", name);
    cell.textContent = name.slice(0, 2);
  });
  for (let at = 0; at < CELLS; at += 1) {
    const line = row(grid, "paint-row");
    const hour = add(line, "rowheader", "paint-hour");
    hour.textContent = at % 2 ? "" : shown(at * CELL).replace(/:00/, "");
    if (at % 2) hour.append(hidden(shown(at * CELL)));
    days.forEach((_, day) => {
      const cell = add(line, "gridcell", "paint-cell");
      Object.assign(cell.dataset, { day, at });
      cell.tabIndex = -1;
      cells[day].push(cell);
    });
  }
  return grid;
}

function row(grid, name) {
  return add(grid, "row", name);
}

function add(parent, role, name) {
  const made = document.createElement("div");
  made.className = name;
  made.setAttribute("role", role);
  parent.append(made);
  return made;
}

function hidden(text) {
  const made = document.createElement("span");
  made.className = "visually-hidden";
  made.textContent = text;
  return made;
}

if (paint && rows) {
  const grid = build();
  const scroll = paint.querySelector("[data-scroll]");
  scroll.append(grid);
  days.forEach((_, day) => draw(day));
  rows.addEventListener("change", (event) => {
    const day = event.target.closest("[data-day]");
    if (day) draw(days.indexOf(day));
  });
  listen(grid);
  cells[0][FIRST_SEEN / CELL].tabIndex = 0;
  paint.hidden = false;
  if (!rows.querySelector(".error-message")) rows.open = false;
  scroll.scrollTop = cells[0][FIRST_SEEN / CELL].offsetTop - 40;
}
