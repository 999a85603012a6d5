import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../hearth', import.meta.url));
/** The first start builds. */
const READY_WITHIN_MS = 600_000;

/**
 * Starts `hearth serve` on a free port with a data folder of its own, and waits until it is ready.
 * `environment` is added to ours, of which nothing named HEARTH_... is handed on. Call `stop()` in the end.
 */
export async function startHearth(environment = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-doors-'));
  const ours = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEARTH_')));
  const child = spawn(LAUNCHER, ['serve', '--port', '0', '--data', join(folder, 'data')], {
    env: { ...ours, HEARTH_LOG: 'WARN', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  let complaints = '';
  child.stderr.on('data', (bytes) => (complaints += bytes));
  const ended = new Promise((resolve) => child.on('exit', resolve));

  async function stop() {
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(child.pid, 'SIGTERM');
    }
    await ended;
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await new Promise((resolve, reject) => {
      const patience = setTimeout(() => reject(new Error(`Hearth was not ready in time.\n${complaints}`)), READY_WITHIN_MS);
      child.stdout.on('data', (bytes) => {
        told += bytes;
        if (told.includes('Hearth is ready') && /^ {2}voice .*\n/m.test(told)) {
          clearTimeout(patience);
          resolve();
        }
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        clearTimeout(patience);
        reject(new Error(`Hearth ended with ${code} before it was ready.\n${complaints}`));
      });
    });
  } catch (failure) {
    await stop();
    throw failure;
  }
  const line = (name) => new RegExp(`^ {2}${name} +(.*)$`, 'm').exec(told)[1];
  const address = line('address');
  const key = line('key');
  return { address, key, open: line('open'), data: line('data'), stop, api: (...request) => api(address, key, ...request) };
}

/** One request of the native API; answers its JSON and throws for everything that is not a good answer. */
async function api(address, key, method, path, body) {
  const response = await fetch(address + path, {
    method,
    headers: { Authorization: `Bearer ${key}` },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  }
  return text === '' ? null : JSON.parse(text);
}
