// The tables of the indices can be asked: filtered, sorted, grouped, searched, and shared.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, start, stop, versions, visit } from "./support.mjs";

before(start);
after(stop);

const rows = page => page.locator("tbody tr:not(.dd-group):visible");
const column = (page, number) => page.$$eval(
  "tbody tr:not(.dd-group):not([hidden])",
  (rows, number) => rows.map(row => row.cells[number].textContent.trim()),
  number,
);
const control = (page, name) => page.getByRole(name === "Search" ? "searchbox" : "combobox", { name, exact: true });

for (const version of versions) {
  test(`questions are filtered, and the view is in the address, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html#top", {}, async page => {
      const count = page.locator("output");
      assert.equal(await count.textContent(), "23 of 23 shown");
      await control(page, "Owner").selectOption("Halima Sani");
      const owners = await column(page, 3);
      assert.ok(owners.length > 1 && owners.every(owner => owner.includes("Halima Sani")));
      assert.equal(await count.textContent(), `${owners.length} of 23 shown`);
      await control(page, "Decide by").selectOption({ label: "Overdue" });
      assert.deepEqual(await column(page, 3), ["Halima Sani"]);
      const url = new URL(page.url());
      assert.equal(url.searchParams.get("owner"), "Halima Sani");
      assert.equal(url.searchParams.get("due"), "overdue");
      assert.equal(url.hash, "#top");
      await page.reload();
      assert.deepEqual(await column(page, 3), ["Halima Sani"], "a shared view is the same view");
      await page.getByRole("button", { name: "Show all" }).click();
      assert.equal(await rows(page).count(), 23);
      assert.equal(new URL(page.url()).search, "");
    });
  });

  test(`questions are searched, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html?q=COURIER+phone", {}, async page => {
      assert.equal(await rows(page).count(), 1);
      assert.equal(await control(page, "Search").inputValue(), "COURIER phone");
      await control(page, "Search").fill("nobody wrote this");
      assert.equal(await rows(page).count(), 0);
      assert.equal(await page.locator("output").textContent(), "0 of 23 shown");
    });
  });

  test(`a column's head sorts, by keyboard too, mdBook ${version}`, async () => {
    await visit(version, "decisions.html", {}, async page => {
      const head = page.getByRole("columnheader", { name: "Decided by" });
      const button = head.getByRole("button");
      assert.equal(await head.getAttribute("aria-sort"), null);
      await button.focus();
      await page.keyboard.press("Enter");
      assert.equal(await head.getAttribute("aria-sort"), "ascending");
      const names = await column(page, 3);
      assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b, "en")));
      await page.keyboard.press("Space");
      assert.equal(await head.getAttribute("aria-sort"), "descending");
      assert.deepEqual(await column(page, 3), [...names].sort((a, b) => b.localeCompare(a, "en")));
      assert.equal(new URL(page.url()).searchParams.get("sort"), "-by");
      await page.keyboard.press("Enter");
      assert.equal(await head.getAttribute("aria-sort"), null);
      const dates = await column(page, 0);
      assert.deepEqual(dates, [...dates].sort().reverse(), "the newest first again");
    });
  });

  test(`questions are grouped by owner, documents by status, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html", {}, async page => {
      const before = await column(page, 1);
      await control(page, "Group by").selectOption("Owner");
      const groups = await page.$$eval(".dd-group", rows => rows.map(row => row.textContent));
      assert.ok(groups.length > 6 && groups[0].startsWith("– ("), "nobody's come first");
      assert.equal(await page.locator(".dd-group th[scope=rowgroup]").count(), groups.length);
      const names = (await page.$$eval("tbody tr:not(.dd-group, [data-again])", rows => rows.map(row => row.cells[3].textContent.split(", ").length)));
      assert.equal(await rows(page).count(), names.reduce((sum, number) => sum + number), "a row is in the group of each name");
      assert.equal(names.length, 23);
      await control(page, "Owner").selectOption("Folake Ade");
      assert.deepEqual(await page.$$eval(".dd-group", rows => rows.map(row => row.textContent)), ["Folake Ade (3)"]);
      await page.getByRole("button", { name: "Show all" }).click();
      assert.equal(await page.locator(".dd-group").count(), 0);
      assert.deepEqual(await column(page, 1), before);
      await control(page, "Group by").selectOption("Document");
      const documents = await page.$$eval(".dd-group", rows => rows.map(row => row.textContent.replace(/ \(\d+\)$/, "")));
      assert.ok(documents.length > 5);
      assert.deepEqual([...new Set(await column(page, 4))], [...new Set(documents)], "each with its own");
    });
    await visit(version, "designs/index.html?group=status", {}, async page => {
      const groups = await page.$$eval(".dd-group", rows => rows.map(row => row.textContent));
      assert.ok(groups.includes("In Review (2)"), groups.join());
    });
  });

  test(`documents are shown by tag, by folder and by what needs attention, mdBook ${version}`, async () => {
    await visit(version, "designs/index.html", {}, async page => {
      await control(page, "Tags").selectOption("stock");
      assert.deepEqual((await column(page, 0)).map(cell => cell.split("\n")[0]).sort(), ["Inventory Sync", "Product Search"]);
      await control(page, "Folder").selectOption("designs/delivery");
      assert.equal(await rows(page).count(), 1);
      await page.getByRole("button", { name: "Show all" }).click();
      await control(page, "Folder").selectOption("designs");
      assert.equal(await rows(page).count(), 11, "a folder contains those below it");
      await control(page, "Show").selectOption("Needs attention");
      const open = await column(page, 0);
      assert.ok(open.length > 0 && open.length < 10 && open.every(cell => cell.includes("overdue")), open.join());
      assert.equal(new URL(page.url()).searchParams.get("show"), "Needs attention");
      await control(page, "Group by").selectOption("Folder");
      assert.ok((await page.$$eval(".dd-group", rows => rows.map(row => row.textContent))).includes("designs/payments (2)"));
    });
    await visit(version, "open-questions.html", {}, async page => {
      assert.equal(await control(page, "Folder").count(), 0, "only documents have them");
    });
  });

  test(`arrow keys in our controls turn no page, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html", {}, async page => {
      const url = page.url();
      for (const place of [".dd-tools input", ".dd-tools select", "thead button"]) {
        await page.locator(place).first().focus();
        await page.keyboard.press("ArrowRight");
        await page.waitForTimeout(100);
        assert.equal(new URL(page.url()).pathname, new URL(url).pathname, place);
      }
    });
  });

  test(`every control is reached by keyboard, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html", {}, async page => {
      await control(page, "Search").focus();
      const seen = [];
      for (let step = 0; step < 24; step += 1) {
        seen.push(await page.evaluate(() => document.activeElement.closest("label, th")?.tagName));
        await page.keyboard.press("Tab");
      }
      assert.equal(seen.filter(name => name === "LABEL").length, 5);
      assert.ok(seen.filter(name => name === "TH").length >= 4, seen.join());
    });
  });
}

test("decisions are filtered by year where there are several", async () => {
  await visit("large", "decision-log.html", {}, async page => {
    await control(page, "Date").selectOption("2024");
    const dates = await column(page, 0);
    assert.ok(dates.length > 100 && dates.every(date => date.startsWith("2024")));
  });
});

test("a value that is gone hides nothing, and that is said", async () => {
  await visit("0.5", "open-questions.html?owner=Nobody&sort=nothing", {}, async page => {
    assert.equal(await rows(page).count(), 23);
    assert.equal(await page.textContent("output"), '23 of 23 shown "nothing" does not occur here. "Nobody" does not occur here.');
    await page.locator(".dd-tools input").fill("courier");
    await page.getByRole("button", { name: "Show all" }).click();
    assert.equal(await page.textContent("output"), "23 of 23 shown");
  });
});

test("a search does without accents", async () => {
  await visit("cases", "decision-log.html?q=zoe", {}, async page => {
    assert.equal(await rows(page).count(), 2);
    await page.locator(".dd-tools input").fill("ZOË EZE ada");
    assert.equal(await rows(page).count(), 1);
  });
});

test("a row with several names is in the group of each, and its filter finds it", async () => {
  await visit("cases", "decision-log.html?group=by", {}, async page => {
    const groups = await page.$$eval(".dd-group", rows => rows.map(row => row.textContent));
    assert.deepEqual(groups, ["Ada Obi (4)", "Tunde Bello (2)", "Zoë Eze (2)"]);
    assert.equal(await rows(page).count(), 8);
    await control(page, "Decided by").selectOption("Zoë Eze");
    assert.deepEqual((await column(page, 3)).sort(), ["Zoë Eze", "Zoë Eze, Ada Obi"]);
    await control(page, "Group by").selectOption("–");
    assert.equal(await rows(page).count(), 2, "and once where there are no groups");
  });
});

test("decisions and documents of the last days are shown", async () => {
  await visit("0.5", "decisions.html?days=7", {}, async page => {
    assert.deepEqual(await column(page, 0), ["2026-11-17", "2026-11-16"]);
  });
  await visit("0.5", "designs/index.html?days=30&sort=-updated", {}, async page => {
    const days = (await column(page, 1)).map(cell => cell.split("\n")[1]);
    assert.ok(days.length > 2 && days.every(day => day >= "2026-10-24" && day <= "2026-11-23"), days.join());
    assert.deepEqual(days, [...days].sort().reverse());
  });
});

test("back on the page, the reader is where they left it", async () => {
  await visit("large", "open-questions.html?q=part", { at: "2026-06-15T12:00:00Z" }, async page => {
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.querySelector("tbody").rows.length === 600);
    await page.evaluate(() => scrollTo(0, 12_000));
    await page.goto(address("large", "404.html"));
    await page.goBack();
    // The browser keeps the rows in view where buttons come above them.
    await page.waitForFunction(() => Math.abs(scrollY - 12_000) < 450);
    assert.equal(await page.locator(".dd-tools input").inputValue(), "part");
  });
});
