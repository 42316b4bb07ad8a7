// The pages can be read: in every theme, on a telephone, on paper, with a screen reader, from
// right to left. Takes the screenshots of the README along.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { address, indices, pages, start, stop, versions, visit } from "./support.mjs";

before(start);
after(stop);

/** Every page in turn, in one window. */
const each = (version, paths, options, use) => visit(version, paths[0], options, async page => {
  for (const path of paths) {
    await page.goto(address(version, path));
    await use(page, path);
  }
});

for (const version of versions) {
  test(`no page scrolls sideways at 400 px, mdBook ${version}`, async () => {
    const all = (await pages(version)).filter(path => !/print|toc|404/.test(path));
    for (const script of [true, false]) {
      await each(version, script ? all : indices, { width: 400, script }, async (page, path) => {
        // Without script mdBook's own sidebar stands open beside the text.
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0 || !script, `${path} is ${wide} px too wide`);
        const index = await page.$$eval(".dd-index", nodes => nodes.filter(node => node.scrollWidth > node.clientWidth).length);
        assert.equal(index, 0, path);
      });
    }
  });

  test(`a printed page has all rows and no controls, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html?owner=Folake+Ade", {}, async (page, context) => {
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.isVisible(".dd-tools"), false);
      assert.ok(await page.locator("tbody tr:visible").count() > 0);
      const pdf = await page.pdf({ format: "A4" });
      assert.ok(pdf.length > 10_000);
      await context.clearCookies();
    });
    await visit(version, "print.html", { before: () => { window.print = () => {}; } }, async page => {
      assert.equal(await page.locator(".dd-tools").count(), 0);
      assert.ok(await page.locator(".dd-header").count() >= 9);
      assert.equal(await page.textContent(".dd-index[data-index=open-questions] [data-count=overdue]"), "5 overdue");
    });
  });

  test(`colour is never alone, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html", {}, async page => {
      await page.emulateMedia({ forcedColors: "active" });
      const plain = await page.$$eval(".dd-due", nodes => nodes.filter(node => {
        const icon = getComputedStyle(node, "::before").content, style = getComputedStyle(node);
        return icon === "none" || style.borderTopStyle === "none" || !node.textContent.trim();
      }).length);
      assert.equal(plain, 0);
    });
  });
}

test("a book from right to left", async () => {
  for (const path of ["open-questions.html", "designs/payments/refunds.html"]) {
    for (const width of [1200, 400]) {
      await visit("arabic", path, { width }, async page => {
        assert.equal(await page.getAttribute("html", "dir"), "rtl");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `${path} is ${wide} px too wide at ${width}`);
      });
    }
  }
});

test("screenshots", async () => {
  const folder = process.env.SCREENSHOTS;
  await mkdir(folder, { recursive: true });
  for (const [name, path, theme, height] of [
    ["document", "designs/delivery/inventory-sync.html", "light", 1680],
    ["open-questions", "open-questions.html", "light", 1000],
    ["dark", "designs/index.html", "navy", 1000],
  ]) {
    await visit("0.5", path, { theme, width: 1280 }, async page => {
      await page.setViewportSize({ width: 1280, height });
      await page.screenshot({ path: join(folder, `screenshot-${name}.png`) });
    });
  }
});
