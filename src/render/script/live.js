// Brings every deadline of the page up to the reader's day in the book's time zone: states,
// labels, counts and headlines. It runs when the page is read and whenever a day has passed.
const all = (query, under = document) => [...under.querySelectorAll(query)];
const one = (query, under) => under.querySelector(query);
const fill = (phrase, ...values) => values.reduce((text, value) => text.replace("{}", value), phrase);
const upper = text => text && text[0].toUpperCase() + text.slice(1);
const make = (name, facts, ...inner) => {
  const node = Object.assign(document.createElement(name), facts);
  node.append(...inner);
  return node;
};
const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const parts = zone => Object.fromEntries(new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
  timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit"
}).formatToParts(new Date()).map(part => [part.type, part.value]));
const readersDay = () => {
  let part;
  // A browser that does not know the zone has one of its own.
  try { part = parts(C.zone); } catch { part = parts(); }
  return part.year + "-" + part.month + "-" + part.day;
};
const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);
const memo = {};
const inDays = number => memo[number] ??= relative.format(number, "day");
const stateOf = left => left < 0 ? "overdue" : !left ? "due-today" : left > C.soon ? "upcoming" : "due-soon";
const relative = new Intl.RelativeTimeFormat(C.lang, { numeric: "auto" });
const afterwards = [];
let today;

const badge = node => {
  const [label, time, rest] = node.children;
  if (!rest || !time.dateTime) return;
  const left = days(today, time.dateTime), state = stateOf(left);
  if (node.dataset.state !== state) node.dataset.state = state;
  put(label, upper(W[state]));
  const who = state === "overdue" && node.dataset.who;
  put(rest, (left ? " · " + inDays(left) : "") + (who ? " · " + who : ""));
  const row = node.closest("tr[data-state]");
  if (row) row.dataset.state = state;
};
const count = (node, number, phrase) => {
  if (!node) return;
  node.hidden = !number;
  put(node, fill(phrase, number));
};
const old = () => {
  const age = days(C.today, today);
  all(".dd-stale").forEach(node => node.remove());
  if (age <= C.stale) return;
  for (const place of all(".dd-header > p, .dd-asof")) {
    place.append(" ", make("span", { className: "dd-stale" }, fill(W.built, inDays(-age))));
  }
};
const refresh = () => {
  const now = readersDay();
  if (now === today) return;
  today = now;
  all(".dd-due").forEach(badge);
  for (const node of all("[data-dues]")) {
    count(node, node.dataset.dues.split(" ").filter(day => day < today).length, W.n_overdue);
  }
  for (const index of all(".dd-index[data-index=open-questions]")) {
    for (const state of ["overdue", "due-today", "due-soon"]) {
      count(one("[data-count=" + state + "]", index), all("tr[data-state=" + state + "]", index).length, W["n_" + state]);
    }
  }
  for (const time of all(".dd-asof time")) {
    time.dateTime = today;
    put(time, today);
  }
  old();
  afterwards.forEach(then => then());
};
// Wherever it is, midnight falls on a quarter of an hour.
const wait = () => setTimeout(() => { refresh(); wait(); }, 9e5 - new Date() % 9e5 + 99);
const keep = () => {
  wait();
  document.addEventListener("visibilitychange", refresh);
  addEventListener("pageshow", refresh);
};
