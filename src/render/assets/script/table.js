// Filters, sorts, groups and searches the tables of an index. The controls are made here, so a
// page without script has none that do nothing; the view stands in the address.
const ranks = ["overdue", "due-today", "due-soon", "upcoming", "milestone", "undated", "resolved"];
// A collator would take a second for what this does in a blink.
const folded = {};
const fold = text => folded[" " + text] ??= text.toLowerCase().normalize("NFD").replace(/\d+/g, digits => digits.padStart(9, 0));
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
// A browser takes a second to lay out 5,000 rows, so rows outside the view wait
// in a body that no screen shows.
const step = 300;
const waiting = state => document.documentElement.classList.toggle("dd-wait", state);
waiting(true);
addEventListener("DOMContentLoaded", () => waiting(false));
const setUp = (index, number, indices) => {
  const prefix = indices.length > 1 ? index.dataset.index + "." : "";
  const lists = all("table", index), bodies = lists.map(list => list.tBodies[0]);
  const rows = bodies.flatMap(body => [...body.rows].map((line, at) => ({ $line: line, $body: body, $at: at, $texts: [] })));
  const columns = lists.flatMap(list => [...list.rows[0].cells].map((cell, at) => {
    const [key, type] = (cell.dataset.col || "").split(" ");
    return { $cell: cell, $at: at, $key: key, $type: type, $name: cell.textContent.trim() };
  })).filter(column => column.$type);
  const firsts = columns.filter((column, at) => columns.findIndex(other => other.$key === column.$key) === at);
  // What is in the first cell, in its address and in the row; the index has the name if it is to be shown.
  const beside = (key, read) => index.dataset[key] && firsts.push({ $key: key, $at: key, $type: key, $name: index.dataset[key], $read: read });
  beside("tags", line => one("small", line)?.textContent || "");
  beside("folder", line => one("a", line).getAttribute("href").replaceAll("../", "").split("/").slice(0, -1).join("/"));
  // The days are in order, so that the first one decides.
  beside("show", line => [line.dataset.fine, one("[data-dues]", line)?.dataset.dues].some(days => days < today) ? index.dataset.late : "");
  // A handful can be seen at a glance.
  if (rows.length < 5 && !location.search) return;
  const find = key => firsts.find(column => column.$key === key);
  const usual = find("due") ? "due" : "";
  const text = (row, column) => row.$texts[column.$at] ??= column.$read ? column.$read(row.$line) : row.$line.cells[column.$at].textContent.trim();
  const date = (row, column) => one("time", row.$line.cells[column.$at])?.dateTime || "";
  const is = (column, types) => types.includes(column.$type);
  const isSoon = day => day >= today && days(today, day) < 8;
  const values = (row, column) => is(column, "people tags") ? text(row, column).split(", ")
    : is(column, "due") ? [row.$line.dataset.state, isSoon(date(row, column)) ? "7" : ""]
    // A folder contains what is in the folders below it; whether a day has passed may change.
    : is(column, "folder") ? text(row, column).split("/").map((name, at, names) => names.slice(0, at + 1).join("/"))
    : is(column, "show") ? [column.$read(row.$line)]
    : is(column, "year") ? [date(row, column).slice(0, 4)] : [text(row, column)];
  const value = (row, column) => (is(column, "due") ? ranks.indexOf(row.$line.dataset.state) + " " : "") + (is(column, "due date year") ? date : text)(row, column);

  const view = {};
  const inputs = {};
  const tools = make("div", { className: "dd-tools" });
  const control = (key, name, input) => {
    tools.append(make("label", {}, name + " ", inputs[key] = input));
    input.oninput = () => { view[key] = input.value; apply(); };
  };
  const choice = (key, name, options) => control(key, name, make("select", {}, ...options.map(([value, text]) => new Option(text, value))));
  control("q", W.search, make("input", { type: "search" }));
  for (const column of firsts.filter(column => is(column, "people name due year tags folder show"))) {
    const found = new Set(rows.flatMap(row => values(row, column)));
    found.delete("");
    const names = is(column, "due") ? ranks.filter(state => found.has(state)) : [...found].sort((a, b) => compare(fold(a), fold(b)));
    if (is(column, "year")) names.reverse();
    if (found.has("7") && is(column, "due")) names.push("7");
    if (names.length > (is(column, "tags show") ? 0 : 1)) choice(column.$key, column.$name,
      [["", upper(W.all)], ...names.map(name => [name, is(column, "due") ? upper(W["-" + name] || W[name] || W.week) : name])]);
  }
  const groups = firsts.filter(column => inputs[column.$key] && is(column, "people name tags folder"));
  if (groups.length) choice("group", W.group,
    [["", "–"], ...groups.map(column => [column.$key, column.$name])]);
  const reset = make("button", { type: "button", onclick: () => {
    for (const key in view) view[key] = (inputs[key] || {}).value = "";
    apply();
    inputs.q.focus();
  } }, W.show_all);
  const said = make("output", { dir: "auto" });
  tools.append(reset, said);
  index.prepend(tools);
  for (const column of columns) {
    column.$cell.replaceChildren(make("button", { type: "button", onclick: () => {
      const sorted = view.sort || usual, key = column.$key;
      view.sort = sorted === key ? "-" + key : sorted === "-" + key ? "" : key;
      apply();
    } }, column.$name));
  }
  // In mdBook these keys turn pages.
  index.addEventListener("keydown", event => {
    if (event.key.startsWith("Arrow")) event.stopPropagation();
  });

  const address = new URL(location).searchParams;
  for (const key of ["q", "group", "sort", ...firsts.map(column => column.$key)]) {
    const wanted = address.get(prefix + key), input = inputs[key];
    // A value that is gone matches nothing and would hide every row.
    if (wanted && input) view[key] = (input.value = wanted, input.value);
    else if (wanted && key === "sort" && find(wanted.replace("-", ""))) view.sort = wanted;
  }
  const share = () => {
    const url = new URL(location);
    for (const key in view) url.searchParams[view[key] ? "set" : "delete"](prefix + key, view[key] || undefined);
    // Pages opened from a disk keep their address.
    try { history.replaceState(history.state, "", url); } catch {}
  };

  const parts = all(".dd-apart", index);
  for (const body of bodies) {
    body.before(body.$top = make("tbody"));
    body.className = "dd-rest";
  }
  let end, group;
  const place = to => {
    end = to;
    for (const body of bodies) {
      const shown = rows.filter(row => row.$body === body && row.$shown), top = body.$top, lines = [];
      let last;
      all(".dd-group", top).forEach(node => node.remove());
      for (const row of shown.slice(0, end)) {
        if (group && row.$group !== last) {
          last = row.$group;
          lines.push(make("tr", { className: "dd-group" }, make("th", {
            colSpan: row.$line.cells.length, scope: "rowgroup"
          }, (last || "–") + " (" + shown.filter(other => other.$group === last).length + ")")));
        }
        lines.push(row.$line);
      }
      const before = [...top.rows];
      // What stays in its place keeps the focus.
      let at = 0;
      while (lines[at] && lines[at] === before[at]) at += 1;
      before.slice(at).forEach(line => body.append(line));
      lines.slice(at).forEach(line => top.append(line));
    }
  };
  // A day that passes changes no order: what is overdue was due first.
  let order = usual + "/";
  const arrange = () => {
    const sort = view.sort || usual, down = sort[0] === "-", by = find(down ? sort.slice(1) : sort);
    const key = sort + "/" + (view.group || "");
    for (const column of columns) {
      column.$cell.ariaSort = column.$key !== by?.$key ? null : down ? "descending" : "ascending";
    }
    if (key === order) return;
    order = key;
    group = find(view.group);
    for (const row of rows) {
      row.$by = by ? fold(value(row, by)) : "";
      row.$group = group ? text(row, group) : "";
      row.$first = fold(row.$group);
    }
    rows.sort((a, b) => compare(a.$first, b.$first) || !a.$by - !b.$by || (down ? -1 : 1) * compare(a.$by, b.$by) || a.$at - b.$at);
  };
  const apply = to => {
    const words = (view.q || "").toLowerCase().split(" ").filter(Boolean);
    const wanted = firsts.filter(column => inputs[column.$key] && view[column.$key]);
    let shown = 0;
    for (const row of rows) {
      row.$shown = wanted.every(column => values(row, column).includes(view[column.$key]));
      if (row.$shown && words.length) {
        row.$all ??= row.$line.textContent.toLowerCase();
        row.$shown = words.every(word => row.$all.includes(word));
      }
      if (row.$line.hidden === row.$shown) row.$line.hidden = !row.$shown;
      shown += row.$shown;
    }
    arrange();
    place(to || step);
    for (const part of parts) part.hidden = !rows.some(row => row.$shown && part.contains(row.$body));
    put(said, fill(W.n_shown, shown, rows.length));
    reset.hidden = !Object.values(view).some(Boolean);
    share();
  };
  apply();
  const more = to => { if (end < rows.length) place(to); };
  const below = new IntersectionObserver(([seen]) => { if (seen.isIntersecting) more(end + step); }, { rootMargin: "100%" });
  bodies.forEach(body => below.observe(body));
  // Paper and the browser's own search want them all.
  addEventListener("beforeprint", () => more(1 / 0));
  addEventListener("keydown", event => { if (event.key === "f" && (event.ctrlKey || event.metaKey)) more(1 / 0); });
  afterwards.push(() => {
    for (const row of rows) row.$all = null;
    apply(end);
  });
};
const tables = () => {
  // A part of an index, the page of the week and its lists are chosen already.
  const indices = all(".dd-index:not(.dd-part, .dd-week)");
  // In a printed book, buttons cannot be pressed.
  if (!location.pathname.endsWith("print.html")) indices.forEach(setUp);
};
// Who follows a link to a person wants to see what they have.
const open = () => all("tr:has(:target) details").forEach(node => { node.open = true; });
addEventListener("hashchange", open);
addEventListener("pageshow", open);
