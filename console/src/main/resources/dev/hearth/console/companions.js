import { companion, companions, putCompanion } from './api.js';
import { $, busy, h, show, tell } from './dom.js';

let chosen = () => {};
let next = null;

/** The second screen. Calls back with the companion that was chosen or made. */
export function listenForChoice(callback) {
  chosen = callback;
  $('more-companions').addEventListener('click', (event) =>
    busy(event.currentTarget, async () => {
      try {
        draw(await companions(next), false);
      } catch (problem) {
        tell($('choose-problem'), problem);
      }
    }),
  );
  $('create-form').addEventListener('submit', create);
}

/** Shows a first page of companions; without one it fetches it. */
export async function showCompanions(page) {
  tell($('choose-problem'), null);
  try {
    draw(page ?? (await companions()), true);
  } catch (problem) {
    tell($('choose-problem'), problem);
  }
}

function draw(page, afresh) {
  if (afresh) {
    $('companions').replaceChildren();
  }
  $('companions').append(...page.data.map(card));
  next = page.next_cursor;
  show($('more-companions'), Boolean(next));
  const none = $('companions').childElementCount === 0;
  if (none) {
    $('companions').append(h('li', { class: 'empty' }, 'Nobody lives here yet. Create the first companion below.'));
  }
  if (afresh) {
    $('create').open = none;
  }
}

function card(one) {
  const traits = list(one.personality.core_traits).join(', ');
  return h(
    'li',
    {},
    h(
      'button',
      { class: 'card', type: 'button', on: { click: () => chosen(one) } },
      monogram(one.name),
      h('span', {}, h('strong', {}, one.name), h('span', { class: 'hint' }, traits || one.id)),
    ),
  );
}

export const monogram = (name) => h('span', { class: 'monogram', 'aria-hidden': 'true' }, [...name][0].toUpperCase());

const list = (value) => (Array.isArray(value) ? value : value ? [value] : []).filter((one) => typeof one === 'string');

const phrases = (text) =>
  text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);

/** The name as it can stand in an address. */
function slugOf(name) {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, 64).replace(/^-+|-+$/g, '');
  return slug || `companion-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

async function create(event) {
  event.preventDefault();
  const name = $('name').value.trim();
  if (!name) {
    tell($('create-problem'), { message: 'A companion needs a name.' });
    $('name').focus();
    return;
  }
  await busy(event.submitter ?? $('name'), async () => {
    try {
      const slug = slugOf(name);
      if (await exists(slug)) {
        tell($('create-problem'), { message: `There is already a companion "${slug}". Choose another name.` });
        $('name').focus();
        return;
      }
      const made = await putCompanion(slug, { name, personality: personality() });
      $('create-form').reset();
      tell($('create-problem'), null);
      await chosen(made);
    } catch (problem) {
      tell($('create-problem'), problem);
    }
  });
}

async function exists(slug) {
  try {
    await companion(slug);
    return true;
  } catch (problem) {
    if (problem.status === 404) {
      return false;
    }
    throw problem;
  }
}

function personality() {
  const made = { core_traits: phrases($('traits').value) };
  const style = phrases($('style').value);
  const backstory = $('backstory').value.trim();
  return { ...made, ...(style.length ? { style } : {}), ...(backstory ? { backstory } : {}) };
}
