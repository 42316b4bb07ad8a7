// Brings every deadline of the page up to the reader's day in the book's time zone: states,
// labels, counts and headlines. It runs when the page is read and whenever a day has passed.
const all = (query, under = document) => [...under.querySelectorAll(query)];
const one = (query, under) => under.querySelector(query);
const fill = (phrase, ...values) => values.reduce((text, value) => text.replace("{}", value), phrase);
const make = (name, facts, ...inner) => {
  const node = Object.assign(document.createElement(name), facts);
  node.append(...inner);
  return node;
};
const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const parts = zone => Object.fromEntries(new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
  timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit"
}).formatToParts().map(part => [part.type, part.value]));
const readersDay = () => {
  let part;
  // A browser that does not know the zone has one of its own.
  try { part = parts(C.zone); } catch { part = parts(); }
  return part.year + "-" + part.month + "-" + part.day;
};
const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);
const relative = new Intl.RelativeTimeFormat(C.lang, { numeric: "auto" });
const inDays = number => relative.format(number, "day");
const span = new Intl.NumberFormat(C.lang, { style: "unit", unit: "day", unitDisplay: "long" });
const afterwards = [];
let today, known;

// What is to be said of a day: thousands of rows share a few hundred of them.
const about = day => {
  const left = days(today, day);
  const state = left < 0 ? "overdue" : !left ? "due-today" : left > C.soon ? "upcoming" : "due-soon";
  return [state, left < 0 ? W.overdue + " " + span.format(-left) : W.due + " " + inDays(left), left ? " · " + inDays(left) : ""];
};
const badge = node => {
  const data = node.dataset, day = node.dateTime, row = node.closest("tr[data-state]");
  const [state, text, left] = known[day] ??= about(day);
  // Other deadlines than those of questions bring their words.
  const label = data[state] || data.by;
  data.state = state;
  put(node, (label || text) + "\n" + (data.shown || day) + (label ? left : "") + (state === "overdue" && data.who ? " · " + data.who : ""));
  if (row) row.dataset.state = state;
};
const before = days => days.split(" ").filter(day => day && day < today).length;
// What needs attention: past days in data-dues, and a day and a reason on each line of data-also.
const why = node => {
  const data = node.dataset, late = before(data.dues || "");
  const said = (data.also || "").split("\n").filter(line => before(line.split(" ")[0])).map(line => line.slice(line.indexOf(" ") + 1));
  if (late) said.unshift(fill(W.n_overdue, late));
  node.hidden = !said.length;
  put(node, said.join("; "));
};
// Counts the past days in data-dues; without them, the rows of the table in that state. A text
// without a number for it only comes and goes.
const count = node => {
  const data = node.dataset, state = data.count, days = data.dues;
  const table = node.closest("table"), phrase = data.phrase || W["n_" + state];
  if (!days && !(phrase && table)) return;
  const number = days ? before(days) : [...table.rows].filter(row => row.dataset.state === state && !row.dataset.again).length;
  node.hidden = !number;
  if (phrase) put(node, fill(phrase, number));
};
const old = () => {
  const age = days(C.today, today);
  if (age <= C.stale) return;
  for (const place of all(".dd-header, .dd-asof, .dd-index")) {
    // Of an index without "as of" the caption says it.
    if (one(".dd-asof", place)) continue;
    const end = place.matches("time") ? place.parentNode : one("caption", place) || one(":scope > p", place) || place;
    one(".dd-stale", end)?.remove();
    end.append(" ", make("span", { className: "dd-stale" }, fill(W.built, inDays(-age))));
  }
};
const refresh = () => {
  const now = readersDay();
  if (now === today) return;
  today = now;
  known = {};
  all("time.dd-due").forEach(badge);
  all(".dd-count").forEach(count);
  all(".dd-why").forEach(why);
  for (const node of all(".dd-asof")) put(node, node.dateTime = today);
  old();
  afterwards.forEach(then => then());
  // For the script of the week.
  dispatchEvent(new CustomEvent("dd-day", { detail: today }));
};
// Wherever it is, midnight falls on a quarter of an hour.
const wait = () => setTimeout(() => { refresh(); wait(); }, 9e5 - new Date() % 9e5 + 99);
const keep = () => {
  wait();
  addEventListener("visibilitychange", refresh);
  addEventListener("pageshow", refresh);
};
