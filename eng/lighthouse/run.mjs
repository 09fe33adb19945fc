// What Lighthouse says of the pages that people judge first, as on a telephone (its defaults), the median of several runs each:
//   node run.mjs http://localhost:5080 [runs]
// Signs up a person of its own, and fails if a page is below what is to be reached. Needs Chromium: CHROMIUM names another than Debian's.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';

const [origin, runs = '3'] = process.argv.slice(2);
const port = 9333;
const reached = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 95 };
const pages = [
  ['home', '/', reached], ['home, signed in', '/', reached], ['board', '/tasks/board', reached], ['developer', '/developer', reached],
  ['docs', '/docs', reached], ['API reference', '/api/docs/', { ...reached, performance: 80 }],
];

async function signUp(browser) {
  const page = await browser.newPage();
  await page.goto(`${origin}/sign-up`);
  await page.getByLabel('Name', { exact: true }).fill('Lighthouse');
  await page.getByLabel('Email', { exact: true }).fill(`lighthouse-${Date.now()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill(`beam-over-quiet-water-${Date.now()}`);
  await page.getByRole('button', { name: 'Sign up', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.includes('sign-up'));
  await page.close();
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const profile = await mkdtemp(join(tmpdir(), 'lighthouse-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
});
try {
  for (const [name, path, bars] of pages) {
    if (name === 'home, signed in') {
      await signUp(browser);
    }

    const scores = Object.keys(bars).map(() => []);
    for (let run = 0; run < Number(runs); run++) {
      const { lhr } = await lighthouse(new URL(path, origin).href, {
        port, disableStorageReset: true, logLevel: 'silent', onlyCategories: Object.keys(bars),
      });
      if (new URL(lhr.finalDisplayedUrl).pathname !== path) {
        throw new Error(`${path} led to ${lhr.finalDisplayedUrl}.`);
      }

      Object.keys(bars).forEach((category, at) => scores[at].push(Math.round(lhr.categories[category].score * 100)));
      if (process.env.DETAILS && run === 0) {
        for (const { id, title, score, displayValue } of Object.values(lhr.audits)) {
          if (score !== null && score < 1) {
            console.log(`  ${id}: ${title} ${displayValue ?? ''}`);
          }
        }
      }
    }

    const found = Object.entries(bars).map(([category, bar], at) => ({ category, bar, score: median(scores[at]) }));
    console.log(`${name}: ${found.map(({ category, score, bar }) => `${category} ${score} (${score >= bar ? '≥' : 'below'} ${bar})`).join(', ')}`);
    process.exitCode ||= found.some(({ score, bar }) => score < bar) ? 1 : 0;
  }
} finally {
  await browser.close();
  await rm(profile, { recursive: true });
}
