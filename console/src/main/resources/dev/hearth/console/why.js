import { emotion, memory, turn } from './api.js';
import { costPart } from './cost.js';
import { h } from './dom.js';
import { memoryItem } from './memory.js';
import { openPanel, panelShows } from './panel.js';
import { offlineLabel, WITHOUT } from './voice.js';
import { waterfallPart } from './waterfall.js';

const TITLE = 'Why this reply';
let shown = null;

/** Opens the panel on why a reply is as it is. */
export function openWhy(talk, turnId, opener) {
  return draw(talk, turnId, opener, true);
}

/** Where the panel shows why, it moves on to the newest reply, and leaves the focus alone. */
export function followWhy(talk, turnId, reply) {
  if (panelShows(TITLE)) {
    draw(talk, turnId, reply.querySelector('button.link'), false);
  }
}

async function draw(talk, turnId, opener, focus) {
  shown = turnId;
  const body = h('div', { class: 'why', 'aria-busy': 'true' }, h('p', { class: 'empty' }, 'Reading the ledger…'));
  openPanel(TITLE, [body], opener, { focus });
  try {
    const [trace, feeling] = await Promise.all([turn(turnId), expression(talk)]);
    const memories = await Promise.all(trace.recalled.map(read));
    if (shown === turnId) {
      body.replaceChildren(
        ...voicePart(trace),
        ...memoriesPart(talk, trace, memories),
        part('Feeling', h('p', {}, feeling ?? 'Not told by this server.')),
        // Extraction came long after the turn, and took none of its time.
        ...waterfallPart(trace.steps.filter((step) => step.name !== 'extract')),
        ...costPart(trace),
        h('p', { class: 'hint' }, 'Turn ', h('code', {}, trace.id)),
      );
    }
  } catch (problem) {
    body.replaceChildren(
      h('p', { class: 'problem', role: 'alert' }, problem.status === 404 ? GONE : problem.message),
      h('button', { class: 'quiet', type: 'button', on: { click: () => draw(talk, turnId, opener, true) } }, 'Try again'),
    );
  } finally {
    body.removeAttribute('aria-busy');
  }
}

const GONE = 'The ledger of this turn is no longer kept: it is for 30 days, and goes with what is erased.';

/** A recalled memory with its words; without them where it was forgotten since. */
async function read(recalled) {
  try {
    return { ...(await memory(recalled.memory_id)), ...recalled };
  } catch (problem) {
    return { ...recalled, text: null, missing: problem.status === 404 ? 'Forgotten since.' : problem.message };
  }
}

async function expression(talk) {
  if (talk.feelingUntold) {
    return null;
  }
  try {
    return (await emotion(talk.rid)).expression;
  } catch (problem) {
    talk.feelingUntold = problem.status === 404;
    return null;
  }
}

const part = (title, ...content) => h('section', { class: 'part' }, h('h3', {}, title), ...content);

function voicePart(trace) {
  const offline = trace.voice === 'offline';
  const status = trace.status === 'completed' ? null : h('span', { class: 'chip strong' }, trace.status);
  return [
    part(
      'Voice',
      h('p', { class: 'row' }, offline ? offlineLabel() : h('span', { class: 'chip' }, trace.voice || 'nobody spoke'), status),
      offline && h('p', { class: 'hint' }, 'No model spoke. This was put together, word by word the same each time, from what was said before.'),
    ),
    trace.degraded.length > 0 &&
      part(
        'Went without',
        h(
          'ul',
          { class: 'plain' },
          trace.degraded.map((name) => h('li', {}, h('code', {}, name), ' ', WITHOUT[name] ?? '')),
        ),
      ),
  ].filter(Boolean);
}

function memoriesPart(talk, trace, memories) {
  const history = trace.sections.find((section) => section.name === 'history')?.tokens ?? 0;
  const none = history > 0 ? 'None: the conversation itself still held what was needed.' : 'None: there was nothing to recall.';
  return [
    part(
      memories.length ? `Recalled memories (${memories.length})` : 'Recalled memories',
      memories.length === 0
        ? h('p', { class: 'empty' }, none)
        : h('ol', { class: 'plain memories' }, memories.map((one) => memoryItem(talk, one, memories))),
    ),
  ];
}
