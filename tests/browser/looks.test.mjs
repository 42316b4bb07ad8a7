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

  test(`paper shows every column of every table, mdBook ${version}`, async () => {
    // A4 between its margins.
    await each(version, indices, { width: 718 }, async (page, path) => {
      await page.emulateMedia({ media: "print" });
      const cut = await page.$$eval(".dd-index table", nodes => nodes.filter(node => node.scrollWidth > node.clientWidth).length);
      assert.equal(cut, 0, path);
    });
  });

  test(`with a system's own colours every mark is still there, mdBook ${version}`, async () => {
    await each(version, ["designs/index.html", "open-questions.html", "designs/payments/refunds.html"], { forcedColors: "active" }, async (page, path) => {
      const lost = await page.$$eval(":is(.dd-due, .dd-status, .dd-why):not([hidden])", nodes => nodes.filter(node => {
        const icon = getComputedStyle(node, "::before"), style = getComputedStyle(node);
        const seen = color => color !== getComputedStyle(document.body).backgroundColor;
        return icon.content === "none" || !seen(icon.color) || !seen(style.color);
      }).map(node => node.textContent));
      assert.deepEqual(lost, [], path);
      await page.keyboard.press("Tab");
      const button = page.locator(".dd-index thead button").first();
      if (await button.count() === 0) return;
      await button.focus();
      assert.equal(await button.evaluate(node => getComputedStyle(node).outlineStyle), "solid");
    });
  });

  test(`nothing of ours moves, mdBook ${version}`, async () => {
    await each(version, ["open-questions.html", "designs/payments/refunds.html"], { reducedMotion: "no-preference" }, async (page, path) => {
      const moving = await page.$$eval(":is(.dd-header, .dd-toc, .dd-index), :is(.dd-header, .dd-toc, .dd-index) *", nodes => nodes
        .filter(node => getComputedStyle(node).animationName !== "none" || parseFloat(getComputedStyle(node).transitionDuration) > 0)
        .map(node => node.outerHTML.slice(0, 80)));
      assert.deepEqual(moving, [], path);
    });
  });

  test(`a search finds the section before the list of contents, and no mark-up, mdBook ${version}`, async () => {
    for (const [words, first] of [["Rollout Plan", /rollout-plan$/], ["Reviewers approved", /./]]) {
      await visit(version, `introduction.html?search=${encodeURIComponent(words)}`, {}, async page => {
        const results = page.locator(":is(#searchresults, #mdbook-searchresults) > li");
        await results.first().waitFor();
        assert.match(await results.first().locator("a").first().getAttribute("href"), first);
        const ours = results.filter({ has: page.locator("a[href*='designs/']") });
        assert.ok(await ours.count() > 0);
        for (const said of await ours.allTextContents()) assert.ok(!/&nbsp;|dd-/.test(said), said);
      });
    }
  });

  test(`colour is never alone, mdBook ${version}`, async () => {
    await visit(version, "open-questions.html", {}, async page => {
      await page.emulateMedia({ forcedColors: "active" });
      const plain = await page.$$eval(".dd-due", nodes => nodes.filter(node => {
        const icon = getComputedStyle(node, "::before").content;
        return icon === "none" || !node.textContent.trim();
      }).length);
      assert.equal(plain, 0);
    });
  });
}

for (const book of ["arabic", "arabic-0.4"]) {
  test(`a book from right to left, ${book}`, async () => {
    for (const path of ["open-questions.html", "designs/index.html", "designs/payments/refunds.html"]) {
      for (const width of [1200, 400]) {
        await visit(book, path, { width }, async page => {
          assert.equal(await page.getAttribute("html", "dir"), "rtl");
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(wide <= 0, `${path} is ${wide} px too wide at ${width}`);
          const turned = await page.$$eval(".dd-count:not([hidden])", nodes => nodes.filter(node => {
            const at = (from, to) => {
              const range = document.createRange();
              range.setStart(node.firstChild, from);
              range.setEnd(node.firstChild, to);
              return range.getBoundingClientRect().x;
            };
            const end = node.textContent.length;
            return /^\d/.test(node.textContent) && at(0, 1) > at(end - 1, end);
          }).map(node => node.textContent));
          assert.deepEqual(turned, [], "a count stands before what is counted");
        });
      }
    }
  });
}

test("screenshots", async () => {
  const folder = process.env.SCREENSHOTS;
  await mkdir(folder, { recursive: true });
  for (const [name, path, theme, height] of [
    ["document", "designs/delivery/inventory-sync.html", "light", 1680],
    ["open-questions", "open-questions.html", "light", 1000],
    ["dark", "designs/index.html", "navy", 1000],
    ["this-week", "this-week.html", "light", 1100],
  ]) {
    await visit("0.5", path, { theme, width: 1280 }, async page => {
      await page.setViewportSize({ width: 1280, height });
      await page.screenshot({ path: join(folder, `screenshot-${name}.png`) });
    });
  }
});
