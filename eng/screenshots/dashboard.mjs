// Pictures of the running dashboard, light: node dashboard.mjs 'http://localhost:15080/login?t=…' ../../docs/screenshots
// Needs Chromium: CHROMIUM names another than Debian's.
import { chromium } from 'playwright-core';

const [address, folder] = process.argv.slice(2);
const origin = new URL(address).origin;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.goto(address);
  await page.getByRole('row').filter({ hasText: 'tasksapi' }).first().waitFor();
  await page.screenshot({ path: `${folder}/dashboard-resources.png` });

  await page.getByRole('row', { name: /: redis / }).getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Open redis-cli', exact: true }).click();
  // Without the terminal's focus the dashboard takes letters for its shortcuts.
  const terminal = page.getByRole('textbox', { name: 'Interactive terminal input' });
  await terminal.waitFor();
  await page.getByRole('tabpanel', { name: 'redis-cli' }).click({ position: { x: 300, y: 60 } });
  await page.waitForTimeout(500);
  await terminal.pressSequentially('info keyspace');
  await terminal.press('Enter');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${folder}/dashboard-terminal.png` });

  await page.goto(`${origin}/traces`);
  await page.getByText('web: GET /api/').first().waitFor();
  await page.screenshot({ path: `${folder}/dashboard-traces.png` });
} finally {
  await browser.close();
}
