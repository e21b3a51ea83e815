// A supporter's plan: it stays on the page. The calendar file is made here and says only what its writer wrote.
const form = document.querySelector("[data-plan]");
const problem = form.querySelector("[data-problem]");
const again = form.querySelector("#again");
const DAY = 86_400_000;

const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
const asDate = (time) => new Date(time).toISOString().slice(0, 10).replaceAll("-", "");
const stamp = () => new Date().toISOString().replace(/[-:]|\.\d+/g, "");

// Lines of RFC 5545 are folded at 75 octets; a character is never cut in two.
function folded(line) {
  const parts = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > 73) {
      parts.push(part);
      [part, octets] = ["", 0];
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join("\r\n ");
}

function event(title, start, rule) {
  return [
    "BEGIN:VEVENT",
    `UID:${crypto.randomUUID()}`,
    `DTSTAMP:${stamp()}`,
    `DTSTART;VALUE=DATE:${asDate(start)}`,
    `DTEND;VALUE=DATE:${asDate(start + DAY)}`,
    ...(rule ? [rule] : []),
    `SUMMARY:${escaped(title)}`,
    "TRANSP:TRANSPARENT",
    "CLASS:PRIVATE",
    "END:VEVENT",
  ];
}

export function calendar({ title, today, until, weeks }) {
  const first = today + weeks * 7 * DAY;
  const rhythm = weeks && first < until ? event(title, first, `RRULE:FREQ=WEEKLY;INTERVAL=${weeks};UNTIL=${asDate(until)}`) : [];
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nearer//EN", ...event(title, until), ...rhythm, "END:VCALENDAR", ""];
  return lines.map(folded).join("\r\n");
}

function today() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
}

form.querySelector("[data-calendar]").addEventListener("click", () => {
  problem.textContent = "";
  if (Number.isNaN(again.valueAsNumber)) problem.textContent = problem.dataset.noDate;
  else if (again.valueAsNumber <= today()) problem.textContent = problem.dataset.past;
  if (problem.textContent) {
    again.focus();
    return;
  }
  const text = calendar({
    title: form.querySelector("#called").value.trim() || form.querySelector("#called").defaultValue,
    today: today(),
    until: again.valueAsNumber,
    weeks: Number(form.querySelector("input[name=rhythm]:checked").value),
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  link.download = "reminder.ics";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
form.querySelector("[data-print]").addEventListener("click", () => print());
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("[data-buttons]").hidden = false;
