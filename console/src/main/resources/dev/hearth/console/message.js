import { h } from './dom.js';
import { time } from './format.js';
import { openWhy } from './why.js';

const NOTES = {
  interrupted: 'stopped here',
  failed: 'no reply came',
  open: 'being answered',
  imported: 'from another history',
};

/** A message that is stored. */
export function messageItem(talk, message) {
  const mine = message.role === 'user';
  const item = bubble(talk, mine, message.text, message.time, message.speaker);
  item.dataset.id = message.id;
  const note = mine && message.status === 'interrupted' ? null : NOTES[message.status];
  setMeta(item, [time(message.time), note], mine ? null : whyButton(talk, message.turn_id));
  return item;
}

/** One line of the conversation: who, what, and a line of small print. */
export function bubble(talk, mine, text, iso, speaker) {
  return h(
    'li',
    { class: `message ${mine ? 'mine' : 'theirs'}`, data: { time: iso } },
    h('p', { class: mine ? 'unseen' : 'speaker' }, speaker ?? (mine ? talk.who : talk.companion.name)),
    h('div', { class: 'said' }, text),
    h('div', { class: 'meta' }),
  );
}

export function setMeta(item, notes, ...extra) {
  const line = notes.filter(Boolean).join(' · ');
  item.querySelector('.meta').replaceChildren(h('span', {}, line), ...extra.flat().filter(Boolean));
}

export function whyButton(talk, turnId) {
  return (
    turnId &&
    h(
      'button',
      {
        class: 'link',
        type: 'button',
        'aria-controls': 'panel',
        'aria-expanded': 'false',
        on: { click: (event) => openWhy(talk, turnId, event.currentTarget) },
      },
      'Why this reply',
    )
  );
}
