// Looks at a page as people do: node html_check.mjs NPM_DIR FILE PICTURE
// Prints what is wrong: errors of the console, requests to elsewhere, and
// what axe-core finds, in the light, in the dark, and on paper.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const [dir, file, picture] = process.argv.slice(2);
const require = createRequire(path.resolve(dir, 'x.js'));
const puppeteer = require('puppeteer-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const url = 'file://' + path.resolve(file);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--headless=new', '--disable-gpu'],
});
let bad = 0;
const say = (what) => { bad++; console.log(what); };
for (const scheme of ['light', 'dark', 'print']) {
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
  await page.screenshot({ path: picture + '.' + scheme + '.png', fullPage: true });
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  for (const v of found.violations)
    say(`axe: ${scheme}: ${v.id}: ${v.nodes[0].html.slice(0, 200)}`);
  await page.close();
}
await browser.close();
process.exit(bad ? 1 : 0);
