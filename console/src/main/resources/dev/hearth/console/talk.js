import { emotion } from './api.js';
import { $, announce, show } from './dom.js';
import { Conversation } from './history.js';
import { openMemories } from './memories.js';
import { panelHasFocus, closePanel, panelIsOpen } from './panel.js';
import { Turn } from './turn.js';

/** The third screen: one companion, one person, and what runs between them. */
let talk = null;
let running = null;

export function listenToTalk(back) {
  $('back').addEventListener('click', back);
  $('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    say();
  });
  $('stop').addEventListener('click', stop);
  $('text').addEventListener('input', grow);
  $('text').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      say();
    }
  });
  $('open-memories').addEventListener('click', (event) => talk && openMemories(talk, event.currentTarget));
  document.addEventListener('keydown', escape);
}

export async function startTalk(companion, who, rid) {
  const mine = { companion, who, rid };
  talk = mine;
  document.title = `${companion.name} · Hearth`;
  $('with').textContent = companion.name;
  $('as-whom').textContent = `with ${who}`;
  $('text').placeholder = `Say something to ${companion.name}`;
  $('text').value = '';
  grow();
  mine.conversation = new Conversation(mine);
  await mine.conversation.load();
  if (talk === mine) {
    $('text').focus();
    await feel(mine);
  }
}

export function endTalk() {
  stop();
  talk = null;
}

/** The feeling below the name, where this server tells it. */
async function feel(mine) {
  try {
    const { expression } = await emotion(mine.rid);
    if (talk === mine) {
      $('as-whom').textContent = `with ${mine.who} · ${expression}`;
    }
  } catch {
    // The panel beside a reply says that it is not told.
  }
}

function say() {
  const text = $('text').value.trim();
  if (!talk || running || !text) {
    return;
  }
  $('text').value = '';
  grow();
  // What failed before can be tried again only as long as nothing else was said.
  $('messages').querySelectorAll('.trouble button').forEach((button) => button.remove());
  run(new Turn(talk, text));
}

/** Runs a turn, or runs it again; one at a time. */
async function run(turn) {
  if (running) {
    return;
  }
  running = turn;
  turn.retry = () => run(turn);
  controls(true);
  try {
    await turn.run();
  } finally {
    running = null;
    controls(false);
    if (talk) {
      feel(talk);
    }
  }
}

function stop() {
  if (running) {
    running.stop();
    announce('Stopped.');
  }
}

function controls(speaking) {
  const stopHadFocus = document.activeElement === $('stop');
  show($('send'), !speaking);
  show($('stop'), speaking);
  if (stopHadFocus) {
    $('text').focus();
  }
}

function grow() {
  const text = $('text');
  text.style.setProperty('height', 'auto');
  text.style.setProperty('height', `${text.scrollHeight + 2}px`);
}

/** Escape ends the nearest thing: the panel one is in, the reply that is coming, the panel that is open. */
function escape(event) {
  if (event.key !== 'Escape' || event.isComposing) {
    return;
  }
  if (panelHasFocus() || (!running && panelIsOpen())) {
    closePanel();
  } else if (running) {
    stop();
  }
}
