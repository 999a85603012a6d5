import { $, show } from './dom.js';

/** The panel: beside the conversation where there is room, a sheet over it where there is not. One at a time. */
const beside = matchMedia('(min-width: 64rem)');
let opener = null;

export function listenToPanel() {
  $('panel-close').addEventListener('click', closePanel);
  beside.addEventListener('change', cover);
}

export const panelIsOpen = () => !$('panel').hidden;
export const panelShows = (title) => panelIsOpen() && $('panel-title').textContent === title;
export const panelHasFocus = () => panelIsOpen() && $('panel').contains(document.activeElement);

/** Opens it with a title and content. Where it is followed and not asked for, the focus stays where it is. */
export function openPanel(title, content, by, { focus = true } = {}) {
  opener?.setAttribute('aria-expanded', 'false');
  opener = by;
  by?.setAttribute('aria-expanded', 'true');
  $('panel-title').textContent = title;
  $('panel-body').replaceChildren(...content);
  $('panel-body').scrollTop = 0;
  show($('panel'), true);
  cover();
  if (focus) {
    $('panel-title').focus();
  }
}

export function closePanel() {
  if (!panelIsOpen()) {
    return;
  }
  const hadFocus = panelHasFocus();
  show($('panel'), false);
  cover();
  opener?.setAttribute('aria-expanded', 'false');
  if (hadFocus) {
    (opener?.isConnected ? opener : $('text')).focus();
  }
  opener = null;
}

/** A sheet takes everything below it out of reach. */
function cover() {
  const covered = panelIsOpen() && !beside.matches;
  $('main').inert = covered;
  $('top').inert = covered;
}
