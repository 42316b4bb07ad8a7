// The page of the week shows what waits on the reader's day, and each of its counts leads to as many
// rows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start, stop, versions, visit } from "./support.mjs";

before(start);
after(stop);

const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);

/** The counts that are shown: their number, and the address to which they lead. */
const counts = page => page.$$eval(".dd-week [data-in][data-days]", nodes => nodes.filter(node => node.checkVisibility())
  .map(node => ({ number: +(node.querySelector("b") || node).textContent, href: node.getAttribute("href") })));

for (const version of versions) {
  for (const at of ["2026-11-23T11:00:00Z", "2026-11-24T11:00:00Z", "2027-01-05T11:00:00Z"]) {
    test(`each count of ${at} leads to as many rows, mdBook ${version}`, async () => {
      let found, rows;
      await visit(version, "this-week.html", { at }, async page => { found = await counts(page); });
      const links = found.filter(({ href }) => /[?&]due=/.test(href));
      assert.ok(links.length > 3, JSON.stringify(found));
      for (const { number, href } of links) {
        await visit(version, href, { at }, async page => {
          rows = await page.$$eval(".dd-index > table tbody tr", rows => rows.filter(row => row.checkVisibility()).length);
        });
        assert.equal(rows, number, href);
      }
    });
  }

  for (const [zone, at, today] of [
    ["Pacific/Auckland", "2026-11-23T22:59:00Z", "2026-11-23"],
    ["Africa/Lagos", "2026-11-23T23:01:00Z", "2026-11-24"],
    ["America/Los_Angeles", "2027-01-05T12:00:00Z", "2027-01-05"],
  ]) {
    test(`the lists are those of ${today} in Lagos, read in ${zone}, mdBook ${version}`, async () => {
      await visit(version, "this-week.html", { at, zone }, async page => {
        assert.equal(await page.textContent(".dd-week time.dd-asof"), today);
        const lists = await page.$$eval(".dd-list", lists => lists.map(list => ({
          shown: list.checkVisibility(),
          number: +list.querySelector("small").textContent,
          range: list.querySelector("ul").dataset.in.split("/"),
          items: [...list.querySelectorAll("li")].map(item => [item.dataset.on, item.checkVisibility()]),
        })));
        assert.ok(lists.length > 2, "those without entries are left out");
        for (const { shown, number, range: [from, to], items } of lists) {
          const isIn = day => (!from || days(today, day) >= +from) && days(today, day) <= +to;
          for (const [day, isShown] of items) assert.equal(isShown, isIn(day), `${day} on ${today}`);
          assert.equal(number, items.filter(([, isShown]) => isShown).length);
          assert.equal(shown, number > 0);
        }
      });
    });
  }

  test(`an open page follows at midnight, mdBook ${version}`, async () => {
    await visit(version, "this-week.html", { at: "2026-11-23T22:58:00Z", live: true }, async page => {
      const first = page.locator("#dd-newly-overdue li:visible");
      const before = await first.count();
      await page.clock.runFor("20:00");
      assert.equal(await first.count(), before + 1, "what was due on the 23rd");
    });
  });

  test(`without script the page is that of the build, mdBook ${version}`, async () => {
    await visit(version, "this-week.html", { at: "2027-01-05T11:00:00Z", script: false }, async page => {
      assert.match(await page.textContent(".dd-week"), /As of 2026-11-23\./);
      assert.ok(await page.locator(".dd-person:visible").count() > 3);
    });
  });

  test(`a link to a person opens what they have, mdBook ${version}`, async () => {
    await visit(version, "people.html#tunde-bello", {}, async page => {
      const open = await page.$$eval("tr:has(#tunde-bello) details", nodes => nodes.map(node => node.open));
      assert.ok(open.length > 1 && open.every(Boolean));
      const others = await page.$$eval("tr:has(#ada-obi) details", nodes => nodes.some(node => node.open));
      assert.equal(others, false);
    });
  });
}
