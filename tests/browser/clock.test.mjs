// A page says what is true on the reader's day, in the book's time zone, whenever it was built.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { noon, start, stateOf, stop, versions, visit } from "./support.mjs";

before(start);
after(stop);

/** Every badge with a day that can pass: its state, day and text. */
const badges = page => page.$$eval("time.dd-due", nodes => nodes
  .map(node => ({ state: node.dataset.state, due: node.dateTime, text: node.textContent })));

const labels = { overdue: /^Overdue \d[\d,]* days?\n/, "due-today": /^Due today\n/, "due-soon": /^Due (in|tomorrow)/, upcoming: /^Due in / };

for (const version of versions) {
  for (const path of ["open-questions.html", "designs/payments/refunds.html", "people.html"]) {
    test(`badges of ${path} follow the clock, mdBook ${version}`, async () => {
      for (const today of ["2026-11-01", "2026-11-13", "2026-11-14", "2026-11-23", "2026-12-02", "2031-01-01"]) {
        await visit(version, path, { at: today + "T12:00:00Z" }, async page => {
          const found = await badges(page);
          assert.ok(found.length > 2);
          for (const { state, due, text } of found) {
            assert.equal(state, stateOf(due, today), `${due} on ${today}`);
            assert.match(text, labels[state]);
          }
        });
      }
    });
  }

  test(`rows, counts and order of the open questions follow, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html", { at: "2027-01-15T12:00:00Z" }, async page => {
      const rows = await page.$$eval(".dd-index > table tbody tr", rows => rows.map(row => ({
        state: row.dataset.state, due: row.querySelector("time")?.dateTime ?? "",
      })));
      const expected = [...rows].sort((a, b) => {
        const rank = row => ["overdue", "due-today", "due-soon", "upcoming", "milestone", "undated"].indexOf(row.state);
        return rank(a) - rank(b) || a.due.localeCompare(b.due);
      });
      assert.deepEqual(rows, expected);
      const overdue = rows.filter(row => row.state === "overdue").length;
      assert.ok(overdue > 8);
      assert.equal(await page.textContent("caption [data-count=overdue]"), `${overdue} overdue`);
      assert.equal(await page.isVisible("caption [data-count=due-today]"), false);
      assert.equal(await page.textContent(".dd-asof"), "2027-01-15");
    });
  });

  test(`what is to be looked at again or commented on follows, mdBook ${version}`, async () => {
    const search = "designs/storefront/search.html", tracking = "designs/delivery/courier-tracking.html";
    const adr = "Orders stay in PostgreSQL";
    for (const [at, path, row, promise, expected] of [
      ["2026-11-24", search, "", "review", ["due-soon", "Comments until\n2026-12-04 · in 10 days"]],
      ["2026-12-04", search, "", "review", ["due-today", "Comments until\n2026-12-04"]],
      ["2026-12-05", search, "", "review", ["overdue", "Comments were due by\n2026-12-04 · yesterday"]],
      ["2026-12-05", "designs/index.html", adr, "revisit", ["upcoming", "Revisit by\n2027-02-26 · in 83 days"]],
      ["2027-02-28", "designs/index.html", adr, "revisit",
        ["overdue", "To be looked at again since\n2027-02-26 · 2 days ago"]],
      ["2027-02-28", "decisions.html", adr, "revisit",
        ["overdue", "To be looked at again since\n2027-02-26 · 2 days ago"]],
    ]) {
      await visit(version, path, { at: at + "T12:00:00Z" }, async page => {
        const place = row ? page.locator("tbody tr", { hasText: row }) : page.locator(".dd-header");
        const badge = place.locator(`.dd-due[data-promise=${promise}]`);
        assert.deepEqual([await badge.getAttribute("data-state"), await badge.textContent()], expected);
      });
    }
    for (const [at, visible] of [["2026-11-20", false], ["2026-11-21", true]]) {
      await visit(version, tracking, { at: at + "T12:00:00Z" }, async page => {
        const count = page.locator(".dd-header [data-count=revisit]");
        assert.equal(await count.isVisible(), visible, at);
        if (visible) assert.equal(await count.textContent(), "1 to be looked at again");
      });
    }
  });

  test(`the header's and the index's counts follow, mdBook ${version}`, async () => {
    const count = ".dd-header [data-count=overdue]";
    await visit(version, "designs/payments/refunds.html", { at: "2026-11-10T12:00:00Z" }, async page => {
      assert.equal(await page.isVisible(count), false, "nothing was overdue yet");
    });
    await visit(version, "designs/payments/refunds.html", { at: "2026-12-02T12:00:00Z" }, async page => {
      assert.equal(await page.textContent(count), "3 overdue");
    });
    await visit(version, "designs/index.html", { at: "2026-12-02T12:00:00Z" }, async page => {
      const row = page.locator("tbody tr", { hasText: "Refunds" });
      assert.equal(await row.locator(".dd-why").textContent(), "3 overdue");
    });
  });
}

test("the day is the book's, on both sides of the date line, wherever the reader is", async () => {
  // One moment: the 24th in Kiritimati, still the 22nd in Pago Pago.
  const at = "2026-11-23T10:30:00Z";
  for (const zone of ["UTC", "Asia/Tokyo", "America/Los_Angeles"]) {
    for (const [book, today] of [["east", "2026-11-24"], ["west", "2026-11-22"]]) {
      await visit(book, "open-questions.html", { at, zone }, async page => {
        assert.equal(await page.textContent(".dd-asof"), today);
        for (const { state, due } of await badges(page)) assert.equal(state, stateOf(due, today));
      });
    }
  }
});

test("a day passes while the page is open", async () => {
  // A quarter to midnight in Lagos, on the day for which the book was built.
  await visit("0.5", "open-questions.html", { at: "2026-11-23T22:45:00Z", live: true }, async page => {
    const row = page.locator("tbody tr", { hasText: "Who may approve more" });
    assert.equal(await row.getAttribute("data-state"), "due-today");
    assert.equal(await page.textContent("caption [data-count=overdue]"), "5 overdue");
    await page.clock.fastForward("16:00");
    assert.equal(await row.getAttribute("data-state"), "overdue");
    assert.equal(await page.textContent("caption [data-count=overdue]"), "6 overdue");
    assert.match(await row.textContent(), /Overdue 1 day\n/);
  });
});

test("an old page says how old it is", async () => {
  for (const [path, place] of [
    ["open-questions.html", "caption"], ["designs/payments/refunds.html", ".dd-header"], ["decisions.html", "caption"],
    ["designs/index.html", "caption"], ["people.html", "caption"], ["registers.html", "caption"],
  ]) {
    await visit("0.5", path, { at: "2026-11-30T12:00:00Z" }, async page => {
      assert.equal(await page.locator(".dd-stale").count(), 0, "seven days are no age");
    });
    await visit("0.5", path, { at: "2026-12-01T12:00:00Z" }, async page => {
      assert.equal(await page.textContent(place + " .dd-stale"), "Built 8 days ago: later changes are missing.");
    });
  }
});

test("without script everything is there, and nothing that stops being true", async () => {
  for (const version of versions) {
    await visit(version, "open-questions.html", { script: false }, async page => {
      assert.equal(await page.locator("tbody tr:visible").count(), 23);
      assert.equal(await page.locator(".dd-index :is(input, select, button)").count(), 0);
      assert.match(await page.textContent("caption"), /5 overdue 1 due today 5 due soon 18 open .* As of 2026-11-23\./s);
    });
    await visit(version, "designs/payments/refunds.html", { script: false }, async page => {
      const said = await page.$$eval(".dd-due", nodes => nodes.map(node => node.textContent));
      assert.deepEqual(said, [
        "Overdue 2026-11-13 · Ngozi Eze", "Due 2026-11-23", "Due 2026-12-01", "Due 2027-01-31",
        "Resolved · was due 2026-09-30",
      ]);
      assert.equal(await page.textContent(".dd-header [data-count=overdue]"), "1 overdue on 2026-11-23");
    });
  }
});

test("the words are the book's", async () => {
  await visit("german", "open-questions.html", { at: "2026-12-24T12:00:00Z" }, async page => {
    assert.match(await page.textContent("caption"), /Stand: 2026-12-24\. Seite von vor 31 Tagen: spätere Änderungen fehlen\./);
    assert.equal(await page.textContent(".dd-tools label >> nth=0"), "Suchen ");
    assert.match(await page.textContent("tbody .dd-due >> nth=0"), /^Überfällig 85 Tage\n2026-09-30$/);
  });
  await visit("german", "open-questions.html", { at: noon }, async page => {
    assert.match(await page.textContent("output"), /23 von 23 gezeigt/);
  });
});
