// Minutes of a day, as a form sends them and as people read them.
export const CELL = 30;
export const CELLS = (24 * 60) / CELL;

export function sent(minute) {
  return `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

export function shown(minute) {
  const moment = new Date(2000, 0, 1, 0, minute);
  return moment.toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
}

export function minuteOf(text) {
  const found = /^(\d{1,2}):(\d{2})/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}
