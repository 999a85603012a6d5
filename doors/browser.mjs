import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = fileURLToPath(new URL('target/', import.meta.url));

/** Debian's Chromium, that asks nobody for anything. */
export function openBrowser() {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`${CHROMIUM} is missing. Install it: apt-get install chromium`);
  }
  mkdirSync(SHOTS, { recursive: true });
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A fresh visitor. `visitor.foreign` are requests to other hosts, `visitor.errors` what the page complained of. */
export async function visit(browser, hearth, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const foreign = [];
  const errors = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== hearth.address) {
      foreign.push(request.url());
    }
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy|Trusted/i.test(message.text())) {
      errors.push(message.text());
    }
  });
  return { page, foreign, errors, close: () => context.close() };
}

/** What axe-core finds that is serious or critical, as lines to read. */
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

/** How far the page can be scrolled to the side, in pixels; none of its own children may stand out either. */
export const sideways = (page) =>
  page.evaluate(() => {
    const over = [...document.querySelectorAll('body *')]
      .filter((element) => element.checkVisibility() && !element.closest('.unseen, .skip, .lane'))
      .map((element) => element.getBoundingClientRect().right - document.documentElement.clientWidth);
    return Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth, ...over.map(Math.floor));
  });

/** How far a screen that scrolls inside can be scrolled as a whole, in pixels. */
export const downwards = (page) =>
  page.evaluate(() =>
    document.body.dataset.screen === 'talk'
      ? document.documentElement.scrollHeight - document.documentElement.clientHeight + document.body.scrollTop
      : 0,
  );

export const shoot = (page, name) => page.screenshot({ path: `${SHOTS}${name}.png` });
