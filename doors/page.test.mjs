import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, openBrowser, shoot, visit } from './browser.mjs';
import { startHearth } from './harness.mjs';
import { speak, startModel } from './model.mjs';
import { acknowledged, halfway, lastReply, prepare, say, sitDown, until } from './page.mjs';

let model;
let hearth;
let browser;

before(async () => {
  model = await startModel();
  hearth = await startHearth(model.environment);
  browser = await openBrowser();
}, { timeout: 600_000 });

after(async () => {
  await browser?.close();
  await hearth?.stop();
  model?.stop();
});

/** A test with a visitor of its own, who in the end has asked no other host and has broken no policy. */
function visited(name, body, options) {
  test(name, { timeout: 60_000 }, async () => {
    const visitor = await visit(browser, hearth, options);
    try {
      await body(visitor.page);
      assert.deepEqual(visitor.foreign, [], 'requests to other hosts');
      assert.deepEqual(visitor.errors, [], 'errors of the page');
    } finally {
      await visitor.close();
    }
  });
}

visited('the key in the address is taken, and taken out of the address', async (page) => {
  await page.goto(hearth.open);
  await page.getByRole('heading', { name: 'Who shall it be?' }).waitFor();
  assert.equal(page.url(), `${hearth.address}/`);
  const kept = await page.evaluate(() => [Object.values(sessionStorage), Object.values(localStorage), document.cookie]);
  assert.deepEqual(kept, [[hearth.key], [], '']);
  await page.getByRole('button', { name: 'Forget key' }).click();
  await page.getByLabel('API key').waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

visited('a wrong key is named, thrown away, and the right one opens', async (page) => {
  await page.goto(`${hearth.address}/#key=hk_wrong`);
  await page.getByText('This is not the key of this server.').waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem('hearth.key')), null);
  await page.getByLabel('API key').fill('schlüssel');
  await page.keyboard.press('Enter');
  await page.getByText('That is not a key').or(page.getByText('This is not the key of this server.')).waitFor();
  assert.match(await page.locator('#key-help').innerText(), /printed it at its start.*api-key/s);
  await page.getByLabel('API key').fill(hearth.key);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Who shall it be?' }).waitFor();
});

visited('a companion is made, spoken to, and still there after a reload', async (page) => {
  await page.goto(hearth.open);
  await page.getByLabel('You are').fill('maker');
  const form = page.locator('#create-form');
  if (!(await form.isVisible())) {
    await page.getByText('Create a companion').click();
  }
  await form.getByRole('button').click();
  await page.getByText('A companion needs a name.').waitFor();
  await page.getByLabel('Name').fill('Zoë <b>Gray</b>');
  await page.getByLabel('Core traits').fill('dry, patient');
  await page.getByLabel('Style').fill('short sentences');
  await page.getByLabel('Backstory').fill('Kept a lighthouse.');
  await form.getByRole('button').click();
  await page.getByText('Nothing has been said yet.').waitFor();
  const made = await hearth.api('GET', '/v1/companions/zoe-b-gray-b');
  assert.equal(made.name, 'Zoë <b>Gray</b>');
  assert.deepEqual(made.personality, {
    core_traits: ['dry', 'patient'],
    style: ['short sentences'],
    backstory: 'Kept a lighthouse.',
  });
  model.script.push((out) => speak(out, 'Is <img src=x onerror=alert(1)> what you mean?'));
  await say(page, 'Say something <script>alert(2)</script>');
  const reply = await acknowledged(page);
  assert.equal(await reply.locator('.said').innerText(), 'Is <img src=x onerror=alert(1)> what you mean?');
  await page.reload();
  await page.getByText('Say something <script>alert(2)</script>').waitFor();
  assert.equal(await page.locator('.message').count(), 2);
  assert.equal(await page.locator('.messages img, .messages script').count(), 0);
  await page.getByRole('button', { name: 'Back to the companions' }).click();
  await page.getByText('Create a companion').click();
  await page.getByLabel('Name').fill('Zoë <b>Gray</b>');
  await form.getByRole('button').click();
  await page.getByText('There is already a companion').waitFor();
});

visited('a reply streams, is provisional, and then is not', async (page) => {
  await prepare(hearth, 'streamer');
  await sitDown(page, hearth, 'streamer');
  const half = halfway('Miso is ', 'behind the bookshelf.');
  model.script.push(half.answer);
  await say(page, 'Where does my cat hide?');
  const reply = lastReply(page);
  await until('the first words', () => reply.locator('.said').innerText(), (text) => text.startsWith('Miso is'));
  assert.match(await reply.getAttribute('class'), /provisional/);
  assert.match(await reply.locator('.meta').innerText(), /provisional until it is kept/);
  assert.equal(await page.locator('#live').innerText(), '', 'nothing is read out before the end');
  half.open();
  await acknowledged(page);
  assert.equal(await reply.locator('.said').innerText(), 'Miso is behind the bookshelf.');
  assert.equal(await page.locator('#live').textContent(), 'Aria: Miso is behind the bookshelf.');
});

visited('why a reply came: memories, feeling, time and cost; and a memory is forgotten', async (page) => {
  await prepare(hearth, 'asker');
  await sitDown(page, hearth, 'asker');
  await say(page, 'What is my cat afraid of?');
  const reply = await acknowledged(page);
  await reply.getByRole('button', { name: 'Why this reply' }).click();
  const panel = page.locator('#panel');
  await panel.getByText('My cat is called Miso').waitFor();
  const told = await panel.innerText();
  assert.match(told, /scripted/);
  assert.match(told, /asker · 2 March 2026, 19:00 · score \d\.\d\d/);
  assert.match(told, /meaning\s+0\.\d\d\s+words\s+0\.\d\d/);
  assert.match(told, /FEELING\s+\S+/i);
  assert.match(told, /412 tokens[^]*256 tokens[^]*9 tokens[^]*\$0/);
  assert.match(told, /memories\s+\d+ %\s+\d+ of \d+/);
  assert.match(told, /recall\s+[<\d.]+ of 200 ms/);
  const lanes = await panel.locator('.step').evaluateAll((steps) =>
    steps.map((step) => [step.querySelector('.step-name').textContent, step.querySelector('.took').getBoundingClientRect().width]),
  );
  assert.deepEqual(lanes.map(([name]) => name), ['persona', 'admit', 'recall', 'emotion', 'compose', 'speak']);
  assert.ok(lanes.every(([, width]) => width > 0), JSON.stringify(lanes));
  await panel.getByRole('button', { name: 'Forget this memory: My cat is called Miso' }).click();
  await panel.getByRole('button', { name: 'Keep it' }).click();
  await panel.getByRole('button', { name: 'Forget this memory: My cat is called Miso' }).click();
  await panel.getByRole('button', { name: 'Forget for good' }).click();
  await panel.getByText('Forgotten.').waitFor();
  await until('the words go', () => page.getByText('My cat is called Miso').count(), (count) => count === 0);
  const left = await hearth.api('GET', '/v1/relationships/aria:asker/messages');
  assert.ok(!JSON.stringify(left).includes('called Miso'));
});

visited('memories are searched', async (page) => {
  await prepare(hearth, 'seeker');
  await sitDown(page, hearth, 'seeker');
  await page.getByRole('button', { name: 'Memories' }).click();
  await page.getByLabel('What does Aria remember of').fill('recipe book');
  await page.keyboard.press('Enter');
  await page.locator('.memory').first().waitFor();
  assert.match(await page.locator('.memory').first().innerText(), /grandmother’s recipe book/);
  assert.match(await page.locator('#panel-body').innerText(), /4 memories, best first/);
});

visited('earlier messages come page by page, in order', async (page) => {
  await prepare(hearth, 'talker', Array.from({ length: 70 }, (_, i) => [i % 2 ? 'companion' : 'user', `Line ${i + 1}.`]));
  await sitDown(page, hearth, 'talker');
  for (const expected of [30, 60, 70]) {
    await until('a page', () => page.locator('.message').count(), (count) => count === expected);
    if (expected < 70) {
      await page.getByRole('button', { name: 'Earlier messages' }).click();
    }
  }
  assert.deepEqual(await page.locator('.said').allInnerTexts(), Array.from({ length: 70 }, (_, i) => `Line ${i + 1}.`));
  assert.equal(await page.getByRole('button', { name: 'Earlier messages' }).isVisible(), false);
});

visited('a model that fails is told, and Retry takes the same turn', async (page) => {
  await prepare(hearth, 'unlucky');
  await sitDown(page, hearth, 'unlucky');
  const keys = [];
  page.on('request', (request) => request.method() === 'POST' && keys.push(request.headers()['idempotency-key']));
  model.script.push((out) => out.refuse(500));
  await say(page, 'Are you there?');
  const trouble = page.getByRole('alert').filter({ hasText: 'No model gave a reply' });
  await trouble.waitFor();
  assert.match(await trouble.innerText(), /answered 500[^]*Request req_/);
  model.script.push((out) => speak(out, 'I am now.'));
  await trouble.getByRole('button', { name: 'Retry' }).click();
  const reply = await acknowledged(page);
  assert.equal(await reply.locator('.said').innerText(), 'I am now.');
  assert.equal(await page.locator('.trouble').count(), 0);
  assert.equal(keys.length, 2);
  assert.ok(keys[0] && keys[0] === keys[1], `the keys ${keys}`);
  const { data } = await hearth.api('GET', '/v1/relationships/aria:unlucky/messages?order=desc&limit=3');
  assert.deepEqual(data.map((message) => message.text).slice(0, 2), ['I am now.', 'Are you there?']);
  assert.notEqual(data[2].text, 'Are you there?', 'said once');
});

visited('a model that breaks off leaves nothing that looks like a reply', async (page) => {
  await prepare(hearth, 'broken');
  await sitDown(page, hearth, 'broken');
  model.script.push((out) => {
    out.piece('I was about to ');
    setTimeout(out.breakOff, 200);
  });
  await say(page, 'What were you about to say?');
  await page.locator('.trouble').waitFor();
  assert.equal(await page.getByText('I was about to').count(), 0);
  await say(page, 'Never mind.');
  await acknowledged(page);
  assert.equal(await page.getByRole('button', { name: 'Retry' }).count(), 0);
});

visited('Stop ends the reply, and what was said until then is kept', async (page) => {
  await prepare(hearth, 'stopper');
  await sitDown(page, hearth, 'stopper');
  let left = false;
  model.script.push(async (out) => {
    out.left.then(() => (left = true));
    for (let i = 0; !left && i < 300; i++) {
      out.piece('Once upon a time ');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  await say(page, 'Tell me a long story.');
  await until('the first words', () => lastReply(page).innerText(), (text) => text.includes('Once upon'));
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('you stopped this here').waitFor();
  await until('the end of the call upstream', () => left, Boolean);
  assert.equal(await page.getByRole('button', { name: 'Send' }).isVisible(), true);
  const stored = await until(
    'the interrupted reply',
    () => hearth.api('GET', '/v1/relationships/aria:stopper/messages?order=desc&limit=1'),
    ({ data }) => data[0].status === 'interrupted',
  );
  assert.match(stored.data[0].text, /^Once upon a time/);
  await say(page, 'Enough for today.');
  assert.equal(await (await acknowledged(page)).locator('.said').innerText(), 'I hear you.');
});

visited('everything can be done by keyboard', async (page) => {
  await prepare(hearth, 'me');
  await page.goto(hearth.address);
  await page.keyboard.type(hearth.key);
  await page.keyboard.press('Enter');
  await until('the first companion', () => page.evaluate(() => document.activeElement.className), (name) => name === 'card');
  await page.keyboard.press('Enter');
  await until('the composer', () => page.evaluate(() => document.activeElement.id), (id) => id === 'text');
  await page.keyboard.type('One line,');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('and another.');
  await page.keyboard.press('Enter');
  const reply = await acknowledged(page);
  assert.equal(await page.locator('.mine .said').last().innerText(), 'One line,\nand another.');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Why this reply');
  await page.keyboard.press('Enter');
  await page.locator('.part').first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'panel-title');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#panel').isVisible(), false);
  assert.equal(await reply.locator('.link').evaluate((link) => link === document.activeElement), true);
  const half = halfway('Well, ', 'then.');
  model.script.push(half.answer);
  await page.keyboard.press('Tab');
  await page.keyboard.type('And now?');
  await page.keyboard.press('Enter');
  await until('the first word', () => lastReply(page).innerText(), (text) => text.includes('Well,'));
  await page.keyboard.press('Escape');
  await page.getByText('you stopped this here').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('a, button, input, [tabindex]').className), 'skip');
  await page.locator('.skip').focus();
  await page.waitForFunction(() => document.querySelector('.skip').getBoundingClientRect().top >= 0);
  await page.keyboard.press('Enter');
  await until('the content', () => page.evaluate(() => document.activeElement.id), (id) => id === 'main');
});

visited('what went wrong inside a turn is named in words, not by colour alone', async (page) => {
  await prepare(hearth, 'hasty');
  await sitDown(page, hearth, 'hasty');
  await page.route('**/v1/relationships/*/emotion', (route) => route.fulfill({ json: { expression: 'calm and attentive' } }));
  await page.route('**/v1/turns/*', async (route) => {
    const trace = await (await route.fetch()).json();
    const step = (name, ms, budget_ms, outcome) => ({ name, ms, budget_ms, outcome });
    trace.steps = [
      step('persona', 1, 100, 'ok'),
      step('recall', 203, 200, 'late'),
      step('emotion', 40, 100, 'failed'),
      step('compose', 2, 100, 'ok'),
      step('speak', 0, 120_000, 'skipped'),
      step('commit', 5, 0, 'ok'),
    ];
    trace.sections[4] = { name: 'history', tokens: 1480, budget: 1485, cut: 920 };
    await route.fulfill({ json: { ...trace, status: 'interrupted', degraded: ['recall', 'model.fallback', 'new.kind'] } });
  });
  await say(page, 'Quick, what is my cat called?');
  await (await acknowledged(page)).getByRole('button', { name: 'Why this reply' }).click();
  const panel = page.locator('#panel');
  await panel.getByText('calm and attentive').waitFor();
  const told = await panel.innerText();
  assert.match(told, /⚠ late[^]*✕ failed[^]*– skipped[^]*After it/);
  assert.match(told, /interrupted[^]*made without memories[^]*the fallback spoke[^]*new\.kind/);
  assert.match(told, /1,480 of 1,485\s*✂ 920 cut/);
  const left = await panel.locator('.step .took').evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().left));
  assert.equal(left[1], left[2], 'recall and emotion begin together');
  assert.ok(left[3] > left[2], 'compose waits for both');
  await page.locator('.waterfall').first().scrollIntoViewIfNeeded();
  assert.deepEqual(await axe(page), []);
  await shoot(page, 'degraded-1440');
});

test('a server that is gone is told, and nothing is lost', { timeout: 60_000 }, async () => {
  const own = await startHearth();
  const visitor = await visit(browser, own);
  try {
    await prepare(own, 'late');
    await sitDown(visitor.page, own, 'late');
    await say(visitor.page, 'What is my cat called?');
    const reply = await acknowledged(visitor.page);
    assert.match(await reply.innerText(), /offline voice/);
    await reply.getByRole('button', { name: 'Why this reply' }).click();
    await visitor.page.getByText('the offline voice uses no tokens').waitFor();
    await own.stop();
    await say(visitor.page, 'Are you still there?');
    await visitor.page.getByText('The server cannot be reached').waitFor();
    assert.equal(await visitor.page.locator('.mine .said').last().innerText(), 'Are you still there?');
    assert.deepEqual(visitor.foreign, []);
  } finally {
    await visitor.close();
    await own.stop();
  }
});
