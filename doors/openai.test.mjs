import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI from 'openai';
import { startHearth } from './harness.mjs';
import { speak, startModel } from './model.mjs';

let model;
let hearth;
let client;

before(async () => {
  model = await startModel();
  hearth = await startHearth(model.environment);
  client = new OpenAI({ baseURL: `${hearth.address}/v1`, apiKey: hearth.key, maxRetries: 0 });
  await hearth.api('PUT', '/v1/companions/aria', { name: 'Aria', personality: { core_traits: ['warm'] } });
});

after(async () => {
  await hearth?.stop();
  model?.stop();
});

const history = async (user) => {
  const page = await hearth.api('GET', `/v1/relationships/aria:${user}/messages`);
  return page.data.map((message) => message.text);
};

const user = (content) => ({ role: 'user', content });

test('models are companions', async () => {
  const ids = [];
  for await (const found of client.models.list()) {
    ids.push(found.id);
  }
  assert.deepEqual(ids, ['aria']);
  assert.equal((await client.models.retrieve('aria')).object, 'model');
});

test('a completion is a turn, with its usage', async () => {
  model.script.push((out) => speak(out, 'Good luck!'));
  const completion = await client.chat.completions.create({
    model: 'aria', user: 'whole', messages: [user('My exam is on Friday.')], temperature: 0.7,
  });
  assert.equal(completion.choices[0].message.content, 'Good luck!');
  assert.equal(completion.choices[0].finish_reason, 'stop');
  assert.deepEqual(
    [completion.usage.prompt_tokens, completion.usage.completion_tokens, completion.usage.prompt_tokens_details.cached_tokens],
    [412, 9, 256]);
  assert.deepEqual(await history('whole'), ['My exam is on Friday.', 'Good luck!']);
});

test('a stream is put together by the library itself', async () => {
  model.script.push((out) => speak(out, 'Piece by piece.'));
  const stream = client.chat.completions.stream({
    model: 'aria', user: 'stream', messages: [user('Hello.')], stream_options: { include_usage: true },
  });
  const pieces = [];
  stream.on('content', (piece) => pieces.push(piece));
  const completion = await stream.finalChatCompletion();
  assert.ok(pieces.length > 1);
  assert.equal(completion.choices[0].message.content, 'Piece by piece.');
  assert.equal(completion.choices[0].finish_reason, 'stop');
  assert.equal(completion.usage.completion_tokens, 9);
});

test('the same request again replaces its turn', async () => {
  model.script.push((out) => speak(out, 'One.'), (out) => speak(out, 'Two.'));
  const request = { model: 'aria', user: 'again', messages: [user('Say a number.')] };
  await client.chat.completions.create(request);
  await client.chat.completions.create(request);
  assert.deepEqual(await history('again'), ['Say a number.', 'Two.']);
});

test('who speaks is said by a header', async () => {
  await client.chat.completions.create(
    { model: 'aria', user: 'nobody', messages: [user('I am Anna.')] },
    { headers: { 'X-Companion-User': 'anna' } });
  assert.ok((await history('anna')).includes('I am Anna.'));
});

test('errors are the library\'s own', async () => {
  await assert.rejects(
    client.chat.completions.create({ model: 'gpt-4o', messages: [user('Hi.')] }),
    (error) => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && error.param === 'model');
  await assert.rejects(
    new OpenAI({ baseURL: `${hearth.address}/v1`, apiKey: 'wrong', maxRetries: 0 }).models.list(),
    (error) => error instanceof OpenAI.AuthenticationError && error.code === 'invalid_api_key');
  await assert.rejects(
    client.chat.completions.create({ model: 'aria', messages: [] }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'messages');
  model.script.push((out) => out.refuse(500));
  await assert.rejects(
    client.chat.completions.create({ model: 'aria', user: 'broken', messages: [user('Hi.')] }),
    (error) => error instanceof OpenAI.InternalServerError && error.status === 503 && error.code === 'model_unavailable');
});

test('a model that breaks off in the middle is an error in the stream', async () => {
  model.script.push((out) => {
    out.piece('Half a');
    setTimeout(() => out.breakOff(), 100);
  });
  const stream = await client.chat.completions.create({
    model: 'aria', user: 'half', stream: true, messages: [user('Hello.')],
  });
  await assert.rejects(async () => {
    for await (const chunk of stream) {
      assert.ok(chunk.choices);
    }
  }, (error) => error instanceof OpenAI.APIError);
});

test('retries of the library do not double anything', async () => {
  const patient = new OpenAI({ baseURL: `${hearth.address}/v1`, apiKey: hearth.key, maxRetries: 2 });
  model.script.push((out) => out.refuse(500), (out) => speak(out, 'Now.'));
  const completion = await patient.chat.completions.create({ model: 'aria', user: 'retry', messages: [user('Hi.')] });
  assert.equal(completion.choices[0].message.content, 'Now.');
  assert.deepEqual(await history('retry'), ['Hi.', 'Now.']);
});

test('a client that aborts ends the call of the model', async () => {
  let left;
  const silent = new Promise((begun) => {
    model.script.push((out) => {
      left = out.left;
      out.piece('Well');
      begun();
    });
  });
  const stream = await client.chat.completions.create({
    model: 'aria', user: 'abort', stream: true, messages: [user('Hello.')],
  });
  await silent;
  stream.controller.abort();
  await left;
});
