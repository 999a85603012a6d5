import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, downwards, openBrowser, shoot, sideways, visit } from './browser.mjs';
import { startHearth } from './harness.mjs';
import { startModel } from './model.mjs';
import { acknowledged, halfway, lastReply, prepare, say, until } from './page.mjs';

/** Every main state, at every size and in both themes: held against axe-core, never wider than the window, and shot. */
let model;
let hearth;
let browser;

before(async () => {
  model = await startModel();
  hearth = await startHearth(model.environment);
  browser = await openBrowser();
  await hearth.api('PUT', '/v1/companions/orlando', { name: 'Orlando', personality: { core_traits: ['dry', 'well read'] } });
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  await hearth?.stop();
  model?.stop();
});

for (const [width, height] of [[375, 812], [768, 1024], [1440, 900]]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`at ${width} pixels, ${colorScheme}`, { timeout: 120_000 }, () => walk(width, height, colorScheme));
  }
}

async function walk(width, height, colorScheme) {
  const who = `${colorScheme}-${width}`;
  await prepare(hearth, who);
  const options = { viewport: { width, height }, colorScheme, reducedMotion: 'reduce', hasTouch: width < 500 };
  const visitor = await visit(browser, hearth, options);
  const { page } = visitor;
  const found = [];

  async function look(state) {
    await shoot(page, `${state}-${who}`);
    (await axe(page)).forEach((violation) => found.push(`${state}: ${violation}`));
    const over = await sideways(page);
    if (over > 0) {
      found.push(`${state}: ${over} pixels too wide`);
    }
    const under = await downwards(page);
    if (under > 0) {
      found.push(`${state}: ${under} pixels too high`);
    }
  }

  try {
    await page.goto(hearth.address);
    await page.getByLabel('API key').waitFor();
    await look('connect');
    await page.getByLabel('API key').fill('hk_wrong');
    await page.keyboard.press('Enter');
    await page.getByText('This is not the key').waitFor();
    await look('wrong-key');
    await page.goto(hearth.open);
    await page.getByLabel('You are').fill(who);
    await page.getByText('Create a companion').click();
    await look('choose');
    await page.getByRole('button', { name: 'Orlando' }).click();
    await page.getByText('Nothing has been said yet.').waitFor();
    await look('empty');
    await page.getByRole('button', { name: 'Back to the companions' }).click();
    await page.getByRole('button', { name: 'Aria' }).click();
    await page.locator('.message').first().waitFor();
    await converse(page, look);
    await page.getByRole('button', { name: /Switch to the/ }).click();
    await look('other-theme');
    assert.deepEqual(found, []);
    assert.deepEqual(visitor.foreign, []);
    assert.deepEqual(visitor.errors, []);
  } finally {
    await visitor.close();
  }
}

async function converse(page, look) {
  const half = halfway(
    'Of course I do. Miso, the cat who hides behind the bookshelf ',
    'whenever somebody so much as looks at the vacuum cleaner. How is she today?',
  );
  model.script.push(half.answer);
  await say(page, 'Do you remember what my cat is called, and what she is afraid of?');
  await until('the first words', () => lastReply(page).innerText(), (text) => text.includes('bookshelf'));
  await look('streaming');
  half.open();
  const reply = await acknowledged(page);
  await look('reply');
  await reply.getByRole('button', { name: 'Why this reply' }).click();
  await page.locator('.sections').waitFor();
  await look('why');
  await page.locator('.waterfall').first().evaluate((part) => part.closest('.part').scrollIntoView());
  await look('why-time-and-cost');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Memories' }).click();
  await page.getByLabel('What does Aria remember of').fill('cat');
  await page.keyboard.press('Enter');
  await page.locator('.memory').first().waitFor();
  await page.getByRole('button', { name: /^Forget this/ }).first().click();
  await look('memories');
  await page.getByRole('button', { name: 'Close' }).click();
  model.script.push((out) => out.refuse(500));
  await say(page, 'And an' + 'other-very-long-word'.repeat(8) + '?');
  await page.locator('.trouble').waitFor();
  await look('trouble');
}
