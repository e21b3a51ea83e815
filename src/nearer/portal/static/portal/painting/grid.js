// A week as a grid of half hours that can be selected.
import { CELL, CELLS, shown } from "./clock.js";

export class Grid {
  constructor(names, words) {
    this.names = names;
    this.words = words;
    this.cells = names.map(() => []);
    this.element = add(null, "grid", "paint-grid");
    this.element.setAttribute("aria-describedby", "paint-help");
    this.element.setAttribute("aria-label", words.title);
    this.#head();
    for (let at = 0; at < CELLS; at += 1) this.#line(at);
  }

  isOn(day, at) {
    return this.cells[day][at].getAttribute("aria-selected") === "true";
  }

  set(day, at, on) {
    const cell = this.cells[day][at];
    cell.setAttribute("aria-selected", String(on));
    const state = on ? this.words.working : this.words.free;
    cell.setAttribute("aria-label", `${this.names[day]}, ${shown(at * CELL)} – ${shown((at + 1) * CELL)}, ${state}`);
  }

  // Paint the hours of one day; a cell that they only touch in part is painted too.
  draw(day, spans) {
    for (let at = 0; at < CELLS; at += 1) {
      this.set(day, at, spans.some(([from, until]) => from < (at + 1) * CELL && until > at * CELL));
    }
  }

  // The painted hours of one day.
  painted(day) {
    const spans = [];
    for (let at = 0; at < CELLS; at += 1) {
      if (!this.isOn(day, at)) continue;
      if (spans.at(-1)?.[1] === at * CELL) spans.at(-1)[1] += CELL;
      else spans.push([at * CELL, (at + 1) * CELL]);
    }
    return spans;
  }

  mark(name, cells) {
    for (const cell of this.element.querySelectorAll(`.${name}`)) cell.classList.remove(name);
    for (const cell of cells) cell.classList.add(name);
  }

  focus(cell) {
    this.element.querySelector('.paint-cell[tabindex="0"]').tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest" });
  }

  #head() {
    const head = add(this.element, "row", "paint-row paint-head");
    add(head, "columnheader", "").append(hidden(this.words.time));
    for (const name of this.names) {
      const cell = add(head, "columnheader", "");
      cell.setAttribute("aria-label", name);
      cell.textContent = name.slice(0, 2);
    }
  }

  #line(at) {
    const line = add(this.element, "row", "paint-row");
    const hour = add(line, "rowheader", "paint-hour");
    const words = shown(at * CELL);
    hour.append(at % 2 ? hidden(words) : words.replace(/:00/, ""));
    this.names.forEach((_, day) => {
      const cell = add(line, "gridcell", "paint-cell");
      Object.assign(cell.dataset, { day, at });
      cell.tabIndex = -1;
      this.cells[day].push(cell);
    });
  }
}

function add(parent, role, name) {
  const made = document.createElement("div");
  made.className = name;
  made.setAttribute("role", role);
  parent?.append(made);
  return made;
}

function hidden(text) {
  const made = document.createElement("span");
  made.className = "visually-hidden";
  made.textContent = text;
  return made;
}
