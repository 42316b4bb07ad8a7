// An index with more rows than one page is to have: its pages by year, in both mdBooks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, start, stop, visit } from "./support.mjs";

before(start);
after(stop);

const years = [2025, 2024, 2023, 2022, 2021, 2020];
const rows = page => page.locator("tbody tr:not(.dd-group):visible");
const dates = page => page.$$eval("tbody tr:not([hidden])", rows => rows.map(row => row.cells[0].textContent));
const links = page => page.$$eval(".dd-pages", ([first]) => [...first.querySelectorAll("a")].map(node => [node.textContent, node.pathname.split("/").at(-1)]));

const follow = async (page, name) => {
  const link = page.locator(".dd-pages a", { hasText: name });
  const url = await link.evaluate(node => node.href);
  await Promise.all([page.waitForURL(url + "*"), link.click()]);
};

for (const version of ["0.4", "0.5"]) {
  const book = `years-${version}`;

  test(`the pages of the years know each other, mdBook ${version}`, async () => {
    const first = "log/decided.html";
    await visit(book, first, {}, async page => {
      assert.deepEqual(await links(page), years.map(year => [String(year), `decision-log-${year}.html`]));
      const sidebar = await page.$$eval("nav ol.chapter a", nodes => nodes.map(node => node.textContent.trim()));
      const appended = sidebar.slice(sidebar.findIndex(name => name.endsWith("Design docs")));
      assert.deepEqual(appended, [
        "Design docs", ...years.map(year => `Decision log ${year}`),
        "Open questions", ...[2025, 2024, 2023].map(year => `Open questions ${year}`),
      ], "each beside its index, the newest first");
      const seen = new Set();
      for (let at = 0; at <= years.length; at += 1) {
        const found = await dates(page), year = at === 0 ? "2026" : String(years[at - 1]);
        assert.ok(found.length >= 120 && found.length <= 300 && found.every(date => date.startsWith(year)), `${year}: ${found.length}`);
        assert.deepEqual(found, [...found].sort().reverse());
        for (const href of await page.$$eval("tbody th a", nodes => nodes.map(node => node.href))) seen.add(href);
        if (at < years.length) await follow(page, String(years[at]));
      }
      assert.equal(seen.size, 1200, "every decision is on one of them, and on no other");
      await follow(page, "Decision log");
      assert.ok(page.url().endsWith(first));
    });
  });

  test(`the page of a year is filtered, sorted and shared as any other, mdBook ${version}`, async () => {
    await visit(book, "decision-log-2023.html?by=Person+7", {}, async page => {
      const shown = await rows(page).count();
      assert.ok(shown > 0 && shown < 10);
      assert.match(await page.textContent("output"), new RegExp(`^${shown} of `));
      await page.locator(".dd-tools select").nth(1).selectOption("Design 7");
      const url = new URL(page.url());
      assert.equal(url.searchParams.get("document"), "Design 7");
      assert.equal(url.searchParams.get("by"), "Person 7");
      await page.locator("thead button").first().click();
      const sorted = await dates(page);
      assert.deepEqual(sorted, [...sorted].sort());
      await page.reload();
      assert.deepEqual(await dates(page), sorted, "a shared view is the same view");
    });
  });

  test(`what is open stays on the first page, what is settled goes to its year, mdBook ${version}`, async () => {
    await visit(book, "open-questions.html", { at: "2026-06-15T12:00:00Z" }, async page => {
      const states = new Set(await page.$$eval("tbody tr", rows => rows.map(row => row.dataset.state)));
      assert.ok(states.has("overdue") && !states.has("resolved"));
      assert.match(await page.textContent("[data-count=open]"), /^900 /);
      assert.deepEqual(await links(page), [2025, 2024, 2023].map(year => [String(year), `open-questions-${year}.html`]));
    });
    await visit(book, "open-questions-2024.html", {}, async page => {
      assert.ok((await page.$$eval("tbody tr", rows => rows.map(row => row.dataset.state))).every(state => state === "resolved"));
      assert.ok(!(await page.textContent("main")).includes("No questions are open"), "there are, elsewhere");
    });
  });

  test(`without script every row and link of a year is there, mdBook ${version}`, async () => {
    await visit(book, "decision-log-2022.html", { script: false }, async page => {
      const shown = await rows(page).count();
      assert.ok(shown > 150);
      assert.match(await page.textContent("caption"), new RegExp(`^${shown} decisions in 60 design documents from 2022-`));
      assert.equal((await links(page)).length, years.length);
    });
  });

  test(`what is offered for download is there, mdBook ${version}`, async () => {
    for (const path of ["log/decided.html", "decision-log-2021.html", "open-questions.html", "open-questions-2023.html", "design-docs.html"]) {
      await visit(book, path, {}, async page => {
        const offered = await page.$$eval(".dd-pages:last-of-type a", nodes => nodes.map(node => node.href));
        assert.ok(offered.length > 0);
        for (const href of offered) {
          assert.ok(href.startsWith(address(book, "")), `${href} is below the site's own path`);
          const answer = await page.request.get(href);
          assert.equal(answer.status(), 200, href);
          assert.match(await answer.text(), /^\uFEFF(id|path),|^BEGIN:VCALENDAR/);
        }
      });
    }
  });
}

test("no arrow of mdBook's stands on a table", async () => {
  for (const version of ["0.4", "0.5"]) {
    for (const width of [1000, 1090, 1200, 1300, 1390, 1500, 1900]) {
      await visit(version, "open-questions.html", { width }, async page => {
        const table = await page.locator(".dd-index table").first().boundingBox();
        for (const arrow of await page.locator(".nav-wide-wrapper a").all()) {
          if (!await arrow.isVisible()) continue;
          const icon = await arrow.locator("> *").first().boundingBox();
          assert.ok(icon.x >= table.x + table.width || icon.x + icon.width <= table.x, `${version} at ${width}`);
        }
      });
    }
  }
});
