import { h } from './dom.js';
import { count, dollars } from './format.js';

/** What a turn spent: tokens as the model's provider counted them, and the prompt's sections against their budgets. */
export function costPart(trace) {
  const { prompt_tokens: read, cached_tokens: cached, completion_tokens: written, cost_usd: cost } = trace.usage;
  const free = trace.voice === 'offline' && read === 0 && written === 0;
  return [
    h(
      'section',
      { class: 'part' },
      h('h3', {}, 'Cost'),
      free
        ? h('p', { class: 'hint' }, 'Nothing: the offline voice uses no tokens.')
        : h(
            'dl',
            { class: 'figures' },
            figure('read', count(read), 'tokens'),
            figure('of it cached', count(cached), 'tokens'),
            figure('written', count(written), 'tokens'),
            figure('price', dollars(cost), cost === 0 ? 'no price set' : 'US dollars'),
          ),
      trace.extraction && h('p', { class: 'hint' }, extraction(trace.extraction)),
      trace.sections.length > 0 && prompt(trace.sections),
    ),
  ];
}

const extraction = ({ prompt_tokens: read, completion_tokens: written, cost_usd: cost }) =>
  `Extraction of facts after the session: ${count(read)} tokens read, ${count(written)} written, ${dollars(cost)}.`;

const figure = (name, value, unit) => h('div', {}, h('dt', {}, name), h('dd', {}, h('strong', {}, value), ' ', unit));

function prompt(sections) {
  const total = sections.reduce((sum, section) => sum + section.tokens, 0);
  return h(
    'table',
    { class: 'sections' },
    h('caption', {}, `The prompt: about ${count(total)} tokens, by section and budget`),
    h(
      'thead',
      { class: 'unseen' },
      h('tr', {}, ['Section', 'Share of its budget', 'Tokens of budget'].map((name) => h('th', { scope: 'col' }, name))),
    ),
    h('tbody', {}, sections.map(row)),
  );
}

function row({ name, tokens, budget, cut }) {
  const share = budget > 0 ? Math.min(1, tokens / budget) : 0;
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, name),
    h('td', { class: 'wide' }, h('span', { class: 'track', 'aria-hidden': 'true' }, h('span', { class: 'fill', vars: { share } })), h('span', { class: 'unseen' }, `${Math.round(share * 100)} %`)),
    h('td', { class: 'figure' }, `${count(tokens)} of ${count(budget)}`, cut > 0 && h('span', { class: 'outcome' }, `✂ ${count(cut)} cut`)),
  );
}
