// Every page, as every sample person: no barriers in light and dark, nothing too wide on a phone, and nothing that the
// content security policy or a script complains about.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers } from './accessibility.mjs';
import { startBrowser, startPanel } from './panel.mjs';
import { enter, fits, visit } from './visit.mjs';
import { walk } from './walk.mjs';

const people = ['Sanne de Vries', 'Ilse Bakker', 'Jonas Weber', 'Noor van Dijk', 'Amara Okafor'];

let panel;
let browser;
before(async () => {
  panel = await startPanel();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await panel?.stop();
});

/** Collects instead of failing at the first page, so that one run says everything. */
async function complaints(page, look) {
  const found = [];
  const attempt = async (what) => {
    try {
      await what();
    } catch (error) {
      found.push(`${new URL(page.url()).pathname}: ${error.message}`.replace(/\n[+ ]*(actual - expected)?/g, ' '));
    }
  };
  await page.setViewportSize({ width: 1280, height: 900 });
  await attempt(() => look());
  await page.emulateMedia({ colorScheme: 'dark' });
  await attempt(async () => assert.deepEqual(await barriers(page, ['color-contrast']), [], 'in the dark'));
  await page.emulateMedia({ colorScheme: 'light' });
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await attempt(() => fits(page));
  }
  return found;
}

for (const person of people) {
  test(`every page is sound for ${person}`, async () => {
    const { page, look, faults } = await enter(browser, panel, person, { language: 'en' });
    const found = [];
    const kinds = await walk(page, panel.address, async () => {
      found.push(...await complaints(page, look));
      faults.length = 0;
    });
    assert.equal(found.join('\n'), '');
    assert.ok(kinds.length > (person === 'Sanne de Vries' ? 40 : 6), kinds.join('\n'));
    await page.context().close();
  });
}

test('every page of administration is sound in Dutch on a phone', async () => {
  const { page, faults } = await enter(browser, panel, people[0], { language: 'nl', phone: true });
  const found = [];
  await walk(page, panel.address, async () => fits(page).catch((error) => found.push(error.message)));
  assert.equal([...found, ...faults].join('\n'), '');
  await page.context().close();
});

test('the pages of somebody who has not signed in are sound', async () => {
  const { page, look } = await visit(browser, panel);
  for (const path of ['/sign-in', '/invitations/cut-off', '/no-such-page', '/demo/mail']) {
    await page.goto(path);
    assert.equal((await complaints(page, look)).join('\n'), '');
  }
  await page.context().close();
});
