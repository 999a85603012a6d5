import { forgetKey, hasKey, relationship, takeKeyFromAddress, whenRefused } from './api.js';
import { listenForChoice, showCompanions } from './companions.js';
import { listenForKey, refusedKey, tryKey } from './connect.js';
import { $, show, tell } from './dom.js';
import { closePanel, listenToPanel } from './panel.js';
import { endTalk, listenToTalk, startTalk } from './talk.js';

const LAST = 'hearth.last';
const SCREENS = ['connect', 'choose', 'talk'];

function go(screen) {
  endTalk();
  closePanel();
  SCREENS.forEach((one) => show($(one), one === screen));
  document.body.dataset.screen = screen;
  document.title = 'Hearth';
  show($('leave'), screen !== 'connect');
}

function askForKey() {
  go('connect');
  $('key').focus();
}

async function choose(page) {
  sessionStorage.removeItem(LAST);
  go('choose');
  await showCompanions(page);
  $('companions').querySelector('button')?.focus();
}

async function talkTo(companion) {
  const who = $('who').value.trim();
  if (!who) {
    tell($('choose-problem'), { message: 'Say first who you are: any name will do.' });
    $('who').focus();
    return;
  }
  let pair;
  try {
    pair = await relationship(companion.id, who);
  } catch (problem) {
    tell($('choose-problem'), problem);
    return;
  }
  sessionStorage.setItem(LAST, JSON.stringify({ slug: companion.id, who }));
  go('talk');
  await startTalk(companion, who, pair.relationship_id);
}

/** After a reload one is where one was. */
async function connected(page) {
  const last = JSON.parse(sessionStorage.getItem(LAST) ?? 'null');
  $('who').value = last?.who ?? 'me';
  const companion = last && page.data.find((one) => one.id === last.slug);
  await (companion ? talkTo(companion) : choose(page));
}

function nameTheme() {
  const dark = isDark();
  $('theme').textContent = dark ? 'Light' : 'Dark';
  $('theme').setAttribute('aria-label', `Switch to the ${dark ? 'light' : 'dark'} theme`);
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

$('theme').addEventListener('click', () => {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('hearth.theme', theme);
  nameTheme();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', nameTheme);
$('leave').addEventListener('click', () => {
  forgetKey();
  sessionStorage.removeItem(LAST);
  askForKey();
});
window.addEventListener('hashchange', () => takeKeyFromAddress() && tryKey(connected));
whenRefused((problem) => {
  if (document.body.dataset.screen !== 'connect') {
    askForKey();
    refusedKey(problem);
  }
});

nameTheme();
listenForKey(connected);
listenForChoice(talkTo);
listenToPanel();
listenToTalk(() => choose());
takeKeyFromAddress();
if (!hasKey() || !(await tryKey(connected))) {
  askForKey();
}
