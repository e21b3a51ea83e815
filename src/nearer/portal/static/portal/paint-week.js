// Paints a week of hours: by dragging, by two taps, or by keyboard. What is painted is written into the rows of the
// form; a row that is typed is painted. Days that nobody paints keep their exact times.
import { CELL, CELLS, shown } from "./painting/clock.js";
import { Grid } from "./painting/grid.js";
import { nameOf, typed, write } from "./painting/rows.js";

const FIRST_SEEN = (7 * 60) / CELL;
const paint = document.querySelector("[data-paint]");
const rows = document.querySelector("[data-rows]");
const days = [...(rows?.querySelectorAll("[data-day]") ?? [])];

class Painter {
  constructor(grid, status, words) {
    Object.assign(this, { grid, status, words, anchor: null, pressed: null, dragged: false });
    grid.element.addEventListener("keydown", (event) => this.byKey(event));
    grid.element.addEventListener("pointerdown", (event) => this.down(event));
    grid.element.addEventListener("pointerover", (event) => this.over(placeOf(event)));
    grid.element.addEventListener("click", (event) => this.click(event));
    document.addEventListener("pointerup", (event) => this.up(placeOf(event)));
  }

  between(first, last) {
    const [low, high] = [first.at, last.at].sort((one, other) => one - other);
    return this.grid.cells[first.day].slice(low, high + 1);
  }

  fill(first, last) {
    const on = !this.grid.isOn(first.day, first.at);
    for (const cell of this.between(first, last)) this.grid.set(first.day, Number(cell.dataset.at), on);
    write(days[first.day], this.grid.painted(first.day));
    this.drop(on ? this.words.painted : this.words.cleared);
  }

  // One press names an end; the second one, on the same day, paints.
  press(here) {
    if (this.anchor?.day === here.day) return this.fill(this.anchor, here);
    this.anchor = here;
    this.grid.mark("paint-anchor", [this.grid.cells[here.day][here.at]]);
    this.status.textContent = `${this.grid.names[here.day]}, ${shown(here.at * CELL)}. ${this.words.begun}`;
    return undefined;
  }

  drop(words) {
    this.anchor = null;
    this.grid.mark("paint-anchor", []);
    this.grid.mark("paint-over", []);
    this.status.textContent = words;
  }

  over(here) {
    const from = this.pressed ?? this.anchor;
    if (here && from?.day === here.day) this.grid.mark("paint-over", this.between(from, here));
  }

  // A mouse or pen drags; a finger taps, so that it can still scroll.
  down(event) {
    if (event.button === 0 && event.pointerType !== "touch") this.pressed = placeOf(event);
  }

  up(here) {
    const from = this.pressed;
    this.pressed = null;
    if (!from || here?.day !== from.day || here.at === from.at) return;
    this.fill(from, here);
    this.dragged = true;
    setTimeout(() => { this.dragged = false; });
  }

  click(event) {
    const here = placeOf(event);
    if (here && !this.dragged) this.press(here);
    this.dragged = false;
  }

  byKey(event) {
    const here = placeOf(event);
    if (!here) return;
    const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Home: [0, -CELLS], End: [0, CELLS] };
    if (steps[event.key]) this.go(here, ...steps[event.key]);
    else if (event.key === " " || event.key === "Enter") this.press(here);
    else if (event.key === "Escape" && this.anchor) this.drop(this.words.left);
    else return;
    event.preventDefault();
  }

  go(here, sideways, down) {
    const day = Math.min(days.length - 1, Math.max(0, here.day + sideways));
    const at = Math.min(CELLS - 1, Math.max(0, here.at + down));
    this.grid.focus(this.grid.cells[day][at]);
    this.over({ day, at });
  }
}

function placeOf(event) {
  const cell = event.target.closest?.("[data-at]");
  return cell ? { day: Number(cell.dataset.day), at: Number(cell.dataset.at) } : null;
}

if (paint && rows) {
  const grid = new Grid(days.map(nameOf), { ...paint.dataset, title: document.querySelector("h1").textContent });
  const scroll = paint.querySelector("[data-scroll]");
  scroll.append(grid.element);
  const draw = (day) => grid.draw(day, typed(days[day]));
  days.forEach((_, day) => draw(day));
  rows.addEventListener("change", (event) => draw(days.indexOf(event.target.closest("[data-day]"))));
  new Painter(grid, paint.querySelector("[data-status]"), paint.dataset);
  grid.cells[0][FIRST_SEEN].tabIndex = 0;
  paint.hidden = false;
  rows.open = Boolean(rows.querySelector(".error-message"));
  scroll.scrollTop = grid.cells[0][FIRST_SEEN].offsetTop - 40;
}
