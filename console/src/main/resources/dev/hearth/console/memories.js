import { search } from './api.js';
import { h } from './dom.js';
import { millis } from './format.js';
import { memoryItem } from './memory.js';
import { openPanel } from './panel.js';

/** Opens the panel on a search of what is remembered. */
export function openMemories(talk, opener) {
  const query = h('input', { id: 'query', type: 'search', maxlength: '500', autocomplete: 'off' });
  const found = h('div', { role: 'status' }, h('p', { class: 'empty' }, 'Ask for anything that was said.'));
  const form = h(
    'form',
    { class: 'search', role: 'search', on: { submit: (event) => find(event, talk, query, found) } },
    h('label', { for: 'query' }, `What does ${talk.companion.name} remember of`),
    h('div', { class: 'row' }, query, h('button', { class: 'main', type: 'submit' }, 'Search')),
  );
  openPanel('Memories', [form, found], opener);
  query.focus();
}

async function find(event, talk, query, found) {
  event.preventDefault();
  const text = query.value.trim();
  if (!text) {
    query.focus();
    return;
  }
  found.replaceChildren(h('p', { class: 'empty' }, 'Searching…'));
  try {
    const { hits, degraded, took_ms: took, embed_ms: embed } = await search(talk.rid, text);
    found.replaceChildren(
      h('p', { class: 'hint' }, summary(hits.length, took + embed, degraded)),
      h('ol', { class: 'plain memories' }, hits.map((hit) => memoryItem(talk, hit, hits))),
    );
  } catch (problem) {
    found.replaceChildren(h('p', { class: 'problem' }, problem.message));
  }
}

function summary(hits, took, degraded) {
  const what = hits === 0 ? 'Nothing is remembered of that.' : `${hits} ${hits === 1 ? 'memory' : 'memories'}, best first, in ${millis(took)}.`;
  return degraded.length ? `${what} Without ${degraded.join(', ')}.` : what;
}
