import { h } from './dom.js';

/** What a reply went without, by the name the ledger gives it. */
export const WITHOUT = {
  recall: 'Recall was not there in time: the reply was made without memories.',
  'recall.cold': 'What was put away long ago was not there in time; what it has is told in the next turn.',
  'recall.damaged': 'A part of what was said cannot be read; the server\u2019s log names it.',
  'recall.dense': 'Memories were compared by their words only; their meaning was not there in time.',
  'model.fallback': 'The model gave no reply, so the fallback spoke.',
};

export const offlineLabel = () =>
  h('span', { class: 'chip', title: 'No model spoke: this was put together from what was said before.' }, 'offline voice');
