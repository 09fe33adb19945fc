// Pictures of every page as the demo account sees it, 360, 768 and 1280 wide, light and dark:
//   node pages.mjs http://localhost:5080 <a folder for every picture, whole> [<a folder for the contact sheets>]
// Only the contact sheets are kept in docs/screenshots: a sheet shows all pages of a width side by side, which is where a page
// that looks unlike the others is seen, in one file instead of thirty. Needs Chromium: CHROMIUM names another than Debian's.
import { mkdir, readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const [origin, folder, sheets] = process.argv.slice(2);
const screens = [{ width: 360, height: 740, columns: 8 }, { width: 768, height: 1024, columns: 6 }, { width: 1280, height: 800, columns: 4 }];
const sheetWidth = 1920;

const visitor = [
  ['home', '/'], ['sign-in', '/sign-in'], ['sign-up', '/sign-up'], ['docs', '/docs'], ['docs-getting-started', '/docs/getting-started'],
  ['docs-tasks-api', '/docs/tasks-api'], ['docs-search', '/docs/search?q=refresh+token'], ['api-reference', '/api/docs/'],
  ['not-found', '/nothing-there'],
];

async function userPages(page) {
  const first = async (list, selector) => {
    await page.goto(list);
    return page.locator(selector).first().getAttribute('href');
  };
  const task = await first('/tasks', 'main a[href^="/tasks/0"]');
  const project = await first('/projects', 'main a[href^="/projects/0"]');
  const application = await first('/developer', 'main tbody a, main a[href^="/developer/"]:not([href$="new"]):not([href$="api-keys"])');
  return [
    ['user-home', '/'], ['tasks', '/tasks'], ['board', '/tasks/board'], ['task', task], ['task-new', '/tasks/new'], ['projects', '/projects'], ['project', project],
    ['project-edit', `${project}/edit`], ['developer', '/developer'], ['application', application], ['application-requests', `${application}/requests`], ['application-try', `${application}/try`], ['application-new', '/developer/new'],
    ['welcome', '/welcome'], ['api-keys', '/developer/api-keys'], ['account', '/account'], ['activity', '/account/activity'], ['password', '/password'],
    ['device', '/oauth2/verify'],
  ];
}

async function take(page, pages) {
  const names = [];
  for (const [name, address] of pages) {
    await page.goto(address, { waitUntil: 'networkidle' });
    if (address === '/api/docs/') {
      await page.getByRole('button', { name: 'Open every call' }).focus();
      await page.getByRole('button', { name: 'Authorize', exact: true }).waitFor();
    }
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const { width, height } of screens) {
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
      }
    }
    names.push(name);
  }
  return names;
}

async function sheet(page, names, { width, height, columns }, scheme) {
  const figures = await Promise.all(names.map(async (name) => {
    const picture = await readFile(`${folder}/${name}-${width}-${scheme}.png`, 'base64');
    return `<figure><img src="data:image/png;base64,${picture}" alt="" width="100%"><figcaption>${name}</figcaption></figure>`;
  }));
  await page.setViewportSize({ width: sheetWidth, height });
  await page.setContent(`<style>
    body { margin: 16px; display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 16px; background: #8a8f9c; }
    figure { margin: 0; } figcaption { font: 14px sans-serif; color: #fff; }
  </style>${figures.join('')}`);
  await page.screenshot({ path: `${sheets}/pages-${width}-${scheme}.jpg`, fullPage: true, type: 'jpeg', quality: 60 });
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({ baseURL: origin });
  const names = await take(page, visitor);

  await page.goto('/account/sign-in');
  await page.getByLabel('Email', { exact: true }).fill('demo@taskmaster.example');
  await page.getByLabel('Password', { exact: true }).fill('Try-Taskmaster-1');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
  names.push(...await take(page, await userPages(page)));

  if (sheets) {
    await mkdir(sheets, { recursive: true });
    const blank = await browser.newPage();
    for (const screen of screens) {
      for (const scheme of ['light', 'dark']) {
        await sheet(blank, names, screen, scheme);
      }
    }
  }
} finally {
  await browser.close();
}
