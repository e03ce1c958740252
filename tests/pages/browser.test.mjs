// The pages that the library makes, opened in Chromium: light and dark, narrow and wide, on a screen and printed; with axe-core,
// by the keyboard, and with every request seen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { Chromium } from "./chromium.mjs";
import { Desk } from "./desk.mjs";

const AXE = readFileSync(createRequire(process.env.TOCSIN_PAGES_MODULES).resolve("axe-core/axe.min.js"), "utf8");

// What is not on by default, and should hold all the same: targets of a size that fingers hit.
const AXE_OPTIONS = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };

// A phone, a desk, and a sheet of A4 within its margins.
const LOOKS = [[320, "screen"], [1280, "screen"], [720, "print"]].flatMap(([width, media]) =>
  ["light", "dark"].map((scheme) => ({ width, scheme, media })));

// What to ask for each page, and how many places at least the keyboard stops at: its link, its tables.
const PAGES = {
  "a status page": ["public_status", { page: "main" }, 1],
  "a status page that has nothing to say": ["public_status", { page: "quiet" }, 0],
  "a review": ["review_report", { review: "REV0000001" }, 2],
  "a review without blame": ["review_report", { review: "REV0000001", blameless: true }, 2],
  "a closure report": ["closure_report", { incident: "INC0000001" }, 1],
};

const DRAWINGS = {
  "an impact in the service graph": ["impact", { incident: "INC0000002", open: true }],
  "the causes of a problem": ["causes", { problem: "PRB0000001" }],
};

let desk, chromium;

before(() => {
  desk = new Desk(process.env.TOCSIN_SHELL);
  chromium = new Chromium(process.env.TOCSIN_CHROMIUM);
});

after(async () => {
  await chromium?.close();
  desk?.close();
});

async function with_page(html, body) {
  const page = await chromium.open(html);
  try {
    await body(page);
    assert.deepEqual(page.requests, [], "requests");
    assert.deepEqual(page.complaints, [], "complaints of the console");
  } finally {
    await page.close();
  }
}

// A page of the host that shows a drawing as it came.
const around = (drawing) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><title>Drawing</title>
<style>:root{color-scheme:light dark}svg{max-width:100%;height:auto}</style></head>
<body><main><h1>Drawing</h1>${drawing}</main></body></html>`;

// ---- what must hold

async function violations_of(page) {
  const { violations } = await page.evaluate(`axe.run(document, ${JSON.stringify(AXE_OPTIONS)})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
}

const overflow_of = (page) => page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

// What lets itself be scrolled, or leads elsewhere, must be had without a mouse.
const WANTED = `[...document.querySelectorAll("*")].filter((one) => one.matches("a[href],button,input,summary,[tabindex]") ||
  (["auto", "scroll"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth))`;

// How many of them the tabulator key reaches, one after the other and with a mark that is seen, until it leaves the page.
async function expect_keyboard_reaches_all(page) {
  const wanted = await page.evaluate(`(window.wanted = ${WANTED}).length`);
  const reached = [];
  for (let i = 0; i <= wanted; ++i) {
    await page.press("Tab", 9);
    const place = await page.evaluate("window.wanted.indexOf(document.activeElement)");
    if (place < 0) break;
    reached.push(place);
    const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
    assert.notEqual(outline, "none", `focus is not seen on element ${place}`);
  }
  assert.deepEqual(reached, [...Array(wanted).keys()], "reached by the keyboard");
  return wanted;
}

async function expect_good_page(html, stops) {
  await with_page(html, async (page) => {
    await page.evaluate(`${AXE}; true`);
    for (const look of LOOKS) {
      await page.look(look);
      const how = JSON.stringify(look);
      assert.deepEqual(await violations_of(page), [], `axe-core, ${how}`);
      assert.equal(await overflow_of(page), 0, `beyond the edge, ${how}`);
    }
    await page.look({ width: 320, scheme: "light", media: "screen" });
    assert.ok((await expect_keyboard_reaches_all(page)) >= stops, "stops of the keyboard");
    assert.equal((await page.print()).subarray(0, 5).toString(), "%PDF-");
  });
}

for (const [name, [query, more, stops]] of Object.entries(PAGES)) {
  test(`${name} can be read by everyone, everywhere, and asks nothing of others (R-C31, R-C33, R-A08, R-A13)`, () =>
    expect_good_page(desk.ask(query, { ...more, form: "html" }).html, stops));
}

for (const [name, [query, more]] of Object.entries(DRAWINGS)) {
  test(`a drawing of ${name} does no harm to the page that it is on`, () =>
    expect_good_page(around(desk.ask(query, { ...more, drawing: "svg" }).drawing), 0));
}

test("light and dark differ, and paper is white", async () => {
  const background = "getComputedStyle(document.body).backgroundColor";
  for (const [query, more] of [PAGES["a status page"], PAGES["a review"]]) {
    await with_page(desk.ask(query, { ...more, form: "html" }).html, async (page) => {
      const seen = {};
      for (const [media, scheme] of [["screen", "light"], ["screen", "dark"], ["print", "dark"]]) {
        await page.look({ width: 800, scheme, media });
        seen[`${media} ${scheme}`] = await page.evaluate(background);
      }
      assert.equal(seen["screen light"], "rgb(255, 255, 255)");
      assert.notEqual(seen["screen dark"], seen["screen light"]);
      assert.equal(seen["print dark"], "rgb(255, 255, 255)", `${query}, printed by who prefers it dark`);
    });
  }
});

// ---- that these tests would see it

const BAD = `<link rel="icon" href="data:,"><title>x</title></head><body>
  <img src="https://outside.test/logo.png"><p style="color:#ccc;background:#fff;width:2000px">Pale, and wide</p>
  <a href="#x" tabindex="-1">Not for keys</a></body></html>`;

test("what is wrong with a page is found", async () => {
  const page = await chromium.open(`<!doctype html><html><head>${BAD}`);
  await page.evaluate(`${AXE}; true`);
  await page.look({ width: 320, scheme: "light", media: "screen" });
  const found = (await violations_of(page)).join("\n");
  for (const rule of ["image-alt", "color-contrast", "html-has-lang"]) assert.ok(found.includes(`${rule}: `), rule);
  assert.ok((await overflow_of(page)) > 0);
  await assert.rejects(expect_keyboard_reaches_all(page), /reached by the keyboard/);
  assert.deepEqual(page.requests, ["https://outside.test/logo.png"]);
  await page.close();
});

test("what the policy of a page kept from being asked is found", async () => {
  const page = await chromium.open(`<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'">${BAD}`);
  assert.deepEqual(page.requests, []);
  assert.match(page.complaints.join("\n"), /outside\.test/);
  await page.close();
});
