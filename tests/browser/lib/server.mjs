// The real server on a free port, with a demo shop of its own that is gone after the tests.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BINARY = process.env.CONCORD_BIN ?? join(ROOT, 'target/debug/concord');
const SITE = process.env.CONCORD_SITE ?? join(ROOT, 'target/site');
const READY_MS_MAX = 60_000;

/** Starts a server and waits until it can serve. Every file has its own, so that no test sees another one's orders. */
export async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), 'concord-browser-'));
  const log = [];
  const process_ = spawn(BINARY, argumentsOf(folder), { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise((resolve) => process_.once('close', resolve));
  createInterface({ input: process_.stderr }).on('line', (line) => log.push(line));
  const stop = async () => {
    process_.kill('SIGTERM');
    await Promise.race([gone, sleep(5_000).then(() => process_.kill('SIGKILL'))]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const base = await Promise.race([address(process_.stdout), gone.then(() => '')]);
    if (!base) throw new Error('the server ended before it listened');
    await ready(base);
    return { base, log, stop, lastCode: (phone) => lastCode(log, phone), changeBook: (edit) => changeBook(folder, edit) };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}; its log:\n${log.slice(-20).join('\n')}`);
  }
}

const databaseOf = (folder) => `sqlite://${join(folder, 'shop.db')}?mode=rwc`;

function argumentsOf(folder) {
  return ['serve', '--demo', '--addr', '127.0.0.1:0', '--database-url', databaseOf(folder), '--data-dir', folder, '--site-dir', SITE];
}

/** Makes another price book hold, as a merchandiser does: the one in force, edited, by the command line of the same program. */
async function changeBook(folder, edit) {
  const book = async (...words) => {
    const { stdout } = await promisify(execFile)(BINARY, ['book', ...words, '--database-url', databaseOf(folder), '--data-dir', folder], { env: environment(), maxBuffer: 1e8 });
    return stdout;
  };
  const draft = JSON.parse(await book('show', '--json'));
  edit(draft);
  const file = join(folder, 'draft.json');
  await writeFile(file, JSON.stringify(draft));
  const [id] = (await book('publish', file, '--reason', 'a test')).split(' ');
  await book('activate', id, '--reason', 'a test');
  // Servers see within a second what another process did.
  await sleep(1_200);
}

/** Nothing of the developer's own shop; and room for more sign-ins and orders than one shopper makes. */
function environment() {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CONCORD_'));
  const ours = { CONCORD_LOG: 'json', CONCORD_AUTH_PER_MINUTE: '1000', CONCORD_ORDERS_PER_MINUTE: '1000', RUST_LOG: 'info,sqlx=warn' };
  return { ...Object.fromEntries(own), ...ours };
}

/** The server prints the address that it listens on; with port 0 only it knows. */
async function address(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const found = /^Concord listens on (\S+)$/.exec(line);
    if (found) {
      stdout.resume();
      return `http://${found[1]}`;
    }
  }
  return '';
}

async function ready(base) {
  const deadline = Date.now() + READY_MS_MAX;
  while (Date.now() < deadline) {
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error('the server did not get ready in a minute');
}

/** The newest one-time code for a number such as 13800000001. Without a message provider the log is where codes go, with masked numbers. */
async function lastCode(log, phone) {
  const masked = `${phone.slice(0, 3)}****${phone.slice(7)}`;
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const events = log.filter((line) => line.includes(masked) && line.includes('"code"')).map((line) => JSON.parse(line));
    if (events.length > 0) return events.at(-1).code;
    await sleep(20);
  }
  throw new Error(`no one-time code for ${phone} in the log:\n${log.slice(-20).join('\n')}`);
}
