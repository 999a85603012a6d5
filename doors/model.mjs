import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A model behind an OpenAI-compatible endpoint that follows a script: each request takes the next answer of `script`,
 * and once that is empty `otherwise`. An answer is an async function of an `out` with `piece`, `end`, `refuse` and
 * `left` (a promise of the client's leaving).
 */
export async function startModel(otherwise = (out) => speak(out, 'I hear you.')) {
  const script = [];
  const asked = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    asked.push(JSON.parse(body));
    const answer = script.shift() ?? otherwise;
    await answer(outOf(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    script,
    asked,
    environment: { HEARTH_MODEL_URL: `http://127.0.0.1:${server.address().port}/v1`, HEARTH_MODEL: 'scripted' },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function outOf(response) {
  const event = (data) => response.write(`data: ${data}\n\n`);
  const chunk = (fields) => event(JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', model: 'scripted', ...fields }));
  const begin = () => response.headersSent || response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  return {
    left: once(response, 'close'),
    piece(text) {
      begin();
      chunk({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] });
    },
    end(usage = { prompt_tokens: 412, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 256 } }) {
      begin();
      chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
      chunk({ choices: [], usage });
      event('[DONE]');
      response.end();
    },
    refuse(status, message = 'The model is out of order.') {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ error: { message } }));
    },
    breakOff: () => response.destroy(),
  };
}

/** Says a text word by word, and ends. */
export function speak(out, text) {
  text.match(/\S+\s*/g).forEach((word) => out.piece(word));
  out.end();
}

/** A promise that is kept from outside: for an answer that waits until the test has looked. */
export function gate() {
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  return { opened, open };
}
