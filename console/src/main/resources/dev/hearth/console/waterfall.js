import { h } from './dom.js';
import { millis, millisOf } from './format.js';

/** Steps that a turn takes side by side; one after another in the ledger, they begin together. */
const SIDE_BY_SIDE = new Set(['recall', 'emotion', 'window', 'session', 'safety', 'profile']);
const MARKS = { ok: '', late: '⚠ late', failed: '✕ failed', skipped: '– skipped' };

/** Where the milliseconds went. The voice has a scale of its own: beside it, the rest would be too small to see. */
export function waterfallPart(steps) {
  if (steps.length === 0) {
    return [];
  }
  const speak = steps.findIndex((step) => step.name === 'speak');
  const before = placed(speak < 0 ? steps : steps.slice(0, speak));
  const after = placed(speak < 0 ? [] : steps.slice(speak + 1));
  const spoken = speak < 0 ? 0 : steps[speak].ms;
  return [
    h(
      'section',
      { class: 'part' },
      h('h3', {}, `Time: ${millis(before.end + spoken + after.end)}`),
      group('Before the voice', before),
      speak >= 0 && group('The voice', placed([steps[speak]])),
      after.rows.length > 0 && group('After it', after),
      h('p', { class: 'hint' }, 'Bars: what it took. Outlines: what it may take; one that leaves at the right may take longer than is drawn.'),
    ),
  ];
}

/** Where each step begins, as far as the ledger tells. */
export function placed(steps) {
  const rows = [];
  let end = 0;
  let together = null;
  for (const step of steps) {
    if (SIDE_BY_SIDE.has(step.name)) {
      together ??= end;
      rows.push({ ...step, start: together });
      end = Math.max(end, together + step.ms);
    } else {
      together = null;
      rows.push({ ...step, start: end });
      end += step.ms;
    }
  }
  return { rows, end };
}

function group(title, { rows, end }) {
  const scale = Math.max(end, 0.001) * 1.02;
  return h(
    'div',
    { class: 'waterfall' },
    h('p', { class: 'scale' }, h('span', {}, title), h('span', {}, millis(end))),
    h('ul', { class: 'plain' }, rows.map((row) => step(row, scale))),
  );
}

function step({ name, ms, budget_ms: budget, outcome, start }, scale) {
  const clipped = budget > 0 && start + budget > scale;
  const width = Math.max(0.008, ms / scale);
  return h(
    'li',
    { class: 'step', data: { outcome } },
    h('span', { class: 'step-name' }, name),
    h(
      'span',
      { class: 'lane', 'aria-hidden': 'true' },
      budget > 0 &&
        h('span', {
          class: clipped ? 'budget clipped' : 'budget',
          vars: { from: start / scale, width: Math.min(budget / scale, 1 - start / scale) },
        }),
      h('span', { class: 'took', vars: { from: Math.min(start / scale, 1 - width), width } }),
    ),
    h(
      'span',
      { class: 'figure' },
      budget > 0 ? millisOf(ms, budget) : millis(ms),
      outcome !== 'ok' && h('span', { class: 'outcome' }, MARKS[outcome] ?? outcome),
    ),
  );
}
