import { companions, forgetKey, setKey } from './api.js';
import { $, busy, tell } from './dom.js';

/** The first screen: asks for the key until the server takes one. Calls back with the first page of companions. */
export function listenForKey(connected) {
  $('connect-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const key = $('key').value.trim();
    if (!key) {
      tell($('key-problem'), { message: 'Paste the key first. Below is where to find it.' });
      $('key').focus();
      return;
    }
    setKey(key);
    await busy(event.submitter ?? $('key'), () => tryKey(connected));
  });
}

/** Tries the key that is kept; answers whether it opened the door. */
export async function tryKey(connected) {
  try {
    const first = await companions();
    $('key').value = '';
    tell($('key-problem'), null);
    await connected(first);
    return true;
  } catch (problem) {
    refusedKey(problem);
    return false;
  }
}

/** Says why the key was not taken. Only a wrong one is thrown away: an unreachable server proves nothing. */
export function refusedKey(problem) {
  const wrong = problem.status === 401;
  if (wrong) {
    forgetKey();
  }
  tell($('key-problem'), {
    message: wrong ? 'This is not the key of this server. Below is where to find it.' : problem.message,
  });
  $('key').setAttribute('aria-invalid', String(wrong));
  $('key').focus();
  $('key').select();
}
