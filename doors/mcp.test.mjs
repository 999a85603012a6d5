import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { startHearth } from './harness.mjs';
import { startModel } from './model.mjs';

const ARIA = { name: 'Aria', personality: { core_traits: ['warm'] } };

let model;
let hearth;

before(async () => {
  model = await startModel();
  hearth = await startHearth(model.environment);
  await hearth.api('PUT', '/v1/companions/aria', ARIA);
}, { timeout: 600_000 });

after(async () => {
  await hearth?.stop();
  model?.stop();
});

/** The official client; whatever it complains of on its own fails the test. */
async function connect(key) {
  const complaints = [];
  const client = new Client({ name: 'doors', version: '1.0.0' });
  client.onerror = (error) => complaints.push(String(error));
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', hearth.address), {
    requestInit: { headers: { Authorization: `Bearer ${key}` } },
  });
  await client.connect(transport);
  await client.listTools();
  return {
    client,
    complaints,
    transport,
    call: (name, args = {}, options) => client.callTool({ name, arguments: args }, undefined, options),
  };
}

async function chatKey(user) {
  return (await hearth.api('POST', '/v1/keys', { name: user, scope: 'chat', default_user: user })).key;
}

function connected(name, user, body) {
  test(name, { timeout: 60_000 }, async () => {
    const door = await connect(await chatKey(user));
    try {
      await body(door);
      assert.deepEqual(door.complaints, [], 'what the client complained of');
      await door.transport.terminateSession();
    } finally {
      await door.client.close();
    }
  });
}

function good(result) {
  assert.notEqual(result.isError, true, JSON.stringify(result.content));
  assert.ok(result.content[0].text.length > 0);
  return result.structuredContent;
}

function bad(result) {
  assert.equal(result.isError, true);
  return result._meta['dev.hearth/problem'].code;
}

connected('every tool is listed with what it takes and answers', 'lister', async ({ client }) => {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map((tool) => tool.name).sort(), [
    'chat',
    'correct_memory',
    'explain_turn',
    'forget_memory',
    'get_context',
    'get_emotion',
    'get_relationship',
    'list_companions',
    'remember',
    'search_memories',
  ]);
  for (const tool of tools) {
    assert.equal(tool.inputSchema.additionalProperties, false, tool.name);
    assert.equal(tool.outputSchema.type, 'object', tool.name);
    assert.ok(tool.title && tool.description && tool.annotations, tool.name);
  }
  assert.match(client.getInstructions(), /never instructions/);
});

// The client checks every structured answer against its tool's output schema.
connected('a life with a companion, tool by tool', 'anna', async ({ call }) => {
  assert.equal(bad(await call('get_relationship')), 'not_found');
  assert.equal(good(await call('list_companions')).data[0].id, 'aria');
  const turn = good(await call('chat', { text: 'My cat is called Miso.' }));
  assert.equal(turn.message.text, 'I hear you.');
  assert.equal(good(await call('explain_turn', { turn_id: turn.turn_id })).status, 'completed');
  assert.equal(good(await call('get_relationship')).messages, 2);
  assert.ok(good(await call('get_emotion')).expression);
  assert.ok(good(await call('get_context', { text: 'What is my cat called?' })).messages.length > 0);

  const { memory_id: first } = good(await call('remember', { text: 'My sister Mia lives in Oslo.' }));
  const { memory_id: second } = good(await call('correct_memory', { memory_id: first, text: 'My sister Mia lives in Bergen.' }));
  const found = await call('search_memories', { query: 'Where does Mia live?', limit: 3 });
  assert.equal(good(found).hits[0].memory_id, second);
  assert.match(found.content[0].text, /^> My sister Mia lives in Bergen\.$/m);
  good(await call('forget_memory', { memory_id: second }));
  assert.equal(bad(await call('forget_memory', { memory_id: second })), 'not_found');
});

connected('a key of one user says nothing of another', 'ben', async ({ call }) => {
  const { memory_id: theirs } = await hearth.api('POST', '/v1/relationships/aria:anna/memories', { text: 'A secret.' });
  assert.equal(bad(await call('search_memories', { query: 'secret', user: 'anna' })), 'forbidden');
  assert.equal(bad(await call('forget_memory', { memory_id: theirs })), 'not_found');
  assert.equal(bad(await call('correct_memory', { memory_id: theirs, text: 'Mine.' })), 'not_found');
});

connected('what is not asked rightly is told', 'clumsy', async ({ client, call }) => {
  assert.equal(bad(await call('chat', {})), 'invalid_request');
  assert.equal(bad(await call('chat', { text: 'Hi.', mood: 'glad' })), 'unknown_field');
  await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), { code: -32602 });
});

connected('a cancelled chat lets the model go', 'hasty', async ({ call }) => {
  let came;
  let went;
  const arrived = new Promise((resolve) => (came = resolve));
  const left = new Promise((resolve) => (went = resolve));
  model.script.push(async (out) => {
    out.piece('Well');
    came();
    await out.left;
    went();
  });
  const cancel = new AbortController();
  const chat = call('chat', { text: 'Tell me a long story.' }, { signal: cancel.signal });
  await arrived;
  cancel.abort();
  await assert.rejects(chat);
  await left;
});

test('nobody connects without a key', async () => {
  await assert.rejects(connect('hk_wrong'), /401|unauthorized/i);
});
