// Serves the books that the tests look at, and opens their pages: on a day, in a time zone, in
// a theme, at a width.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

export const books = JSON.parse(process.env.BOOKS);
export const versions = ["0.4", "0.5"];
export const themes = ["light", "rust", "coal", "navy", "ayu"];

/** The noon of the day for which the example was built, in Lagos. */
export const noon = "2026-11-23T11:00:00Z";
/** The generated pages of the example, and a document of each kind. */
export const indices = ["this-week.html", "designs/index.html", "decisions.html", "open-questions.html", "people.html", "registers.html"];
export const documents = [
  "designs/payments/refunds.html",
  "designs/delivery/courier-tracking.html",
  "designs/adr/0007-orders-stay-in-postgresql.html",
  "designs/template.html",
];

const types = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2",
};

let server, browser;

export const start = async () => {
  server = createServer(async (request, response) => {
    const [book, ...rest] = decodeURIComponent(new URL(request.url, "http://x").pathname).slice(1).split("/");
    try {
      const body = await readFile(join(books[book], normalize("/" + rest.join("/"))));
      response.writeHead(200, { "content-type": types[extname(rest.at(-1))] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
};

export const stop = async () => {
  await browser?.close();
  server?.close();
};

export const address = (book, path) => `http://127.0.0.1:${server.address().port}/${book}/${path}`;

/** Every HTML page of a book. */
export const pages = async book =>
  (await readdir(books[book], { recursive: true })).filter(file => file.endsWith(".html")).sort();

/** Opens a page in a context of its own, which closes when `use` is done with it. */
export const visit = async (book, path, options, use) => {
  const { at = noon, zone = "UTC", theme = "light", width = 1200, script = true, live = false, before } = options;
  const { forcedColors = "none", reducedMotion = "reduce" } = options;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    timezoneId: zone,
    locale: "en-GB",
    javaScriptEnabled: script,
    forcedColors,
    reducedMotion,
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const errors = [];
    page.on("pageerror", error => errors.push(error.stack));
    if (script) {
      if (live) await page.clock.install({ time: at });
      else await page.clock.setFixedTime(new Date(at));
      await page.addInitScript(theme => localStorage.setItem("mdbook-theme", theme), theme);
      if (before) await page.addInitScript(before);
    }
    await page.goto(address(book, path));
    await use(page, context);
    if (errors.length) throw new Error(errors.join("\n"));
  } finally {
    await context.close();
  }
};

/** Whole days from one ISO date to another. */
export const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 864e5;

/** The state of a deadline, said once more and independently of the page's own script. */
export const stateOf = (due, today, soon = 14) => {
  const left = days(today, due);
  if (left < 0) return "overdue";
  if (left === 0) return "due-today";
  return left <= soon ? "due-soon" : "upcoming";
};
