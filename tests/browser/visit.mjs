// What the journeys have in common: a person's window, what it must never show, and the mail of the demo.

import assert from 'node:assert/strict';
import { hasNoBarriers } from './accessibility.mjs';
import { openWindow } from './panel.mjs';
import { catalogue, words } from './words.mjs';

const english = catalogue('en');

/** Four ways to meet the panel, in which each pair of language, script and width occurs. */
export const ways = [
  { language: 'en', javaScriptEnabled: true, phone: false },
  { language: 'nl', javaScriptEnabled: false, phone: false },
  { language: 'en', javaScriptEnabled: false, phone: true },
  { language: 'nl', javaScriptEnabled: true, phone: true },
];

/** A way in words, for the name of a test. */
export function called({ language, javaScriptEnabled, phone }) {
  const tongue = language === 'nl' ? 'Dutch' : 'English';
  return `${tongue}, ${phone ? '390' : '1280'} px, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`;
}

/** Notes what no page may do: complain in the console, fail to load a part, or ask another origin for anything. */
function watch(page, address) {
  const faults = [];
  const elsewhere = new Set();
  const own = (url) => url.startsWith(`${address}/`) || elsewhere.has(new URL(url).origin);
  page.on('console', (message) => {
    // That a page answers 4xx is a test's own matter; a part of it is watched below.
    const answer = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !answer) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    // A browser that has no time to animate the step to the next page says so, to nobody's harm.
    if (!/transition was (aborted|skipped)|ViewTransition/i.test(error.message)) faults.push(`script: ${error.message}`);
  });
  page.on('request', (request) => own(request.url()) || faults.push(`another origin: ${request.url()}`));
  page.on('response', (response) => {
    const part = !response.request().isNavigationRequest();
    if (part && response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  return { faults, allow: (origin) => elsewhere.add(origin) };
}

/** A window with the words of its language; `look()` asserts that the page that is open is sound. */
export async function visit(browser, panel, way = ways[0]) {
  const page = await openWindow(browser, panel.address, way);
  const { faults, allow } = watch(page, panel.address);
  const script = way.javaScriptEnabled ?? true;
  const look = async ({ axe = script } = {}) => {
    // A page whose stylesheet is on its way still has no sizes to judge.
    await page.waitForLoadState('load');
    await fits(page);
    await speaksNoKeys(page);
    if (axe) await hasNoBarriers(page);
    assert.deepEqual(faults, [], `on ${page.url()}`);
  };
  return { page, say: words(way.language ?? 'en'), look, faults, allow };
}

/** The same, signed in as one of the demo's sample people. */
export async function enter(browser, panel, name, way) {
  const window = await visit(browser, panel, way);
  await window.page.goto('/sign-in');
  await window.page.getByRole('button', { name }).click();
  await window.page.waitForURL('**/apps');
  return window;
}

/** Nothing sticks out at the side. */
export async function fits(page) {
  const [wide, room] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${page.url()} is ${wide} px wide in a window of ${room} px`);
}

/** A key of the catalogue stands on a page as it is when it has no text. "sign-in" is a word too. */
export async function speaksNoKeys(page) {
  const text = await page.locator('body').innerText();
  const tokens = text.match(/(?<![\w@./-])[a-z]+(?:-[a-z0-9]+)+(?![\w@./-])/g) ?? [];
  const keys = tokens.filter((token) => token !== 'sign-in' && english.has(token));
  assert.deepEqual(keys, [], `keys on ${page.url()}`);
  assert.doesNotMatch(text, /\{ ?\$|undefined|Some\(/, `on ${page.url()}`);
}

/** The newest mail to an address: its text, the links in it, its code. It leaves within seconds, so this waits. */
export async function mailTo(page, address, subject = '') {
  const inbox = await page.context().newPage();
  try {
    const line = inbox.locator('li', { hasText: address }).filter({ hasText: subject }).first();
    for (let tries = 0; tries < 40; tries += 1) {
      await inbox.goto('/demo/mail');
      if (await line.count()) break;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await line.getByRole('link').click();
    const text = await inbox.locator('pre').first().textContent();
    return {
      text,
      links: [...new Set(text.match(/https?:\/\/\S+\/invitations\/[^\s?]+/g) ?? [])],
      code: text.match(/^\s*(\d{3} ?\d{3})\s*$/m)?.[1].replace(' ', ''),
    };
  } finally {
    await inbox.close();
  }
}
