// Filters, sorts, groups and searches the tables of an index. The controls are made here, so a
// page without script has none that do nothing; the view stands in the address.
const ranks = ["overdue", "due-today", "due-soon", "upcoming", "milestone", "undated", "resolved"];
// Without accents: a reader who types "zoe" looks for Zoë.
const bare = text => {
  const lower = text.toLowerCase();
  return /[^\x00-\x7f]/.test(lower) ? lower.normalize("NFD").replace(/\p{M}/gu, "") : lower;
};
// A collator would take a second for what this does in a blink.
const folded = {};
const fold = text => folded[" " + text] ??= bare(text).replace(/\d+/g, digits => digits.padStart(9, 0));
const upper = text => text && text[0].toUpperCase() + text.slice(1);
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
const since = number => new Date(Date.parse(today) - number * 864e5).toISOString().slice(0, 10);
// A browser takes a second to lay out 5,000 rows, so rows outside the view wait
// in a body that no screen shows.
const step = 300;
const waiting = state => document.documentElement.classList.toggle("dd-wait", state);
waiting(true);
addEventListener("DOMContentLoaded", () => waiting(false));
// Shows a long text in full, and in part again.
const unfold = node => {
  const button = make("button", { type: "button", ariaExpanded: false, onclick: () => {
    const open = node.classList.toggle("dd-open");
    button.ariaExpanded = open;
    put(button, open ? W.fold : W.unfold);
  } }, W.unfold);
  node.after(button);
};
// A button stands only where the style has cut a text.
const shorten = bodies => {
  requestAnimationFrame(() => {
    const texts = bodies.flatMap(body => all("p", body)).filter(node => !node.$seen && node.textContent.length > 60);
    const cut = texts.filter(node => {
      node.$seen = node.clientHeight;
      return node.scrollHeight > node.clientHeight + 2;
    });
    cut.forEach(unfold);
  });
};
const setUp = (index, number, indices) => {
  index.classList.add("dd-on");
  const prefix = indices.length > 1 ? index.dataset.index + "." : "";
  const lists = all("table", index), bodies = lists.map(list => list.tBodies[0]);
  const rows = bodies.flatMap(body => [...body.rows].map((line, at) => ({ $line: line, $body: body, $at: at, $texts: [] })));
  const columns = lists.flatMap(list => [...list.rows[0].cells].map((cell, at) => {
    const [key, type] = (cell.dataset.col || "").split(" ");
    return { $cell: cell, $at: at, $key: key, $type: type, $name: cell.textContent.trim() };
  })).filter(column => column.$type);
  const firsts = columns.filter((column, at) => columns.findIndex(other => other.$key === column.$key) === at);
  const find = key => firsts.find(column => column.$key === key);
  // What is in the first cell, in its address and in the row; the index has the name if it is to be shown.
  const beside = (key, read) => index.dataset[key] && firsts.push({ $key: key, $at: key, $type: key, $name: index.dataset[key], $read: read });
  beside("tags", line => one("small", line)?.textContent || "");
  beside("folder", line => one("a", line).getAttribute("href").replaceAll("../", "").split("/").slice(0, -1).join("/"));
  // The days are in order, so that the first one decides.
  beside("show", line => [line.dataset.fine, one("[data-dues]", line)?.dataset.dues].some(days => days < today) ? index.dataset.late : "");
  beside("waits", line => line.dataset.waits || "");
  // Below a status stands the day of the last change.
  const status = find("status");
  if (status) firsts.push({ $key: "updated", $at: status.$at, $type: "date", $name: "" });
  const dated = find("date") || find("updated");
  if (dated) firsts.push({ $key: "days", $at: dated.$at, $type: "days", $name: W.period });
  // A handful can be seen at a glance.
  if (rows.length < 5 && !location.search) return shorten(bodies);
  const usual = find("due") ? "due" : "";
  const cell = (row, column) => row.$line.cells[column.$at];
  const text = (row, column) => row.$texts[column.$key] ??= column.$read ? column.$read(row.$line) : (one("a", cell(row, column)) || cell(row, column)).textContent.trim();
  const date = (row, column) => cell(row, column).dataset.date || one("time", cell(row, column))?.dateTime || /\d{4}-\d\d-\d\d/.exec(cell(row, column).textContent)?.[0] || "";
  const is = (column, types) => types.includes(column.$type);
  const names = (row, column) => is(column, "people tags waits") ? text(row, column).split(", ")
    : is(column, "status") ? [cell(row, column).dataset.status || ""] : [text(row, column)];
  const isSoon = day => day >= today && days(today, day) < 8;
  const values = (row, column) => is(column, "due") ? [row.$line.dataset.state, row.$line.dataset.state === "resolved" ? "" : "open", isSoon(date(row, column)) ? "7" : ""]
    // A folder contains what is in the folders below it; whether a day has passed may change.
    : is(column, "folder") ? text(row, column).split("/").map((name, at, names) => names.slice(0, at + 1).join("/"))
    : is(column, "show") ? [column.$read(row.$line)]
    : is(column, "year") ? [date(row, column).slice(0, 4)] : names(row, column);
  const value = (row, column) => (is(column, "due") ? ranks.indexOf(row.$line.dataset.state) + " " : "") + (is(column, "due date year") ? date : text)(row, column);
  const isOf = (row, column, wanted) => {
    if (!is(column, "days")) return values(row, column).includes(wanted === "-" ? "" : wanted);
    const day = date(row, column);
    return day >= since(wanted) && day <= today;
  };
  const labels = {};
  const label = (column, name) => is(column, "due") ? upper(W[name]) : is(column, "status") ? labels[name] || name : name;
  for (const row of status ? rows : []) {
    const state = cell(row, status).dataset.status, words = text(row, status).split("\n")[0];
    // A status may be a sentence.
    if (state) labels[state] ??= words.length > 30 ? upper(state.replaceAll("-", " ")) : words;
  }

  const view = {};
  const inputs = {};
  const tools = make("div", { className: "dd-tools" });
  const control = (key, name, input) => {
    tools.append(make("label", {}, name + " ", inputs[key] = input));
    input.oninput = () => { view[key] = input.value; apply(); };
  };
  const choice = (key, name, options) => control(key, name, make("select", {}, ...options.map(([value, text]) => new Option(text, value))));
  control("q", W.search, make("input", { type: "search" }));
  for (const column of firsts.filter(column => is(column, "people name status due year days tags folder show waits"))) {
    const found = new Set(is(column, "days") ? ["7", "30", "90"] : rows.flatMap(row => values(row, column)));
    const none = found.delete("");
    const options = is(column, "due") ? ["open", ...ranks, "7"].filter(state => found.has(state))
      : is(column, "days") ? [...found] : [...found].sort((a, b) => compare(fold(a), fold(b)));
    if (is(column, "year")) options.reverse();
    if (options.length > (is(column, "tags show waits") ? 0 : 1)) choice(column.$key, column.$name, [
      ["", upper(W.all)], ...options.map(name => [name, is(column, "days") ? fill(W.last_days, name) : label(column, name)]),
      ...(none && column.$key === "owner" ? [["-", W.without_owner]] : [])
    ]);
  }
  const groups = firsts.filter(column => inputs[column.$key] && is(column, "people name status tags folder"));
  if (groups.length) choice("group", W.group,
    [["", "–"], ...groups.map(column => [column.$key, column.$name])]);
  const reset = make("button", { type: "button", onclick: () => {
    for (const key in view) view[key] = (inputs[key] || {}).value = "";
    unknown = "";
    apply();
    inputs.q.focus();
  } }, W.show_all);
  const said = make("output", { dir: "auto" });
  let unknown = "";
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
    if (!wanted) continue;
    if (input) {
      input.value = wanted;
      // A status may be named by its words. A value that is gone matches nothing and would hide
      // every row.
      if (!input.value) input.value = [...input.options].find(option => option.text === wanted)?.value || "";
      view[key] = input.value;
    } else if (key === "sort" && find(wanted.replace("-", ""))) view.sort = wanted;
    if (!view[key]) unknown += " " + fill(W.not_here, wanted);
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
      const top = body.$top, lines = [], counts = {}, placed = new Set();
      // A row with several names is in the group of each.
      let entries = rows.filter(row => row.$body === body && row.$shown).map(row => [row, ""]);
      if (group) {
        const only = is(group, "people tags") && view[group.$key];
        entries = entries.flatMap(([row]) => names(row, group).map(name => [row, name])).filter(entry => !only || entry[1] === (only === "-" ? "" : only));
        for (const entry of entries) counts[entry[1]] = (counts[entry[1]] || 0) + 1;
        entries.sort((a, b) => compare(fold(a[1]), fold(b[1])));
      }
      let last;
      all(".dd-group, [data-again]", top).forEach(node => node.remove());
      for (const [row, name] of entries.slice(0, end)) {
        if (group && name !== last) {
          last = name;
          lines.push(make("tr", { className: "dd-group" }, make("th", {
            colSpan: row.$line.cells.length, scope: "rowgroup"
          }, (label(group, name) || "–") + " (" + counts[name] + ")")));
        }
        let line = row.$line;
        if (placed.has(row)) {
          line = line.cloneNode(true);
          line.dataset.again = "";
          all("button", line).forEach(node => node.remove());
        }
        placed.add(row);
        lines.push(line);
      }
      const before = [...top.rows];
      // What stays in its place keeps the focus.
      let at = 0;
      while (lines[at] && lines[at] === before[at]) at += 1;
      before.slice(at).forEach(line => body.append(line));
      lines.slice(at).forEach(line => top.append(line));
    }
    shorten(bodies.map(body => body.$top));
  };
  // A day that passes changes no order: what is overdue was due first.
  let order = usual;
  const arrange = () => {
    const sort = view.sort || usual, down = sort[0] === "-", by = find(down ? sort.slice(1) : sort);
    for (const column of columns) {
      column.$cell.ariaSort = column.$key !== by?.$key ? null : down ? "descending" : "ascending";
    }
    group = find(view.group);
    if (sort === order) return;
    order = sort;
    for (const row of rows) row.$by = by ? fold(value(row, by)) : "";
    rows.sort((a, b) => !a.$by - !b.$by || (down ? -1 : 1) * compare(a.$by, b.$by) || a.$at - b.$at);
  };
  const apply = to => {
    const words = bare(view.q || "").split(" ").filter(Boolean);
    const wanted = firsts.filter(column => inputs[column.$key] && view[column.$key]);
    let shown = 0;
    for (const row of rows) {
      row.$shown = wanted.every(column => isOf(row, column, view[column.$key]));
      if (row.$shown && words.length) {
        row.$all ??= bare(row.$line.textContent);
        row.$shown = words.every(word => row.$all.includes(word));
      }
      if (row.$line.hidden === row.$shown) row.$line.hidden = !row.$shown;
      shown += row.$shown;
    }
    arrange();
    place(to || step);
    for (const part of parts) part.hidden = !rows.some(row => row.$shown && part.contains(row.$body));
    put(said, fill(W.n_shown, shown, rows.length) + unknown);
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
  return more;
};
const tables = () => {
  // A part of an index, the page of the week and its lists are chosen already.
  // In a printed book, buttons cannot be pressed.
  if (location.pathname.endsWith("print.html")) return;
  const indices = all(".dd-index:not(.dd-part, .dd-week)");
  const grown = indices.map(setUp), kept = history.state?.dd;
  // Back on the page, the reader is where they left it.
  if (kept) {
    if (kept > document.documentElement.scrollHeight - innerHeight) grown.forEach(more => more?.(1 / 0));
    scrollTo(0, kept);
  }
  addEventListener("pagehide", () => {
    try { history.replaceState({ ...history.state, dd: scrollY }, ""); } catch {}
  });
};
// Who follows a link to a person wants to see what they have.
const open = () => all("tr:has(:target) details").forEach(node => { node.open = true; });
addEventListener("hashchange", open);
addEventListener("pageshow", open);
