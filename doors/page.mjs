/** What a visitor of the page does and sees, in words that tests are written with. */
import { gate } from './model.mjs';

export const ARIA = { name: 'Aria', personality: { core_traits: ['warm', 'curious'], style: 'playful' } };

const LONG_AGO = [
  ['user', 'My cat is called Miso, and she is afraid of the vacuum cleaner.'],
  ['companion', 'Poor Miso! Does she hide under the bed?'],
  ['user', 'Behind the bookshelf, with my grandmother’s recipe book.'],
  ['companion', 'A cat with taste.'],
];

/** A companion and a person with a conversation of long ago, which is recalled and not at hand. */
export async function prepare(hearth, who, messages = LONG_AGO) {
  await hearth.api('PUT', '/v1/companions/aria', ARIA);
  await hearth.api('PUT', `/v1/companions/aria/users/${who}`);
  await hearth.api('POST', `/v1/relationships/aria:${who}/messages:import`, {
    messages: messages.map(([role, text], i) => ({
      external_id: `old-${i}`,
      session: 'old',
      role,
      text,
      time: new Date(Date.UTC(2026, 2, 2, 18, 0, i)).toISOString(),
    })),
  });
}

/** Comes in with the key in the address and sits down with Aria. */
export async function sitDown(page, hearth, who) {
  await page.goto(hearth.open);
  await page.getByLabel('You are').fill(who);
  await page.getByRole('button', { name: 'Aria' }).click();
  await page.getByRole('heading', { name: 'Aria', level: 1 }).waitFor();
  await page.locator('.message, .first').first().waitFor();
}

export async function say(page, text) {
  await page.getByLabel('Your message').fill(text);
  await page.keyboard.press('Enter');
}

export const lastReply = (page) => page.locator('.theirs').last();

/** The newest reply once it is acknowledged: only then does it say why. */
export async function acknowledged(page) {
  await page.locator('.messages > .theirs:last-child:not(.provisional) .link').waitFor();
  return lastReply(page);
}

/** An answer that says the first words, waits until it is let go, and says the rest. */
export function halfway(first, rest) {
  const { opened, open } = gate();
  return {
    open,
    answer: async (out) => {
      out.piece(first);
      await Promise.race([opened, out.left]);
      out.piece(rest);
      out.end();
    },
  };
}

/** Waits until something that is read again and again is as wished, for ten seconds. */
export async function until(what, read, wished) {
  const end = Date.now() + 10_000;
  for (;;) {
    const seen = await read();
    if (wished(seen)) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`${what} did not come; last seen: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
