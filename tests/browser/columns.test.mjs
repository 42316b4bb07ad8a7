// Columns hold: no table is wider than its column, long words break, and what is cut opens. Counts
// lead to as many rows as they say.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, indices, start, stop, themes, versions, visit } from "./support.mjs";

before(start);
after(stop);

/** The cells that are cut off or stand beyond the text's column, in the theme. */
const cut = (page, theme) => page.evaluate(theme => {
  document.documentElement.classList.remove("light", "rust", "coal", "navy", "ayu");
  document.documentElement.classList.add(theme);
  const inner = document.querySelector("main").getBoundingClientRect();
  return [...document.querySelectorAll(".dd-index table, .dd-index tr:not([hidden]) > *, .dd-header, .dd-toc")].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && (box.left < inner.left - 1 || box.right > inner.right + 1 || node.scrollWidth > node.clientWidth + 1);
  }).map(node => `${node.tagName}: ${node.textContent.slice(0, 60)}`);
}, theme);

const cases = ["design-docs.html", "decision-log.html", "open-questions.html", "wide.html", "long.html"];

for (const version of versions) {
  test(`no table is wider than its column, mdBook ${version}`, async () => {
    for (const [book, paths] of [[version, indices], [version === "0.5" ? "cases" : "cases-0.4", cases]]) {
      for (const width of [400, 1280, 1920]) {
        await visit(book, paths[0], { width }, async page => {
          for (const path of paths) {
            await page.goto(address(book, path));
            for (const theme of themes) assert.deepEqual(await cut(page, theme), [], `${path} at ${width} in ${theme}`);
          }
        });
      }
    }
  });

  test(`every count leads to as many rows, mdBook ${version}`, async () => {
    for (const at of ["2026-11-23T11:00:00Z", "2027-01-05T11:00:00Z"]) {
      await visit(version, indices[0], { at }, async page => {
        for (const path of indices) {
          await page.goto(address(version, path));
          const counts = await page.$$eval(".dd-index :is(caption, td) > a:not([hidden])", links => links
            .map(link => [link.href, Number(/^\d+/.exec(link.textContent)?.[0]), link.textContent])
            .filter(([href, number]) => number && new URL(href).search !== ""));
          if (path === "designs/index.html") assert.ok(counts.length > 10, counts.join());
          for (const [href, number, text] of counts) {
            await page.goto(href);
            assert.equal(await page.locator("tbody tr:visible").count(), number, `${text} on ${path}: ${href}`);
          }
        }
      });
    }
  });
}

test("what is cut has a button that opens it", async () => {
  await visit("cases", "open-questions.html", { width: 1280 }, async page => {
    const row = page.locator("tbody tr", { hasText: "A long context" });
    const text = row.locator("p").last();
    const height = (await text.boundingBox()).height;
    await row.getByRole("button", { name: "more" }).click();
    assert.ok((await text.boundingBox()).height > height);
    await row.getByRole("button", { name: "less" }).click();
    assert.equal((await text.boundingBox()).height, height);
    assert.equal(await page.locator("tbody button").count(), 1, "only where something is cut");
  });
});

test("on paper and on the page of all chapters no text is cut", async () => {
  const cut = page => page.$$eval(".dd-index tbody p", texts => texts.filter(text => text.scrollHeight > text.clientHeight + 2).length);
  await visit("cases", "open-questions.html", {}, async page => {
    assert.equal(await cut(page), 1);
    await page.emulateMedia({ media: "print" });
    assert.equal(await cut(page), 0);
  });
  await visit("0.5", "print.html", { before: () => { window.print = () => {}; } }, async page => {
    assert.equal(await cut(page), 0);
  });
});

test("numbers are read in their order in a book from right to left", async () => {
  await visit("arabic", "designs/index.html", {}, async page => {
    const turned = await page.$$eval("tbody td:is(:nth-child(4), :nth-child(5))", cells => cells.filter(cell => {
      const node = (cell.querySelector("a") ?? cell).firstChild;
      if (!node) return false;
      const first = (from, to) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return range.getBoundingClientRect().x;
      };
      const end = node.textContent.split("\n")[0].length;
      return first(0, 1) > first(end - 1, end);
    }).map(cell => cell.textContent));
    assert.deepEqual(turned, []);
  });
});
