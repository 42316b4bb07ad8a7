// Whole pages under axe: nothing that it finds is ours. What mdBook's own frame around the text
// is found guilty of is written down here, so that more of it fails; of the authors' text the
// same is asked as of mdBook without us.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { address, documents, indices, pages, start, stop, themes, versions, visit } from "./support.mjs";

before(start);
after(stop);

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules that mdBook's frame breaks by itself: the button of the sidebar and the title stand
    in no landmark, and the button is said wrongly; on the last page of a book both pairs of arrows
    have the same name; the search has a label only as a title; drafts are faint. */
const frame = {
  "0.4": ["aria-allowed-attr", "aria-prohibited-attr", "color-contrast", "label-title-only", "landmark-unique", "region"],
  "0.5": ["aria-allowed-attr", "aria-prohibited-attr", "color-contrast", "label-title-only", "landmark-unique", "region"],
};

/** What axe finds on the page: the rule, what kind of element breaks it, and whether that is ours. */
const violations = async page => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await globalThis.axe.run(document, { resultTypes: ["violations"], elementRef: true });
    return found.violations.flatMap(rule => rule.nodes.map(({ element, any }) => ({
      rule: rule.id,
      what: `${rule.id}: ${element.tagName}#${element.id}.${element.className} in ${element.parentNode.tagName}`,
      why: any.map(check => check.message).join(" "),
      inFrame: element.closest("main") === null,
      ours: element.closest(".dd-header, .dd-toc, .dd-index, .dd-due, main style, main script") !== null,
    })));
  });
};

/** Every page in turn, in one window. */
const each = (book, paths, options, use) => visit(book, paths[0], options, async page => {
  for (const path of paths) {
    await page.goto(address(book, path));
    await use(page, path);
  }
});

/** What mdBook without us is found guilty of on any of its pages. */
const alone = async (version, paths, options, prepare) => {
  const all = await pages(`plain-${version}`), found = new Set();
  await each(`plain-${version}`, paths.filter(path => all.includes(path)), options, async page => {
    await prepare?.(page);
    for (const { what } of await violations(page)) found.add(what);
  });
  return found;
};

/** Opens what can be opened: the sidebar, mdBook's search and list of themes, our filters. */
const opened = async page => {
  for (const button of ["search-toggle", "theme-toggle"]) await page.locator(`#${button}, #mdbook-${button}`).first().click();
  const tools = page.locator(".dd-tools");
  if (await tools.count() === 0) return;
  await tools.locator("input").fill("e");
  await page.locator(".dd-index thead button").first().click();
  for (const group of (await tools.locator("select").all()).slice(-1)) await group.selectOption({ index: 1 });
};

for (const version of versions) {
  const seen = new Set();
  const check = async (paths, options, prepare) => {
    const theirs = await alone(version, paths, options, prepare);
    await each(version, paths, options, async (page, path) => {
      await prepare?.(page);
      const found = await violations(page);
      assert.deepEqual(found.filter(one => one.ours), [], `${path}: in what we add`);
      const added = found.filter(one => !theirs.has(one.what) || one.inFrame && !frame[version].includes(one.rule));
      assert.deepEqual(added, [], `${path}: not there without us`);
      for (const { rule } of found.filter(one => one.inFrame)) seen.add(rule);
    });
  };

  test(`axe finds nothing of ours on any page, mdBook ${version}`, async () => {
    const all = (await pages(version)).filter(path => !path.endsWith("toc.html"));
    assert.ok(all.length > 20);
    await check(all, { before: () => { window.print = () => {}; } });
  });

  for (const theme of themes.slice(1)) {
    test(`axe finds nothing of ours in ${theme}, mdBook ${version}`, async () => {
      await check(["designs/index.html", "open-questions.html", documents[0]], { theme, at: "2026-12-10T12:00:00Z" });
    });
  }

  for (const theme of ["light", "ayu"]) {
    test(`axe finds nothing of ours at 400 px, ${theme}, mdBook ${version}`, async () => {
      await check([...indices, ...documents], { theme, width: 400 });
    });
    test(`axe finds nothing of ours with everything open, ${theme}, mdBook ${version}`, async () => {
      await check(indices, { theme }, opened);
    });
  }

  test(`what the frame of mdBook ${version} breaks is known`, () => {
    assert.deepEqual([...seen].sort(), frame[version]);
  });
}

test("axe finds nothing of ours in a book from right to left", async () => {
  for (const width of [1200, 400]) {
    await each("arabic", [...indices, ...documents], { width }, async (page, path) => {
      assert.deepEqual((await violations(page)).filter(one => one.ours), [], path);
    });
  }
});
