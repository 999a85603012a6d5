import { Problem, say } from './api.js';
import { announce, h } from './dom.js';
import { time } from './format.js';
import { bubble, setMeta, whyButton } from './message.js';
import { events } from './stream.js';
import { offlineLabel } from './voice.js';
import { followWhy } from './why.js';

/** One turn as it is seen: what was said, the reply as it comes, and what became of it. */
export class Turn {
  constructor(talk, text) {
    this.talk = talk;
    this.text = text;
    this.name = talk.companion.name;
    // Every try of this turn carries the same key, so nothing is ever said twice.
    this.key = crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint32Array(4))].join('-');
    this.said = bubble(talk, true, text, new Date().toISOString());
    talk.conversation.add(this.said);
    setMeta(this.said, [time(new Date())]);
    this.retry = () => {};
  }

  stop() {
    this.stopped = true;
    this.aborter?.abort();
  }

  async run() {
    this.aborter = new AbortController();
    this.stopped = false;
    this.completed = false;
    this.problemBox?.remove();
    this.reply?.remove();
    this.reply = bubble(this.talk, false, '', new Date().toISOString());
    this.reply.classList.add('provisional', 'waiting');
    this.reply.setAttribute('aria-busy', 'true');
    this.note(`${this.name} is remembering`);
    this.talk.conversation.add(this.reply);
    try {
      const response = await say(this.talk.rid, this.text, this.key, this.aborter.signal);
      for await (const { event, data } of events(response.body)) {
        this.on(event, data);
      }
      if (!this.completed) {
        throw new Problem({
          title: 'The reply broke off',
          detail: 'The connection ended before the reply was kept. Retry asks for the same turn; nothing is said twice.',
          code: 'broken_off',
        });
      }
    } catch (failure) {
      this.end(failure);
    }
  }

  on(event, data) {
    const said = this.reply.querySelector('.said');
    if (event === 'turn.started') {
      this.turnId = data.turn_id;
    } else if (event === 'context.ready') {
      const recalled = data.recalled.length;
      const memories = recalled === 1 ? '1 memory' : `${recalled} memories`;
      this.note(recalled ? `${memories} recalled, finding words` : 'finding words');
    } else if (event === 'message.delta') {
      this.reply.classList.remove('waiting');
      said.append(data.text);
      this.note('speaking: provisional until it is kept');
    } else if (event === 'message.completed') {
      this.reply.classList.remove('waiting');
      said.textContent = data.text;
      this.reply.dataset.id = data.id;
    } else if (event === 'turn.completed') {
      this.complete(data);
    } else if (event === 'error') {
      throw new Problem(data.problem);
    }
    this.talk.conversation.toEnd(false);
  }

  complete(data) {
    this.completed = true;
    this.settle();
    this.reply.querySelector('.said').textContent = data.message.text;
    const note = data.status === 'completed' ? null : 'stopped here';
    setMeta(
      this.reply,
      [time(new Date()), note, data.degraded.length ? `without ${data.degraded.join(', ')}` : null],
      data.voice === 'offline' ? offlineLabel() : null,
      whyButton(this.talk, data.turn_id),
    );
    announce(`${this.name}: ${data.message.text}`);
    followWhy(this.talk, data.turn_id, this.reply);
  }

  /** How it ended where it did not end well. */
  end(failure) {
    if (this.completed) {
      return;
    }
    this.settle();
    const kept = this.reply.querySelector('.said').textContent !== '';
    if (this.stopped || failure.name === 'AbortError') {
      setMeta(this.reply, ['you stopped this here'], kept ? whyButton(this.talk, this.turnId) : null);
      this.reply.classList.add('stopped');
      return;
    }
    this.reply.remove();
    const problem = failure instanceof Problem ? failure : brokenOff();
    this.problemBox = h(
      'li',
      { data: { time: this.reply.dataset.time } },
      h(
        'div',
        { class: 'trouble', role: 'alert' },
        h('strong', {}, problem.title),
        h('p', {}, problem.message),
        problem.requestId && h('p', { class: 'hint' }, 'Request ', h('code', {}, problem.requestId)),
        h('button', { class: 'main', type: 'button', on: { click: () => this.retry() } }, 'Retry'),
      ),
    );
    this.talk.conversation.add(this.problemBox);
  }

  settle() {
    this.reply.classList.remove('provisional', 'waiting');
    this.reply.removeAttribute('aria-busy');
  }

  note(text) {
    setMeta(this.reply, [text]);
  }
}

const brokenOff = () =>
  new Problem({
    title: 'The reply broke off',
    detail: 'The connection was lost on the way. Retry asks for the same turn; nothing is said twice.',
    code: 'broken_off',
  });
