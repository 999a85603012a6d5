import { messages } from './api.js';
import { $, busy, h, show } from './dom.js';
import { day } from './format.js';
import { messageItem } from './message.js';

/** What was said, oldest first, read from its end in pages. */
export class Conversation {
  constructor(talk) {
    this.talk = talk;
    Conversation.current = this;
    this.cursor = null;
    this.list = $('messages');
    this.scroller = $('scroll');
    $('earlier').onclick = (event) => busy(event.currentTarget, () => this.earlier());
  }

  async load() {
    this.list.replaceChildren();
    show($('earlier'), false);
    this.state(h('p', { class: 'empty', role: 'status' }, 'Looking for what was said…'));
    const page = await this.read(null, () => this.load());
    if (page) {
      this.list.prepend(...this.items(page));
      this.state();
      this.days();
      this.toEnd(true);
    }
  }

  async earlier() {
    const page = await this.read(this.cursor, () => this.earlier());
    if (page) {
      const before = this.scroller.scrollHeight - this.scroller.scrollTop;
      this.list.prepend(...this.items(page));
      this.state();
      this.days();
      this.scroller.scrollTop = this.scroller.scrollHeight - before;
    }
  }

  async read(cursor, again) {
    try {
      const page = await messages(this.talk.rid, cursor);
      if (Conversation.current !== this) {
        return null;
      }
      this.cursor = page.next_cursor;
      show($('earlier'), Boolean(this.cursor));
      return page;
    } catch (problem) {
      this.state(
        h('p', { class: 'problem', role: 'alert' }, problem.message),
        h('button', { class: 'quiet', type: 'button', on: { click: again } }, 'Try again'),
      );
      return null;
    }
  }

  items(page) {
    return page.data.map((message) => messageItem(this.talk, message)).reverse();
  }

  add(item) {
    this.list.append(item);
    this.state();
    this.days();
    this.toEnd(true);
  }

  /** What stands where messages would: an error, or that there are none. */
  state(...content) {
    const none = content.length === 0 && this.list.querySelector('.message') === null;
    $('conversation-state').replaceChildren(
      ...(none
        ? [
            h(
              'div',
              { class: 'empty first' },
              h('p', { class: 'lead' }, 'Nothing has been said yet.'),
              h('p', {}, `Tell ${this.talk.companion.name} something worth remembering, and ask for it another day.`),
            ),
          ]
        : content),
    );
  }

  /** One line above the first message of each day. */
  days() {
    this.list.querySelectorAll('.day').forEach((line) => line.remove());
    let last = '';
    for (const item of [...this.list.children]) {
      const name = day(item.dataset.time);
      if (name !== last) {
        item.before(h('li', { class: 'day' }, name));
        last = name;
      }
    }
  }

  /** Follows the end, unless one has scrolled up to read. */
  toEnd(always) {
    const gap = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
    if (always || gap < 120) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
    }
  }

  /** A memory was forgotten: its words go from the screen too. */
  async forgotten(memory) {
    const items = [...this.list.querySelectorAll('.message')].filter((item) =>
      memory.source_external_ids.includes(item.dataset.id),
    );
    if (items.length === 0) {
      await this.load();
      return;
    }
    items.forEach((item) => item.remove());
    this.state();
    this.days();
  }
}
