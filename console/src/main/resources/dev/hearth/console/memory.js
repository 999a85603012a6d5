import { forget } from './api.js';
import { announce, busy, h, tell } from './dom.js';
import { moment } from './format.js';

const PARTS = { dense: 'meaning', lexical: 'words', neighbour: 'what stood beside it' };

/** One memory: its words, when, why it was found, and a way to forget it. `all` sets the scale of its bars. */
export function memoryItem(talk, memory, all) {
  const item = h('li', { class: 'memory' });
  const most = Math.max(0.0001, ...all.flatMap((one) => Object.values(one.parts)));
  item.append(
    memory.text === null || memory.text === undefined
      ? h('p', { class: 'empty' }, memory.missing)
      : h('blockquote', {}, memory.text),
    h(
      'p',
      { class: 'hint' },
      [speaker(talk, memory.speaker), memory.time && moment(memory.time), `score ${memory.score.toFixed(2)}`].filter(Boolean).join(' · '),
    ),
    h('dl', { class: 'bars' }, Object.entries(memory.parts).map(([name, value]) => bar(name, value, most))),
  );
  if (memory.text) {
    item.append(forgetting(talk, memory, item));
  }
  return item;
}

/** Who said it, by the name on this page; imported ones are told by role and by id. */
function speaker(talk, name) {
  return name === 'user' ? talk.who : name === talk.companion.id ? talk.companion.name : name;
}

function bar(name, value, most) {
  return h(
    'div',
    { class: 'bar-row', data: { part: name } },
    h('dt', {}, PARTS[name] ?? name.replaceAll('_', ' ')),
    h(
      'dd',
      {},
      h('span', { class: 'track', 'aria-hidden': 'true' }, h('span', { class: 'fill', vars: { share: Math.max(0, value) / most } })),
      h('span', { class: 'figure' }, value.toFixed(2)),
    ),
  );
}

/** Asks once more before it forgets: what is forgotten does not come back. */
function forgetting(talk, memory, item) {
  const place = h('div', { class: 'row forgetting' });
  const ask = h('button', { class: 'link', type: 'button', on: { click: confirm } }, 'Forget this');
  ask.setAttribute('aria-label', `Forget this memory: ${memory.text.slice(0, 80)}`);
  place.append(ask);

  function confirm() {
    const keep = h('button', { class: 'quiet', type: 'button', on: { click: back } }, 'Keep it');
    const go = h('button', { class: 'main danger', type: 'button', on: { click: remove } }, 'Forget for good');
    place.replaceChildren(h('span', {}, 'The words go from memory, history and disk.'), go, keep);
    keep.focus();
  }

  function back() {
    place.replaceChildren(ask);
    ask.focus();
  }

  async function remove(event) {
    const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
    await busy(event.currentTarget, async () => {
      try {
        await forget(memory.memory_id);
        item.replaceChildren(h('p', { class: 'empty', tabindex: '-1' }, 'Forgotten.'));
        item.firstChild.focus();
        announce('Forgotten.');
        await talk.conversation.forgotten(memory);
      } catch (failure) {
        place.append(problem);
        tell(problem, failure);
      }
    });
  }

  return place;
}
