// Starts the program as built, in its demonstration, and opens browsers on it.

import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const program = process.env.VESTIBULE_PROGRAM ?? join(target, 'debug', 'vestibule');
const patience = 20_000;

/** The environment without settings of the person who runs the tests. */
function environment(settings) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VESTIBULE_'));
  return { ...Object.fromEntries(inherited), ...settings };
}

/** The first address that the program prints, or why there is none. */
function printedAddress(child) {
  const said = [];
  return new Promise((resolve, reject) => {
    const refuse = (reason) => {
      clearTimeout(limit);
      reject(new Error(`${reason}:\n${said.join('\n')}`));
    };
    const limit = setTimeout(() => refuse(`no address after ${patience} ms`), patience);
    child.once('error', refuse);
    child.once('close', (code) => refuse(`the program ended with ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const address = line.match(/https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/);
        if (address && stream === child.stdout) {
          clearTimeout(limit);
          resolve(address[0]);
        }
      });
    }
  });
}

/** The demonstration on SQLite or, with VESTIBULE_TEST_DATABASE=postgres, in a schema of its own of the tests' cluster. */
function demonstration() {
  const args = ['demo', '--port', '0'];
  if (process.env.VESTIBULE_TEST_DATABASE !== 'postgres') return args;
  const server = process.env.VESTIBULE_TEST_POSTGRES_URL;
  const schema = `browser_${randomUUID().replaceAll('-', '')}`;
  execFileSync('psql', [server, '--quiet', '--command', `CREATE SCHEMA ${schema}`]);
  return [...args, '--database-url', `${server}${server.includes('?') ? '&' : '?'}options=-csearch_path%3D${schema}`];
}

/** A running demonstration: `address`, and `stop()`. Its folder is its own and goes with it. */
export async function startPanel({ command = program, args = demonstration(), settings = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-browser-'));
  const child = spawn(command, args, {
    cwd: folder,
    env: environment({ VESTIBULE_DATA_DIR: join(folder, 'data'), ...settings }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { address: await printedAddress(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Debian's Chromium. Its sandbox cannot be had by root, who runs the tests in a container. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
  });
}

/** A person's window: cookies of its own, on a desktop unless told otherwise. */
export async function openWindow(browser, address, options = {}) {
  const { phone = false, language = 'en', javaScriptEnabled = true, ...others } = options;
  const context = await browser.newContext({
    baseURL: address,
    locale: language,
    javaScriptEnabled,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    hasTouch: phone,
    // A loaded machine skips the animation between two pages and reports that as an error of the page.
    reducedMotion: 'reduce',
    ...others,
  });
  context.setDefaultTimeout(patience);
  return context.newPage();
}
