// Looks at pages as people do: node html_check.mjs NPM_DIR FILE.html ...
// With $GP_PICTURES it leaves FILE.light.png, .dark.png and .print.png, for the
// eye. Prints what is wrong: errors of the console, requests to elsewhere, what
// axe-core finds, what the Tab key does not reach or does not show, a table that
// keys do not move: in the light, in the dark, and on paper.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const [dir, ...files] = process.argv.slice(2);
const require = createRequire(path.resolve(dir, 'x.js'));
const puppeteer = require('puppeteer-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--headless=new', '--disable-gpu'],
});
let bad = 0, file = '';
const say = (what) => { bad++; console.log(`${file}: ${what}`); };

// All that can be chosen has its turn, in order, and is seen to have it.
async function keyboard(page) {
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href],summary,[tabindex="0"]')];
    all.forEach((e, i) => { e.dataset.turn = i; });
    document.activeElement?.blur();
    return all.length;
  });
  for (let i = 0; i < wanted; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement, s = getComputedStyle(e);
      return { turn: e.dataset.turn, tag: e.tagName,
        seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
        wide: e.scrollWidth > e.clientWidth + 1, left: e.scrollLeft };
    });
    if (Number(at.turn) !== i) return say(`keyboard: ${i}: at ${at.turn}`);
    if (!at.seen) say(`keyboard: ${at.tag} does not show that it is chosen`);
    if (at.tag === 'DIV' && at.wide) {
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((was) => document.activeElement.scrollLeft > was,
        { timeout: 3000 }, at.left).catch(
        () => say('keyboard: a wide table does not move'));
    }
  }
  const open = await page.evaluate(() => {
    const s = document.querySelector('summary');
    if (s) { s.parentNode.open = false; s.focus(); }
    return s !== null;
  });
  if (open) {
    await page.keyboard.press('Enter');
    if (!await page.evaluate(() => document.querySelector('details').open))
      say('keyboard: the definitions do not open');
  }
}

// Resolves to the colour of its ground.
async function look(url, scheme) {
  const page = await browser.newPage();
  await page.setViewport({ width: scheme === 'dark' ? 480 : 1200, height: 900 });
  if (scheme === 'print') await page.emulateMediaType('print');
  else await page.emulateMediaFeatures(
    [{ name: 'prefers-color-scheme', value: scheme }]);
  // The policy of the page lets no script in; axe is one.
  await page.setBypassCSP(true);
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') say('console: ' + m.text());
  });
  page.on('pageerror', (e) => say('error: ' + e.message));
  page.on('request', (r) => {
    if (r.url() !== url && !r.url().startsWith('data:'))
      say('request: ' + r.url());
  });
  page.on('dialog', (d) => { say('dialog: ' + d.message()); d.dismiss(); });
  await page.goto(url, { waitUntil: 'load' });
  if (await page.evaluate(() => document.scripts.length) !== 0)
    say('it has a script');
  await page.evaluate(() => {
    for (const d of document.querySelectorAll('details')) d.open = true;
  });
  const ground = await page.evaluate(
    () => getComputedStyle(document.body).backgroundColor);
  if (scheme !== 'print') await keyboard(page);
  if (process.env.GP_PICTURES)
    await page.screenshot({ path: file.replace(/html$/, '') + scheme + '.png',
      fullPage: true });
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  for (const v of found.violations)
    say(`axe: ${scheme}: ${v.id}: ${v.nodes[0].html.slice(0, 200)}`);
  await page.close();
  return ground;
}

for (file of files) {
  const grounds = {}, url = 'file://' + path.resolve(file);
  for (const scheme of ['light', 'dark', 'print'])
    grounds[scheme] = await look(url, scheme);
  if (grounds.light === grounds.dark) say('dark: it is as light as the other');
  if (grounds.print === grounds.dark) say('print: it is dark');
}
await browser.close();
process.exit(bad ? 1 : 0);
