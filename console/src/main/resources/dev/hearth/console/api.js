/** The native API, and the key. The key lives in this tab's session storage and nowhere else. */
const KEY = 'hearth.key';
let refused = () => {};

/** Something that did not work, in words for people. */
export class Problem extends Error {
  constructor({ title, detail, status, code, request_id: requestId }) {
    super(detail || title || 'Something went wrong.');
    this.title = title || 'That did not work';
    this.status = status ?? 0;
    this.code = code ?? 'unknown';
    this.requestId = requestId ?? null;
  }
}

export const hasKey = () => Boolean(sessionStorage.getItem(KEY));
export const setKey = (key) => sessionStorage.setItem(KEY, key);
export const forgetKey = () => sessionStorage.removeItem(KEY);

/** Takes the key from `#key=...` and takes it out of the address and of the browser's history at once. */
export function takeKeyFromAddress() {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key !== null) {
    history.replaceState(null, '', location.pathname + location.search);
    if (key) {
      setKey(key.trim());
    }
  }
  return Boolean(key);
}

/** Who hears that the key is not taken. */
export function whenRefused(listener) {
  refused = listener;
}

async function problemOf(response) {
  try {
    return new Problem({ status: response.status, ...(await response.json()) });
  } catch {
    return new Problem({ status: response.status, detail: `The server answered ${response.status} and did not say why.` });
  }
}

/** Sends a request; answers the response where it is a good one, and throws a Problem otherwise. */
export async function send(method, path, { body, headers = {}, signal } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      cache: 'no-store',
      headers: {
        Authorization: `Bearer ${sessionStorage.getItem(KEY) ?? ''}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    if (failure.message.includes('header')) {
      throw new Problem({ status: 401, detail: 'That is not a key: it has characters that no key has.' });
    }
    throw new Problem({
      title: 'The server cannot be reached',
      detail: 'No answer came from the server. See whether it still runs, then try again.',
      code: 'unreachable',
    });
  }
  if (response.ok) {
    return response;
  }
  const problem = await problemOf(response);
  if (response.status === 401) {
    refused(problem);
  }
  throw problem;
}

const json = async (...request) => (await send(...request)).json();
const part = encodeURIComponent;

export const companions = (cursor) => json('GET', `/v1/companions?limit=50${cursor ? `&cursor=${part(cursor)}` : ''}`);
export const companion = (slug) => json('GET', `/v1/companions/${part(slug)}`);
export const putCompanion = (slug, body) => json('PUT', `/v1/companions/${part(slug)}`, { body });
export const relationship = (slug, who) => json('PUT', `/v1/companions/${part(slug)}/users/${part(who)}`);
export const turn = (id) => json('GET', `/v1/turns/${part(id)}`);
export const memory = (id) => json('GET', `/v1/memories/${part(id)}`);
export const forget = (id) => send('DELETE', `/v1/memories/${part(id)}`);
export const emotion = (rid) => json('GET', `/v1/relationships/${part(rid)}/emotion`);

export const messages = (rid, cursor) =>
  json('GET', `/v1/relationships/${part(rid)}/messages?order=desc&limit=30${cursor ? `&cursor=${part(cursor)}` : ''}`);

export const search = (rid, query) =>
  json('POST', `/v1/relationships/${part(rid)}/memories:search`, { body: { query, limit: 20 } });

export const say = (rid, text, key, signal) =>
  send('POST', `/v1/relationships/${part(rid)}/messages`, {
    body: { text },
    headers: { Accept: 'text/event-stream', 'Idempotency-Key': key },
    signal,
  });
