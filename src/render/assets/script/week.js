// Shows what belongs to the reader's day, and hides the rest: rows, items and counts whose days come
// into a range of days, `data-in="-7/-1"`, or leave it.
const all = (query, under = document) => [...under.querySelectorAll(query)];
const one = (query, under) => under.querySelector(query);
const put = (node, text) => { if (node && node.textContent !== text) node.textContent = text; };
const plus = (day, number) => new Date(Date.parse(day) + number * 864e5).toISOString().slice(0, 10);
const bounds = (node, today) => {
  const [from, to] = node.dataset.in.split("/");
  return [from && plus(today, +from), plus(today, +to)];
};
const shown = nodes => nodes.filter(node => !node.hidden).length;
// The days that are not past when the book is built, `2026-12-05*3`, and the number of those that are.
const count = (node, today) => {
  const [first, last] = bounds(node, today);
  let number = first ? 0 : +node.dataset.past;
  for (const group of node.dataset.days.split(" ")) {
    const [day, many] = group.split("*");
    if (day && day >= first && day <= last) number += +(many || 1);
  }
  node.hidden = !number;
  put(one("b", node) || node, "" + number);
};
const range = (node, today) => {
  const [first, last] = bounds(node, today);
  for (const item of node.dataset.on ? [node] : all("[data-on]", node)) {
    item.hidden = item.dataset.on < first || item.dataset.on > last;
  }
};
const refresh = ({ detail: today }) => {
  for (const node of all("[data-in]")) (node.dataset.days == null ? range : count)(node, today);
  for (const part of all(".dd-part[data-in]")) put(one(".dd-n", part), "" + shown(all("[data-on]", part)));
  for (const week of all(".dd-week")) {
    for (const item of all(".dd-sum li", week)) item.hidden = !shown([...item.children]);
    for (const person of all(".dd-person", week)) person.hidden = !shown(all("td > *", person));
    for (const list of all(".dd-list", week)) {
      const number = shown(all("li", list));
      list.hidden = !number;
      put(one("small", list), "" + number);
    }
    const table = one("table", week), lists = shown(all(".dd-list", week)), people = shown(all(".dd-person", week));
    table.hidden = !people;
    one(".dd-none", week).hidden = lists || people;
  }
};
addEventListener("dd-day", refresh);
