// The rows of one day in the form: they are what is sent.
import { minuteOf, sent } from "./clock.js";

const linesOf = (day) => [...day.querySelectorAll(".week-row")];

export const nameOf = (day) => day.querySelector("legend").textContent.trim();

// The hours that were typed; what can't be read yet is left out.
export function typed(day) {
  const spans = linesOf(day).map((line) => [...line.querySelectorAll("input")].map((input) => minuteOf(input.value)));
  return spans.filter((span) => !span.includes(null)).map(([from, until]) => [from, until === 0 ? 24 * 60 : until]);
}

export function write(day, spans) {
  while (linesOf(day).length < spans.length) addRow(day);
  linesOf(day).forEach((line, number) => {
    const [from, until] = line.querySelectorAll("input");
    const span = spans[number];
    from.value = span ? sent(span[0]) : "";
    until.value = span ? sent(span[1]) : "";
    line.querySelector(".error-message")?.remove();
  });
}

function addRow(day) {
  const lines = linesOf(day);
  const copy = lines[0].cloneNode(true);
  for (const input of copy.querySelectorAll("input")) {
    const name = `${day.dataset.day}-${lines.length}-${input.name.split("-").at(-1)}`;
    copy.querySelector(`label[for="${input.id}"]`).htmlFor = `id_${name}`;
    Object.assign(input, { name, id: `id_${name}`, value: "" });
  }
  lines.at(-1).after(copy);
}
